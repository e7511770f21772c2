#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void subjects_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto subject = make.subject();
    SubjectRow empty;
    empty.id = make.id<SubjectId>();
    empty.lookup = make.digest();
    must(put(*store, subject, empty));
    const std::vector asked{empty.lookup, subject.lookup};
    const auto found = reading(*store, [&](Snapshot& rows) { return rows.subjects().by_lookup(asked); });
    REQUIRE(found[0]);
    CHECK(same(*found[0], empty));
    REQUIRE(found[1]);
    CHECK(same(*found[1], subject));
}

void subjects_are_unique(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto subject = make.subject();
    must(put(*store, subject));
    check_taken(*store, with(subject, [&](auto& r) { r.id = make.id<SubjectId>(); }));
    check_taken(*store, with(subject, [&](auto& r) { r.lookup = make.digest(); }));
}

void answers_are_in_order(Database& database) {
    const auto store = database.open();
    Samples make;
    std::vector<SubjectRow> subjects;
    std::vector<Digest> asked;
    for (int i = 0; i < 700; ++i) {
        subjects.push_back(make.subject());
        asked.push_back(subjects.back().lookup);
        if (i % 3 == 0) asked.push_back(make.digest());  // not there
        if (i % 5 == 0) asked.push_back(subjects.front().lookup);
    }
    writing(*store, [&](Transaction& rows) { return rows.subjects().insert(subjects); });
    const auto found = reading(*store, [&](Snapshot& rows) { return rows.subjects().by_lookup(asked); });
    REQUIRE(found.size() == asked.size());
    std::size_t known = 0, wrong = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (!found[i]) continue;
        ++known;
        if (found[i]->lookup != asked[i]) ++wrong;
    }
    CHECK(known == 700 + 140);
    CHECK(wrong == 0);
    CHECK(reading(*store, [](Snapshot& rows) { return rows.subjects().by_lookup({}); }).empty());
}

void come_by_id(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto one = make.subject(), two = make.subject();
    must(put(*store, two, one));
    const auto page = [&](SubjectId after, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.subjects().after(after, limit); });
    };
    const auto first = page({}, 1), last = page(one.id, 10);
    REQUIRE(first.size() == 1);
    CHECK(same(first[0], one));
    REQUIRE(last.size() == 1);
    CHECK(same(last[0], two));
}

void matters_are_counted(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto matters = [&](SubjectId id) {
        return reading(*store, [&](Snapshot& rows) { return rows.subjects().matters(id); });
    };
    const auto quiet = make.open(*store),
               secret = make.open(*store, [](auto&c) { c.reported_secrecy = Secrecy::until_opening(); });
    CHECK(matters(quiet.subject.id).evaluations == 1);
    CHECK_FALSE(matters(quiet.subject.id).ticket_open);
    CHECK(matters(secret.subject.id).evaluations == 0);
    CHECK(matters(make.id<SubjectId>()).evaluations == 0);

    const auto rating = make.rating(quiet.evaluation, Level::dissatisfied);
    must(put(*store, rating, make.ticket(quiet.evaluation, rating.id)));
    CHECK(matters(quiet.subject.id).ticket_open);
    CHECK_FALSE(matters(secret.subject.id).ticket_open);
}

void are_erased(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto one = make.subject(), other = make.subject();
    must(put(*store, one, other));
    const auto instead = make.digest();
    const auto erase = [&](const Digest& lookup) {
        return writing(*store, [&](Transaction& tx) { return tx.subjects().erase(one.id, lookup, instead); });
    };
    CHECK(erase(other.lookup) == 0);
    CHECK(erase(one.lookup) == 1);
    CHECK(erase(one.lookup) == 0);

    const std::vector asked{one.lookup, instead, other.lookup};
    const auto found = reading(*store, [&](Snapshot& rows) { return rows.subjects().by_lookup(asked); });
    CHECK_FALSE(found[0]);
    REQUIRE(found[1]);
    CHECK(same(*found[1], with(one, [&](auto& r) {
        r.lookup = instead;
        r.wrapped_key.clear();
    })));
    CHECK(found[1]->is_erased());
    REQUIRE(found[2]);
    CHECK(same(*found[2], other));
    // Who trades again is somebody new.
    must(put(*store, with(one, [&](auto& r) { r.id = make.id<SubjectId>(); })));
}

}  // namespace

void add_subjects(std::vector<Clause>& all) {
    all.push_back({"subjects come back", subjects_come_back});
    all.push_back({"a subject is known once", subjects_are_unique});
    all.push_back({"answers line up with the questions", answers_are_in_order});
    all.push_back({"subjects come back by id", come_by_id});
    all.push_back(
        {"what an erasure of a subject touches is counted, and nothing of it is secret", matters_are_counted});
    all.push_back({"an erased subject has no key and is found by nobody", are_erased});
}

}  // namespace hcp::contract
