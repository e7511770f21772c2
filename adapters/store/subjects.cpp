#include "adapters/store/subjects.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::SubjectRow;

namespace {

constexpr struct {
    Statement insert{"subjects.insert", "{insert subjects}"};
    Statement by_lookup{"subjects.by_lookup", "select {subjects} from subjects where lookup in (@lookups)"};
} sql;

}  // namespace

std::vector<const Statement*> SqlSubjects::statements() {
    return list_of(sql);
}

result<std::vector<std::optional<SubjectRow>>> SqlSubjects::by_lookup(std::span<const Digest> lookups) {
    return unit_.guarded(
        [&] { return unit_.in_order<SubjectRow>(sql.by_lookup, lookups, [](const auto& r) { return r.lookup; }); });
}

result<void> SqlSubjects::insert(std::span<const SubjectRow> all) {
    return unit_.guarded([&] { unit_.insert(sql.insert, all); });
}

}  // namespace hcp::store
