#include "plugin/app/catalogue/remind_guides.hpp"

#include "plugin/app/catalogue/show_guides.hpp"
#include "plugin/record/notices.hpp"

namespace hcp::app {

using namespace domain;
using namespace record;

ports::result<void> remind_guides(Books& books, const run::Workers& writer, std::chrono::days last) {
    writer.assert_here();
    return books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        HCP_TRY(const auto catalogue, released_catalogue_in(tx));
        const auto today = day_of(pen.now());
        for (const auto& guide : guides_older_than(*catalogue, today - last, today)) {
            const auto* const item = catalogue->newest_item(guide.item_code);
            if (item == nullptr) continue;
            // Whoever drafts for the department and for it alone: the technical department and supervision see the
            // alarm.
            HCP_TRY(const auto to, those_who(people_in(tx), pen.now(), [&](const Viewer& who) {
                        return reach_of(who, Action::import_catalogue) == Reach::own_department &&
                               who.department_id == item->department_id;
                    }));
            const auto times = (today - guide.effective) / last;
            HCP_CHECK(give_notice(
                tx, pen, to,
                {NoticeKind::guide_to_renew, guide.item_code + "/" + guide.version + "/" + std::to_string(times), {}}));
        }
        return {};
    });
}

}  // namespace hcp::app
