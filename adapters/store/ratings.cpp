#include "adapters/store/ratings.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::RatingRow;

namespace {

constexpr struct {
    Statement insert{"ratings.insert", "{insert ratings}"};
    Statement after{"ratings.after", "select {ratings} from ratings where id > :after order by id {limit :limit}"};
} sql;

}  // namespace

std::vector<const Statement*> SqlRatings::statements() {
    return list_of(sql);
}

result<std::vector<RatingRow>> SqlRatings::after(RatingId id, std::size_t limit) {
    return unit_.guarded([&] { return unit_.rows<RatingRow>(sql.after, with("after", id.value(), "limit", limit)); });
}

result<void> SqlRatings::insert(std::span<const RatingRow> all) {
    return unit_.guarded([&] { unit_.insert(sql.insert, all); });
}

}  // namespace hcp::store
