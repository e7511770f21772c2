#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void come_back(Database& database) {
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

void are_unique(Database& database) {
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

}  // namespace

void add_subjects(std::vector<Clause>& all) {
    all.push_back({"subjects come back", come_back});
    all.push_back({"a subject is known once", are_unique});
    all.push_back({"answers line up with the questions", answers_are_in_order});
}

}  // namespace hcp::contract
