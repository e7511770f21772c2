#include "plugin/app/people/found_supervision.hpp"

#include "plugin/domain/access.hpp"
#include "plugin/record/people.hpp"

#include <algorithm>
#include <vector>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::RoleGrantRow;

ports::result<PeopleReply<std::array<RoleGrantId, 2>>> found_supervision(
    const PeopleMeans& means, std::string_view actor, const std::array<std::string_view, 2>& supervisors) {
    using Reply = PeopleReply<std::array<RoleGrantId, 2>>;
    return decided<std::array<RoleGrantId, 2>>(means, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        const auto people = people_in(tx);
        const auto now = pen.now();
        const auto [first, second] = supervisors;
        if (first == second || actor == first || actor == second) return Reply{PeopleRefusal::not_three};
        HCP_TRY(const auto there, holders_at(people, StaffRole::supervisor, now));
        if (!there.empty()) return Reply{PeopleRefusal::founded_already};
        HCP_TRY(const auto recorder, viewer_at(people, actor, now));
        if (!recorder) return Reply{PeopleRefusal::unknown_actor};
        std::vector<RoleGrantRow> rows;
        for (const auto& [staff_id, other] : {std::pair{first, second}, std::pair{second, first}}) {
            HCP_TRY(const auto person, viewer_at(people, staff_id, now));
            if (!person) return Reply{PeopleRefusal::unknown_person};
            HCP_TRY(const auto grants, tx.role_grants().not_ended_of(staff_id));
            for (const auto& one : grants)
                if (excludes(one.role, StaffRole::supervisor)) return Reply{PeopleRefusal::excluded};
            RoleGrantRow row;
            row.id = pen.id<RoleGrantId>();
            row.staff_id = staff_id;
            row.role = StaffRole::supervisor;
            row.department_id = person->department_id;
            row.founding = true;
            row.proposed_by = actor;
            row.confirmed_by = other;
            row.proposed_at = now;
            row.confirmed_at = now;
            rows.push_back(std::move(row));
        }
        for (const auto& row : rows) {
            pen.enter(open_to_all, proposal_fact(row));
            pen.enter(open_to_all, confirmation_fact(row));
        }
        HCP_CHECK(tx.role_grants().insert(rows));
        return Reply{std::array{rows[0].id, rows[1].id}};
    });
}

}  // namespace hcp::app
