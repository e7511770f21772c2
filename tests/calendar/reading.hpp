#pragma once
#include "adapters/calendar/calendar_file.hpp"
#include "adapters/config/ini_reader.hpp"
#include "plugin/ports/ini_entry.hpp"
#include "tests/support/project_root.hpp"
#include "tests/support/text_in.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::test {

inline std::string shipped(const std::string& name) {
    return project_root() / "config" / name;
}

inline calendar::IniFile ini(std::string name, std::string_view text) {
    auto read = config::read_ini(name, text);
    REQUIRE(read.faults.empty());
    return {std::move(name), std::move(read.entries)};
}

inline std::vector<calendar::IniFile> shipped_calendars() {
    std::vector<calendar::IniFile> files;
    for (const auto& file : std::filesystem::directory_iterator{shipped("calendar")})
        if (file.path().extension() == ".ini") files.push_back(ini(file.path().filename(), text_in(file.path())));
    return files;
}

// "file:line key problem", for comparing.
inline std::vector<std::string> told(const std::vector<ports::Fault>& faults) {
    std::vector<std::string> lines;
    for (const auto& f : faults) {
        CHECK_FALSE(f.remedy.empty());
        lines.push_back(f.file + ":" + std::to_string(f.line) + " " + f.key + " " + f.problem);
    }
    return lines;
}

}  // namespace hcp::test
