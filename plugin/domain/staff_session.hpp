#pragma once
#include "plugin/domain/time.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>

// How somebody of the centre signs on, and how long that holds.
namespace hcp::domain {

// Stored and chained: never renumber, never reuse.
enum class SignOnWay : std::int32_t {
    invite = 1,  // a one-time link
    ticket = 2,  // of the host
    openid = 3,  // the centre's own sign-on
};
[[nodiscard]] constexpr std::string_view text_of(SignOnWay way) noexcept {
    switch (way) {
        case SignOnWay::invite:
            return "一次性链接";
        case SignOnWay::ticket:
            return "交易平台登录";
        case SignOnWay::openid:
            return "统一身份认证";
    }
    return "";
}
[[nodiscard]] constexpr std::string_view code_of(SignOnWay way) noexcept {
    switch (way) {
        case SignOnWay::invite:
            return "invite";
        case SignOnWay::ticket:
            return "ticket";
        case SignOnWay::openid:
            return "openid";
    }
    return "";
}

// A session ends when it was not used for its idle life, and, however much it is used, at its longest life.
struct SessionLives {
    std::chrono::minutes idle{30};
    std::chrono::hours longest{10};

    [[nodiscard]] Instant idle_end(Instant seen_at, Instant ends_at) const noexcept {
        return std::min<Instant>(seen_at + idle, ends_at);
    }
};

// How long what was last seen may lie back before it is written again: a request is a write once a minute at most.
inline constexpr std::chrono::minutes seen_is_written_after{1};

// [made, until)
inline constexpr std::chrono::minutes invite_life{10};

}  // namespace hcp::domain
