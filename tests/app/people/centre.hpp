#pragma once
#include "plugin/app/ledger/ledger_account.hpp"
#include "plugin/app/people/confirm_role.hpp"
#include "plugin/app/people/end_role.hpp"
#include "plugin/app/people/found_supervision.hpp"
#include "plugin/app/people/import_roster.hpp"
#include "plugin/app/people/propose_role.hpp"
#include "plugin/record/people.hpp"
#include "tests/support/memory_desk.hpp"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hcp::test {

using app::PeopleRefusal;
using ports::RosterLine;

// A centre whose people come and go by its roster. Nobody has a role before found() and equip().
struct Centre : MemoryDesk {
    static RosterLine line(std::string staff_id, std::string department = "D1") {
        RosterLine one{2, staff_id, "姓名" + staff_id, {}};
        one.post.department_id = std::move(department);
        one.post.windows = {"A01"};
        one.post.since = at(2026, 1, 5);
        return one;
    }
    static std::vector<RosterLine> everybody() {
        return {line("S1"), line("S2", "D2"), line("S3"), line("S4", "D2"), line("S5"), line("S6")};
    }

    app::PeopleReply<app::RosterImported> import(const std::vector<RosterLine>& lines, std::string_view actor = "S5") {
        return *app::import_roster(means(), actor, lines);
    }
    app::PeopleReply<std::array<RoleGrantId, 2>> found(std::string_view first = "S3", std::string_view second = "S4",
                                                       std::string_view actor = "S5") {
        return *app::found_supervision(means(), actor, {first, second});
    }
    app::PeopleReply<RoleGrantId> propose(std::string_view actor, std::string_view staff_id, StaffRole role) {
        return *app::propose_role(means(), actor, {staff_id, role});
    }
    app::PeopleReply<RoleGrantId> confirm(std::string_view actor, RoleGrantId id) {
        return *app::confirm_role(means(), actor, id);
    }
    app::PeopleReply<RoleGrantId> end(std::string_view actor, RoleGrantId id, std::string_view why = "岗位调整") {
        return *app::end_role(means(), actor, id, why);
    }
    // S3 and S4 supervise, S5 is technical.
    RoleGrantId equip() {
        REQUIRE(done(import(everybody())).faults.empty());
        (void)done(found());
        const auto technical = done(propose("S3", "S5", StaffRole::technical));
        return done(confirm("S4", technical));
    }
    // Somebody's roles now, without the one that everybody has.
    std::vector<StaffRole> roles_of(std::string_view staff_id) {
        const auto viewer = ask([&](ports::Snapshot& snapshot) {
            return record::viewer_at(record::people_in(snapshot), staff_id, clock.now());
        });
        if (!viewer) return {};
        REQUIRE(viewer->roles.front() == StaffRole::evaluated);
        return {viewer->roles.begin() + 1, viewer->roles.end()};
    }
    std::vector<LedgerKind> entered() {
        std::vector<LedgerKind> kinds;
        const auto entries = ask([&](ports::Snapshot& snapshot) {
            return snapshot.ledger().after(lane_of(books->instance(), Chain::open), 0, 1000);
        });
        for (const auto& row : entries) kinds.push_back(static_cast<LedgerKind>(row.kind));
        return kinds;
    }

    // What `hcpctl ledger verify` finds of rows against entries, and how many ratings are in force.
    struct Verified {
        app::LedgerFindings findings;
        std::int64_t in_force = 0;
    };
    Verified verify() {
        const ports::Signs unhurried;
        app::LedgerAccount account{keys.digests, unhurried};
        return ask([&](ports::Snapshot& snapshot) -> ports::result<Verified> {
            for (const auto chain : {Chain::open, Chain::secret}) {
                HCP_TRY(const auto entries, snapshot.ledger().after(lane_of(books->instance(), chain), 0, 1000));
                for (const auto& row : entries)
                    if (const auto fact = fact_in(row.canonical)) account.note(row.lane, row.seq, *fact);
            }
            HCP_TRY(const auto in_force, account.compare(snapshot));
            return Verified{account.take_findings(), in_force};
        });
    }

    template <class Done>
    static Done done(app::PeopleReply<Done> reply) {
        if (const auto* why = std::get_if<PeopleRefusal>(&reply)) FAIL(app::text_of(*why));
        return std::get<Done>(std::move(reply));
    }
    template <class Done>
    static bool refused(const app::PeopleReply<Done>& reply, PeopleRefusal why) {
        const auto* refusal = std::get_if<PeopleRefusal>(&reply);
        if (refusal != nullptr) UNSCOPED_INFO(app::text_of(*refusal));
        return refusal != nullptr && *refusal == why;
    }

    app::PeopleMeans means() { return {*books, keys, nobody}; }
};

}  // namespace hcp::test
