#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/secrecy.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/store/openings.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

using namespace domain;

// A completed step as reported, frozen. Unique: key_digest (H5).
struct CaseRow {
    CaseId id;
    Digest key_digest{};
    Digest content_digest{};  // tells a repeat from another content under the same key
    std::string host_id, case_no, completion_no;
    Line line = Line::unknown;
    std::string project_no, section, node, project_name, item_code, department_id, department_name;
    Bytes sealed_handlers;
    Mode mode = Mode::unknown;
    Secrecy reported_secrecy;   // as the host said it; what holds now is secrecy()
    bool unattributed = false;  // 待归属: no department or no handler (M2.1)
    bool unclassified = false;  // 未归类: no such item (E18) or line (E36)
    bool withdrawn = false;     // E17
    Instant completed_at;
    std::optional<Instant> accepted_at, promised_at, secrecy_lifted_at, withdrawn_at;
    Instant opened_at;  // when the store took it: the start of the window when later than completion's day (E33)
    std::string policy_version, calendar_version;

    [[nodiscard]] Secrecy secrecy() const noexcept { return secrecy_lifted_at ? Secrecy{} : reported_secrecy; }
};

// Whose a case is and what was done, instead of what it says.
struct CaseAttribution {
    std::string item_code, department_id, department_name;
    bool unattributed = false, unclassified = false;
    Bytes sealed_handlers;  // empty: those of the case stay
};

// Withdrawals wait for their completion; unique: key_digest.
struct WithdrawalRow {
    Digest key_digest{};
    std::string host_id, case_no, completion_no;
    Bytes sealed_reason;  // empty = none given; free text, under the module's seal key
    Instant withdrawn_at, stored_at;
};

class CaseQueries {
public:
    virtual ~CaseQueries() = default;
    virtual result<std::vector<std::optional<CaseRow>>> by_key(std::span<const Digest>) = 0;             // in order
    virtual result<std::vector<std::optional<WithdrawalRow>>> withdrawals(std::span<const Digest>) = 0;  // in order
    virtual result<std::vector<CaseRow>> after(CaseId, std::size_t limit) = 0;                           // by id
    virtual result<std::optional<CaseRow>> find(CaseId) = 0;
    // With this number and that may be told (E14), the latest first.
    virtual result<std::vector<CaseRow>> by_number(std::string_view case_no, std::size_t limit) = 0;
    // Those in 待归属 or 未归类 that may be told (E14), by id.
    virtual result<std::vector<CaseRow>> unassigned_after(CaseId, std::size_t limit) = 0;
};

class Cases : public CaseQueries {
public:
    virtual result<void> insert(std::span<const CaseRow>) = 0;
    virtual result<void> insert(std::span<const WithdrawalRow>) = 0;
    virtual result<void> withdraw(CaseId, Instant at) = 0;
    virtual result<void> attribute(CaseId, const CaseAttribution&) = 0;
    // Ends the secrecy of the cases that this opening lifts; answers which those are.
    virtual result<std::vector<CaseId>> lift(const OpeningRow&, Instant at) = 0;
};

}  // namespace hcp::ports
