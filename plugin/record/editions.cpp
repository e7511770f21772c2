#include "plugin/record/editions.hpp"

namespace hcp::record {
namespace {

using namespace domain;

template <class Entry, class Content>
LedgerFact fact(const ports::Digests& digests, const ports::EditionRow<Content>& row) {
    Bytes content;
    for (const auto& cell : cells_of(row.content)) put_field(content, as_bytes(cell));
    const auto& edition = row.edition;
    return Entry{code_of(row.content),        edition.revision,    edition.drafted_by,
                 edition.drafted_at,          edition.released_by, edition.released_at.value_or(Instant{}),
                 digests.sm3({View{content}})};
}

}  // namespace

LedgerFact release_fact(const ports::Digests& digests, const ports::DepartmentRow& row) {
    return fact<entries::DepartmentReleased>(digests, row);
}
LedgerFact release_fact(const ports::Digests& digests, const ports::ItemEditionRow& row) {
    return fact<entries::ItemReleased>(digests, row);
}
LedgerFact release_fact(const ports::Digests& digests, const ports::GuideRow& row) {
    return fact<entries::GuideReleased>(digests, row);
}

}  // namespace hcp::record
