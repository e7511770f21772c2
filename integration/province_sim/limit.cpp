#include "integration/province_sim/limit.hpp"

#include "integration/province_sim/wish.hpp"

namespace province_sim {

Allowance parse_allowance(const boost::json::object& wish, Allowance allowance) {
    for (const auto& member : wish) {
        const std::string_view key = member.key();
        if (key == "per_second")
            allowance.per_second = integer(member.value(), key, 0, 1'000'000);
        else if (key == "retry_after_s")
            allowance.retry_after_s = static_cast<int>(integer(member.value(), key, -1, 86'400));
        else
            throw std::invalid_argument{std::string{key} + ": not known"};
    }
    return allowance;
}

boost::json::object describe(const Allowance& allowance) {
    return {{"per_second", allowance.per_second}, {"retry_after_s", allowance.retry_after_s}};
}

void Limit::allow(const Allowance& allowance) {
    const std::lock_guard lock{mutex_};
    allowance_ = allowance;
    admitted_.clear();
}

Allowance Limit::allowance() {
    const std::lock_guard lock{mutex_};
    return allowance_;
}

bool Limit::admits(std::chrono::microseconds now) {
    const std::lock_guard lock{mutex_};
    if (allowance_.per_second == 0) return true;
    while (!admitted_.empty() && admitted_.front() <= now - std::chrono::seconds{1}) admitted_.pop_front();
    if (static_cast<std::int64_t>(admitted_.size()) >= allowance_.per_second) return false;
    admitted_.push_back(now);
    return true;
}

}  // namespace province_sim
