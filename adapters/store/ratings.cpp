#include "adapters/store/ratings.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::RatingConsentRow;
using ports::RatingRow;

namespace {

constexpr struct {
    Statement insert{"ratings.insert", "{insert ratings}"};
    Statement after{"ratings.after", "select {ratings} from ratings where id > :after order by id {limit :limit}"};
    Statement channels{"ratings.channels", R"(
        select distinct r.channel from ratings r join evaluations e on e.id = r.evaluation_id
        where r.received_at_us >= :from and r.received_at_us < :to and r.origin = #origin.authored and {told e}
        order by r.channel)",
                       true};
    Statement insert_consent{"ratings.insert_consent", "{insert rating_consents}"};
    Statement consents_of{"ratings.consents_of", R"(
        select {rating_consents} from rating_consents where rating_id in (@ids) order by rating_id)"};
    Statement consents_after{"ratings.consents_after", R"(
        select {rating_consents} from rating_consents where rating_id > :after order by rating_id {limit :limit})"};
} ratings_sql;

}  // namespace

std::vector<const Statement*> SqlRatings::statements() {
    return list_of(ratings_sql);
}

result<std::vector<RatingRow>> SqlRatings::after(RatingId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<RatingRow>(ratings_sql.after, with("after", id.value(), "limit", limit)); });
}

result<std::vector<Channel>> SqlRatings::channels(Instant from, Instant to) {
    return unit_.guarded([&] {
        std::vector<Channel> all;
        unit_.query(ratings_sql.channels, with("from", from, "to", to),
                    [&](Decoder row) { all.push_back(row.take<Channel>()); });
        return all;
    });
}

result<std::vector<RatingConsentRow>> SqlRatings::consents_of(std::span<const RatingId> ids) {
    return unit_.guarded([&] {
        std::vector<RatingConsentRow> out;
        unit_.query_list(ratings_sql.consents_of, list(ids),
                         [&](Decoder from) { out.push_back(from.row<RatingConsentRow>()); });
        return out;
    });
}

result<std::vector<RatingConsentRow>> SqlRatings::consents_after(RatingId id, std::size_t limit) {
    return unit_.guarded([&] {
        return unit_.rows<RatingConsentRow>(ratings_sql.consents_after, with("after", id.value(), "limit", limit));
    });
}

result<void> SqlRatings::insert(std::span<const RatingRow> all) {
    return unit_.guarded([&] { unit_.insert(ratings_sql.insert, all); });
}

result<void> SqlRatings::insert(std::span<const RatingConsentRow> all) {
    return unit_.guarded([&] { unit_.insert(ratings_sql.insert_consent, all); });
}

}  // namespace hcp::store
