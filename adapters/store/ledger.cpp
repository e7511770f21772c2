#include "adapters/store/ledger.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::LedgerHead;
using ports::LedgerRow;

namespace {

constexpr struct {
    Statement append{"ledger.append", "{insert ledger}"};
    Statement heads{"ledger.heads", R"(
        select h.lane, h.seq, h.hash from (select lane, max(seq) as seq from ledger group by lane) m
        join ledger h on h.lane = m.lane and h.seq = m.seq order by h.lane)",
                    true};
    Statement after{"ledger.after",
                    "select {ledger} from ledger where lane = :lane and seq > :after order by seq {limit :limit}"};
} sql;

}  // namespace

std::vector<const Statement*> SqlLedger::statements() {
    return list_of(sql);
}

result<std::vector<LedgerHead>> SqlLedger::heads() {
    return unit_.guarded([&] { return unit_.rows<LedgerHead>(sql.heads); });
}

result<std::vector<LedgerRow>> SqlLedger::after(std::int32_t lane, std::int64_t seq, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<LedgerRow>(sql.after, with("lane", lane, "after", seq, "limit", limit)); });
}

result<void> SqlLedger::append(std::span<const LedgerRow> all) {
    return unit_.guarded([&] { unit_.insert(sql.append, all); });
}

}  // namespace hcp::store
