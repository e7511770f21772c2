#include "tests/structure/sources.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <sstream>
#include <tuple>

using namespace hcp::test;

namespace {

enum class Home { own, project, third_party, c, cpp };

struct Include {
    Home home;
    std::string name;
    bool after_blank;
};

Home home_of(const fs::path& source, const std::string& name, bool quoted) {
    if (quoted) {
        auto header = source;
        return name == header.replace_extension(".hpp") || name == header.replace_extension(".h") ? Home::own
                                                                                                  : Home::project;
    }
    // What the C library and the kernel install, POSIX included.
    static const std::regex c{R"(((sys|arpa|netinet|linux)/)?\w+\.h)"}, cpp{R"(\w+)"};
    static const std::set<std::string> of_databases{"errmsg.h", "mysql.h",  "mysqld_error.h",
                                                    "sql.h",    "sqlext.h", "sqlite3.h"};
    if (std::regex_match(name, cpp)) return Home::cpp;
    return std::regex_match(name, c) && !of_databases.contains(name) ? Home::c : Home::third_party;
}

std::vector<Include> includes_in(const fs::path& source, const std::string& text) {
    static const std::regex line_of_one{R"re(#include ([<"])([^>"]+)[>"].*)re"};
    std::vector<Include> includes;
    bool after_blank = true;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line); after_blank = line.empty()) {
        std::smatch parts;
        if (!std::regex_match(line, parts, line_of_one)) continue;
        includes.push_back({home_of(source, parts[2], parts[1] == "\""), parts[2], after_blank});
    }
    return includes;
}

// The first include that stands where it should not.
std::optional<std::string> misplaced(const fs::path& source, const std::string& text) {
    const auto includes = includes_in(source, text);
    // A test may begin with the one header it is about, as if that were its own.
    const bool is_test = source.string().starts_with("tests/") || source.string().find("/test/") != std::string::npos;
    const bool subject_first = is_test && !includes.empty() && !includes.front().name.starts_with("tests/");
    for (std::size_t i = 1; i < includes.size(); ++i) {
        const auto &before = includes[i - 1], &one = includes[i];
        const bool after_subject =
            subject_first && i == 1 && before.home == Home::project && one.home == Home::project && one.after_blank;
        if (one.home < before.home) return one.name;
        if (!after_subject && one.after_blank != (one.home != before.home)) return one.name;
        // clang-format 14 puts <….h> before <….hpp>, and ours by name alone.
        const auto place = [](const Include& include) {
            return std::tuple{include.home != Home::project && !include.name.ends_with(".h"), include.name};
        };
        if (!one.after_blank && place(one) < place(before)) return one.name;
    }
    return std::nullopt;
}

}  // namespace

SCENARIO("includes stand in blocks: one's own header, ours, third parties', C's, C++'s, each sorted", "[structure]") {
    std::vector<std::string> found;
    for (const std::string folder : {"plugin", "adapters", "integration", "tests"})
        for (const auto& source : sources_below(folder))
            if (const auto name = misplaced(source, text_in(root / source)))
                found.push_back(source.string() + ": " + *name);
    CHECK(found == std::vector<std::string>{});
}

SCENARIO("an include out of place is named", "[structure]") {
    const auto in = [](const char* source, const std::string& text) { return misplaced(source, text); };
    const std::string own = "#include \"a/x.hpp\"\n\n", ours = "#include \"a/y.hpp\"\n#include \"b/z.hpp\"\n\n",
                      third = "#include <soci/soci.h>\n#include <boost/json.hpp>\n\n",
                      c = "#include <sys/stat.h>\n#include <unistd.h>\n\n", cpp = "#include <map>\n#include <set>\n";
    CHECK_FALSE(in("a/x.cpp", own + ours + third + c + cpp));
    CHECK_FALSE(in("a/x.hpp", "#pragma once\n" + ours + cpp));
    CHECK(in("a/x.cpp", ours + own + cpp) == "a/x.hpp");
    CHECK(in("a/x.cpp", own + cpp + "\n" + third) == "soci/soci.h");
    CHECK(in("a/x.cpp", own + cpp + "\n" + c) == "sys/stat.h");
    CHECK(in("a/x.cpp", own + "#include <boost/json.hpp>\n" + cpp) == "map");
    CHECK(in("a/x.cpp", "#include \"a/x.hpp\"\n#include \"a/y.hpp\"\n") == "a/y.hpp");
    CHECK(in("a/x.cpp", own + "#include <set>\n#include <map>\n") == "map");
    CHECK(in("a/x.cpp", own + "#include <boost/json.hpp>\n#include <soci/soci.h>\n") == "soci/soci.h");
    CHECK(in("a/x.cpp", own + "#include <map>\n\n#include <set>\n") == "set");
    THEN("a test may set its subject apart, and nothing else") {
        const std::string subject = "#include \"plugin/x.hpp\"\n\n";
        CHECK_FALSE(in("tests/app/x.cpp", subject + ours));
        CHECK(in("adapters/a/x.cpp", subject + ours) == "a/y.hpp");
        CHECK(in("tests/app/x.cpp", "#include \"tests/z.hpp\"\n\n" + subject) == "plugin/x.hpp");
        CHECK(in("tests/app/x.cpp", subject + "#include \"tests/y.hpp\"\n\n#include \"tests/z.hpp\"\n") ==
              "tests/z.hpp");
    }
}
