#pragma once
#include "adapters/ctl/outside.hpp"
#include "plugin/app/catalogue/attribute_case.hpp"
#include "plugin/app/province/adopt_service.hpp"
#include "plugin/domain/deadline.hpp"
#include "plugin/domain/delivery.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/staff.hpp"
#include "plugin/ports/store/deliveries.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>

// The commands, one function each; what CLI11 has understood comes as arguments. All may throw Refusal.
namespace hcp::ctl {

// Where a command speaks. `progress` is the error stream, or nothing when nobody wants to see it.
struct Streams {
    std::ostream& out;
    std::ostream& err;
};

// Makes the directory where needed, and the three files, or none of them: a key that exists is never overwritten.
Exit init_keys(Outside&, const std::filesystem::path& directory, Streams);
Exit show_keys(Outside&, Streams);
// How much of the store lies under which master key. Findings: some of it not under the current one.
Exit show_key_status(Outside&, bool json, Streams);
// Brings all of it under the current one. Findings: some is left.
Exit rotate_keys(Outside&, Streams);
// Writes the keys of the keyed digests to a new file, sealed under the current master key.
Exit carry_digests(Outside&, const std::filesystem::path& file, Streams);

// E29: the certificate number is a line of the standard input. Nothing is erased before that is confirmed.
Exit erase_subject(Outside&, domain::SubjectType, bool confirmed, Streams);

// E24: what the machine's clock shows now is right, whatever the instances knew of the time before.
Exit confirm_clock(Outside&, Streams);

Exit check_config(Outside&, bool json, Streams);
Exit show_template(Outside&, Streams);
Exit show_config(Outside&, Streams);

Exit migrate_database(Outside&, bool contract, Streams);
Exit print_migration(Outside&, bool contract, Streams);
// Findings: steps that are still to be taken.
Exit show_database(Outside&, bool json, Streams);
Exit check_database(Outside&, bool json, Streams);
// As the configured database gets them; `own_only`: those that it has a text of its own for.
Exit show_statements(Outside&, bool own_only, bool json, Streams);

// What is held for secrecy is neither listed nor counted, nor known to the others (E14).
Exit list_deliveries(Outside&, const ports::DeliveryFilter&, bool json, Streams);
Exit show_delivery(Outside&, domain::DeliveryId, bool json, Streams);

// One by its id, or all that the filter asks for: these are counted, and nothing is done before that is confirmed.
struct DeliveriesChosen {
    std::optional<domain::DeliveryId> id;
    ports::DeliveryFilter filter;
    bool confirmed = false;
};
Exit retry_deliveries(Outside&, const DeliveriesChosen&, Streams);
Exit hold_deliveries(Outside&, const DeliveriesChosen&, Streams);
Exit release_deliveries(Outside&, const DeliveriesChosen&, Streams);  // what an operator holds, and nothing else

Exit adopt_service(Outside&, const app::AdoptService&, Streams);

[[nodiscard]] Refusal no_such_delivery(domain::DeliveryId);
[[nodiscard]] std::vector<ports::InstanceSummary> instances_in(Outside&);  // of the store

// What hosts will have got wrong of what was accepted (E36), without identities; nothing that is secret (E14).
Exit list_doubts(Outside&, domain::EvaluationId after, std::size_t limit, bool json, Streams);

// Without identities; of a completion that is still secret only where it stands and why.
Exit list_journal(Outside&, bool json, Streams);
Exit show_journal(Outside&, std::int64_t id, bool json, Streams);
Exit retry_journal(Outside&, std::optional<std::int64_t> id, Streams);  // nothing = all
Exit move_journal(Outside&, std::int64_t id, const std::filesystem::path& file, Streams);

// The events of an instance that is no more, from its directory into the store.
Exit adopt_journal(Outside&, const std::filesystem::path& directory, Streams);

// Who holds which number, since when, until when. Findings: one that is lost.
Exit list_instances(Outside&, bool json, Streams);
// The number waits for nobody any more. `journal_lost`: what the instance may have accepted and not brought into the
// store is given up.
Exit retire_instance(Outside&, std::int32_t number, bool journal_lost, Streams);

struct VerifyLedger {
    std::filesystem::path public_key;  // empty = the anchor key of the ini
    bool quiet = false;                // findings only
    bool json = false;
};
Exit verify_ledger(Outside&, const VerifyLedger&, Streams);

// Whoever changes something of the centre's people is named by his staff id, and may what the table of access says.
Exit import_roster(Outside&, const std::string& actor, const std::filesystem::path& file, bool dry_run, Streams);
Exit list_staff(Outside&, bool json, Streams);
Exit propose_role(Outside&, const std::string& actor, const std::string& staff_id, domain::StaffRole, Streams);
Exit confirm_role(Outside&, const std::string& actor, domain::RoleGrantId, Streams);
Exit end_role(Outside&, const std::string& actor, domain::RoleGrantId, const std::string& why, Streams);
Exit found_supervision(Outside&, const std::string& actor, const std::array<std::string, 2>& supervisors, Streams);
// A link by which somebody signs on at the desk, once. It is printed here and nowhere else.
Exit invite_staff(Outside&, const std::string& actor, const std::string& staff_id, Streams);
Exit list_staff_sessions(Outside&, const std::string& staff_id, bool json, Streams);
Exit sign_out_staff(Outside&, const std::string& actor, const std::string& staff_id, Streams);
Exit show_access(Streams);  // needs no ini

// Drafts of a folder's three files, with a preview; `only_preview` changes nothing. Findings: any fault, and then
// nothing is imported.
Exit import_catalogue(Outside&, const std::string& actor, const std::filesystem::path& folder, bool only_preview,
                      Streams);
// Of a folder by itself, which needs no ini; without one (empty), of the store as it were with every draft released.
// Findings: any fault.
Exit check_catalogue(Outside&, const std::filesystem::path& folder, Streams);
// Every draft that he may release.
Exit release_catalogue(Outside&, const std::string& actor, Streams);
// What is active, or was at the end of that day, as the three files; the folder must not have them.
Exit export_catalogue(Outside&, const std::filesystem::path& folder, std::optional<domain::Day> at, Streams);
Exit list_catalogue(Outside&, bool json, Streams);

// M1.3, of the days of completion [from, to], by default of a year. Names of persons are in it.
Exit show_coverage(Outside&, std::optional<domain::Day> from, std::optional<domain::Day> to, bool json, Streams);

// Cases whose item is unknown or that are nobody's, and what waits for a second signature; nothing that is secret
// (E14).
Exit list_unassigned(Outside&, domain::CaseId after, std::size_t limit, bool json, Streams);
Exit assign_case(Outside&, const std::string& actor, const app::AttributionRequest&, Streams);
Exit sign_assignment(Outside&, const std::string& actor, domain::AttributionId, Streams);

struct ExplainCalendar {
    domain::Day day;
    std::optional<domain::Day> opened;  // E33: opened later than completed
    std::optional<int> days;
    std::optional<domain::Anchor> anchor;
    std::filesystem::path calendar_directory, policy_file;  // empty, both: those of the ini
};
Exit explain_calendar(Outside&, const ExplainCalendar&, Streams);

// What the calendar directory would move if it came into force now; with `file` in it, where one is given (E20, E21).
Exit preview_calendar(Outside&, const std::filesystem::path& file, std::size_t limit, bool json, Streams);
// Checks a file of notices with the others and puts it among them.
Exit import_calendar(Outside&, const std::filesystem::path& file, Streams);
// The local days of the directory are in force, on the word of a supervisor.
Exit activate_calendar(Outside&, const std::string& actor, Streams);

}  // namespace hcp::ctl
