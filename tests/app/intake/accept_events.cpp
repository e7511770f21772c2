#include "plugin/app/intake/accept_events.hpp"

#include "tests/support/counting_meter.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <exception>
#include <utility>
#include <vector>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;

namespace {

// Takes what is appended, or has no room for it; nothing else is asked of it here.
class Box final : public ports::Journal {
public:
    struct Piece {
        std::vector<Event> events;
        Instant accepted_at;
    };
    std::vector<Piece> pieces;
    bool is_full = false;

    ports::result<void> append(std::span<const Event> events, Instant now) override {
        if (is_full) return ports::journal_errc::full;
        pieces.push_back({{events.begin(), events.end()}, now});
        return {};
    }
    ports::result<ports::Position> append_at(ports::Position, std::span<const Event>, Instant) override {
        return ports::journal_errc::unavailable;
    }
    ports::Extent extent() override { return {}; }
    ports::result<std::vector<ports::Journaled>> read(std::size_t) override { return ports::journal_errc::unavailable; }
    ports::result<void> forget_through(ports::Position) override { return ports::journal_errc::unavailable; }
    ports::result<void> set_aside(std::span<const ports::Journaled>, std::string_view, Instant) override {
        return ports::journal_errc::unavailable;
    }
    ports::result<void> set_damaged_aside(std::string_view, Instant) override {
        return ports::journal_errc::unavailable;
    }
    ports::SetAsides& set_asides() noexcept override { std::terminate(); }
    ports::result<ports::JournalStats> stats() override { return ports::journal_errc::unavailable; }
    ports::result<std::int64_t> tend_wal() override { return ports::journal_errc::unavailable; }
    ports::result<ports::Purged> purge() override { return ports::journal_errc::unavailable; }
};

struct Gate {
    using Call = app::AcceptEvents::Call;
    Box journal;
    ManualClock clock;
    ManualSteadyClock steady;
    CountingMeter meter;
    int told = 0;  // that something was accepted
    app::AcceptEvents accept{journal, clock, steady, meter, [this] { ++told; }};
};

Event completion(Secrecy secrecy = open_to_all) {
    Completion event;
    event.key = {"H1", "C1", "1"};
    event.secrecy = secrecy;
    return event;
}
const Event secret = completion(Secrecy::until_opening()), withdrawn = Withdrawal{{"H1", "C1", "1"}, {}, ""};

}  // namespace

SCENARIO("every piece of a call is in the journal when it was taken, with the time of its acceptance", "[intake]") {
    Gate gate;
    const std::vector<Event> first{completion(), withdrawn}, second{completion()};
    const auto then = gate.clock.now();
    Gate::Call call{gate.accept};
    CHECK(call.take(first).has_value());
    REQUIRE(gate.journal.pieces.size() == 1);
    CHECK(gate.journal.pieces[0].events == first);
    CHECK(gate.journal.pieces[0].accepted_at == then);
    gate.clock.set(then + 1s);
    CHECK(call.take(second).has_value());
    REQUIRE(gate.journal.pieces.size() == 2);
    CHECK(gate.journal.pieces[1].events == second);
    CHECK(gate.journal.pieces[1].accepted_at == then + 1s);
}

SCENARIO("whoever goes on with them is told of every piece at once", "[intake]") {
    Gate gate;
    const std::vector<Event> piece{completion(), withdrawn};
    Gate::Call call{gate.accept};
    CHECK(gate.told == 0);
    CHECK(call.take(piece).has_value());
    CHECK(gate.told == 1);
    CHECK(call.take(piece).has_value());
    CHECK(gate.told == 2);
}

SCENARIO("a call is counted once, at its end, and each of its events", "[intake]") {
    Gate gate;
    const std::vector<Event> piece{completion(), completion()};
    {
        Gate::Call call{gate.accept};
        CHECK(call.take(piece).has_value());
        CHECK(call.take(piece).has_value());
        CHECK(gate.meter.calls == 0);
    }
    CHECK(gate.meter.calls == 1);
    CHECK(gate.meter.events == 4);
}

SCENARIO("a call that brought nothing is not counted", "[intake]") {
    Gate gate;
    { const Gate::Call call{gate.accept}; }
    CHECK(gate.meter.calls == 0);
}

SCENARIO("completions under bid secrecy go in and are not counted (E14)", "[intake]") {
    Gate gate;
    WHEN("there is something else in the call") {
        const std::vector<Event> piece{secret, completion(), secret};
        { CHECK(Gate::Call{gate.accept}.take(piece).has_value()); }
        CHECK(gate.journal.pieces.at(0).events.size() == 3);
        CHECK(gate.meter.events == 1);
        CHECK(gate.meter.calls == 1);
    }
    WHEN("there is nothing else, the call is not counted either") {
        const std::vector<Event> piece{secret};
        { CHECK(Gate::Call{gate.accept}.take(piece).has_value()); }
        CHECK(gate.journal.pieces.size() == 1);
        CHECK(gate.told == 1);
        CHECK(gate.meter.events == 0);
        CHECK(gate.meter.calls == 0);
    }
    WHEN("there is no room for them, that is not counted") {
        gate.journal.is_full = true;
        const std::vector<Event> piece{secret};
        { CHECK(Gate::Call{gate.accept}.take(piece).has_error()); }
        CHECK(gate.meter.full == 0);
        CHECK(gate.meter.calls == 0);
    }
}

SCENARIO("what the journal has no room for is counted as such, and nobody goes on with it", "[intake]") {
    Gate gate;
    const std::vector<Event> piece{completion(), withdrawn};
    {
        Gate::Call call{gate.accept};
        gate.journal.is_full = true;
        const auto refused = call.take(piece);
        REQUIRE(refused.has_error());
        CHECK(refused.error() == ports::journal_errc::full);
        CHECK(gate.told == 0);
        CHECK(gate.meter.full == 2);
        CHECK(gate.meter.events == 0);
        gate.journal.is_full = false;
        CHECK(call.take(piece).has_value());
    }
    CHECK(gate.meter.events == 2);
    CHECK(gate.meter.full == 2);
    CHECK(gate.meter.calls == 1);
}
