#include "tests/support/memory/cases.hpp"

#include <algorithm>

namespace hcp::test::memory {

result<std::vector<std::optional<CaseRow>>> MemoryCases::by_key(std::span<const Digest> keys) {
    const auto& t = unit_.tables;
    return in_order<CaseRow>(keys, [&](const Digest& key) {
        const auto* id = t.cases_by_key.find(key);
        return id == nullptr ? nullptr : t.cases.find(*id);
    });
}

result<std::vector<std::optional<WithdrawalRow>>> MemoryCases::withdrawals(std::span<const Digest> keys) {
    return in_order<WithdrawalRow>(keys, [&](const Digest& key) { return unit_.tables.withdrawals.find(key); });
}

result<std::vector<CaseRow>> MemoryCases::after(CaseId id, std::size_t limit) {
    return page(unit_.tables.cases, id, limit);
}

result<std::optional<CaseRow>> MemoryCases::find(CaseId id) {
    const auto* const row = unit_.tables.cases.find(id);
    return row == nullptr ? std::nullopt : std::optional{*row};
}

result<std::vector<CaseRow>> MemoryCases::by_number(std::string_view case_no, std::size_t limit) {
    std::vector<CaseRow> out;
    for (const auto& [id, row] : unit_.tables.cases)
        if (row.case_no == case_no && row.secrecy().may_be_told()) out.push_back(row);
    std::ranges::reverse(out);
    if (out.size() > limit) out.resize(limit);
    return out;
}

result<std::vector<CaseRow>> MemoryCases::unassigned_after(CaseId id, std::size_t limit) {
    const auto& t = unit_.tables;
    std::vector<CaseRow> out;
    for (auto at = t.cases.after(id); at != t.cases.end() && out.size() < limit; ++at) {
        const auto& row = at->second;
        const auto* const item = t.items.find(row.item_code);
        const bool waits = row.unattributed || (row.unclassified && (item == nullptr || !item->classified));
        if (waits && !row.withdrawn && row.secrecy().may_be_told()) out.push_back(row);
    }
    return out;
}

result<void> MemoryCases::insert(std::span<const CaseRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            check(row);
            conflict_if(t.cases.contains(row.id) || t.cases_by_key.contains(row.key_digest));
            t.cases.put(unit_.undo, row.id, row);
            t.cases_by_key.put(unit_.undo, row.key_digest, row.id);
        }
    });
}

result<void> MemoryCases::insert(std::span<const WithdrawalRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            conflict_if(unit_.tables.withdrawals.contains(row.key_digest));
            unit_.tables.withdrawals.put(unit_.undo, row.key_digest, row);
        }
    });
}

result<void> MemoryCases::withdraw(CaseId id, Instant at) {
    if (const auto* found = unit_.tables.cases.find(id)) {
        auto row = *found;
        row.withdrawn = true;
        row.withdrawn_at = at;
        unit_.tables.cases.put(unit_.undo, id, std::move(row));
    }
    return {};
}

result<void> MemoryCases::attribute(CaseId id, const CaseAttribution& to) {
    return unit_.guarded([&] {
        const auto* const found = unit_.tables.cases.find(id);
        if (found == nullptr) return;
        auto row = *found;
        row.item_code = to.item_code;
        row.department_id = to.department_id;
        row.department_name = to.department_name;
        row.unattributed = to.unattributed;
        row.unclassified = to.unclassified;
        if (!to.sealed_handlers.empty()) row.sealed_handlers = to.sealed_handlers;
        check(row);
        unit_.tables.cases.put(unit_.undo, id, std::move(row));
    });
}

result<std::vector<CaseId>> MemoryCases::lift(const OpeningRow& opening, Instant at) {
    std::vector<CaseId> lifted;
    for (const auto& [id, row] : unit_.tables.cases)
        if (row.secrecy() != open_to_all && row.project_no == opening.project_no &&
            opening.lifts(row.section, row.completed_at))
            lifted.push_back(id);
    for (const auto id : lifted) {
        auto row = *unit_.tables.cases.find(id);
        row.secrecy_lifted_at = at;
        unit_.tables.cases.put(unit_.undo, id, std::move(row));
    }
    return lifted;
}

void MemoryCases::check(const CaseRow& row) {
    fits(row.host_id, 32);
    fits(row.case_no, 64);
    fits(row.completion_no, 32);
    fits(row.project_no, 64);
    fits(row.section, 64);
    fits(row.node, 40);
    fits(row.project_name, 200);
    fits(row.item_code, 64);
    fits(row.department_id, 64);
    fits(row.department_name, 100);
    refuse_unless(row.mode >= Mode::unknown && row.mode <= Mode::on_site);
}

}  // namespace hcp::test::memory
