#include "plugin/domain/breaker.hpp"

#include <catch2/catch.hpp>

#include <utility>

using namespace hcp::domain;
using namespace std::chrono_literals;

namespace {

using Allows = Breaker::Allows;
using Change = Breaker::Change;

constexpr Breaker::Time start{1h};
constexpr Breaker::Terms terms{3, 30'000ms};

Change fails(Breaker& breaker, Breaker::Time now = start, std::chrono::milliseconds retry_after = 0ms) {
    return breaker.answered({Verdict::again, retry_after}, now);
}
Change succeeds(Breaker& breaker, Breaker::Time now = start) {
    return breaker.answered({Verdict::delivered, 0ms}, now);
}

// Open since `start`.
Breaker opened() {
    Breaker breaker{terms};
    breaker.answered({Verdict::stop_channel, 0ms}, start);
    return breaker;
}
// Its probe is on its way since the instant at which it was due.
Breaker probing() {
    auto breaker = opened();
    breaker.probe_goes();
    return breaker;
}

constexpr auto due = start + terms.open_for;

}  // namespace

SCENARIO("a breaker that has met nothing lets all go", "[breaker]") {
    const Breaker breaker{terms};
    CHECK(breaker.allows(start) == Allows::all);
    CHECK_FALSE(breaker.is_open());
}

SCENARIO("it opens at the last of so many failures in a row, and not before", "[breaker]") {
    Breaker breaker{terms};
    CHECK(fails(breaker) == Change::none);
    CHECK(fails(breaker) == Change::none);
    CHECK(breaker.allows(start) == Allows::all);
    CHECK(fails(breaker) == Change::opened);
    CHECK(breaker.is_open());
    CHECK(breaker.allows(start) == Allows::none);
}

SCENARIO("whether it happened is all one to the breaker: what is unknown is a failure as well", "[breaker]") {
    Breaker breaker{{1, 30'000ms}};
    CHECK(breaker.answered({Verdict::ask_first, 0ms}, start) == Change::opened);
}

SCENARIO("a success between failures makes them begin anew, and so does a refusal, which is an answer", "[breaker]") {
    for (const auto verdict : {Verdict::delivered, Verdict::refused}) {
        Breaker breaker{terms};
        fails(breaker);
        fails(breaker);
        CHECK(breaker.answered({verdict, 0ms}, start) == Change::none);
        CHECK(fails(breaker) == Change::none);
        CHECK(fails(breaker) == Change::none);
        CHECK(fails(breaker) == Change::opened);
    }
}

SCENARIO("one stop of the channel opens it at once", "[breaker]") {
    Breaker breaker{terms};
    CHECK(breaker.answered({Verdict::stop_channel, 0ms}, start) == Change::opened);
    CHECK(breaker.allows(start) == Allows::none);
}

SCENARIO("an open one is due for one probe at the instant its time is over", "[breaker]") {
    const auto breaker = opened();
    CHECK(breaker.allows(due - 1ns) == Allows::none);
    CHECK(breaker.allows(due) == Allows::one);
    CHECK(breaker.is_open());
}

SCENARIO("a Retry-After keeps it open longer, never shorter", "[breaker]") {
    for (const auto& [retry_after, expected] : {std::pair{90'000ms, 90'000ms}, std::pair{1000ms, 30'000ms}}) {
        Breaker breaker{{1, 30'000ms}};
        fails(breaker, start, retry_after);
        CHECK(breaker.allows(start + expected - 1ns) == Allows::none);
        CHECK(breaker.allows(start + expected) == Allows::one);
    }
}

SCENARIO("while the probe is on its way none may go, however long that takes", "[breaker]") {
    const auto breaker = probing();
    CHECK(breaker.allows(due) == Allows::none);
    CHECK(breaker.allows(due + 24h) == Allows::none);
}

SCENARIO("a probe that gets through closes it, and one that the province refuses got through", "[breaker]") {
    for (const auto verdict : {Verdict::delivered, Verdict::refused}) {
        auto breaker = probing();
        CHECK(breaker.answered({verdict, 0ms}, due) == Change::closed);
        CHECK_FALSE(breaker.is_open());
        CHECK(breaker.allows(due) == Allows::all);
        // And it takes as many failures as ever to open it again.
        CHECK(fails(breaker, due) == Change::none);
        CHECK(fails(breaker, due) == Change::none);
        CHECK(fails(breaker, due) == Change::opened);
    }
}

SCENARIO("a probe that fails keeps it open for its time once more, counted from that failure", "[breaker]") {
    for (const auto verdict : {Verdict::again, Verdict::ask_first, Verdict::stop_channel}) {
        auto breaker = probing();
        const auto failed = due + 5s;
        CHECK(breaker.answered({verdict, 0ms}, failed) == Change::none);
        CHECK(breaker.is_open());
        CHECK(breaker.allows(failed + terms.open_for - 1ns) == Allows::none);
        CHECK(breaker.allows(failed + terms.open_for) == Allows::one);
    }
}

SCENARIO("a probe that ends without a word leaves the next one due at once", "[breaker]") {
    auto breaker = probing();
    breaker.probe_ends();
    CHECK(breaker.is_open());
    CHECK(breaker.allows(due) == Allows::one);
}

SCENARIO("where no probe went, that none came to anything changes nothing", "[breaker]") {
    Breaker closed{terms};
    closed.probe_ends();
    CHECK(closed.allows(start) == Allows::all);
    auto open = opened();
    open.probe_ends();
    CHECK(open.allows(due - 1ns) == Allows::none);
}

SCENARIO("what was in flight when it opened may still close it", "[breaker]") {
    auto breaker = opened();
    CHECK(succeeds(breaker, start + 1s) == Change::closed);
    CHECK(breaker.allows(start + 1s) == Allows::all);
    THEN("of those that fail behind it each counts as of a closed one") {
        CHECK(fails(breaker, start + 2s) == Change::none);
        CHECK(fails(breaker, start + 2s) == Change::none);
        CHECK(breaker.allows(start + 2s) == Allows::all);
        CHECK(fails(breaker, start + 2s) == Change::opened);
    }
}

SCENARIO("what was in flight and fails while it is open moves the probe away", "[breaker]") {
    auto breaker = opened();
    CHECK(fails(breaker, start + 10s) == Change::none);
    CHECK(breaker.allows(start + 40s - 1ns) == Allows::none);
    CHECK(breaker.allows(start + 40s) == Allows::one);
}

SCENARIO("who fails behind one that was told to stay away longer brings nothing forward", "[breaker]") {
    Breaker breaker{{1, 30'000ms}};
    fails(breaker, start, 300'000ms);
    fails(breaker, start + 1s);
    CHECK(breaker.allows(start + 300s - 1ns) == Allows::none);
    CHECK(breaker.allows(start + 300s) == Allows::one);
    THEN("what was under way and got through does not end the wait that was asked for") {
        succeeds(breaker, start + 2s);
        CHECK_FALSE(breaker.is_open());
        CHECK(breaker.allows(start + 300s - 1ns) == Allows::none);
        CHECK(breaker.allows(start + 300s) == Allows::all);
    }
}

SCENARIO("one Retry-After holds all, and is no failure where it comes of too much at once", "[breaker]") {
    Breaker breaker{terms};
    for (int i = 0; i < 100; ++i) CHECK(breaker.answered({Verdict::ask_first, 10s, 0, true}, start) == Change::none);
    CHECK_FALSE(breaker.is_open());
    CHECK(breaker.allows(start + 10s - 1ns) == Allows::none);
    CHECK(breaker.allows(start + 10s) == Allows::all);
    CHECK(breaker.answered({Verdict::again, 3s}, start + 10s) == Change::none);  // one failure of three
    CHECK(breaker.allows(start + 13s - 1ns) == Allows::none);
    CHECK(breaker.allows(start + 13s) == Allows::all);
}

SCENARIO("a wait that turns out to be wrong is cut to the breaker's own, and nothing is lengthened", "[breaker]") {
    Breaker breaker{terms};
    breaker.answered({Verdict::stop_channel, 24h}, start);
    breaker.shorten(start + 1s);
    CHECK(breaker.allows(start + 1s + terms.open_for - 1ms) == Allows::none);
    CHECK(breaker.allows(start + 1s + terms.open_for) == Allows::one);
    auto usual = opened();
    usual.shorten(start + 1s);
    CHECK(usual.allows(due) == Allows::one);
}

SCENARIO("who fails for ever, alone, keeps it closed", "[breaker]") {
    Breaker breaker{terms};
    for (int i = 0; i < 100; ++i) CHECK(breaker.answered({Verdict::again, 0ms, 7}, start) == Change::none);
    CHECK(breaker.allows(start) == Allows::all);
    THEN("another who fails behind him opens it") {
        CHECK(breaker.answered({Verdict::again, 0ms, 8}, start) == Change::opened);
    }
    THEN("another who gets through begins the count anew") {
        CHECK(breaker.answered({Verdict::delivered, 0ms, 8}, start) == Change::none);
        CHECK(breaker.answered({Verdict::again, 0ms, 8}, start) == Change::none);
        CHECK(breaker.answered({Verdict::again, 0ms, 7}, start) == Change::none);
        CHECK(breaker.answered({Verdict::again, 0ms, 7}, start) == Change::opened);
    }
}
