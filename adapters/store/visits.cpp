#include "adapters/store/visits.hpp"

#include "adapters/store/statement_list.hpp"

#include <unordered_set>

namespace hcp::store {

using ports::VisitRow;

namespace {

constexpr struct {
    Statement insert{"visits.insert", "{insert visits}"};
    Statement keys{"visits.keys", "select key_digest from visits where key_digest in (@keys)"};
    Statement after{"visits.after", "select {visits} from visits where id > :after order by id {limit :limit}"};
} visits_sql;

}  // namespace

std::vector<const Statement*> SqlVisits::statements() {
    return list_of(visits_sql);
}

result<std::vector<bool>> SqlVisits::known(std::span<const Digest> keys) {
    return unit_.guarded([&] {
        std::unordered_set<Digest, DigestHash> found;
        unit_.query_list(visits_sql.keys, list(keys), [&](Decoder from) { found.insert(from.take<Digest>()); });
        std::vector<bool> out;
        out.reserve(keys.size());
        for (const auto& key : keys) out.push_back(found.contains(key));
        return out;
    });
}

result<std::vector<VisitRow>> SqlVisits::after(VisitId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<VisitRow>(visits_sql.after, with("after", id.value(), "limit", limit)); });
}

result<void> SqlVisits::insert(std::span<const VisitRow> all) {
    return unit_.guarded([&] { unit_.insert(visits_sql.insert, all); });
}

}  // namespace hcp::store
