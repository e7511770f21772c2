#include "plugin/domain/unknown_outcome.hpp"

#include <catch2/catch.hpp>

using namespace hcp::domain;
using namespace std::chrono_literals;

namespace {

const Instant left = instant_from_us(1'800'000'000'000'000);
const SettleTerms terms{300s, 60s};

constexpr auto arrived = Resolution::arrived, asks_again = Resolution::asks_again, may_repeat = Resolution::may_repeat;

// What is known, what the list says, when it was asked for, and what follows.
struct Cell {
    const char* what;
    UnknownOutcome known;
    Listing listed;
    std::chrono::microseconds after;  // `left`
    Resolution does;
    std::optional<std::chrono::microseconds> counts = {}, from = {};  // absence counted, next question that decides
};

const UnknownOutcome never{};
const UnknownOutcome unknown{left, false, {}};
const UnknownOutcome denied{left, true, {}};
const UnknownOutcome absent_once{left, false, left + 400s};

const Cell cells[] = {
    {"listed at once", unknown, Listing::present, 1us, arrived},
    {"listed after an absence", absent_once, Listing::present, 401s, arrived, 400s},
    {"listed after a denial", denied, Listing::present, 0s, arrived},
    {"listed though nothing left", never, Listing::present, 0s, arrived},
    {"doubled", unknown, Listing::doubled, 1us, Resolution::doubled},
    {"doubled after an absence", absent_once, Listing::doubled, 900s, Resolution::doubled, 400s},
    {"unclear", denied, Listing::unclear, 1us, Resolution::unclear},

    {"no answer", unknown, Listing::unanswered, 1us, asks_again, {}, 300s},
    {"no answer, long after: nothing is concluded", unknown, Listing::unanswered, 24h, asks_again, {}, 300s},
    {"no answer after an absence: it stands", absent_once, Listing::unanswered, 24h, asks_again, 400s, 700s},
    {"no answer after a denial", denied, Listing::unanswered, 24h, asks_again, {}, 60s},
    {"no answer, nothing left", never, Listing::unanswered, 1us, asks_again, {}, 1us},

    {"absent, nothing left", never, Listing::absent, 0us, may_repeat},

    {"absent too early", unknown, Listing::absent, 300s - 1us, asks_again, {}, 300s},
    {"absent at the first instant that counts", unknown, Listing::absent, 300s, asks_again, 300s, 600s},
    {"absent late, once", unknown, Listing::absent, 24h, asks_again, 24h, 24h + 300s},
    {"absent again too early", absent_once, Listing::absent, 700s - 1us, asks_again, 400s, 700s},
    {"absent twice", absent_once, Listing::absent, 700s, may_repeat, 400s},

    {"denied, absent too early", denied, Listing::absent, 60s - 1us, asks_again, {}, 60s},
    {"denied, absent", denied, Listing::absent, 60s, may_repeat},
};

}  // namespace

TEST_CASE("what becomes of a message of unknown end: known x listed x time, cell by cell", "[unknown_outcome]") {
    for (const auto& cell : cells) {
        INFO(cell.what);
        const auto resolved = resolve(cell.known, cell.listed, left + cell.after, terms);
        CHECK(resolved.what == cell.does);
        CHECK(resolved.known.left_by == cell.known.left_by);
        CHECK(resolved.known.denied == cell.known.denied);
        CHECK(resolved.known.absent_at == (cell.counts ? std::optional{left + *cell.counts} : std::nullopt));
        if (cell.from) CHECK(resolved.ask_from == left + *cell.from);
    }
}

TEST_CASE("whoever asks at the times it is told may repeat after two absences and not before", "[unknown_outcome]") {
    auto now = left;
    auto known = unknown;
    int questions = 0;
    for (Resolved next{}; next.what != may_repeat; ++questions) {
        next = resolve(known, Listing::absent, now, terms);
        known = next.known;
        if (next.what == asks_again) now = next.ask_from;
    }
    CHECK(questions == 3);
    CHECK(now == left + 600s);
}
