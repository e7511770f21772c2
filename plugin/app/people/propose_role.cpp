#include "plugin/app/people/propose_role.hpp"

#include "plugin/domain/access.hpp"
#include "plugin/record/notices.hpp"
#include "plugin/record/people.hpp"

#include <algorithm>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::RoleGrantRow;

ports::result<PeopleReply<RoleGrantId>> propose_role(const PeopleMeans& means, std::string_view actor,
                                                     const Proposal& proposal) {
    using Reply = PeopleReply<RoleGrantId>;
    return decided<RoleGrantId>(means, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        const auto people = people_in(tx);
        const auto now = pen.now();
        HCP_TRY(const auto viewer, viewer_at(people, actor, now));
        if (!viewer) return Reply{PeopleRefusal::unknown_actor};
        if (proposal.role == StaffRole::evaluated) return Reply{PeopleRefusal::never_granted};
        if (proposal.staff_id == actor) return Reply{PeopleRefusal::own_role};
        HCP_TRY(const auto person, viewer_at(people, proposal.staff_id, now));
        if (!person) return Reply{PeopleRefusal::unknown_person};
        const Matter matter{.department_id = person->department_id, .about = proposal.staff_id};
        HCP_TRY(const auto technical, holders_at(people, StaffRole::technical, now));
        const bool first_technical = technical.empty() && proposal.role == StaffRole::technical;
        if (!may_do(*viewer, Action::propose_role, matter) &&
            !(first_technical && may_do(*viewer, Action::propose_first_technical, matter)))
            return Reply{PeopleRefusal::not_allowed};
        HCP_TRY(const auto grants, tx.role_grants().not_ended_of(proposal.staff_id));
        if (std::ranges::any_of(grants, [&](const RoleGrantRow& one) { return one.role == proposal.role; }))
            return Reply{PeopleRefusal::has_it_already};
        if (std::ranges::any_of(grants, [&](const RoleGrantRow& one) { return excludes(one.role, proposal.role); }))
            return Reply{PeopleRefusal::excluded};
        RoleGrantRow row;
        row.id = pen.id<RoleGrantId>();
        row.staff_id = proposal.staff_id;
        row.role = proposal.role;
        row.department_id = person->department_id;
        row.proposed_by = actor;
        row.proposed_at = now;
        pen.enter(open_to_all, proposal_fact(row));
        HCP_CHECK(tx.role_grants().insert(std::span<const RoleGrantRow>{&row, 1}));
        const Matter confirming{
            .department_id = row.department_id, .about = row.staff_id, .signers = std::span{&row.proposed_by, 1}};
        HCP_TRY(const auto to, those_who_may(people, Action::confirm_role, now, confirming));
        HCP_CHECK(give_notice(tx, pen, to, {NoticeKind::role_to_confirm, std::to_string(row.id.value()), actor}));
        return Reply{row.id};
    });
}

}  // namespace hcp::app
