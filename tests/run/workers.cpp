#include "plugin/run/workers.hpp"

#include "plugin/run/pulse.hpp"
#include "plugin/run/single_flight.hpp"
#include "tests/support/recorded_log.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <future>
#include <stdexcept>
#include <string>

using namespace hcp;
using namespace hcp::test;

SCENARIO("a task that throws ends alone: its thread and its flight go on, and the log is told", "[workers]") {
    RecordedLog log;
    {
        run::Workers workers{1, log};
        std::atomic<int> runs = 0;
        std::promise<void> second;
        run::SingleFlight flight{workers, [&] {
                                     if (++runs == 1) throw std::runtime_error{"内存不足"};
                                     second.set_value();
                                 }};
        flight.poke();
        std::promise<void> behind;
        workers.post([&] { behind.set_value(); });
        behind.get_future().wait();
        flight.poke();
        second.get_future().wait();
        CHECK(runs == 2);
    }
    REQUIRE(log.lines.size() == 1);
    CHECK(log.lines[0].find("内存不足") != std::string::npos);
}

SCENARIO("pokes while a flight runs lead to one more run, however many there were", "[workers]") {
    RecordedLog log;
    run::Workers workers{1, log};
    std::atomic<int> runs = 0;
    std::promise<void> running, go, twice;
    run::SingleFlight flight{workers, [&] {
                                 if (++runs == 1) {
                                     running.set_value();
                                     go.get_future().wait();
                                 } else {
                                     twice.set_value();
                                 }
                             }};
    flight.poke();
    running.get_future().wait();
    for (int i = 0; i < 100; ++i) flight.poke();
    go.set_value();
    twice.get_future().wait();
    std::promise<void> behind;
    workers.post([&] { behind.set_value(); });
    behind.get_future().wait();
    CHECK(runs == 2);
}

SCENARIO("only the workers' own threads act for them, until none of them lives", "[workers]") {
    RecordedLog log;
    run::Workers workers{2, log}, others{1, log};
    const auto asked_on = [](run::Workers& thread, const run::Workers& of) {
        std::promise<bool> answer;
        thread.post([&] { answer.set_value(of.may_act_here()); });
        return answer.get_future().get();
    };
    CHECK(asked_on(workers, workers));
    CHECK_FALSE(asked_on(others, workers));
    CHECK_FALSE(workers.may_act_here());

    others.stop();
    CHECK(others.may_act_here());
    CHECK_FALSE(workers.may_act_here());
    CHECK(run::Workers{0, log}.may_act_here());
}

SCENARIO("where there are no threads, who is there runs the next task, in the order of their posting", "[workers]") {
    RecordedLog log;
    run::Workers workers{0, log};
    std::string ran;
    CHECK_FALSE(workers.run_next());
    workers.post([&] { ran += 'a'; });
    workers.post([&] {
        ran += 'b';
        workers.post([&] { ran += 'd'; });
    });
    workers.post([&] { ran += 'c'; });
    CHECK(ran.empty());
    CHECK(workers.run_next());
    CHECK(ran == "a");
    while (workers.run_next()) {
    }
    CHECK(ran == "abcd");

    WHEN("a task throws") {
        workers.post([] { throw std::runtime_error{"内存不足"}; });
        workers.post([&] { ran += 'e'; });
        CHECK(workers.run_next());
        CHECK(log.said("内存不足"));
        CHECK(workers.run_next());
        CHECK(ran == "abcde");
    }
    WHEN("they were stopped") {
        workers.post([&] { ran += 'e'; });
        workers.stop();
        workers.post([&] { ran += 'f'; });
        CHECK_FALSE(workers.run_next());
        CHECK(ran == "abcd");
    }
    WHEN("a flight is poked, also by its own run") {
        int runs = 0;
        run::SingleFlight flight{workers, [&] {
                                     if (++runs == 1) flight.poke();
                                 }};
        flight.poke();
        flight.poke();
        CHECK(runs == 0);
        while (workers.run_next()) {
        }
        CHECK(runs == 2);
    }
}

#ifndef NDEBUG
SCENARIO("a debug build ends where another thread does what is the workers' alone, and says where", "[workers]") {
    std::array<int, 2> said{};
    REQUIRE(::pipe(said.data()) == 0);
    const auto child = ::fork();
    if (child == 0) {
        ::dup2(said[1], STDERR_FILENO);
        std::signal(SIGABRT, SIG_DFL);
        RecordedLog log;
        const run::Workers workers{1, log};
        workers.assert_here();
        ::_exit(0);
    }
    ::close(said[1]);
    std::array<char, 512> words{};
    const auto size = ::read(said[0], words.data(), words.size());
    ::close(said[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
    REQUIRE(size > 0);
    const std::string line{words.data(), static_cast<std::size_t>(size)};
    CHECK(line.find("workers.cpp:") != std::string::npos);
    CHECK(line.find("none of the workers it belongs to") != std::string::npos);
}
#endif
