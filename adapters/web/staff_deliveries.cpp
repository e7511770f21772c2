#include "adapters/web/staff_deliveries.hpp"

#include "plugin/app/province/delivery_words.hpp"
#include "plugin/domain/day_text.hpp"

namespace hcp::web {

bool sees_deliveries(const StaffCall& call) {
    return reach_of(call.viewer(), domain::Field::case_facts) == domain::Reach::everywhere;
}

std::variant<ports::DeliveryFilter, WrongField> deliveries_filter(const std::string& query) {
    const auto form = Form::parse(query);
    if (!form) return WrongField{{}, "查询条件无法解读：重新填写"};
    const auto page = StaffPage<domain::DeliveryId>::of(*form);
    if (!page) return WrongField{"limit", "页码或每页条数不对：每页 1 至 100 条"};
    ports::DeliveryFilter filter;
    filter.after = page->after;
    filter.limit = page->limit;
    filter.case_no = form->first("case_no");
    if (const auto text = form->first("state"); !text.empty()) {
        filter.state = app::state_from(text);
        if (!filter.state) return WrongField{"state", "没有这一状态：从列表中选一个"};
    }
    if (const auto text = form->first("reason"); !text.empty()) {
        filter.reason = app::reason_from(text);
        if (!filter.reason) return WrongField{"reason", "没有这一原因：从列表中选一个"};
    }
    if (const auto text = form->first("from"); !text.empty()) {
        const auto day = domain::day_from(text);
        if (!day) return WrongField{"from", "日期应写作 2026-09-24：改正后重新查询"};
        filter.created_from = domain::start_of(*day);
    }
    if (const auto text = form->first("to"); !text.empty()) {
        const auto day = domain::day_from(text);
        if (!day) return WrongField{"to", "日期应写作 2026-09-24：改正后重新查询"};
        filter.created_before = domain::start_of(*day + std::chrono::days{1});
    }
    if (const auto text = form->first("min_attempts"); !text.empty()) {
        const auto attempts = domain::whole_number<std::int32_t>(text);
        if (!attempts || *attempts < 0) return WrongField{"min_attempts", "次数应为 0 或更大的整数：改正后重新查询"};
        filter.min_attempts = *attempts;
    }
    return filter;
}

}  // namespace hcp::web
