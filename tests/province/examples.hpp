#pragma once
#include "adapters/config/load_profile.hpp"
#include "plugin/ports/province.hpp"
#include "tests/support/project_root.hpp"

#include <variant>

namespace hcp::test {

using namespace std::chrono_literals;

inline const ports::ProvinceProfile& shandong() {
    static const auto profile =
        std::get<ports::ProvinceProfile>(config::load_profile(project_root() / "config/province/shandong.ini"));
    return profile;
}
inline const ports::ProvinceProfile& plain() {
    static const auto profile =
        std::get<ports::ProvinceProfile>(config::load_profile(project_root() / "config/province/plain.ini"));
    return profile;
}

// 2026-01-15 09:30:00 +08:00
inline constexpr domain::Instant half_past_nine =
    domain::Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 15}} + 1h + 30min;

inline ports::ProvinceItem example_item() {
    return {.area_code = "370882",
            .department_code = "12370800MB2857392X",
            .department_name = "济宁市公共资源交易服务中心",
            .task_code = "3708000000020117003000000000001",
            .task_handle_item = "",
            .task_name = "工程建设项目招标投标",
            .task_type = "11",
            .project_type = "1",
            .service_name = "招标公告",
            .project_status = "3"};
}

inline domain::SubjectFacts example_firm() {
    return {.type = domain::SubjectType::legal,
            .role = domain::Role::bidder,
            .certificate_no = "91370800MA3TEST01X",
            .certificate_kind = "",
            .name = " 某某建设有限公司 ",
            .mobile = "",
            .agent_name = "",
            .agent_no = "",
            .other_agents = {}};
}

inline ports::ServiceMessage example_service() {
    ports::ServiceMessage m;
    m.project_no = "37SDGGZY20260115000001";
    m.item = example_item();
    m.item.task_code = "3708820117003X00123456789012345";
    m.mode = domain::Mode::online;
    m.subject = example_firm();
    m.handler_name = "王五";
    m.accepted_at = half_past_nine - 48h;
    m.completed_at = half_past_nine - 2h;
    m.service_time = half_past_nine - 2h;
    return m;
}

inline ports::RatingMessage example_rating() {
    ports::RatingMessage m;
    m.project_no = "37SDGGZY20260115000001";
    m.service_number = 1;
    m.task_type = "11";
    m.level = domain::Level::very_satisfied;
    m.channel = domain::Channel::mobile;
    m.subject_name = "某某建设有限公司";
    m.tags = {"510", "517"};
    m.rated_at = half_past_nine - 1h;
    m.service_time = half_past_nine - 2h;
    return m;
}

inline ports::ServiceQuery example_query() {
    return {example_firm()};
}

}  // namespace hcp::test
