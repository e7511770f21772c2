#pragma once
#include "tests/support/project_root.hpp"
#include "tests/support/text_in.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

// The project's own source files and what they include, read as text.
namespace hcp::test {

namespace fs = std::filesystem;

inline const fs::path root = project_root();

inline std::vector<fs::path> sources_below(const std::string& folder) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator{root / folder}) {
        const auto extension = entry.path().extension();
        if (extension == ".cpp" || extension == ".hpp" || extension == ".h" || extension == ".c")
            found.push_back(fs::relative(entry.path(), root));
    }
    return found;
}

inline std::vector<std::string> matches_in(const fs::path& path, const std::regex& line) {
    const auto text = text_in(root / path);
    std::vector<std::string> found;
    for (auto it = std::sregex_iterator{text.begin(), text.end(), line}; it != std::sregex_iterator{}; ++it)
        found.push_back((*it)[1]);
    return found;
}
inline std::vector<std::string> includes_of(const fs::path& path) {
    static const std::regex line{R"(#\s*include\s*[<"]([^>"]+)[>"])"};
    return matches_in(path, line);
}
inline std::vector<std::string> quoted_includes_of(const fs::path& path) {
    static const std::regex line{R"re(#\s*include\s*"([^"]+)")re"};
    return matches_in(path, line);
}

}  // namespace hcp::test
