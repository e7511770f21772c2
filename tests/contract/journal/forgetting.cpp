#include "tests/contract/journal/clauses.hpp"
#include "tests/contract/journal/samples.hpp"

namespace hcp::contract {
namespace {

void to_the_middle_of_a_call(JournalMedium& medium) {
    auto journal = medium.open();
    must(add(*journal, {"a", "b", "c"}));
    must(add(*journal, {"d"}));
    const auto b = position_of(*journal, "b");
    must(journal->forget_through(b));
    CHECK(cases_in(*journal) == Cases{"c", "d"});
    CHECK(events_in(*journal) == 2);
    reopen(medium, journal);
    CHECK(cases_in(*journal) == Cases{"c", "d"});
    CHECK(events_in(*journal) == 2);
    // What is read next begins and ends inside its call.
    CHECK(cases_in(*journal, 1) == Cases{"c"});
    CHECK(cases_in(*journal, 2) == Cases{"c", "d"});
    // Forgetting less than before changes nothing.
    must(journal->forget_through({b.frame, 0}));
    CHECK(cases_in(*journal) == Cases{"c", "d"});
    CHECK(events_in(*journal) == 2);
    // The rest of the call can be forgotten.
    must(journal->forget_through(position_of(*journal, "c")));
    CHECK(cases_in(*journal) == Cases{"d"});
    CHECK(events_in(*journal) == 1);
}

void no_position_is_used_twice(JournalMedium& medium) {
    auto journal = medium.open();
    must(add(*journal, {"a", "b", "c"}));
    must(add(*journal, {"d"}));
    const auto d = position_of(*journal, "d");
    must(journal->forget_through(d));
    CHECK(read(*journal).empty());
    reopen(medium, journal);
    must(add(*journal, {"e"}));
    CHECK(position_of(*journal, "e").frame > d.frame);
    CHECK(cases_in(*journal) == Cases{"e"});
}

}  // namespace

void add_forgetting(std::vector<JournalClause>& all) {
    all.push_back(
        {"what was forgotten to the middle of a call never comes back, and the rest stays", to_the_middle_of_a_call});
    all.push_back({"no position is used twice, even after everything was forgotten", no_position_is_used_twice});
}

}  // namespace hcp::contract
