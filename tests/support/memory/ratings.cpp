#include "tests/support/memory/ratings.hpp"

#include <algorithm>
#include <set>

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

result<std::vector<Channel>> MemoryRatings::channels(Instant from, Instant to) {
    std::set<Channel> all;
    for (const auto& [id, row] : unit_.tables.ratings)
        if (row.origin == Origin::authored && row.received_at >= from && row.received_at < to &&
            unit_.tables.evaluations.find(row.evaluation_id)->secrecy.may_be_told())
            all.insert(row.channel);
    return std::vector<Channel>{all.begin(), all.end()};
}

result<std::vector<RatingConsentRow>> MemoryRatings::consents_of(std::span<const RatingId> ids) {
    std::vector<RatingConsentRow> out;
    for (const auto& [id, row] : unit_.tables.consents)
        if (std::ranges::find(ids, id) != ids.end()) out.push_back(row);
    return out;
}

result<std::vector<RatingConsentRow>> MemoryRatings::consents_after(RatingId id, std::size_t limit) {
    return page(unit_.tables.consents, id, limit);
}

result<void> MemoryRatings::insert(std::span<const RatingConsentRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            refuse_unless(unit_.tables.ratings.contains(row.rating_id));
            conflict_if(unit_.tables.consents.contains(row.rating_id));
            unit_.tables.consents.put(unit_.undo, row.rating_id, row);
        }
    });
}

}  // namespace hcp::test::memory
