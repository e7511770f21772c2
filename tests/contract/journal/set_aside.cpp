#include "tests/contract/journal/clauses.hpp"
#include "tests/contract/journal/samples.hpp"

namespace hcp::contract {
namespace {

using ports::journal_errc;

void put_back_at_the_end_once(JournalMedium& medium) {
    auto journal = medium.open();
    must(add(*journal, {"a", "b", "c"}, 1));
    const auto all = read(*journal, 10);
    must(journal->set_aside({&all[1], 1}, "库拒绝：字段过长", at(2)));
    must(journal->forget_through(all[2].at));
    reopen(medium, journal);
    must(add(*journal, {"d"}, 3));

    const auto list = must(journal->set_asides().list(10));
    REQUIRE(list.size() == 1);
    CHECK(list[0].reason == "库拒绝：字段过长");
    CHECK(list[0].set_aside_at == at(2));
    CHECK((list[0].event == all[1].event));
    CHECK(must(journal->stats()).set_aside == 1);

    must(journal->set_asides().retry(list[0].id, at(4)));
    CHECK(cases_in(*journal) == Cases{"d", "b"});
    CHECK(read(*journal, 10)[1].accepted_at == at(4));
    CHECK(must(journal->set_asides().list(10)).empty());
    CHECK(journal->set_asides().retry(list[0].id, at(5)).error() == journal_errc::missing);
    CHECK(journal->set_asides().retry(list[0].id + 98, at(5)).error() == journal_errc::missing);
    CHECK(cases_in(*journal) == Cases{"d", "b"});
}

void listed_in_order(JournalMedium& medium) {
    const auto journal = medium.open();
    must(add(*journal, {"a", "b", "c"}));
    const auto all = read(*journal, 10);
    must(journal->set_aside(all, "毒", at(2)));
    const auto two = must(journal->set_asides().list(2));
    REQUIRE(two.size() == 2);
    CHECK((two[0].event == all[0].event));
    CHECK((two[1].event == all[1].event));
    CHECK(must(journal->stats()).set_aside == 3);
    CHECK(cases_in(*journal) == Cases{"a", "b", "c"});  // a copy: they are forgotten apart
}

void twice_is_once(JournalMedium& medium) {
    auto journal = medium.open();
    must(add(*journal, {"a", "b"}));
    const auto all = read(*journal, 10);
    must(journal->set_aside({&all[0], 1}, "毒", at(2)));
    const auto once = must(journal->stats());
    must(journal->set_aside(all, "毒", at(3)));
    CHECK(must(journal->stats()).set_aside == 2);
    CHECK(must(journal->set_asides().list(10)).at(0).set_aside_at == at(2));
    must(journal->set_aside(all, "毒", at(4)));
    CHECK(must(journal->stats()).set_aside == 2);
    CHECK(must(journal->stats()).bytes > once.bytes);
    const auto counted = must(journal->stats()).bytes;
    reopen(medium, journal);
    CHECK(must(journal->stats()).bytes == counted);
}

// Another's keys open nothing of what lies there, as a damaged disk's bytes do not.
void what_does_not_open_is_moved_as_it_lies(JournalMedium& medium) {
    auto journal = medium.open();
    must(add(*journal, {"a"}, 1));
    must(journal->set_damaged_aside("损坏", at(2)));  // it opens
    CHECK(cases_in(*journal) == Cases{"a"});
    CHECK(must(journal->stats()).set_aside == 0);
    const auto before = must(journal->stats());

    journal.reset();
    journal = medium.open_with_other_keys();
    must(add(*journal, {"b"}, 3));
    CHECK(journal->read(10).error() == journal_errc::corrupt);
    must(journal->set_damaged_aside("损坏", at(4)));
    CHECK(cases_in(*journal) == Cases{"b"});
    CHECK(events_in(*journal) == 1);
    CHECK(must(journal->stats()).bytes == 2 * before.bytes);  // nothing of it is gone
    auto list = must(journal->set_asides().list(10));
    REQUIRE(list.size() == 1);
    CHECK(list[0].reason == "损坏");
    CHECK_FALSE(list[0].event);
    REQUIRE(list[0].damaged_record);
    CHECK(journal->set_asides().retry(list[0].id, at(5)).error() == journal_errc::corrupt);
    must(journal->forget_through(journal->extent().end));

    // Whoever has the key puts it back.
    reopen(medium, journal);
    list = must(journal->set_asides().list(10));
    REQUIRE(list.size() == 1);
    CHECK(list[0].event);
    must(journal->set_asides().retry(list[0].id, at(6)));
    CHECK(cases_in(*journal) == Cases{"a"});
    CHECK(must(journal->stats()).set_aside == 0);
    CHECK(must(journal->stats()).bytes == before.bytes);
}

void what_is_moved_out_is_gone(JournalMedium& medium) {
    auto journal = medium.open();
    must(add(*journal, {"a"}, 1));
    journal.reset();
    journal = medium.open_with_other_keys();
    must(journal->set_damaged_aside("损坏", at(2)));
    const auto id = must(journal->set_asides().list(1)).front().id;
    const auto record = must(journal->set_asides().sealed(id));
    CHECK(record.sealed.size() > 100);
    CHECK(record.accepted_at == at(1));
    CHECK(record.events == 1);
    must(journal->set_asides().drop(id));
    CHECK(must(journal->stats()).bytes == 0);
    CHECK(must(journal->stats()).set_aside == 0);
    CHECK(journal->set_asides().sealed(id).error() == journal_errc::missing);
    CHECK(journal->set_asides().drop(id).error() == journal_errc::missing);
}

}  // namespace

void add_set_aside(std::vector<JournalClause>& all) {
    all.push_back({"an event set aside can be listed and put back at the end, once", put_back_at_the_end_once});
    all.push_back({"several set aside in one step are listed in order, up to the limit", listed_in_order});
    all.push_back({"what is set aside a second time, because its batch was tried again, is there once and counted once",
                   twice_is_once});
    all.push_back({"a record that does not open is moved out of the way as it lies, and put back once it opens",
                   what_does_not_open_is_moved_as_it_lies});
    all.push_back({"what is set aside can be had as it lies, and be dropped", what_is_moved_out_is_gone});
}

}  // namespace hcp::contract
