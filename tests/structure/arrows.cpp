#include "tests/structure/sources.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace hcp::test;

namespace {

// The part of the project that a path belongs to: plugin/domain, adapters/gm, integration/…
std::string part_of(const std::string& path) {
    const auto first = path.find('/');
    if (first == std::string::npos) return path;
    const auto second = path.find('/', first + 1);
    if (second == std::string::npos) return path.substr(0, first);
    return path.substr(0, second);
}

bool is_ours(const std::string& include) {
    return include.starts_with("plugin/") || include.starts_with("adapters/") || include.starts_with("integration/") ||
           include.starts_with("tests/");
}

// What several adapters need of the system itself (a descriptor that closes, a folder that is synced) has no home that
// all of them know: domain and ports do without the system's headers, and no adapter knows another. So plugin/run holds
// headers that include nothing of the project. Like a library, such a header leads nowhere, and adapters may use it.
bool leads_nowhere(const std::string& include) {
    const auto onward = includes_of(include);
    return part_of(include) == "plugin/run" && std::none_of(onward.begin(), onward.end(), is_ours);
}

std::vector<std::string> breaches(const std::string& folder, const std::set<std::string>& allowed) {
    const bool adapter = folder.starts_with("adapters/");
    std::vector<std::string> found;
    for (const auto& source : sources_below(folder))
        for (const auto& include : includes_of(source))
            if (is_ours(include) && !allowed.contains(part_of(include)) && !(adapter && leads_nowhere(include)))
                found.push_back(source.string() + " includes " + include);
    return found;
}

}  // namespace

SCENARIO("the domain knows nothing but itself, and neither it nor ports nor use cases know the outside",
         "[structure]") {
    CHECK(breaches("plugin/domain", {"plugin/domain"}) == std::vector<std::string>{});
    for (const std::string folder : {"plugin/domain", "plugin/ports", "plugin/app"})
        for (const auto& source : sources_below(folder))
            for (const auto& include : includes_of(source)) {
                INFO(source << " includes " << include);
                for (const auto* outside : {"boost/asio", "boost/beast", "soci", "sqlite", "openssl", "curl",
                                            "prometheus", "fcntl.h", "unistd.h", "sys/"})
                    CHECK_FALSE(include.starts_with(outside));
                if (folder == "plugin/domain") CHECK((include != "fstream" && include != "iostream"));
            }
}

SCENARIO("what is included in quotes is named from the project's root", "[structure]") {
    for (const std::string folder : {"plugin", "adapters", "integration", "tests"})
        for (const auto& source : sources_below(folder))
            for (const auto& include : quoted_includes_of(source)) {
                INFO(source << " includes " << include);
                CHECK(is_ours(include));
                CHECK(include.find("..") == std::string::npos);
            }
}

SCENARIO("ports know the domain, use cases know both", "[structure]") {
    CHECK(breaches("plugin/ports", {"plugin/domain", "plugin/ports"}) == std::vector<std::string>{});
    CHECK(breaches("plugin/app", {"plugin/domain", "plugin/ports", "plugin/run", "plugin/app"}) ==
          std::vector<std::string>{});
}

SCENARIO("a driven adapter knows the domain and the ports, and no other adapter", "[structure]") {
    int driven = 0;
    for (const auto& entry : fs::directory_iterator{root / "adapters"}) {
        const auto name = entry.path().filename().string();
        // Those that drive, and the command line, which is bound together from all of them.
        if (!entry.is_directory() || name == "host" || name == "web" || name == "ctl") continue;
        const auto folder = "adapters/" + name;
        CHECK(breaches(folder, {"plugin/domain", "plugin/ports", folder}) == std::vector<std::string>{});
        ++driven;
    }
    CHECK(driven >= 7);
}

SCENARIO("the command line's commands know no adapter; only its binding does", "[structure]") {
    for (const auto& breach :
         breaches("adapters/ctl", {"plugin/app", "plugin/domain", "plugin/ports", "adapters/ctl"})) {
        INFO(breach);
        CHECK(breach.starts_with("adapters/ctl/bind."));
    }
}

SCENARIO("a driving adapter knows the use cases too, and no other adapter", "[structure]") {
    CHECK(breaches("adapters/host", {"plugin/abi", "plugin/app", "plugin/domain", "plugin/ports", "adapters/host"}) ==
          std::vector<std::string>{});
    CHECK(breaches("adapters/web", {"plugin/app", "plugin/domain", "plugin/ports", "adapters/web"}) ==
          std::vector<std::string>{});
}

SCENARIO("threads, locks and descriptors know no rule", "[structure]") {
    CHECK(breaches("plugin/run", {"plugin/ports", "plugin/run"}) == std::vector<std::string>{});
}

SCENARIO("only the composition knows adapters, and only the two programs know the composition", "[structure]") {
    for (const auto& source : sources_below("plugin")) {
        const auto name = source.string();
        if (name == "plugin/entry.cpp" || name.starts_with("plugin/compose/")) continue;
        for (const auto& include : includes_of(source)) {
            INFO(name << " includes " << include);
            CHECK_FALSE(include.starts_with("adapters/"));
            CHECK_FALSE(include.starts_with("plugin/compose/"));
        }
    }
    for (const auto& source : sources_below("adapters")) {
        if (source.string().starts_with("adapters/ctl/bind.")) continue;
        for (const auto& include : includes_of(source)) {
            INFO(source << " includes " << include);
            CHECK_FALSE(include.starts_with("plugin/compose/"));
        }
    }
}

SCENARIO("the simulator and the reference host share no code with the product", "[structure]") {
    CHECK(breaches("integration/province_sim", {"integration/province_sim"}) == std::vector<std::string>{});
    CHECK(breaches("integration/trading_host", {"integration/trading_host", "plugin/abi"}) ==
          std::vector<std::string>{});
}

SCENARIO("the ABI header stands alone", "[structure]") {
    for (const auto& include : includes_of("plugin/abi/haochaping.h"))
        CHECK((include == "stddef.h" || include == "stdint.h"));
}

SCENARIO("only a handful of translation units include Beast", "[structure]") {
    std::vector<std::string> units;
    for (const std::string folder : {"plugin", "adapters"})
        for (const auto& source : sources_below(folder))
            for (const auto& include : includes_of(source))
                if (source.extension() == ".cpp" && include.starts_with("boost/beast")) {
                    units.push_back(source.string());
                    break;
                }
    CHECK(units.size() >= 1);
    CHECK(units.size() <= 5);
}
