#include "plugin/app/people/end_role.hpp"

#include "plugin/domain/access.hpp"
#include "plugin/domain/utf8.hpp"
#include "plugin/record/notices.hpp"

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

constexpr std::size_t longest_reason = 200;

}  // namespace

ports::result<void> enter_ending(const Keys& keys, ports::Transaction& tx, Pen& pen, ports::RoleGrantRow grant,
                                 std::string_view actor, std::string_view why) {
    ports::RoleEnding ending{std::string{actor}, pen.now(), {}, {}};
    ending.why_digest = keyed(keys.content, "role ended", {std::to_string(grant.id.value()), why});
    HCP_TRY(ending.sealed_why, keys.sealer.seal(ports::as_bytes(why), View{ending.why_digest}));
    HCP_TRY(const auto ended, tx.role_grants().end(grant.id, ending));
    if (ended == 0) return ports::store_errc::conflict;
    grant.ended_by = ending.ended_by;
    grant.ended_at = ending.ended_at;
    grant.why_digest = ending.why_digest;
    pen.enter(open_to_all, ending_fact(grant));
    // Of a proposal that came to nothing only who made it knew.
    const auto& whose = grant.confirmed_at ? grant.staff_id : grant.proposed_by;
    return give_notice(tx, pen, std::span{&whose, 1},
                       {NoticeKind::role_ended, std::to_string(grant.id.value()), actor});
}

ports::result<PeopleReply<RoleGrantId>> end_role(const PeopleMeans& means, std::string_view actor, RoleGrantId id,
                                                 std::string_view why) {
    using Reply = PeopleReply<RoleGrantId>;
    return decided<RoleGrantId>(means, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        if (why.empty() || characters(why) > longest_reason) return Reply{PeopleRefusal::no_reason};
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{PeopleRefusal::unknown_actor};
        HCP_TRY(const auto grant, tx.role_grants().find(id));
        if (!grant) return Reply{PeopleRefusal::no_such_grant};
        if (grant->ended_at) return Reply{PeopleRefusal::ended_already};
        if (grant->staff_id == actor) return Reply{PeopleRefusal::own_role};
        const Matter matter{.department_id = grant->department_id, .about = grant->staff_id};
        const bool withdraws = grant->waits() && may_do(*viewer, Action::withdraw_proposal, matter);
        if (!withdraws && !may_do(*viewer, Action::end_role, matter)) return Reply{PeopleRefusal::not_allowed};
        HCP_CHECK(enter_ending(means.keys, tx, pen, *grant, actor, why));
        return Reply{id};
    });
}

}  // namespace hcp::app
