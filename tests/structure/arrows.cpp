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
                for (const auto* outside : {"boost/asio", "boost/beast", "soci", "sqlite", "openssl", "botan", "curl",
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

SCENARIO("ports know the domain, what all use cases write with knows both, threads and timers know ports",
         "[structure]") {
    CHECK(breaches("plugin/ports", {"plugin/domain", "plugin/ports"}) == std::vector<std::string>{});
    CHECK(breaches("plugin/run", {"plugin/domain", "plugin/ports", "plugin/run"}) == std::vector<std::string>{});
    CHECK(breaches("plugin/record", {"plugin/domain", "plugin/ports", "plugin/run", "plugin/record"}) ==
          std::vector<std::string>{});
}

SCENARIO("use cases stand in rooms, and no room knows another", "[structure]") {
    std::set<std::string> rooms;
    for (const auto& entry : fs::directory_iterator{root / "plugin/app"}) {
        const auto name = entry.path().filename().string();
        if (name == "CMakeLists.txt") continue;
        INFO(name << " stands in no room");
        REQUIRE(entry.is_directory());
        rooms.insert(name);
        const auto folder = "plugin/app/" + name;
        for (const auto& source : sources_below(folder))
            for (const auto& include : includes_of(source)) {
                INFO(source << " includes " << include);
                if (!is_ours(include)) continue;
                const bool own = include.starts_with(folder + "/");
                const std::set<std::string> below{"plugin/domain", "plugin/ports", "plugin/record", "plugin/run"};
                CHECK((own || below.contains(part_of(include))));
            }
    }
    CHECK(rooms == std::set<std::string>{"catalogue", "desk_sessions", "exports", "figures", "identities", "inbox",
                                         "intake", "ledger", "membership", "people", "province", "rating"});
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

SCENARIO("a driving adapter knows the use cases too, and no other adapter", "[structure]") {
    const std::set<std::string> known{"plugin/app", "plugin/domain", "plugin/ports", "plugin/record", "plugin/run"};
    const auto and_also = [&](std::set<std::string> more) {
        more.insert(known.begin(), known.end());
        return more;
    };
    CHECK(breaches("adapters/host", and_also({"plugin/abi", "adapters/host"})) == std::vector<std::string>{});
    CHECK(breaches("adapters/web", and_also({"adapters/web"})) == std::vector<std::string>{});
    CHECK(breaches("adapters/ctl", and_also({"adapters/ctl"})) ==
          std::vector<std::string>{"adapters/ctl/main.cpp includes plugin/compose/ctl_outside.hpp"});
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
        if (source.string() == "adapters/ctl/main.cpp") continue;
        for (const auto& include : includes_of(source)) {
            INFO(source << " includes " << include);
            CHECK_FALSE(include.starts_with("plugin/compose/"));
        }
    }
}

SCENARIO("the use cases are bound to each other, and go about their jobs, without any adapter", "[structure]") {
    for (const std::string name : {"use_cases", "jobs"})
        for (const std::string end : {".hpp", ".cpp"})
            for (const auto& include : includes_of("plugin/compose/" + name + end)) {
                INFO(name << end << " includes " << include);
                CHECK_FALSE(include.starts_with("adapters/"));
            }
}

SCENARIO("what is decided takes its time and its chance from ports alone", "[structure]") {
    for (const std::string folder : {"plugin/domain", "plugin/app", "plugin/record", "plugin/run", "plugin/compose"})
        for (const auto& source : sources_below(folder)) {
            const auto text = text_in(root / source);
            for (const auto* own :
                 {"steady_clock::now", "system_clock::now", "random_device", "sleep_for", "sleep_until", "mt19937"}) {
                INFO(source << " has " << own);
                CHECK(text.find(own) == std::string::npos);
            }
        }
}

SCENARIO("a thread of ours begins in one place, where signals are left to the host", "[structure]") {
    for (const std::string folder : {"plugin", "adapters"})
        for (const auto& source : sources_below(folder)) {
            if (source == "plugin/run/thread.hpp") continue;
            const auto text = text_in(root / source);
            for (const auto* other : {"std::thread{", "std::thread(", "jthread", "std::async", "pthread_create"}) {
                INFO(source << " has " << other);
                CHECK(text.find(other) == std::string::npos);
            }
        }
}

SCENARIO("OpenSSL is asked in the module's own library context, never in the process's", "[structure]") {
    for (const std::string folder : {"plugin", "adapters"})
        for (const auto& source : sources_below(folder)) {
            const auto text = text_in(root / source);
            for (const auto* of_the_process :
                 {"RAND_bytes(", "RAND_priv_bytes(", "EVP_sha", "EVP_sm", "EVP_aes", "_fetch(nullptr", "_new_id(",
                  "_from_name(nullptr", "_from_pkey(nullptr", "Q_keygen(nullptr", "SSL_CTX_new(", "ssl::context::tls",
                  "PEM_read_bio_PrivateKey)", "PEM_read_bio_PUBKEY)", "by_curve_name("}) {
                INFO(source << " has " << of_the_process);
                CHECK(text.find(of_the_process) == std::string::npos);
            }
        }
}

SCENARIO("no source is so long that it cannot be one idea", "[structure]") {
    for (const std::string folder : {"plugin", "adapters"})
        for (const auto& source : sources_below(folder)) {
            if (source == "adapters/province/https_client.cpp") continue;  // one idea, whatever its length
            const auto text = text_in(root / source);
            INFO(source);
            CHECK(std::count(text.begin(), text.end(), '\n') <= 400);
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
