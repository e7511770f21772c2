#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void comments_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store), other = make.open(*store);
    const auto comment = make.comment(o.evaluation), second = make.comment(o.evaluation, 2);
    auto bare = make.comment(other.evaluation);
    bare.level.reset();
    bare.tags.clear();
    bare.sealed_text.clear();
    bare.text_digest = {};
    must(put(*store, comment, second, bare));
    const auto found = reading(*store, [&](Snapshot& rows) {
        return rows.comments().of(std::span{&o.evaluation.id, 1});
    });
    REQUIRE(found.size() == 2);
    CHECK(same(found[0], comment));
    CHECK(same(found[1], second));
    const std::vector ids{other.evaluation.id, make.id<EvaluationId>()};
    const auto of_other = reading(*store, [&](Snapshot& rows) { return rows.comments().of(ids); });
    REQUIRE(of_other.size() == 1);
    CHECK(same(of_other[0], bare));
    const auto page = [&](CommentId after, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.comments().after(after, limit); });
    };
    CHECK(page(CommentId{}, 2).size() == 2);
    REQUIRE(page(second.id, 2).size() == 1);
    CHECK(same(page(second.id, 2)[0], bare));
    CHECK(put(*store, make.comment(o.evaluation, 2)).error() == store_errc::conflict);
}

void old_ones_stay(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto first = make.comment(o.evaluation, 0), second = make.comment(o.evaluation, 0),
               anew = make.comment(o.evaluation);
    must(put(*store, first, second, anew));
    const auto found = reading(*store, [&](Snapshot& rows) {
        return rows.comments().of(std::span{&o.evaluation.id, 1});
    });
    REQUIRE(found.size() == 3);
    CHECK(same(found[0], first));
    CHECK(same(found[1], second));
    CHECK(same(found[2], anew));
    const auto page = reading(*store, [&](Snapshot& rows) { return rows.comments().after(first.id, 1); });
    REQUIRE(page.size() == 1);
    CHECK(same(page[0], second));
}

}  // namespace

void add_comments(std::vector<Clause>& all) {
    all.push_back({"comments come back by evaluation and id, each revision once", comments_come_back});
    all.push_back({"what was said before there were revisions stands beside them", old_ones_stay});
}

}  // namespace hcp::contract
