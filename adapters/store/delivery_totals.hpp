#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/domain/delivery.hpp"

#include <map>

namespace hcp::store {

// How many deliveries are in which state, kept with every move: each instance changes its own rows.
struct DeliveryTotalRow {
    std::int32_t instance = 0;
    DeliveryState state = DeliveryState::queued;
    std::int64_t n = 0;
};

void fields(auto& io, Of<DeliveryTotalRow> auto& r) {
    io("instance_no", r.instance);
    io("state", r.state);
    io("n", r.n);
}

class DeliveryTotals {
public:
    explicit DeliveryTotals(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    void add(const std::map<DeliveryState, std::int64_t>& changes);
    void move(DeliveryState from, DeliveryState to, std::int64_t n) {
        if (from != to) add({{from, -n}, {to, n}});
    }

private:
    Unit& unit_;
};

}  // namespace hcp::store
