#include "adapters/store/cases.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::CaseRow;
using ports::WithdrawalRow;

namespace {

constexpr struct {
    Statement insert{"cases.insert", "{insert cases}"};
    Statement by_key{"cases.by_key", "select {cases} from cases where key_digest in (@keys)"};
    Statement insert_withdrawal{"cases.insert_withdrawal", "{insert withdrawals}"};
    Statement withdrawals{"cases.withdrawals", "select {withdrawals} from withdrawals where key_digest in (@keys)"};
    Statement after{"cases.after", "select {cases} from cases where id > :after order by id {limit :limit}"};
    Statement find{"cases.find", "select {cases} from cases where id = :id"};
    Statement by_number{"cases.by_number", R"(
        select {cases} from cases where case_no = :case_no
        and (secret = #secrecy.none or secrecy_lifted_at_us is not null) order by id desc {limit :limit})"};
    Statement unassigned_after{"cases.unassigned_after", R"(
        select {cases c} from cases c where c.id > :after and c.withdrawn = 0
        and (c.secret = #secrecy.none or c.secrecy_lifted_at_us is not null)
        and (c.unattributed = 1 or (c.unclassified = 1
            and not exists (select 1 from items i where i.item_code = c.item_code and i.classified = 1)))
        order by c.id {limit :limit})",
                               true};
    Statement attribute{"cases.attribute", R"(
        update cases set item_code = :item_code, department_id = :department_id, department_name = :department_name,
            unattributed = :unattributed, unclassified = :unclassified
        where id = :id)"};
    Statement handlers{"cases.handlers", "update cases set sealed_handlers = :sealed_handlers where id = :id"};
    Statement withdraw{"cases.withdraw", "update cases set withdrawn = 1, withdrawn_at_us = :at where id = :id"};
    Statement secret{"cases.secret", R"(
        select id, section, completed_at_us from cases
        where secret = #secrecy.holds and secrecy_lifted_at_us is null and project_no = :project_no)"};
    Statement lift{"cases.lift",
                   "update cases set secrecy_lifted_at_us = :at where id in (@ids) and secrecy_lifted_at_us is null"};
} cases_sql;

}  // namespace

std::vector<const Statement*> SqlCases::statements() {
    return list_of(cases_sql);
}

result<std::vector<std::optional<CaseRow>>> SqlCases::by_key(std::span<const Digest> keys) {
    return unit_.guarded(
        [&] { return unit_.in_order<CaseRow>(cases_sql.by_key, keys, [](const auto& r) { return r.key_digest; }); });
}

result<std::vector<std::optional<WithdrawalRow>>> SqlCases::withdrawals(std::span<const Digest> keys) {
    return unit_.guarded([&] {
        return unit_.in_order<WithdrawalRow>(cases_sql.withdrawals, keys, [](const auto& r) { return r.key_digest; });
    });
}

result<std::vector<CaseRow>> SqlCases::after(CaseId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<CaseRow>(cases_sql.after, with("after", id.value(), "limit", limit)); });
}

result<std::optional<CaseRow>> SqlCases::find(CaseId id) {
    return unit_.guarded([&] {
        std::optional<CaseRow> found;
        unit_.query(cases_sql.find, with("id", id), [&](Decoder from) { found = from.row<CaseRow>(); });
        return found;
    });
}

result<std::vector<CaseRow>> SqlCases::by_number(std::string_view case_no, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<CaseRow>(cases_sql.by_number, with("case_no", case_no, "limit", limit)); });
}

result<std::vector<CaseRow>> SqlCases::unassigned_after(CaseId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<CaseRow>(cases_sql.unassigned_after, with("after", id.value(), "limit", limit)); });
}

result<void> SqlCases::insert(std::span<const CaseRow> all) {
    return unit_.guarded([&] { unit_.insert(cases_sql.insert, all); });
}

result<void> SqlCases::insert(std::span<const WithdrawalRow> all) {
    return unit_.guarded([&] { unit_.insert(cases_sql.insert_withdrawal, all); });
}

result<void> SqlCases::withdraw(CaseId id, Instant at) {
    return unit_.guarded([&] { unit_.change(cases_sql.withdraw, with("at", at, "id", id)); });
}

// Handlers are written only where there are others: those that stay may be brought under another key meanwhile.
result<void> SqlCases::attribute(CaseId id, const ports::CaseAttribution& a) {
    return unit_.guarded([&] {
        unit_.change(cases_sql.attribute,
                     with("id", id, "item_code", a.item_code, "department_id", a.department_id, "department_name",
                          a.department_name, "unattributed", a.unattributed, "unclassified", a.unclassified));
        if (!a.sealed_handlers.empty())
            unit_.change(cases_sql.handlers, with("id", id, "sealed_handlers", a.sealed_handlers));
    });
}

result<std::vector<CaseId>> SqlCases::lift(const ports::OpeningRow& opening, Instant at) {
    return unit_.guarded([&] {
        std::vector<CaseId> lifted;
        unit_.query(cases_sql.secret, with("project_no", opening.project_no), [&](Decoder from) {
            const auto id = from.take<CaseId>();
            const auto section = from.take<std::string>();
            if (opening.lifts(section, from.take<Instant>())) lifted.push_back(id);
        });
        // Of two openings at once one lifts a case, and brings it to the figures.
        if (!lifted.empty() && unit_.change(cases_sql.lift, with("at", at), list(lifted)) != std::ssize(lifted))
            throw StoreError{store_errc::conflict};
        return lifted;
    });
}

}  // namespace hcp::store
