#pragma once
#include "plugin/domain/figures.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace hcp::ports {

using namespace domain;

// Never counts what is under bid secrecy (E14).
struct QueueFigures {
    std::int64_t open_evaluations = 0, queued = 0, claimed = 0, delivered = 0, held = 0, parked = 0;
    std::int64_t bad_ratings_without_ticket = 0, unattributed_cases = 0, unclassified_cases = 0;
    std::int64_t wrong_numbers = 0, unknown_kinds = 0, unknown_lines = 0;  // evaluations (DoubtRow)
    std::int64_t doubled = 0, differences = 0;  // parked deliveries that the province holds otherwise than we
    std::optional<Instant> oldest_queued_at;
    std::optional<Instant> oldest_secret_since;  // for the 90-day alarm
};

class FigureQueries {
public:
    virtual ~FigureQueries() = default;
    virtual result<QueueFigures> queues() = 0;
    // Of all that has one; 0 in an empty store.
    virtual result<std::int64_t> highest_id() = 0;
    virtual result<std::vector<Count>> counts(Day from, Day to) = 0;  // [from, to), summed over instances
    // The same figures from the rows, for the nightly comparison.
    virtual result<std::vector<Count>> recounted(Day from, Day to) = 0;
    // What one case brings to them.
    virtual result<std::vector<Count>> recounted_of(CaseId) = 0;
};

class Figures : public FigureQueries {
public:
    virtual result<void> add(std::span<const Count>) = 0;
};

}  // namespace hcp::ports
