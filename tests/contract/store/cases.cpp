#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <limits>

namespace hcp::contract {
namespace {

std::optional<CaseRow> stored(Store& store, const CaseRow& case_row) {
    return reading(store, [&](Snapshot& rows) { return rows.cases().by_key(std::span{&case_row.key_digest, 1}); })[0];
}

void cases_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    auto case_row = make.completion();
    case_row.reported_secrecy = Secrecy::until_opening();
    case_row.unattributed = case_row.unclassified = case_row.withdrawn = true;
    case_row.secrecy_lifted_at = monday + 5h;
    case_row.withdrawn_at = monday + 6h;
    CaseRow empty;
    empty.id = make.id<CaseId>();
    empty.key_digest = make.digest();
    must(put(*store, case_row, empty));
    REQUIRE(stored(*store, case_row));
    CHECK(same(*stored(*store, case_row), case_row));
    REQUIRE(stored(*store, empty));
    CHECK(same(*stored(*store, empty), empty));
    const auto page = [&](CaseId after, std::size_t limit) {
        std::vector<CaseId> ids;
        for (const auto& row : reading(*store, [&](Snapshot& rows) { return rows.cases().after(after, limit); }))
            ids.push_back(row.id);
        return ids;
    };
    CHECK(page(CaseId{}, 1) == std::vector{case_row.id});
    CHECK(page(case_row.id, 5) == std::vector{empty.id});
}

void are_found_by_number(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto numbered = [&](const auto& change) {
        return with(make.completion(), [&](CaseRow& row) {
            row.case_no = "ZB-2026-0107";
            change(row);
        });
    };
    const auto first = numbered([](CaseRow&) {}), second = numbered([](CaseRow&row) { row.completion_no = "2"; }),
               secret = numbered([](CaseRow&row) { row.reported_secrecy = Secrecy::until_opening(); }),
               opened = numbered([](CaseRow&row) {
                   row.reported_secrecy = Secrecy::until_opening();
                   row.secrecy_lifted_at = monday + 5h;
               });
    must(put(*store, first, second, secret, opened, make.completion()));
    const auto found = [&](std::string_view case_no, std::size_t limit) {
        std::vector<CaseId> ids;
        for (const auto& row : reading(*store, [&](Snapshot& rows) { return rows.cases().by_number(case_no, limit); }))
            ids.push_back(row.id);
        return ids;
    };
    CHECK(found("ZB-2026-0107", 9) == std::vector{opened.id, second.id, first.id});
    CHECK(found("ZB-2026-0107", 2) == std::vector{opened.id, second.id});
    CHECK(found("ZB-2026-010", 9).empty());
    CHECK(found("' or 1=1 --", 9).empty());
}

void extremes_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const auto opened = make.open(*store, [&](CaseRow& c) {
        c.id = CaseId{most};
        c.completed_at = Instant{std::chrono::microseconds{most}};
        c.opened_at = Instant{std::chrono::microseconds{std::numeric_limits<std::int64_t>::min()}};
        c.project_name = std::string{};
        for (int i = 0; i < 200; ++i) c.project_name += "项";  // the longest that the host may report
    });
    REQUIRE(stored(*store, opened.case_row));
    CHECK(same(*stored(*store, opened.case_row), opened.case_row));
}

void a_completion_is_opened_once(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto case_row = make.completion();
    must(put(*store, case_row));
    check_taken(*store, with(case_row, [&](auto& r) { r.id = make.id<CaseId>(); }));
}

void too_much_is_refused(Database& database) {
    const auto store = database.open();
    Samples make;
    auto case_row = make.completion();
    case_row.case_no = std::string(129, 'x');  // 64 characters, which Oracle counts in halves of rare ones
    CHECK(put(*store, case_row).error() == store_errc::refused);
    case_row.case_no = std::string(64, 'x');
    case_row.project_no = std::string(129, 'x');
    CHECK(put(*store, case_row).error() == store_errc::refused);
    case_row.project_no.clear();
    for (int i = 0; i < 64; ++i) case_row.project_no += "𠮷";  // characters, neither bytes nor UTF-16's units
    case_row.mode = static_cast<Mode>(9);
    CHECK(put(*store, case_row).error() == store_errc::refused);
    case_row.mode = Mode::online;
    must(put(*store, case_row));
}

void are_withdrawn(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    writing(*store, [&](Transaction& rows) { return rows.cases().withdraw(o.case_row.id, monday + 7h); });
    const auto case_row = stored(*store, o.case_row);
    REQUIRE(case_row);
    CHECK(case_row->withdrawn);
    CHECK(case_row->withdrawn_at == monday + 7h);
}

void withdrawals_wait(Database& database) {
    const auto store = database.open();
    Samples make;
    const WithdrawalRow withdrawal{make.digest(), "平台一", "办件-1", "办结-1", make.bytes(), monday, monday + 1s};
    WithdrawalRow bare = withdrawal;
    bare.key_digest = make.digest();
    bare.sealed_reason.clear();
    must(put(*store, withdrawal, bare));
    const std::vector asked{make.digest(), withdrawal.key_digest, bare.key_digest};
    const auto found = reading(*store, [&](Snapshot& rows) { return rows.cases().withdrawals(asked); });
    CHECK_FALSE(found[0]);
    REQUIRE(found[1]);
    CHECK(same(*found[1], withdrawal));
    REQUIRE(found[2]);
    CHECK(same(*found[2], bare));
    check_taken(*store, withdrawal);
}

std::vector<CaseId> unassigned(Store& store, CaseId after = CaseId{}, std::size_t limit = 100) {
    std::vector<CaseId> ids;
    for (const auto& row : reading(store, [&](Snapshot& rows) { return rows.cases().unassigned_after(after, limit); }))
        ids.push_back(row.id);
    return ids;
}

void those_without_a_place_are_listed(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto sound = make.completion();
    const auto nobodys = with(make.completion(), [](CaseRow& c) { c.unattributed = true; });
    const auto unknown = with(make.completion(), [](CaseRow& c) { c.unclassified = true, c.item_code = "新-1"; });
    const auto nothing = with(make.completion(), [](CaseRow& c) { c.unclassified = true, c.item_code.clear(); });
    const auto withdrawn = with(make.completion(), [](CaseRow& c) { c.unattributed = c.withdrawn = true; });
    const auto secret = with(make.completion(), [](CaseRow& c) {
        c.unattributed = true;
        c.reported_secrecy = Secrecy::until_opening();
    });
    const auto opened = with(secret, [&](CaseRow& c) {
        c.id = make.id<CaseId>();
        c.key_digest = make.digest();
        c.secrecy_lifted_at = monday;
    });
    must(put(*store, sound, nobodys, unknown, nothing, withdrawn, secret, opened));
    CHECK(unassigned(*store) == std::vector{nobodys.id, unknown.id, nothing.id, opened.id});
    CHECK(unassigned(*store, nobodys.id, 2) == std::vector{unknown.id, nothing.id});

    // An item that is known by now needs nobody to say so.
    ItemRow item;
    item.item_code = "新-1";
    item.classified = false;
    must(put(*store, item));
    CHECK(unassigned(*store, nobodys.id, 1) == std::vector{unknown.id});
    item.classified = true;
    must(put(*store, item));
    CHECK(unassigned(*store, nobodys.id, 1) == std::vector{nothing.id});
}

void are_attributed(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto row = with(make.completion(), [](CaseRow& c) { c.unattributed = c.unclassified = true; });
    const auto other = make.completion();
    must(put(*store, row, other));
    const auto find = [&](CaseId id) { return reading(*store, [&](Snapshot& rows) { return rows.cases().find(id); }); };
    CHECK_FALSE(find(make.id<CaseId>()));
    CHECK(same(*find(row.id), row));
    const auto attribute = [&](const CaseAttribution& to) {
        must(store->write([&](Transaction& tx) { return tx.cases().attribute(row.id, to); }));
    };
    auto expected = row;
    attribute({"事项-9", "部门-9", "交易九部", true, false, {}});
    expected.item_code = "事项-9";
    expected.department_id = "部门-9";
    expected.department_name = "交易九部";
    expected.unclassified = false;
    CHECK(same(*find(row.id), expected));
    const auto handlers = make.bytes();
    attribute({"", "部门-9", "", false, true, handlers});
    expected.item_code.clear();
    expected.department_name.clear();
    expected.unattributed = false;
    expected.unclassified = true;
    expected.sealed_handlers = handlers;
    CHECK(same(*find(row.id), expected));
    CHECK(same(*find(other.id), other));
}

}  // namespace

void add_cases(std::vector<Clause>& all) {
    all.push_back({"cases are found by their number unless they are secret", are_found_by_number});
    all.push_back({"cases come back, whole or empty", cases_come_back});
    all.push_back({"64-bit extremes and the longest texts come back", extremes_come_back});
    all.push_back({"a completion is opened once", a_completion_is_opened_once});
    all.push_back({"what is too long or out of its range is refused", too_much_is_refused});
    all.push_back({"a case is withdrawn", are_withdrawn});
    all.push_back({"cases without an item or a department are listed, but none that is secret",
                   those_without_a_place_are_listed});
    all.push_back({"a case gets another item and department, and handlers where there are others", are_attributed});
    all.push_back({"a withdrawal waits for its completion, once", withdrawals_wait});
}

}  // namespace hcp::contract
