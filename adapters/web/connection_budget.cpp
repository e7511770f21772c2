#include "adapters/web/connection_budget.hpp"

#include <algorithm>

namespace hcp::web {
namespace {

// Measured: an instance with four sessions of SQLite and its journal has some forty files open, one that delivers to
// the province in parallel up to a hundred. The rest is the host's.
constexpr std::size_t most_reserved = 512;
constexpr std::size_t for_operators = 16;  // a scraper, a balancer, a person

}  // namespace

ConnectionBudget ConnectionBudget::within(std::size_t limit, std::size_t wanted) {
    ConnectionBudget budget;
    budget.reserve = std::min(most_reserved, limit / 2);
    const auto left = limit - budget.reserve;
    budget.operators = std::clamp<std::size_t>(left / 4, 1, for_operators);
    budget.people = std::clamp<std::size_t>(left - std::min(left, budget.operators), 1, wanted);
    return budget;
}

std::size_t ConnectionBudget::limit_for(std::size_t wanted) {
    const auto ours = wanted + for_operators;
    return ours + std::min(most_reserved, ours);
}

}  // namespace hcp::web
