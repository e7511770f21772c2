#include "tests/support/memory/seals.hpp"

#include <algorithm>
#include <map>

namespace hcp::test::memory {
namespace {

// Calls `use(table, id of the row, row, its sealed bytes)` for the row of that key, where there is one.
template <class Tables, class Use>
void find_row(Tables& t, SealedKind kind, const Digest& key, const Use& use) {
    const auto one = [&](auto& table, const auto* id, auto sealed) {
        if (id == nullptr) return;
        if (const auto* row = table.find(*id)) use(table, *id, *row, sealed);
    };
    const auto with_digest = [&](auto& table, auto digest, auto sealed) {
        for (const auto& [id, row] : table)
            if (row.*digest == key) return use(table, id, row, sealed);
    };
    switch (kind) {
        case SealedKind::data_key:
            return one(t.subjects, t.subjects_by_lookup.find(key), &SubjectRow::wrapped_key);
        case SealedKind::handlers:
            return one(t.cases, t.cases_by_key.find(key), &CaseRow::sealed_handlers);
        case SealedKind::withdrawal_reason:
            return one(t.withdrawals, &key, &WithdrawalRow::sealed_reason);
        case SealedKind::visitor:
            return one(t.visits, t.visits_by_key.find(key), &VisitRow::sealed_subject);
        case SealedKind::staff_name:
            return with_digest(t.staff, &StaffRow::name_digest, &StaffRow::sealed_name);
        case SealedKind::role_reason:
            return with_digest(t.role_grants, &RoleGrantRow::why_digest, &RoleGrantRow::sealed_why);
        case SealedKind::attribution_reason:
            return with_digest(t.attributions, &AttributionRow::reason_digest, &AttributionRow::sealed_reason);
    }
}

std::vector<Digest> keys_after(const Tables& t, SealedKind kind, const Digest& key) {
    std::vector<Digest> keys;
    const auto take = [&](const auto& table) {
        for (auto at = table.after(key); at != table.end(); ++at) keys.push_back(at->first);
    };
    if (kind == SealedKind::data_key) take(t.subjects_by_lookup);
    if (kind == SealedKind::handlers) take(t.cases_by_key);
    if (kind == SealedKind::withdrawal_reason) take(t.withdrawals);
    if (kind == SealedKind::visitor) take(t.visits_by_key);
    const auto gather = [&](const auto& table, auto digest) {
        for (const auto& [id, row] : table)
            if (row.*digest > key) keys.push_back(row.*digest);
        std::ranges::sort(keys);
    };
    if (kind == SealedKind::staff_name) gather(t.staff, &StaffRow::name_digest);
    if (kind == SealedKind::role_reason) gather(t.role_grants, &RoleGrantRow::why_digest);
    if (kind == SealedKind::attribution_reason) gather(t.attributions, &AttributionRow::reason_digest);
    return keys;
}

}  // namespace

result<std::vector<SealedRow>> MemorySeals::after(SealedKind kind, const Digest& key, std::size_t limit) {
    std::vector<SealedRow> out;
    for (const auto& next : keys_after(unit_.tables, kind, key)) {
        if (out.size() == limit) break;
        find_row(unit_.tables, kind, next, [&](const auto&, const auto&, const auto& row, auto sealed) {
            if (!(row.*sealed).empty()) out.push_back({next, row.*sealed});
        });
    }
    return out;
}

result<std::int64_t> MemorySeals::replace(SealedKind kind, std::span<const Resealed> all,
                                          InHand /*whoever writes is alone*/) {
    std::int64_t replaced = 0;
    for (const auto& one : all)
        find_row(unit_.tables, kind, one.key, [&](auto& table, const auto& id, const auto& found, auto sealed) {
            if (found.*sealed != one.was) return;
            auto row = found;
            row.*sealed = one.sealed;
            table.put(unit_.undo, id, std::move(row));
            ++replaced;
        });
    return replaced;
}

}  // namespace hcp::test::memory
