#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ticket.hpp"
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/store/evaluations.hpp"

#include <optional>
#include <span>
#include <vector>

namespace hcp::ports {

using namespace domain;

// Unique: rating, comment. Exactly one per bad review (M2.3).
struct TicketRow {
    TicketId id;
    EvaluationId evaluation_id;
    RatingId rating_id;    // 0 for a care ticket from a late comment (E13), which has no deadlines
    CommentId comment_id;  // 0 for any other
    TicketState state = TicketState::fresh;
    Level level = Level::dissatisfied;
    bool real_name = true;
    Instant received_at;
    std::optional<Instant> contact_deadline, rectify_deadline;  // E6
};

// A ticket that runs, with what its clocks are counted by.
struct RunningTicket {
    TicketRow ticket;
    EvaluationRow evaluation;
    CaseRow case_row;
};
struct TicketTerms {
    TicketId id;
    Instant contact_deadline, rectify_deadline;
};

class TicketQueries {
public:
    virtual ~TicketQueries() = default;
    // What a bad review started; none of any other rating.
    virtual result<std::optional<TicketRow>> of_rating(RatingId) = 0;
    virtual result<std::vector<TicketRow>> after(TicketId, std::size_t limit) = 0;  // by id
    // With clocks that nobody has stopped, by id.
    virtual result<std::vector<RunningTicket>> running_after(TicketId, std::size_t limit) = 0;
};

class Tickets : public TicketQueries {
public:
    virtual result<void> insert(std::span<const TicketRow>) = 0;
    virtual result<void> extend(std::span<const TicketTerms>) = 0;  // those that still run
};

}  // namespace hcp::ports
