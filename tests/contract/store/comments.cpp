#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store), other = make.open(*store);
    const auto comment = make.comment(o.evaluation), second = make.comment(o.evaluation);
    auto bare = make.comment(other.evaluation);
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
}

}  // namespace

void add_comments(std::vector<Clause>& all) {
    all.push_back({"late comments come back by evaluation and id", come_back});
}

}  // namespace hcp::contract
