#include "plugin/app/catalogue/activate_local_days.hpp"

#include "plugin/domain/access.hpp"
#include "plugin/record/decide.hpp"
#include "plugin/record/follow_rules.hpp"
#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/people.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::ReferenceKind;

std::string_view text_of(ActivationRefusal refusal) noexcept {
    switch (refusal) {
        case ActivationRefusal::unknown_actor:
            return "操作人不在名册上：请核对工号";
        case ActivationRefusal::not_allowed:
            return "操作人没有启用本地安排的岗位：由监督人员启用";
        case ActivationRefusal::no_calendar:
            return "数据库中还没有工作日历：先启动一次实例";
        case ActivationRefusal::nothing_new:
            return "日历文件中的本地安排与已启用的相同，无需启用";
        case ActivationRefusal::version_taken:
            return "同一公布日期的本地安排已有另一内容：改动须用新的公布日期另写一段";
    }
    return "";
}

ports::result<ActivationReply> activate_local_days(const ActivationMeans& means, std::string_view actor,
                                                   const Calendar& offered) {
    using Reply = ActivationReply;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{ActivationRefusal::unknown_actor};
        if (!may_do(*viewer, Action::activate_local_days)) return Reply{ActivationRefusal::not_allowed};
        HCP_TRY(const auto known, tx.references().of(ReferenceKind::calendar));
        if (known.empty()) return Reply{ActivationRefusal::no_calendar};
        HCP_TRY(const auto standing, calendar_in_force(tx.references(), means.texts));
        if (!standing) return ports::store_errc::corrupt;
        if (same_local_days(offered, *standing)) return Reply{ActivationRefusal::nothing_new};
        const auto calendar = with_local_days(*standing, offered);
        if (std::ranges::find(known, calendar.version(), &ports::ReferenceRow::version) != known.end())
            return Reply{ActivationRefusal::version_taken};
        auto content = means.texts.text_of(calendar);
        const auto digest = means.digests.sm3({ports::as_bytes(content)});
        const ports::ReferenceRow row{ReferenceKind::calendar, calendar.version(), hex_text(digest), std::move(content),
                                      pen.now()};
        HCP_CHECK(tx.references().insert(std::span{&row, 1}));
        pen.enter(open_to_all, fact_of(row, digest));
        pen.enter(open_to_all, entries::LocalDaysActivated{row.version, std::string{actor}});
        return Reply{row.version};
    });
}

}  // namespace hcp::app
