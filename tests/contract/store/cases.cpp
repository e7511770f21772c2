#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <limits>

namespace hcp::contract {
namespace {

std::optional<CaseRow> stored(Store& store, const CaseRow& case_row) {
    return reading(store, [&](Snapshot& rows) { return rows.cases().by_key(std::span{&case_row.key_digest, 1}); })[0];
}

void come_back(Database& database) {
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

}  // namespace

void add_cases(std::vector<Clause>& all) {
    all.push_back({"cases come back, whole or empty", come_back});
    all.push_back({"64-bit extremes and the longest texts come back", extremes_come_back});
    all.push_back({"a completion is opened once", a_completion_is_opened_once});
    all.push_back({"what is too long or out of its range is refused", too_much_is_refused});
    all.push_back({"a case is withdrawn", are_withdrawn});
    all.push_back({"a withdrawal waits for its completion, once", withdrawals_wait});
}

}  // namespace hcp::contract
