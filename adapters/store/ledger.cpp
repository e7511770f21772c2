#include "adapters/store/ledger.hpp"

#include "adapters/store/statement_list.hpp"

#include <utility>
#include <vector>

namespace hcp::store {

using ports::LedgerHead;
using ports::LedgerRow;

namespace {

constexpr struct {
    Statement append{"ledger.append", "{insert ledger}"};
    // Where each lane ends; apart from what stands there, for MariaDB may find the ends again for every entry
    // otherwise.
    Statement heads{"ledger.heads", "select lane, max(seq) from ledger group by lane order by lane", true};
    Statement at{"ledger.at", "select lane, seq, hash from ledger where lane = :lane and seq = :seq"};
    Statement after{"ledger.after",
                    "select {ledger} from ledger where lane = :lane and seq > :after order by seq {limit :limit}"};
} ledger_sql;

std::optional<LedgerHead> head_at(Unit& unit, std::int32_t lane, std::int64_t seq) {
    std::optional<LedgerHead> found;
    unit.query(ledger_sql.at, with("lane", lane, "seq", seq), [&](Decoder from) { found = from.row<LedgerHead>(); });
    return found;
}

}  // namespace

std::vector<const Statement*> SqlLedger::statements() {
    return list_of(ledger_sql);
}

result<std::vector<LedgerHead>> SqlLedger::heads() {
    return unit_.guarded([&] {
        std::vector<std::pair<std::int32_t, std::int64_t>> ends;
        unit_.query(ledger_sql.heads, {}, [&](Decoder from) {
            const auto lane = from.take<std::int32_t>();
            ends.emplace_back(lane, from.take<std::int64_t>());
        });
        std::vector<LedgerHead> heads;
        for (const auto& [lane, seq] : ends)
            if (const auto head = head_at(unit_, lane, seq)) heads.push_back(*head);
        return heads;
    });
}

result<std::vector<LedgerRow>> SqlLedger::after(std::int32_t lane, std::int64_t seq, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<LedgerRow>(ledger_sql.after, with("lane", lane, "after", seq, "limit", limit)); });
}

result<std::optional<LedgerHead>> SqlLedger::at(std::int32_t lane, std::int64_t seq) {
    return unit_.guarded([&] { return head_at(unit_, lane, seq); });
}

result<void> SqlLedger::append(std::span<const LedgerRow> all) {
    return unit_.guarded([&] {
        unit_.insert(ledger_sql.append, all);
        if (!all.empty()) unit_.set_ledger_end({all.back().lane, all.back().seq, all.back().hash});
    });
}

}  // namespace hcp::store
