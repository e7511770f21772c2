#include "tests/contract/journal/clauses.hpp"
#include "tests/contract/journal/samples.hpp"

namespace hcp::contract {
namespace {

using ports::journal_errc;

void nothing_is_readable(JournalMedium& medium) {
    const auto journal = medium.open();
    must(add(*journal, {"secret-case"}));
    must(journal->set_aside(read(*journal, 1), "reason in clear", at(1)));
    const auto bytes = medium.bytes();
    for (const auto* word : {"secret-case", "91370000MA3C", "山东明湖", "王小明", "370102199001011234", "13800000000",
                             "李办事", "host-one", "SDGP370000", "信息化"})
        CHECK(bytes.find(word) == std::string::npos);
    CHECK(bytes.find("reason in clear") != std::string::npos);  // the search would have found something
}

void other_keys_open_nothing(JournalMedium& medium) {
    auto journal = medium.open();
    must(add(*journal, {"a", "b"}));
    must(journal->set_aside(read(*journal, 1), "毒", at(1)));
    journal.reset();
    journal = medium.open_with_other_keys();
    CHECK(journal->read(1).error() == journal_errc::corrupt);
    const auto aside = must(journal->set_asides().list(10));
    REQUIRE(aside.size() == 1);
    CHECK(aside[0].reason == "毒");
    CHECK_FALSE(aside[0].event.has_value());
    CHECK(journal->set_asides().retry(aside[0].id, at(2)).error() == journal_errc::corrupt);
    // And take nothing away.
    reopen(medium, journal);
    CHECK(cases_in(*journal) == Cases{"a", "b"});
    CHECK(case_of(must(journal->set_asides().list(10)).at(0).event.value()) == "a");
}

// What each of the five ways of changing a journal has answered for is there afterwards.
template <class Change>
std::unique_ptr<ports::Journal> cut_after(JournalMedium& medium, Change change) {
    auto journal = medium.open();
    must(add(*journal, {"a", "b"}));
    change(*journal);
    medium.cut_power();
    reopen(medium, journal);
    return journal;
}

void appending_survives(JournalMedium& medium) {
    const auto journal = cut_after(medium, [](ports::Journal& j) { must(add(j, {"c"})); });
    CHECK(cases_in(*journal) == Cases{"a", "b", "c"});
}
void appending_at_the_end_survives(JournalMedium& medium) {
    const auto journal = cut_after(medium, [](ports::Journal& j) {
        const domain::Event event = completion("c");
        must(j.append_at(j.extent().end, {&event, 1}, at(1)));
    });
    CHECK(cases_in(*journal) == Cases{"a", "b", "c"});
}
void forgetting_survives(JournalMedium& medium) {
    const auto journal = cut_after(medium, [](ports::Journal& j) { must(j.forget_through(read(j, 1).back().at)); });
    CHECK(cases_in(*journal) == Cases{"b"});
}
void setting_aside_survives(JournalMedium& medium) {
    const auto journal = cut_after(medium, [](ports::Journal& j) { must(j.set_aside(read(j, 1), "毒", at(1))); });
    CHECK(cases_in(*journal) == Cases{"a", "b"});
    CHECK(must(journal->set_asides().list(10)).size() == 1);
}
void putting_back_survives(JournalMedium& medium) {
    const auto journal = cut_after(medium, [](ports::Journal& j) {
        const auto all = read(j);
        must(j.set_aside({&all[0], 1}, "毒", at(1)));
        must(j.forget_through(all[1].at));
        must(j.set_asides().retry(must(j.set_asides().list(1)).front().id, at(2)));
    });
    CHECK(cases_in(*journal) == Cases{"a"});
    CHECK(must(journal->set_asides().list(10)).empty());
}

}  // namespace

void add_safety(std::vector<JournalClause>& all) {
    all.push_back({"nothing that was reported is readable where it lies", nothing_is_readable});
    all.push_back({"keys that are not its own open nothing and take nothing away", other_keys_open_nothing});
    all.push_back({"what was appended survives a power cut", appending_survives});
    all.push_back({"what was appended at its end survives a power cut", appending_at_the_end_survives});
    all.push_back({"what was forgotten stays forgotten after a power cut", forgetting_survives});
    all.push_back({"what was set aside survives a power cut", setting_aside_survives});
    all.push_back({"what was put back survives a power cut", putting_back_survives});
}

}  // namespace hcp::contract
