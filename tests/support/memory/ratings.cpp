#include "tests/support/memory/ratings.hpp"

namespace hcp::test::memory {

std::optional<RatingRow> rating_of(const Tables& t, RatingId id) {
    const auto* rating = t.ratings.find(id);
    return rating == nullptr ? std::nullopt : std::optional{*rating};
}

result<std::vector<RatingRow>> MemoryRatings::after(RatingId id, std::size_t limit) {
    return page(unit_.tables.ratings, id, limit);
}

result<void> MemoryRatings::insert(std::span<const RatingRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            const std::pair key{row.evaluation_id, row.revision};
            refuse_unless(t.evaluations.contains(row.evaluation_id));
            conflict_if(t.ratings.contains(row.id) || t.ratings_by_revision.contains(key));
            t.ratings.put(unit_.undo, row.id, row);
            t.ratings_by_revision.put(unit_.undo, key, row.id);
        }
    });
}

}  // namespace hcp::test::memory
