#include "plugin/app/desk_sessions/invite.hpp"

#include "plugin/domain/access.hpp"
#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/people.hpp"

namespace hcp::app {

using namespace domain;
using namespace record;

ports::result<DeskReply<Invited>> invite(const DeskMeans& means, std::string_view actor, std::string_view staff_id) {
    means.writer.assert_here();
    HCP_TRY(const auto token, means.tokens.next());
    const auto digest = token_digest(means.keys, token, for_sign_on);
    if (!digest) return ports::crypto_errc::malformed;
    using Reply = DeskReply<Invited>;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        const auto people = people_in(tx);
        HCP_TRY(const auto viewer, viewer_at(people, actor, pen.now()));
        HCP_TRY(const auto person, viewer_at(people, staff_id, pen.now()));
        if (!viewer) return Reply{DeskRefusal::unknown_actor};
        if (actor == staff_id) return Reply{DeskRefusal::own_link};
        if (!person) return Reply{DeskRefusal::unknown_person};
        const Matter matter{.department_id = person->department_id, .about = staff_id};
        if (!may_do(*viewer, Action::invite_staff, matter)) return Reply{DeskRefusal::not_allowed};
        const ports::StaffInviteRow row{.id = pen.id<StaffInviteId>(),
                                        .token_digest = *digest,
                                        .staff_id = std::string{staff_id},
                                        .made_by = std::string{actor},
                                        .made_at = pen.now(),
                                        .until = pen.now() + invite_life,
                                        .used_at = {}};
        pen.enter(open_to_all, fact_of(row));
        HCP_CHECK(tx.staff_invites().insert(std::span<const ports::StaffInviteRow>{&row, 1}));
        return Reply{Invited{token, row}};
    });
}

}  // namespace hcp::app
