#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/domain/unmasking.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// That it is said to be out who rated (M16.4). Decided once, never deleted. Unique: id.
struct LeakCaseRow {
    LeakCaseId id;
    EvaluationId evaluation_id;
    std::string reported_by;  // staff id
    Instant reported_at;
    Bytes sealed_occasion;  // under the subject's data key
    Digest occasion_digest{};
    LeakFinding finding = LeakFinding::open;
    std::string culprit;   // staff id; of a confirmed one
    Bytes sealed_outcome;  // as the occasion
    Digest outcome_digest{};
    std::string decided_by;  // staff id
    std::optional<Instant> decided_at;
};

// How it ended, and by whom.
struct LeakDecision {
    LeakFinding finding = LeakFinding::unfounded;
    std::string culprit;
    Bytes sealed_outcome;
    Digest outcome_digest{};
    std::string decided_by;
    Instant decided_at;
};

class LeakCaseQueries {
public:
    virtual ~LeakCaseQueries() = default;
    virtual result<std::vector<LeakCaseRow>> after(LeakCaseId, std::size_t limit) = 0;  // by id
    virtual result<std::optional<LeakCaseRow>> find(LeakCaseId) = 0;
    // The latest first, those before that one.
    virtual result<std::vector<LeakCaseRow>> before(LeakCaseId, std::size_t limit) = 0;
};

class LeakCases : public LeakCaseQueries {
public:
    virtual result<void> insert(std::span<const LeakCaseRow>) = 0;
    // Answers how many, 0 or 1: 0 was decided before.
    virtual result<std::int64_t> decide(LeakCaseId, const LeakDecision&) = 0;
};

}  // namespace hcp::ports
