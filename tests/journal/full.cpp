#include "tests/journal/fixture.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

using namespace hcp;

namespace {
std::vector<domain::Event> many(std::size_t n) {
    return std::vector<domain::Event>(n, test::completion("many"));
}
// Runs `check` as a user whom permissions bind, in a child; its answer is the exit code.
template <class Check>
int as_nobody(Check check) {
    const pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0) _exit(99);
        _exit(check());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
}  // namespace

SCENARIO("beyond its quota the journal takes nothing, and takes again when some was forgotten", "[journal]") {
    test::Fixture f;
    REQUIRE(f.add("probe"));
    f.options.max_bytes = static_cast<std::uint64_t>(f.journal->stats()->bytes * 3 + 100);
    f.reopen();
    REQUIRE(f.add("b"));
    CHECK(f.journal->append(many(5), test::at(1)).error() == ports::journal_errc::full);
    REQUIRE(f.add("c"));
    CHECK(f.add("d").error() == ports::journal_errc::full);
    CHECK(f.add("d").error() == ports::journal_errc::full);
    CHECK(f.read() == std::vector<std::string>{"probe", "b", "c"});
    CHECK(f.log.all.size() == 2);  // one line per row of equal failures
    REQUIRE(f.journal->forget_through(f.position_of("b")));
    CHECK(f.add("e"));
    CHECK(f.read() == std::vector<std::string>{"c", "e"});
}

SCENARIO("callers who are written together cannot overrun the quota together", "[journal]") {
    test::Fixture f;
    REQUIRE(f.add("probe"));
    const auto one = f.journal->stats()->bytes;
    f.options.max_bytes = static_cast<std::uint64_t>(one * 41);
    f.reopen();
    std::atomic<int> taken{0};
    std::vector<std::thread> callers;
    for (int t = 0; t < 16; ++t)
        callers.emplace_back([&] {
            for (int i = 0; i < 10; ++i)
                if (f.add("other")) ++taken;
        });
    for (auto& t : callers) t.join();
    CHECK(taken == 40);
    CHECK(f.journal->stats()->bytes == one * 41);
    CHECK(f.read().size() == 41);
}

SCENARIO("when the file can grow no further, a large call is refused whole and small ones still get in", "[journal]") {
    test::Fixture f;
    f.options.max_pages = 40;
    f.reopen();
    REQUIRE(f.add("a"));
    CHECK(f.journal->append(many(1000), test::at(1)).error() == ports::journal_errc::full);
    CHECK(f.read() == std::vector<std::string>{"a"});
    CHECK(f.journal->stats()->events == 1);
    CHECK(f.add("b"));

    AND_WHEN("large and small calls meet in one transaction") {
        std::atomic<int> small_failed{0}, large_taken{0};
        std::vector<std::thread> callers;
        for (int t = 0; t < 8; ++t)
            callers.emplace_back([&, t] {
                for (int i = 0; i < 5; ++i) {
                    if (t % 2 == 0) {
                        if (f.journal->append(many(1000), test::at(2))) ++large_taken;
                    } else if (!f.add("small")) {
                        ++small_failed;
                    }
                }
            });
        for (auto& t : callers) t.join();
        CHECK(small_failed == 0);
        CHECK(large_taken == 0);
        CHECK(f.read().size() == 22);
    }
    AND_WHEN("it is filled up and then drained") {
        while (f.add("fill")) continue;
        const auto stored = f.read();
        REQUIRE(f.journal->stats()->events == static_cast<std::int64_t>(stored.size()));
        const auto all = f.journal->read(100000).value();
        CHECK(f.journal->forget_through(all.back().at));
        CHECK(f.add("again"));
        CHECK(f.read() == std::vector<std::string>{"again"});
    }
}

SCENARIO("a file or directory that may not be written stops the opening and says so", "[journal]") {
    test::Fixture f;
    f.journal.reset();
    namespace fs = std::filesystem;
    const auto opens_as_nobody = [&](const std::string& expected) {
        return as_nobody([&] {
            test::Lines log;
            const auto journal = journal::open(f.options, *f.seal, log);
            if (journal) return 1;
            if (journal.error() != ports::journal_errc::unavailable) return 2;
            return log.all.size() == 1 && log.all[0].find(expected) != std::string::npos ? 0 : 3;
        });
    };
    WHEN("the file is read-only") {
        fs::permissions(f.directory.path(), fs::perms::all);
        fs::permissions(f.options.path, fs::perms::owner_read | fs::perms::others_read);
        CHECK(opens_as_nobody("文件不可写") == 0);
    }
    WHEN("the directory is read-only and the file is new") {
        fs::remove(f.options.path);
        fs::permissions(f.directory.path(), fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
        CHECK(opens_as_nobody("目录不可写") == 0);
    }
    WHEN("the directory does not exist") {
        f.options.path = f.directory.path() / "nowhere" / "journal.db";
        CHECK(journal::open(f.options, *f.seal, f.log).error() == ports::journal_errc::unavailable);
        REQUIRE(f.log.all.size() == 1);
        CHECK(f.log.all[0].find("目录不存在") != std::string::npos);
    }
    WHEN("the file is no database") {
        std::ofstream{f.options.path} << std::string(5000, 'x');
        CHECK(journal::open(f.options, *f.seal, f.log).error() == ports::journal_errc::corrupt);
    }
}
