#include "adapters/store/delivery_totals.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {
namespace {

constexpr struct {
    Statement add{"delivery_totals.add",
                  "{upsert delivery_totals by instance_no, state: n = delivery_totals.n + new.n}"};
} delivery_totals_sql;

}  // namespace

std::vector<const Statement*> DeliveryTotals::statements() {
    return list_of(delivery_totals_sql);
}

void DeliveryTotals::add(const std::map<DeliveryState, std::int64_t>& changes) {
    std::vector<DeliveryTotalRow> rows;
    for (const auto& [state, n] : changes)
        if (n != 0) rows.push_back({unit_.instance(), state, n});
    unit_.insert(delivery_totals_sql.add, std::span<const DeliveryTotalRow>{rows});
}

}  // namespace hcp::store
