#pragma once
#include "adapters/ctl/outside.hpp"
#include "plugin/domain/deadline.hpp"
#include "plugin/domain/delivery.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/ports/store/deliveries.hpp"

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

// A person's word on which of the services that the province lists is a case's.
struct AdoptService {
    std::string case_no;
    std::int32_t number = 0;
    std::optional<domain::DeliveryId> delivery;  // needed where several subjects of the case wait for it
};
Exit adopt_service(Outside&, const AdoptService&, Streams);

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

struct ExplainCalendar {
    domain::Day day;
    std::optional<domain::Day> opened;  // E33: opened later than completed
    std::optional<int> days;
    std::optional<domain::Anchor> anchor;
    std::filesystem::path calendar_directory, policy_file;  // empty, both: those of the ini
};
Exit explain_calendar(Outside&, const ExplainCalendar&, Streams);

}  // namespace hcp::ctl
