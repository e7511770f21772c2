#pragma once
#include "plugin/domain/secrecy.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/domain/vocabulary.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// What the host reports, after the gate has checked it. Absent text is empty: the domain has no meaningful empty
// string.
namespace hcp::domain {

// How far a clock of the host may be ahead of ours (E33, E38).
inline constexpr std::chrono::minutes most_ahead{5};

struct AgentFacts {
    std::string name, no;
    friend bool operator==(const AgentFacts&, const AgentFacts&) = default;
};

struct SubjectFacts {
    SubjectType type = SubjectType::legal;
    Role role = Role::unknown;
    std::string certificate_no;
    std::string certificate_kind;  // GA/T 2000.156; empty = by type
    std::string name, mobile, agent_name, agent_no;
    std::vector<AgentFacts> other_agents;  // who acted for it in the same completion (E57)
    friend bool operator==(const SubjectFacts&, const SubjectFacts&) = default;
};

struct StaffFacts {
    std::string staff_id, name;
    friend bool operator==(const StaffFacts&, const StaffFacts&) = default;
};

// H5: the idempotency key of a completion.
struct CompletionKey {
    std::string host_id, case_no, completion_no;
    friend auto operator<=>(const CompletionKey&, const CompletionKey&) = default;
};

struct Completion {
    CompletionKey key;
    Line line = Line::unknown;
    std::string project_no, section, node;
    std::string project_name, item_code, department_id, department_name;
    Instant completed_at;
    std::optional<Instant> accepted_at, promised_at;
    Mode mode = Mode::unknown;
    Secrecy secrecy;  // bids not opened yet, as the host says (E14)
    std::vector<SubjectFacts> subjects;
    std::vector<StaffFacts> handlers;
    friend bool operator==(const Completion&, const Completion&) = default;
};

struct Withdrawal {
    CompletionKey key;
    Instant withdrawn_at;
    std::string reason;
    friend bool operator==(const Withdrawal&, const Withdrawal&) = default;
};

struct BidsOpened {
    std::string host_id, project_no, section;  // an empty section = the whole project
    Instant opened_at;
    friend bool operator==(const BidsOpened&, const BidsOpened&) = default;
};

struct Visit {
    std::string host_id, visit_no;
    Line line = Line::unknown;
    Instant visited_at;
    std::string window, department_id, department_name, item_code, staff_id;
    std::optional<SubjectFacts> subject;
    friend bool operator==(const Visit&, const Visit&) = default;
};

using Event = std::variant<Completion, Withdrawal, BidsOpened, Visit>;

// How much is stored at once, in a frame of the journal and in a transaction of the store: all who come after it wait
// so long. A completion has up to a thousand subjects, so they are counted as well.
inline constexpr std::size_t most_events_at_once = 500, most_evaluations_at_once = 2000;

// How many evaluations it opens.
[[nodiscard]] inline std::size_t evaluations_of(const Event& event) noexcept {
    const auto* completion = std::get_if<Completion>(&event);
    return completion == nullptr ? 0 : completion->subjects.size();
}

}  // namespace hcp::domain
