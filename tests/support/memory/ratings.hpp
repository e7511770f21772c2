#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

[[nodiscard]] std::optional<RatingRow> rating_of(const Tables& t, RatingId id);

class MemoryRatings final : public Ratings {
public:
    explicit MemoryRatings(Unit& unit) : unit_{unit} {}
    result<std::vector<RatingRow>> after(RatingId id, std::size_t limit) override;
    result<std::vector<Channel>> channels(Instant from, Instant to) override;
    result<std::vector<RatingConsentRow>> consents_of(std::span<const RatingId> ids) override;
    result<std::vector<RatingConsentRow>> consents_after(RatingId id, std::size_t limit) override;
    result<void> insert(std::span<const RatingRow> all) override;
    result<void> insert(std::span<const RatingConsentRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
