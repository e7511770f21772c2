#include "tests/contract/journal/clauses.hpp"
#include "tests/contract/journal/samples.hpp"

namespace hcp::contract {
namespace {

void figures_follow_every_step(JournalMedium& medium) {
    auto journal = medium.open();
    const auto same_after_reopening = [&] {
        const auto before = must(journal->stats());
        reopen(medium, journal);
        const auto after = must(journal->stats());
        CHECK(before.events == after.events);
        CHECK(before.bytes == after.bytes);
        CHECK(before.set_aside == after.set_aside);
        if (before.events > 0) CHECK(before.oldest_accepted_at == after.oldest_accepted_at);
        return after;
    };
    CHECK(same_after_reopening().events == 0);
    must(add(*journal, {"a", "b"}, 5));
    must(add(*journal, {"c"}, 6));
    const auto three = same_after_reopening();
    CHECK(three.events == 3);
    CHECK(three.bytes > 600);
    CHECK(three.oldest_accepted_at == at(5));
    const auto all = read(*journal, 10);
    must(journal->set_aside({&all[1], 1}, "第 2 条", at(7)));
    must(journal->forget_through(all[1].at));
    const auto one = same_after_reopening();
    CHECK(one.events == 1);
    CHECK(one.set_aside == 1);
    CHECK(one.oldest_accepted_at == at(6));
    must(journal->forget_through(all[2].at));
    must(journal->set_asides().retry(must(journal->set_asides().list(1)).front().id, at(8)));
    const auto again = same_after_reopening();
    CHECK(again.events == 1);
    CHECK(again.set_aside == 0);
    CHECK(again.oldest_accepted_at == at(8));
    must(journal->forget_through(journal->extent().end));
    CHECK(same_after_reopening().bytes == 0);
}

}  // namespace

void add_figures(std::vector<JournalClause>& all) {
    all.push_back({"the figures follow every step, for who opens it again too", figures_follow_every_step});
}

}  // namespace hcp::contract
