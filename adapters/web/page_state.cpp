#include "adapters/web/page_state.hpp"

#include "plugin/domain/day_text.hpp"

namespace hcp::web {

using namespace std::chrono;

namespace {

std::string two(std::int64_t n) {
    return (n < 10 ? "0" : "") + std::to_string(n);
}
std::string clock_text(minutes since_midnight) {
    return two(since_midnight.count() / 60) + ':' + two(since_midnight.count() % 60);
}

}  // namespace

std::string_view text_of(PageState state) noexcept {
    switch (state) {
        case PageState::open:
            return "待评价";
        case PageState::draft:
            return "已暂存，待提交";
        case PageState::rated:
            return "已评价";
        case PageState::defaulted:
            return "系统默认";
        case PageState::late:
            return "已截止";
        case PageState::barred:
            return "暂不能评价";
        case PageState::voided:
            return "办件已撤回";
    }
    return "";
}

std::string shanghai_text(domain::Instant t) {
    const auto day = domain::day_of(t);
    return domain::text_of(day) + ' ' + clock_text(floor<minutes>(t - domain::start_of(day)));
}

std::string deadline_text(domain::Instant deadline) {
    const auto day = domain::day_of(deadline);
    if (domain::start_of(day) == deadline) return domain::text_of(day - days{1}) + " 24:00";
    return shanghai_text(deadline);
}

}  // namespace hcp::web
