#pragma once
#include "plugin/ports/ini_entry.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::config {

using ports::Fault;
using ports::IniEntry;

// One ini as it was written. `entries` and `sections` hold what could be read even when there are faults, so that
// whoever gives them meaning can report its own faults in the same breath.
//
//   UTF-8, with or without BOM; lines end in LF or CRLF and hold at most 4096 bytes
//   `;` or `#` at the start of a line begins a comment, and nowhere else
//   [section], then `key = value`: everything after the first `=`, trimmed, is the value, `#` and `;` included
//   outside comments every character shows: what was copied with a zero-width or a no-break blank is not what it looks
//   like, and the tab is no part of a value
//   a section may be continued further down; a key may not be given twice in a section
struct Ini {
    struct Section {
        std::string name;
        int line;
    };

    std::string file;                 // as faults name it
    std::filesystem::path directory;  // what relative paths in it are relative to
    std::vector<IniEntry> entries;
    std::vector<Section> sections;
    std::vector<Fault> faults;  // at most 100: a file of another kind must not flood the log

    [[nodiscard]] const IniEntry* find(std::string_view section, std::string_view key) const;
};

[[nodiscard]] Ini read_ini(std::string file, std::string_view text);

// A file that cannot be read is a fault too, with line 0.
[[nodiscard]] Ini read_ini_file(const std::filesystem::path& path);

// Each fault on one line: file:line [section] key: problem; remedy.
[[nodiscard]] std::string text_of(const Fault& fault);

}  // namespace hcp::config
