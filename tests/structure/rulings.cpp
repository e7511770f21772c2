#include "tests/structure/sources.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

using namespace hcp::test;

namespace {

constexpr int rulings = 57;

struct Named {
    std::string ruling, where, title;
};

// The two lists of tests/README.md.
struct Lists {
    Lists() {
        static const std::regex built_row{R"(\| (E\d+) \| (\S+) \| (.+) \|)"}, open_row{R"(\| (E\d+) \| (.+) \|)"};
        std::ifstream in{root / "tests/README.md"};
        REQUIRE(in);
        bool not_built = false;
        std::smatch cells;
        for (std::string line; std::getline(in, line);) {
            not_built |= line == "## Not built yet";
            if (not_built && std::regex_match(line, cells, open_row)) open[cells[1]] = cells[2];
            if (!not_built && std::regex_match(line, cells, built_row)) built.push_back({cells[1], cells[2], cells[3]});
        }
    }
    std::vector<Named> built;
    std::map<std::string, std::string> open;
};

}  // namespace

SCENARIO("every ruling has its test, or is said not to be built yet", "[structure]") {
    const Lists lists;
    std::set<std::string> built;
    for (const auto& one : lists.built) built.insert(one.ruling);
    for (int i = 1; i <= rulings; ++i) {
        const auto ruling = "E" + std::to_string(i);
        INFO(ruling);
        CHECK(built.contains(ruling) + lists.open.contains(ruling) == 1);
    }
    CHECK(built.size() + lists.open.size() == rulings);
}

SCENARIO("every test that a ruling names exists, and its title names the ruling", "[structure]") {
    const Lists lists;
    for (const auto& [ruling, where, title] : lists.built) {
        INFO(ruling << " " << where << ": " << title);
        REQUIRE(fs::is_regular_file(root / where));
        const auto text = text_in(root / where);
        const auto begins = text.find(title);
        REQUIRE(begins != std::string::npos);
        // The title is a string, or a comment, to its end; a long one goes on in the next line.
        const auto ends = std::min(text.find("\", ", begins), text.find("\n\n", begins));
        const auto line = text.rfind('\n', begins) + 1;
        const auto whole = text.substr(line, ends - line);
        CHECK(std::regex_search(whole, std::regex{"\\b" + ruling + "\\b"}));
    }
}
