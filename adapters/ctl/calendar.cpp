#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/text.hpp"

#include <string_view>
#include <vector>

namespace hcp::ctl {
namespace {

using namespace domain;

// The notice that has the last word on a day, for its title and number.
const Notice* notice_of(const Calendar& calendar, const SpecialDay& special) {
    const Notice* found = nullptr;
    for (const auto& notice : calendar.notices())
        for (const auto& row : notice.rows)
            if (notice.scope == special.scope && row.working == special.working && row.first <= special.day &&
                special.day <= row.last)
                found = &notice;
    return found;
}

std::string source_of(const Notice& notice) {
    auto text = notice.title.empty() ? std::string{} : "《" + notice.title + "》";
    text += notice.document;
    return text.empty() ? domain::text_of(notice.published) + " 公布的安排" : text;
}

std::string why(const Calendar& calendar, Day day) {
    const auto* special = calendar.special(day);
    if (special == nullptr) {
        const auto usual = is_weekend(day) ? std::string{"周末"} : std::string{"平常的工作日"};
        return calendar.is_published(year_of(day)) ? usual : usual + "；该年放假安排尚未公布，暂按周末和固定节日推算";
    }
    std::string text = special->working ? (special->scope == Scope::national ? "调休上班" : "照常上班")
                                        : (special->scope == Scope::national ? "放假" : "不对外服务");
    if (!special->name.empty()) text += "（" + special->name + "）";
    const auto* notice = notice_of(calendar, *special);
    if (notice != nullptr) return text + "，依据" + source_of(*notice);
    return text + "，固定节日；该年放假安排尚未公布";
}

std::string citation(const LegalBasis& basis) {
    std::vector<std::string_view> parts{basis.title, basis.number, basis.url};
    std::erase(parts, std::string_view{});
    return domain::joined(parts, "，");
}

void tell_policy(const InForce& in_force, std::ostream& out) {
    const auto& version = *in_force.version;
    out << "规则版本 " << version.name << "：" << domain::text_of(version.valid_from) << " 起";
    out << (version.valid_to ? "，至 " + domain::text_of(*version.valid_to - std::chrono::days{1}) + " 止"
                             : std::string{"，长期有效"});
    if (in_force.continued_past_end) out << "；这一天已过有效期，没有后续版本，继续沿用（第22条）";
    if (in_force.before_first) out << "；这一天在最早的版本之前，按它判定";
    out << "\n  依据：" << citation(version.measures) << '\n';
    for (const auto rule : {Rule::window, Rule::on_site})
        if (!version.clause(rule).empty()) out << "        " << version.clause(rule) << '\n';
    for (const auto& basis : version.basis) out << "        " << citation(basis) << '\n';
}

std::string term_text(const Term& term) {
    return std::string{term.anchor == Anchor::inclusive ? "当日起算，" : "次日起算，"} + std::to_string(term.days) +
           (term.kind == DayKind::working ? " 个工作日" : " 个自然日");
}

}  // namespace

Exit explain_calendar(Outside& outside, const ExplainCalendar& request, Streams streams) {
    const auto rules = request.calendar_directory.empty()
                           ? outside.rules()
                           : outside.rules_of(request.calendar_directory, request.policy_file);
    const auto& calendar = rules->calendar;
    const auto in_force = rules->policies.in_force(start_of(request.day));
    auto& out = streams.out;

    out << domain::text_of(request.day) << "（" << weekday_of(request.day) << "）"
        << (calendar.is_working(request.day) ? "是工作日" : "不是工作日") << "：" << why(calendar, request.day)
        << "。\n";
    tell_policy(in_force, out);
    out << "日历 " << calendar.version() << '\n';

    const auto tell = [&](std::string_view name, WindowTerms terms) {
        const auto with_days = [&](Term& term) { term.days = request.days.value_or(term.days); };
        with_days(terms.completed);
        if (terms.on_site) with_days(*terms.on_site);
        const auto opened = start_of(request.opened.value_or(request.day));
        const auto window = domain::window(calendar, start_of(request.day), opened, terms);
        out << name << "（" << term_text(terms.completed)
            << (terms.on_site ? "；" + term_text(*terms.on_site) + "的截止更晚时以它为准" : std::string{}) << "）："
            << explain(calendar, start_of(request.day), opened, window) << '\n';
        out << "  "
            << (window.effective.provisional ? "暂定：放假安排公布后重新计算，只会延长。"
                                             : "已确定：放假安排均已公布。")
            << '\n';
    };
    const auto& policy = *in_force.version;
    if (request.anchor) {
        auto term = policy.on_site();
        term.anchor = *request.anchor;
        tell("期限", {term, {}});
    } else {
        tell("网上办结", policy.window(Mode::online));
        tell("现场办结", policy.window(Mode::on_site));
        tell("现场到访，没有办结", {policy.on_site(), {}});
    }
    return fine;
}

}  // namespace hcp::ctl
