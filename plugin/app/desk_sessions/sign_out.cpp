#include "plugin/app/desk_sessions/sign_out.hpp"

#include "plugin/domain/access.hpp"
#include "plugin/record/people.hpp"

namespace hcp::app {

using namespace domain;
using namespace record;

ports::result<void> sign_out(const DeskMeans& means, const ports::StaffSessionRow& session) {
    means.writer.assert_here();
    return means.books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        HCP_CHECK(tx.staff_sessions().end(session.id, session.staff_id, session.staff_id, pen.now()));
        return {};
    });
}

ports::result<DeskReply<std::int64_t>> sign_out_everywhere(const DeskMeans& means, std::string_view actor,
                                                           std::string_view staff_id) {
    using Reply = DeskReply<std::int64_t>;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{DeskRefusal::unknown_actor};
        // Of somebody who has left as well.
        const Matter matter{.about = staff_id};
        if (actor != staff_id && !may_do(*viewer, Action::end_staff_sessions, matter))
            return Reply{DeskRefusal::not_allowed};
        HCP_TRY(const auto ended, tx.staff_sessions().end_all_of(staff_id, actor, pen.now()));
        return Reply{ended};
    });
}

}  // namespace hcp::app
