#include "plugin/domain/access.hpp"

#include "plugin/domain/text.hpp"
#include "tests/support/project_root.hpp"
#include "tests/support/text_in.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <set>

using namespace hcp;
using namespace hcp::domain;

namespace {

constexpr std::array fields{Field::case_facts,       Field::level,        Field::text, Field::subject_masked,
                            Field::subject_identity, Field::subject_phone};
constexpr std::array actions{Action::see_roster,
                             Action::import_roster,
                             Action::propose_role,
                             Action::confirm_role,
                             Action::propose_first_technical,
                             Action::withdraw_proposal,
                             Action::end_role,
                             Action::invite_staff,
                             Action::end_staff_sessions,
                             Action::import_catalogue,
                             Action::release_catalogue,
                             Action::attribute_case,
                             Action::attribute_rated_case,
                             Action::sign_attribution,
                             Action::retry_delivery,
                             Action::hold_delivery,
                             Action::adopt_service,
                             Action::take_back_event,
                             Action::activate_local_days,
                             Action::verify_ledger,
                             Action::read_health,
                             Action::interpret_rule,
                             Action::read_coverage,
                             Action::read_exports,
                             Action::read_unmaskings,
                             Action::report_leak,
                             Action::decide_leak};
const std::vector<std::string> of_s1{"S1"}, of_s9{"S9"};

// A table that gives every role everything: what it does not allow is forbidden by a rule.
struct Everything {
    Everything() {
        for (const auto role : staff_roles) {
            for (const auto field : fields) sights.push_back({role, field, Reach::everywhere});
            for (const auto action : actions) powers.push_back({role, action, Reach::everywhere});
        }
    }
    [[nodiscard]] AccessTable table() const { return {sights, powers}; }
    std::vector<Sight> sights;
    std::vector<Power> powers;
};

Viewer with_all_roles(std::string staff_id = "S1") {
    return {std::move(staff_id), "D1", {staff_roles.begin(), staff_roles.end()}};
}

bool sees_anything(const Viewer& viewer, const Matter& of, const AccessTable& by) {
    return std::ranges::any_of(fields, [&](Field field) { return visible_to(viewer, field, of, by); });
}
bool does_anything(const Viewer& viewer, const Matter& on, const AccessTable& by) {
    return std::ranges::any_of(actions, [&](Action action) { return may_do(viewer, action, on, by); });
}

// Every set of roles that somebody may hold.
std::vector<std::vector<StaffRole>> possible_sets() {
    std::vector<std::vector<StaffRole>> sets;
    for (unsigned bits = 0; bits < 1U << staff_roles.size(); ++bits) {
        std::vector<StaffRole> roles;
        for (std::size_t i = 0; i < staff_roles.size(); ++i)
            if ((bits >> i & 1U) != 0) roles.push_back(staff_roles[i]);
        const bool possible = std::ranges::none_of(roles, [&](StaffRole a) {
            return std::ranges::any_of(roles, [&](StaffRole b) { return excludes(a, b); });
        });
        if (possible) sets.push_back(std::move(roles));
    }
    return sets;
}

}  // namespace

SCENARIO("the table is the written one, cell by cell", "[access]") {
    std::string written = "可见与可做";
    for (const auto role : staff_roles) written.append(" | ").append(text_of(role));
    for (const auto& row : access_rows()) {
        written.append(row.kind == AccessRow::Kind::field ? "\n看 " : "\n做 ").append(row.text);
        for (const auto reach : row.reaches) written.append(" | ").append(text_of(reach));
    }
    written += '\n';
    CHECK(written == test::text_in(test::project_root() / "tests/domain/access_matrix.txt"));
}

SCENARIO("each cell of the table is what is answered, in and out of its reach", "[access]") {
    const Matter own{"D1", of_s1, {}, false, {}, {}}, department{"D1", of_s9, {}, false, {}, {}},
        elsewhere{"D2", of_s9, {}, false, {}, {}};
    for (const auto role : staff_roles) {
        const Viewer viewer{"S1", "D1", {role}};
        const auto reach_of = [&](const auto& rows, const auto& is_it) {
            auto reach = Reach::nothing;
            for (const auto& row : rows)
                if (row.role == role && is_it(row)) reach = row.reach;
            return reach;
        };
        for (const auto field : fields) {
            INFO(text_of(role) << " " << static_cast<int>(field));
            const auto reach = reach_of(access_table().sights, [&](const Sight& row) { return row.field == field; });
            const bool masked = field == Field::subject_identity || field == Field::subject_phone;
            CHECK(visible_to(viewer, field, own) == (reach != Reach::nothing && !masked));
            CHECK(visible_to(viewer, field, department) ==
                  (reach == Reach::own_department || reach == Reach::everywhere));
            CHECK(visible_to(viewer, field, elsewhere) == (reach == Reach::everywhere));
        }
        for (const auto action : actions) {
            INFO(text_of(role) << " " << static_cast<int>(action));
            const auto reach = reach_of(access_table().powers, [&](const Power& row) { return row.action == action; });
            CHECK(may_do(viewer, action, department) == (reach == Reach::own_department || reach == Reach::everywhere));
            CHECK(may_do(viewer, action, elsewhere) == (reach == Reach::everywhere));
            CHECK_FALSE(may_do(viewer, action, own));
        }
    }
}

SCENARIO("what somebody is told that he has is what the table gives the widest of his roles", "[access]") {
    const Viewer both{"S1", "D1", {StaffRole::contact, StaffRole::technical}};
    CHECK(reach_of(both, Action::see_roster) == Reach::everywhere);
    CHECK(reach_of(both, Field::level) == Reach::own_department);
    CHECK(reach_of(both, Action::confirm_role) == Reach::nothing);
    for (const auto& one : granted_to(both)) CHECK(one.reach != Reach::nothing);
    const auto has = [](const std::vector<Granted>& all, std::string_view code) {
        return std::ranges::find(all, code, &Granted::code) != all.end();
    };
    CHECK(has(granted_to(both), "retry_delivery"));
    CHECK_FALSE(has(granted_to(both), "confirm_role"));
    CHECK(granted_to({"S1", "D1", {}}).empty());
}

SCENARIO("no cell of the table is written twice", "[access]") {
    std::set<std::pair<StaffRole, Field>> sights;
    for (const auto& row : access_table().sights) CHECK(sights.insert({row.role, row.field}).second);
    std::set<std::pair<StaffRole, Action>> powers;
    for (const auto& row : access_table().powers) CHECK(powers.insert({row.role, row.action}).second);
}

SCENARIO("while bids are secret nobody sees an evaluation or acts on it, whatever his rows (E14, E39)", "[access]") {
    const Everything everything;
    for (const auto& handlers : {of_s1, of_s9}) {
        const Matter secret{"D1", handlers, Secrecy::until_opening(), false, {}, {}};
        CHECK_FALSE(sees_anything(with_all_roles(), secret, everything.table()));
        CHECK_FALSE(does_anything(with_all_roles(), secret, everything.table()));
    }
}

SCENARIO("who handled a case sees no identity in it and acts on nothing of it, whatever his rows (E42)", "[access]") {
    const Everything everything;
    const Matter own{"D1", of_s1, {}, false, {}, {}}, others{"D1", of_s9, {}, false, {}, {}};
    for (const auto field : {Field::subject_identity, Field::subject_phone}) {
        CHECK_FALSE(visible_to(with_all_roles(), field, own, everything.table()));
        CHECK(visible_to(with_all_roles(), field, others, everything.table()));
    }
    CHECK_FALSE(does_anything(with_all_roles(), own, everything.table()));
    CHECK(does_anything(with_all_roles(), others, everything.table()));
}

SCENARIO("the identity of an expert is nobody's to see, whatever his rows (E14)", "[access]") {
    const Everything everything;
    const Matter experts{"D1", of_s9, {}, true, {}, {}};
    CHECK_FALSE(visible_to(with_all_roles(), Field::subject_identity, experts, everything.table()));
    CHECK_FALSE(visible_to(with_all_roles(), Field::subject_phone, experts, everything.table()));
    CHECK(visible_to(with_all_roles(), Field::level, experts, everything.table()));
}

SCENARIO("identities and phone numbers are masked but for supervision (E8, M16.2)", "[access]") {
    const Matter any{"D1", of_s9, {}, false, {}, {}};
    for (const auto role : staff_roles) {
        const Viewer viewer{"S1", "D1", {role}};
        for (const auto field : {Field::subject_identity, Field::subject_phone})
            CHECK(visible_to(viewer, field, any) == (role == StaffRole::supervisor));
    }
}

SCENARIO("nobody acts on his own role, and nobody signs twice, whatever his rows", "[access]") {
    const Everything everything;
    Matter grant;
    grant.about = "S1";
    CHECK_FALSE(does_anything(with_all_roles("S1"), grant, everything.table()));
    CHECK(does_anything(with_all_roles("S2"), grant, everything.table()));
    const std::vector<std::string> signers{"S2"};
    grant.signers = signers;
    for (const auto action : {Action::propose_role, Action::propose_first_technical, Action::confirm_role}) {
        CHECK_FALSE(may_do(with_all_roles("S2"), action, grant, everything.table()));
        CHECK(may_do(with_all_roles("S3"), action, grant, everything.table()));
    }
    CHECK(may_do(with_all_roles("S2"), Action::withdraw_proposal, grant, everything.table()));
}

SCENARIO("no set of roles that somebody may hold gives him both signatures on a role", "[access]") {
    int sets = 0;
    for (const auto& roles : possible_sets()) {
        const Viewer viewer{"S1", "D1", roles};
        CHECK_FALSE((may_do(viewer, Action::propose_role) && may_do(viewer, Action::confirm_role)));
        ++sets;
    }
    CHECK(sets > 100);
    // The two supervisors who found it sign for one another.
    const std::vector<std::string> proposed_by{"S1"};
    Matter grant;
    grant.about = "S5";
    grant.signers = proposed_by;
    CHECK_FALSE(may_do({"S1", "D1", {StaffRole::supervisor}}, Action::confirm_role, grant));
    CHECK(may_do({"S2", "D1", {StaffRole::supervisor}}, Action::confirm_role, grant));
}

SCENARIO("several roles see what each of them sees, and who has none sees and does nothing", "[access]") {
    const Matter department{"D1", of_s9, {}, false, {}, {}}, elsewhere{"D2", of_s9, {}, false, {}, {}};
    const Viewer both{"S1", "D1", {StaffRole::technical, StaffRole::head}};
    CHECK(visible_to(both, Field::text, department));
    CHECK_FALSE(visible_to(both, Field::text, elsewhere));
    CHECK(visible_to(both, Field::case_facts, elsewhere));
    const Viewer nobody{"S1", "D1", {}};
    CHECK_FALSE(sees_anything(nobody, department, access_table()));
    CHECK_FALSE(does_anything(nobody, department, access_table()));
}

SCENARIO("a department without a name is nobody's own (M20.1)", "[access]") {
    const Matter unattributed{"", of_s9, {}, false, {}, {}};
    CHECK_FALSE(visible_to({"S1", "", {StaffRole::head}}, Field::level, unattributed));
}
