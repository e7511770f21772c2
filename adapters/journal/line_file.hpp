#pragma once
#include "plugin/ports/result.hpp"
#include "plugin/run/descriptor.hpp"

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

// What the files beside the journal have in common: a line is an entry, written at the end and synced, and what follows
// the last line end is what a power cut left of a write. Errors are anchor_errc.
namespace hcp::journal {

// Of the last call that failed, by errno.
[[nodiscard]] ports::error_code line_file_failure() noexcept;

// Opened to be appended to; made, for its owner alone, where it is not there.
class LineFile {
public:
    [[nodiscard]] static ports::result<LineFile> open(const std::filesystem::path& path);

    [[nodiscard]] int get() const noexcept { return file_.get(); }
    // At `end`, which is the file's size: all of it, synced, or nothing.
    [[nodiscard]] ports::result<void> append(off_t end, std::string_view lines) const;

private:
    LineFile(std::filesystem::path path, run::Descriptor file, bool fresh)
        : path_{std::move(path)}, file_{std::move(file)}, fresh_{fresh} {}

    std::filesystem::path path_;
    run::Descriptor file_;
    bool fresh_;  // made just now: its folder is synced as well
};

// Gives `take` each whole line, without its end; answers the numbers, from 1 on, of those that it refuses. A file that
// is not there has none.
[[nodiscard]] ports::result<std::vector<std::int64_t>> refused_lines(const std::filesystem::path& path,
                                                                     const std::function<bool(std::string_view)>& take);

}  // namespace hcp::journal
