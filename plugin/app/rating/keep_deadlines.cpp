#include "plugin/app/rating/keep_deadlines.hpp"

#include "plugin/domain/day_text.hpp"

#include <utility>

namespace hcp::app {

KeepDeadlines::Swept KeepDeadlines::sweep(domain::Instant now) {
    means_.writer.assert_here();
    const auto rules = ports::ask(means_.store, [&](ports::Snapshot& rows) { return means_.rules.rules_by(rows); });
    if (rules && !recount(**rules)) return {};
    const auto settled = rules ? means_.settle.sweep(now, batch_) : rules.error();
    means_.alarms.set(
        "sweep", !settled,
        settled ? std::string{} : "默认评价结转失败，稍后重试：" + ports::told(settled.error(), means_.store));
    if (!settled) return {};
    means_.alarms.set("unreadable", settled->unreadable > 0,
                      "有到期评价的封存内容无法用现有密钥打开，未能结转；请检查 old_key_files");
    means_.meter.rated(0, settled->defaulted, settled->from_drafts);
    if (settled->defaulted + settled->from_drafts > 0)
        means_.log.info("到期结转：系统默认 " + std::to_string(settled->defaulted) + " 件，按暂存内容 " +
                        std::to_string(settled->from_drafts) + " 件");
    return {settled->any, settled->more};
}

bool KeepDeadlines::recount(const record::Rules& rules) {
    auto by = rules.calendar.version();
    for (const auto day : rules.lost_days) by += ' ' + domain::text_of(day);
    if (recounted_by_ == by) return true;
    const auto extended = extend_deadlines(means_.books, rules, batch_);
    const auto tickets = extended ? recount_tickets(rules) : extended.error();
    means_.alarms.set("calendar_recount", !tickets,
                      tickets ? std::string{}
                              : "工作日历更新后未能重算截止时间，重算之前不结转默认评价：" + tickets.error().message());
    if (!tickets) return false;
    if (tickets->extended > 0)
        means_.log.info("工作日历 " + rules.calendar.version() + "：顺延了 " + std::to_string(tickets->extended) +
                        " 件差评整改单的期限");
    if (extended->extended > 0)
        means_.log.info("工作日历 " + rules.calendar.version() + "，不计 " + std::to_string(rules.lost_days.size()) +
                        " 个系统中断日：顺延了 " + std::to_string(extended->extended) + " 件未评价办件的截止时间");
    recounted_by_ = std::move(by);
    return true;
}

ports::result<Extended> KeepDeadlines::recount_tickets(const record::Rules& rules) const {
    HCP_TRY(const auto history, ports::ask(means_.store, [&](ports::Snapshot& rows) {
                return record::calendars_in(rows.references(), means_.rules.texts());
            }));
    return extend_tickets(means_.books, rules, domain::foretold(rules.calendar, history), batch_);
}

}  // namespace hcp::app
