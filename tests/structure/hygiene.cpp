#include "tests/structure/sources.hpp"

#include <catch2/catch.hpp>

using namespace hcp::test;

namespace {

std::vector<fs::path> product() {
    auto all = sources_below("plugin");
    for (auto& path : sources_below("adapters")) all.push_back(std::move(path));
    return all;
}

std::vector<std::string> lines_matching(const fs::path& path, const std::regex& pattern) {
    std::vector<std::string> found;
    std::ifstream in{root / path};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number)
        if (std::regex_search(line, pattern))
            found.push_back(path.string() + ":" + std::to_string(number) + ": " + line);
    return found;
}

}  // namespace

SCENARIO("no decision asks the machine's clock past the clock port", "[structure]") {
    static const std::regex asks{R"(system_clock::now\(|gettimeofday|\btime\(nullptr\)|\btime\(NULL\))"};
    for (const auto& source : product()) {
        // The port's own implementation is the one place.
        if (source == fs::path{"plugin/ports/clock.hpp"}) continue;
        CHECK(lines_matching(source, asks) == std::vector<std::string>{});
    }
}

SCENARIO("no statement asks the database for the time", "[structure]") {
    static const std::regex asks{R"(\b(now\s*\(|current_timestamp|sysdate|systimestamp|getdate\s*\()|strftime)",
                                 std::regex::icase};
    for (const auto& entry : fs::recursive_directory_iterator{root / "sql"})
        if (entry.is_regular_file())
            CHECK(lines_matching(fs::relative(entry.path(), root), asks) == std::vector<std::string>{});
}

SCENARIO("every header has its guard and nothing is left to be done later", "[structure]") {
    static const std::regex unfinished{R"(\b(TODO|FIXME|XXX|HACK)\b)"};
    for (const auto& source : product()) {
        if (source.extension() == ".hpp") CHECK(text_in(root / source).starts_with("#pragma once"));
        CHECK(lines_matching(source, unfinished) == std::vector<std::string>{});
    }
}

SCENARIO("a failure is never swallowed without a word", "[structure]") {
    static const std::regex swallowed{R"(catch\s*\(\.\.\.\)\s*\{\s*\})"};
    for (const auto& source : product()) CHECK(lines_matching(source, swallowed) == std::vector<std::string>{});
}
