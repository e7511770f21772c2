#include "tests/contract/journal/clauses.hpp"
#include "tests/contract/journal/samples.hpp"

namespace hcp::contract {
namespace {

void what_was_accepted_and_forgotten(JournalMedium& medium) {
    auto journal = medium.open();
    const auto same_after_reopening = [&] {
        const auto before = journal->extent();
        reopen(medium, journal);
        CHECK(journal->extent().forgotten == before.forgotten);
        CHECK(journal->extent().end == before.end);
        return before;
    };
    const auto empty = same_after_reopening();
    CHECK(empty.forgotten == empty.end);
    must(add(*journal, {"a", "b", "c"}));
    must(add(*journal, {"d"}));
    CHECK(same_after_reopening().end == position_of(*journal, "d"));
    CHECK(journal->extent().forgotten == empty.forgotten);
    const auto b = position_of(*journal, "b"), d = position_of(*journal, "d");
    must(journal->forget_through(b));
    CHECK(same_after_reopening().forgotten == b);
    must(journal->forget_through(d));
    must(journal->forget_through(b));  // less than before
    CHECK(same_after_reopening().forgotten == d);
    CHECK(journal->extent().end == d);
    // An event that is put back is accepted anew.
    must(add(*journal, {"e"}));
    const auto e = read(*journal, 1);
    must(journal->set_aside(e, "毒", at(1)));
    must(journal->forget_through(e[0].at));
    must(journal->set_asides().retry(must(journal->set_asides().list(1)).front().id, at(2)));
    CHECK(journal->extent().end > e[0].at);
    CHECK(same_after_reopening().end == position_of(*journal, "e"));
}

void only_at_the_end_that_one_knows(JournalMedium& medium) {
    auto journal = medium.open();
    const domain::Event one = completion("one"), two = completion("two");
    const auto end = journal->extent().end;
    const auto first = must(journal->append_at(end, {&one, 1}, at(1)));
    CHECK(first == journal->extent().end);
    CHECK(journal->append_at(end, {&two, 1}, at(2)).error() == ports::journal_errc::moved);
    const auto bytes = must(journal->stats()).bytes;
    CHECK(cases_in(*journal) == Cases{"one"});
    must(journal->append_at(first, {&two, 1}, at(2)));
    CHECK(cases_in(*journal) == Cases{"one", "two"});
    CHECK(must(journal->stats()).bytes == 2 * bytes);  // what was not stored holds no room
    reopen(medium, journal);
    CHECK(cases_in(*journal) == Cases{"one", "two"});
}

}  // namespace

void add_extent(std::vector<JournalClause>& all) {
    all.push_back({"its extent covers what was accepted and forgotten, for who opens it again too",
                   what_was_accepted_and_forgotten});
    all.push_back({"who knows its end may add to it, unless somebody was first", only_at_the_end_that_one_knows});
}

}  // namespace hcp::contract
