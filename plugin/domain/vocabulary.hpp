#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace hcp::domain {

// Stored and sent as these numbers: never renumber, never reuse.

// M9: the four business lines; a centre may configure more from 100 on.
enum class Line : std::int32_t { unknown = 0, government = 1, medical = 2, engineering = 3, mining = 4 };

// E36: what a host writes may be none of them.
[[nodiscard]] constexpr bool is_known(Line line) noexcept {
    constexpr Line first_configured{100};
    return (line >= Line::government && line <= Line::mining) || line >= first_configured;
}

// M3.1
enum class SubjectType : std::int32_t { person = 1, legal = 2, other = 3 };
enum class Role : std::int32_t {
    unknown = 0,
    tenderer = 1,
    agency = 2,
    bidder = 3,
    expert = 4,
    mining_bidder = 5,
    other = 9
};

// 网上 (一事一评) or 现场 (一次一评)
enum class Mode : std::int32_t { unknown = 0, online = 1, on_site = 2 };

// M7.1: five levels; 2 and 1 are 差评, 3 is not (M8.1).
enum class Level : std::int32_t {
    very_dissatisfied = 1,
    dissatisfied = 2,
    basically_satisfied = 3,
    satisfied = 4,
    very_satisfied = 5
};

[[nodiscard]] constexpr std::optional<Level> level_from(std::int64_t code) noexcept {
    if (code < 1 || code > 5) return std::nullopt;
    return static_cast<Level>(code);
}
[[nodiscard]] constexpr bool is_bad(Level level) noexcept {
    return level <= Level::dissatisfied;
}

// M7.3: a default is never a human opinion.
enum class Origin : std::int32_t { authored = 1, by_default = 2 };

// Through which entrance a rating came (M13.1).
enum class Channel : std::int32_t { portal = 1, mobile = 2, qr = 3, kiosk = 4, terminal = 5, host = 6, system = 7 };

[[nodiscard]] constexpr std::string_view text_of(Channel channel) noexcept {
    switch (channel) {
        case Channel::portal:
            return "门户网站";
        case Channel::mobile:
            return "手机";
        case Channel::qr:
            return "二维码";
        case Channel::kiosk:
            return "自助终端";
        case Channel::terminal:
            return "窗口评价器";
        case Channel::host:
            return "交易平台";
        case Channel::system:
            return "系统";
    }
    return "";
}
[[nodiscard]] constexpr std::string_view text_of(Line line) noexcept {
    switch (line) {
        case Line::government:
            return "政府采购";
        case Line::medical:
            return "药械采购";
        case Line::engineering:
            return "工程建设";
        case Line::mining:
            return "矿业权";
        case Line::unknown:
            break;
    }
    return "其他业务";
}
[[nodiscard]] constexpr std::string_view text_of(Level level) noexcept {
    switch (level) {
        case Level::very_satisfied:
            return "非常满意";
        case Level::satisfied:
            return "满意";
        case Level::basically_satisfied:
            return "基本满意";
        case Level::dissatisfied:
            return "不满意";
        case Level::very_dissatisfied:
            return "非常不满意";
    }
    return "";
}
// `unsubmitted`: begun, and taken as it was at the deadline (E55). No two look alike.
[[nodiscard]] constexpr std::string_view text_of(Origin origin, bool unsubmitted) noexcept {
    if (origin == Origin::by_default) return "系统默认";
    return unsubmitted ? "本人评价（未提交，按截止时暂存）" : "本人评价";
}

}  // namespace hcp::domain
