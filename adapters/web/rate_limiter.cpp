#include "adapters/web/rate_limiter.hpp"

#include "adapters/web/random_text.hpp"

#include <algorithm>
#include <functional>

namespace hcp::web {

using namespace std::chrono;

namespace {
constexpr minutes allowance{1};
nanoseconds interval_of(std::uint32_t per_minute) {
    return nanoseconds{allowance} / std::max<std::uint32_t>(per_minute, 1);
}
}  // namespace

RateLimiter::RateLimiter(std::uint32_t per_minute, std::size_t max_keys)
    : max_keys_{max_keys}, seed_{random_hex()}, interval_{interval_of(per_minute)} {}

std::optional<seconds> RateLimiter::refuse(std::string_view key, Time now) {
    const auto hash = std::hash<std::string>{}(seed_ + std::string{key});
    const run::Lock lock{mutex_};
    if (full_at_.size() >= max_keys_ && !full_at_.contains(hash)) {
        std::erase_if(full_at_, [&](const auto& bucket) { return bucket.second <= now; });
        if (full_at_.size() >= max_keys_)
            full_at_.clear();  // so many keys at once come from no honest crowd; addresses limit them
    }
    auto& full_at = full_at_.try_emplace(hash, now).first->second;
    const auto next = std::max(full_at, now) + interval_;
    if (const auto excess = next - now - nanoseconds{allowance}; excess > nanoseconds{0})
        return std::max(seconds{1}, ceil<seconds>(excess));
    full_at = next;
    return std::nullopt;
}

void RateLimiter::set_per_minute(std::uint32_t per_minute) {
    const run::Lock lock{mutex_};
    interval_ = interval_of(per_minute);
}

}  // namespace hcp::web
