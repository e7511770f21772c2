#include "plugin/app/people/confirm_role.hpp"

#include "plugin/domain/access.hpp"
#include "plugin/record/notices.hpp"
#include "plugin/record/people.hpp"

#include <algorithm>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::RoleGrantRow;

ports::result<PeopleReply<RoleGrantId>> confirm_role(const PeopleMeans& means, std::string_view actor, RoleGrantId id) {
    using Reply = PeopleReply<RoleGrantId>;
    return decided<RoleGrantId>(means, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        const auto people = people_in(tx);
        const auto now = pen.now();
        HCP_TRY(const auto viewer, viewer_at(people, actor, now));
        if (!viewer) return Reply{PeopleRefusal::unknown_actor};
        HCP_TRY(auto grant, tx.role_grants().find(id));
        if (!grant) return Reply{PeopleRefusal::no_such_grant};
        if (!grant->waits()) return Reply{PeopleRefusal::not_waiting};
        if (grant->staff_id == actor) return Reply{PeopleRefusal::own_role};
        if (grant->proposed_by == actor) return Reply{PeopleRefusal::signed_already};
        HCP_TRY(const auto person, viewer_at(people, grant->staff_id, now));
        const Post post{person ? person->department_id : std::string{}, {}, {}, {}};
        if (!keeps_role(grant->role, grant->department_id, person ? &post : nullptr))
            return Reply{PeopleRefusal::unknown_person};
        const Matter matter{.department_id = grant->department_id,
                            .about = grant->staff_id,
                            .signers = std::span{&grant->proposed_by, 1}};
        if (!may_do(*viewer, Action::confirm_role, matter)) return Reply{PeopleRefusal::not_allowed};
        if (std::ranges::any_of(person->roles, [&](StaffRole held) { return excludes(held, grant->role); }))
            return Reply{PeopleRefusal::excluded};
        HCP_TRY(const auto confirmed, tx.role_grants().confirm(id, actor, now));
        if (confirmed == 0) return Reply{PeopleRefusal::not_waiting};
        grant->confirmed_by = actor;
        grant->confirmed_at = now;
        pen.enter(open_to_all, confirmation_fact(*grant));
        HCP_CHECK(give_notice(tx, pen, std::span{&grant->staff_id, 1},
                              {NoticeKind::role_given, std::to_string(id.value()), actor}));
        return Reply{id};
    });
}

}  // namespace hcp::app
