#pragma once
#include "plugin/domain/secrecy.hpp"
#include "plugin/domain/staff.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

// Who at the centre may see and do what: one table, and the rules that no row of it can lift. Every page, list,
// download, notification and export asks here.
namespace hcp::domain {

// What there is to see of an evaluation.
enum class Field {
    case_facts,  // number, item, step, times
    level,       // with its tags
    text,
    subject_masked,    // “某供应商” and the number of the case (M16.2)
    subject_identity,  // name, certificate, agent
    subject_phone,
};
enum class Action {
    see_roster,
    import_roster,
    propose_role,
    propose_first_technical,  // while nobody is there who proposes
    withdraw_proposal,
    confirm_role,
    end_role,
    invite_staff,          // to sign on by a one-time link
    end_staff_sessions,    // of another
    import_catalogue,      // as drafts
    release_catalogue,     // drafts
    attribute_case,        // to an item, a department, handlers
    attribute_rated_case,  // the same once somebody has rated it (E47)
    sign_attribution,      // as the second
    retry_delivery,
    hold_delivery,
    adopt_service,
    take_back_event,  // that was set aside
    activate_local_days,
    interpret_rule,  // M22.2
    verify_ledger,
    read_health,
    read_coverage,    // M1.3
    read_exports,     // who took which list as a file
    read_unmaskings,  // who saw which identity, and leak cases
    report_leak,
    decide_leak,  // nobody who saw it, nor who reported it
};

// How far a row goes.
enum class Reach {
    nothing,
    own_reviews,     // of cases that he handled
    own_department,  // M20.1
    everywhere,
};
[[nodiscard]] std::string_view text_of(Reach) noexcept;  // Chinese
[[nodiscard]] std::string_view code_of(Reach) noexcept;

// A role has its rows once what they are for exists.
struct Sight {
    StaffRole role;
    Field field;
    Reach reach;
};
struct Power {
    StaffRole role;
    Action action;
    Reach reach;
};
struct AccessTable {
    std::span<const Sight> sights;
    std::span<const Power> powers;
};
[[nodiscard]] const AccessTable& access_table() noexcept;

// Who asks, as the roster and the grants have him at that instant.
struct Viewer {
    std::string staff_id, department_id;
    std::vector<StaffRole> roles;

    [[nodiscard]] bool is(StaffRole role) const noexcept;
};

// What it is about. Borrowed. What is no evaluation, ticket or grant has nothing in it.
struct Matter {
    std::string_view department_id{};
    std::span<const std::string> handlers{};  // of the case: staff ids
    Secrecy secrecy{};                        // of the case
    bool rated_by_expert = false;             // 评标专家
    std::string_view about{};                 // whose role it is
    std::span<const std::string> signers{};   // who has signed it, or acted on it, before: staff ids
};

// Whatever the table says:
//   before bids are opened nobody at the centre sees an evaluation or acts on it (E14, E39)
//   who handled the case sees no identity in it and acts on nothing of it (E42)
//   the identity of an expert is seen by nobody (E14)
//   nobody acts on his own role, and nobody signs what he has signed or acted on
[[nodiscard]] bool visible_to(const Viewer&, Field, const Matter& of, const AccessTable& = access_table()) noexcept;
[[nodiscard]] bool may_do(const Viewer&, Action, const Matter& on = {}, const AccessTable& = access_table()) noexcept;

// How far his roles let him see or do it at all; what it is about may narrow that.
[[nodiscard]] Reach reach_of(const Viewer&, Field, const AccessTable& = access_table()) noexcept;
[[nodiscard]] Reach reach_of(const Viewer&, Action, const AccessTable& = access_table()) noexcept;

// The table for people: a row per field and per action, a reach per role as staff_roles has them.
struct AccessRow {
    enum class Kind { field, action };
    Kind kind = Kind::field;
    std::string_view code, text;  // text: Chinese
    std::vector<Reach> reaches;
};
[[nodiscard]] std::vector<AccessRow> access_rows(const AccessTable& = access_table());

// What somebody has of it.
struct Granted {
    AccessRow::Kind kind = AccessRow::Kind::field;
    std::string_view code;
    Reach reach = Reach::nothing;
};
[[nodiscard]] std::vector<Granted> granted_to(const Viewer&, const AccessTable& = access_table());

}  // namespace hcp::domain
