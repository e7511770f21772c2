#include "tests/contract/journal/clauses.hpp"
#include "tests/contract/journal/samples.hpp"
#include "tests/support/random_events.hpp"

#include <algorithm>

namespace hcp::contract {
namespace {

void in_the_order_of_acceptance(JournalMedium& medium) {
    const auto journal = medium.open();
    CHECK(read(*journal).empty());
    must(add(*journal, {"a"}, 1));
    must(add(*journal, {"b", "c", "d"}, 2));
    must(add(*journal, {"e"}, 3));
    CHECK(cases_in(*journal) == Cases{"a", "b", "c", "d", "e"});
    CHECK(cases_in(*journal) == Cases{"a", "b", "c", "d", "e"});  // reading removes nothing
    CHECK(cases_in(*journal, 4) == Cases{"a", "b", "c", "d"});
    CHECK(cases_in(*journal, 3) == Cases{"a", "b", "c"});  // to the middle of a call
    CHECK(cases_in(*journal, 1) == Cases{"a"});
    const auto all = read(*journal, 10);
    CHECK(all[0].accepted_at == at(1));
    CHECK(all[3].accepted_at == at(2));
    CHECK(all[3].at == ports::Position{all[1].at.frame, 2});
    CHECK(std::ranges::is_sorted(all, {}, &ports::Journaled::at));
    CHECK(journal->append({}, at(4)));
    CHECK(cases_in(*journal).size() == 5);
}

void a_long_call_in_pieces(JournalMedium& medium) {
    const auto journal = medium.open();
    Cases reported;
    for (int i = 0; i < 1000; ++i) reported.push_back(std::to_string(i));
    must(add(*journal, reported));
    must(add(*journal, {"behind"}));
    reported.emplace_back("behind");
    Cases seen;
    for (;;) {
        const auto piece = read(*journal, 300);
        if (piece.empty()) break;
        CHECK(piece.size() <= 300);
        for (const auto& one : piece) seen.push_back(case_of(one.event));
        must(journal->forget_through(piece.back().at));
        CHECK(events_in(*journal) == static_cast<std::int64_t>(reported.size() - seen.size()));
    }
    CHECK(seen == reported);
}

void large_events_a_few_at_once(JournalMedium& medium) {
    const auto journal = medium.open();
    constexpr int calls = 30;
    for (int i = 0; i < calls; ++i) {
        const domain::Event large = completion(std::to_string(i), 1000);
        must(journal->append({&large, 1}, at(i)));
    }
    std::size_t seen = 0, most = 0;
    for (;;) {
        const auto piece = read(*journal, calls);
        if (piece.empty()) break;
        seen += piece.size();
        most = std::max(most, piece.size());
        must(journal->forget_through(piece.back().at));
    }
    CHECK(seen == calls);
    CHECK(most < calls / 2);
}

void every_kind_of_event(JournalMedium& medium) {
    auto journal = medium.open();
    test::RandomEvents random{1};
    std::vector<domain::Event> events;
    events.reserve(300);
    for (int i = 0; i < 300; ++i) events.push_back(random.next());
    must(journal->append(events, at(0)));
    reopen(medium, journal);
    const auto back = read(*journal, 1000);
    REQUIRE(back.size() == events.size());
    CHECK(std::ranges::equal(back, events, {}, &ports::Journaled::event));
}

}  // namespace

void add_reading(std::vector<JournalClause>& all) {
    all.push_back(
        {"events are read in the order of acceptance, never more than asked for", in_the_order_of_acceptance});
    all.push_back(
        {"a long call is read and forgotten piece by piece, every event once and in order", a_long_call_in_pieces});
    all.push_back(
        {"what is read at once is bounded where events are large, and never nothing", large_events_a_few_at_once});
    all.push_back({"every kind of event comes back as it was", every_kind_of_event});
}

}  // namespace hcp::contract
