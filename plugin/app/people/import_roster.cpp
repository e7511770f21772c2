#include "plugin/app/people/import_roster.hpp"

#include "plugin/app/people/end_role.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/record/people.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::RosterLine, ports::RoleGrantRow, ports::StaffRow;

namespace {

constexpr std::size_t most_faults = 100;

struct Plan {
    RosterImported told;
    std::vector<StaffRow> rows;  // to insert
};

// Holds a file against the roster as it is.
class Planning {
public:
    Planning(const Keys& keys, std::string_view actor, Instant now, const std::vector<StaffRow>& known)
        : keys_{keys}, actor_{actor}, now_{now} {
        for (const auto& row : known) {
            versions_[row.staff_id].push_back(row);
            last_roster_ = std::max(last_roster_, row.roster_no);
        }
    }

    ports::result<Plan> run(std::span<const RosterLine> lines, const std::vector<RoleGrantRow>& grants,
                            bool supervised) {
        for (const auto& line : lines) HCP_CHECK(take(line));
        find_missing(lines);
        bool stays_supervised = false;
        for (const auto& grant : grants) {
            const auto posts = posts_of(versions_[grant.staff_id]);
            const bool kept = keeps_role(grant.role, grant.department_id, post_at(posts, now_));
            if (!kept) plan_.told.roles_ended.push_back(grant);
            stays_supervised = stays_supervised || (kept && grant.role == StaffRole::supervisor && grant.confirmed_at);
        }
        if (supervised && !stays_supervised)
            fault(0, "until", "导入后没有一位监督人员在岗，不再有人能确认岗位",
                  "先由技术人员提名、监督人员确认另一位，再导入");
        if (!plan_.told.faults.empty()) plan_.rows.clear();
        return std::move(plan_);
    }

private:
    ports::result<void> take(const RosterLine& line) {
        auto& versions = versions_[line.staff_id];
        auto posts = posts_of(versions);
        const bool was_on = post_at(posts, now_) != nullptr;
        const auto last = versions.empty() ? 0 : versions.back().revision;
        if (last > 0 && versions.back().name_digest == staff_name_digest(keys_, line.staff_id, last, line.name) &&
            posts.back() == line.post) {
            ++plan_.told.unchanged;
            return {};
        }
        StaffRow row;
        row.staff_id = line.staff_id;
        row.revision = last + 1;
        row.name_digest = staff_name_digest(keys_, row.staff_id, row.revision, line.name);
        HCP_TRY(row.sealed_name, keys_.sealer.seal(ports::as_bytes(line.name), View{row.name_digest}));
        row.department_id = line.post.department_id;
        row.windows = line.post.windows;
        row.since = line.post.since;
        row.until = line.post.until;
        row.roster_no = last_roster_ + 1;
        row.loaded_by = actor_;
        row.loaded_at = now_;
        posts.push_back(line.post);
        const bool is_on = post_at(posts, now_) != nullptr;
        auto& list = versions.empty() ? plan_.told.joined : was_on && !is_on ? plan_.told.left : plan_.told.changed;
        list.push_back(line.staff_id);
        versions.push_back(row);
        plan_.rows.push_back(std::move(row));
        return {};
    }

    void find_missing(std::span<const RosterLine> lines) {
        std::set<std::string_view> named;
        for (const auto& line : lines) named.insert(line.staff_id);
        for (const auto& [staff_id, versions] : versions_)
            if (!named.contains(staff_id) && (!versions.back().until || *versions.back().until > now_))
                fault(0, "staff_id", "名册上的 “" + staff_id + "” 不在文件中",
                      "离开的人也要留一行，在 until 写上最后一天；不要删行");
    }

    void fault(int line, std::string column, std::string problem, std::string remedy) {
        auto& faults = plan_.told.faults;
        if (faults.size() < most_faults)
            faults.push_back({{}, line, {}, std::move(column), std::move(problem), std::move(remedy)});
    }

    const Keys& keys_;
    const std::string actor_;
    const Instant now_;
    std::map<std::string, std::vector<StaffRow>> versions_;
    std::int32_t last_roster_ = 0;
    Plan plan_;
};

// Whether he may, and what it does.
ports::result<PeopleReply<Plan>> planned(const PeopleQueries& people, const Keys& keys, std::string_view actor,
                                         std::span<const RosterLine> lines, Instant now) {
    HCP_TRY(const auto supervisors, holders_at(people, StaffRole::supervisor, now));
    HCP_TRY(const auto viewer, viewer_at(people, actor, now));
    const bool allowed = viewer && may_do(*viewer, Action::import_roster);
    if (!allowed && !supervisors.empty())
        return PeopleReply<Plan>{viewer ? PeopleRefusal::not_allowed : PeopleRefusal::unknown_actor};
    const bool in_file = std::ranges::any_of(lines, [&](const RosterLine& line) {
        return line.staff_id == actor && post_at(std::span{&line.post, 1}, now) != nullptr;
    });
    if (!allowed && !in_file) return PeopleReply<Plan>{PeopleRefusal::unknown_actor};
    HCP_TRY(const auto known, people.staff.all());
    HCP_TRY(const auto grants, people.grants.not_ended());
    HCP_TRY(auto plan, Planning(keys, actor, now, known).run(lines, grants, !supervisors.empty()));
    return PeopleReply<Plan>{std::move(plan)};
}

PeopleReply<RosterImported> told(PeopleReply<Plan> reply) {
    if (const auto* refusal = std::get_if<PeopleRefusal>(&reply)) return *refusal;
    return std::get<Plan>(std::move(reply)).told;
}

std::string_view why_ended(const RosterImported& import, const RoleGrantRow& grant) {
    return std::ranges::find(import.changed, grant.staff_id) != import.changed.end() ? "名册：调离原部门"
                                                                                     : "名册：离开";
}

}  // namespace

ports::result<PeopleReply<RosterImported>> import_roster(const PeopleMeans& means, std::string_view actor,
                                                         std::span<const RosterLine> lines) {
    using Reply = PeopleReply<RosterImported>;
    return decided<RosterImported>(means, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(auto outcome, planned(people_in(tx), means.keys, actor, lines, pen.now()));
        const auto* const plan = std::get_if<Plan>(&outcome);
        if (plan != nullptr && plan->told.faults.empty()) {
            HCP_CHECK(tx.staff().insert(plan->rows));
            if (!plan->rows.empty()) pen.enter(open_to_all, roster_fact(means.keys.digests, plan->rows));
            for (const auto& grant : plan->told.roles_ended)
                HCP_CHECK(enter_ending(means.keys, tx, pen, grant, actor, why_ended(plan->told, grant)));
        }
        return told(std::move(outcome));
    });
}

ports::result<PeopleReply<RosterImported>> try_roster(ports::Store& store, const Keys& keys, std::string_view actor,
                                                      std::span<const RosterLine> lines, Instant now) {
    HCP_TRY(auto outcome, ports::ask(store, [&](ports::Snapshot& rows) {
                return planned(people_in(rows), keys, actor, lines, now);
            }));
    return told(std::move(outcome));
}

}  // namespace hcp::app
