#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/ratings.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::RatingRow> auto& r) {
    io("id", r.id);
    io("evaluation_id", r.evaluation_id);
    io("revision", r.revision);
    io("origin", r.origin);
    io("level_code", r.level);
    io("tags", r.tags);
    io("sealed_text", r.sealed_text);
    io("text_digest", r.text_digest);
    io("channel", r.channel);
    io("incomplete", r.incomplete);
    io("unsubmitted", r.unsubmitted);
    io("real_name", r.real_name);
    io("request_digest", r.request_digest);
    io("received_at_us", r.received_at);
    io("stored_at_us", r.stored_at);
    io("ledger_lane", r.ledger_lane);
    io("ledger_seq", r.ledger_seq);
}

void fields(auto& io, Of<ports::RatingConsentRow> auto& r) {
    io("rating_id", r.rating_id);
    io("shown_to_rated", r.shown_to_rated);
    io("may_be_contacted", r.may_be_contacted);
    io("sealed_phone", r.sealed_phone);
    io("phone_digest", r.phone_digest);
}

class SqlRatings final : public ports::Ratings {
public:
    explicit SqlRatings(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::RatingRow>> after(RatingId, std::size_t limit) override;
    result<std::vector<Channel>> channels(Instant from, Instant to) override;
    result<std::vector<ports::RatingConsentRow>> consents_of(std::span<const RatingId>) override;
    result<std::vector<ports::RatingConsentRow>> consents_after(RatingId, std::size_t limit) override;
    result<void> insert(std::span<const ports::RatingRow>) override;
    result<void> insert(std::span<const ports::RatingConsentRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
