#include "tests/journal/fixture.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace hcp;
using Cases = std::vector<std::string>;

namespace {
// Runs `steps` on a journal of its own in a child that then dies without closing anything.
template <class Steps>
void die_after(test::Fixture& f, Steps steps) {
    f.journal.reset();
    const pid_t child = fork();
    if (child == 0) {
        test::Lines log;
        auto journal = journal::open(f.options, *f.seal, log);
        if (!journal) _exit(1);
        steps(**journal);
        (void)raise(SIGKILL);
    }
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
    f.journal = journal::open(f.options, *f.seal, f.log).value();
}
ports::result<void> add(ports::Journal& journal, const std::string& case_no) {
    const domain::Event event = test::completion(case_no);
    return journal.append({&event, 1}, test::at(0));
}
}  // namespace

SCENARIO("between any two steps the process may die", "[journal][crash]") {
    test::Fixture f;
    WHEN("it dies after append has returned") {
        die_after(f, [](ports::Journal& j) { (void)add(j, "a"); });
        CHECK(f.read() == Cases{"a"});
        CHECK(f.journal->stats()->events == 1);
    }
    WHEN("it dies after the store has them, before they are forgotten") {
        die_after(f, [](ports::Journal& j) {
            (void)add(j, "a");
            (void)j.read(10);
        });
        CHECK(f.read() == Cases{"a"});
    }
    WHEN("it dies after they are forgotten") {
        REQUIRE(f.add("a"));
        const auto a = f.position_of("a");
        die_after(f, [](ports::Journal& j) {
            (void)add(j, "b");
            (void)j.forget_through(j.read(1).value().back().at);
        });
        CHECK(f.read() == Cases{"b"});
        CHECK(f.position_of("b") > a);
    }
    WHEN("it dies between setting aside and forgetting") {
        die_after(f, [](ports::Journal& j) {
            (void)add(j, "a");
            (void)j.set_aside(j.read(1).value(), "毒", test::at(1));
        });
        CHECK(f.read() == Cases{"a"});
        CHECK(f.journal->set_asides().list(10)->size() == 1);
    }
}

SCENARIO("what was acknowledged before a kill at any moment is all there, and nothing in halves", "[journal][crash]") {
    test::Fixture f;
    f.journal.reset();
    std::size_t acknowledged_before = 0;
    for (int round = 0; round < 5; ++round) {
        int pipes[2];
        REQUIRE(pipe(pipes) == 0);
        const pid_t child = fork();
        if (child == 0) {
            test::Lines log;
            auto journal = journal::open(f.options, *f.seal, log);
            const std::vector<domain::Event> call(3, test::completion("c"));
            while (journal && (*journal)->append(call, test::at(0)))
                if (write(pipes[1], "x", 1) != 1) break;
            _exit(1);
        }
        close(pipes[1]);
        char byte = 0;
        std::size_t acknowledged = 0;
        while (acknowledged < 20 && read(pipes[0], &byte, 1) == 1) ++acknowledged;
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        while (read(pipes[0], &byte, 1) == 1) ++acknowledged;
        close(pipes[0]);

        f.journal = journal::open(f.options, *f.seal, f.log).value();
        const auto stored = f.journal->read(1'000'000)->size();
        CHECK(stored % 3 == 0);
        CHECK(stored >= 3 * (acknowledged_before + acknowledged));
        CHECK(stored <= 3 * (acknowledged_before + acknowledged + 1));
        acknowledged_before = stored / 3;
        f.journal.reset();
    }
}
