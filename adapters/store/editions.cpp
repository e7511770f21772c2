#include "adapters/store/editions.hpp"

#include "adapters/store/statement.hpp"

#include <algorithm>
#include <type_traits>

namespace hcp::store {
namespace {

// Behind "update TABLE".
constexpr std::string_view superseding = R"(
    set state = #edition.superseded, superseded_no = revision
    where code = :code and revision = :revision and state = :from)";
constexpr std::string_view releasing = R"(
    set state = #edition.active, released_by = :by, released_at_us = :at
    where code = :code and revision = :revision and state = #edition.draft)";

struct OfOneTable {
    Statement insert, all, standing, of, supersede, release;
};

constexpr struct {
    OfOneTable departments{
        {"departments.insert", "{insert departments}"},
        {"departments.all", "select {departments} from departments order by code, revision", true},
        {"departments.standing",
         "select {departments} from departments where superseded_no = 0 order by code, revision", true},
        {"departments.of", "select {departments} from departments where code in (@codes)"},
        {"departments.supersede", {"update departments ", superseding}},
        {"departments.release", {"update departments ", releasing}}};
    OfOneTable items{
        {"item_editions.insert", "{insert item_editions}"},
        {"item_editions.all", "select {item_editions} from item_editions order by code, revision", true},
        {"item_editions.standing",
         "select {item_editions} from item_editions where superseded_no = 0 order by code, revision", true},
        {"item_editions.of", "select {item_editions} from item_editions where code in (@codes)"},
        {"item_editions.supersede", {"update item_editions ", superseding}},
        {"item_editions.release", {"update item_editions ", releasing}}};
    OfOneTable guides{
        {"guides.insert", "{insert guides}"},
        {"guides.all", "select {guides} from guides order by code, revision", true},
        {"guides.standing", "select {guides} from guides where superseded_no = 0 order by code, revision", true},
        {"guides.of", "select {guides} from guides where code in (@codes)"},
        {"guides.supersede", {"update guides ", superseding}},
        {"guides.release", {"update guides ", releasing}}};
} editions_sql;

template <class Content>
constexpr const OfOneTable& statements_of() {
    if constexpr (std::is_same_v<Content, Department>) return editions_sql.departments;
    if constexpr (std::is_same_v<Content, Item>) return editions_sql.items;
    if constexpr (std::is_same_v<Content, Guide>) return editions_sql.guides;
}

}  // namespace

std::vector<const Statement*> edition_statements() {
    std::vector<const Statement*> all;
    // By hand: boost::pfr takes 8 GB to count the members of this struct.
    for (const auto* one : {&editions_sql.departments, &editions_sql.items, &editions_sql.guides})
        for (const auto* each : {&one->insert, &one->all, &one->standing, &one->of, &one->supersede, &one->release})
            all.push_back(each);
    return all;
}

template <class Content>
auto SqlEditions<Content>::all() -> result<std::vector<Row>> {
    return unit_.guarded([&] { return unit_.rows<Row>(statements_of<Content>().all); });
}

template <class Content>
auto SqlEditions<Content>::standing() -> result<std::vector<Row>> {
    return unit_.guarded([&] { return unit_.rows<Row>(statements_of<Content>().standing); });
}

template <class Content>
auto SqlEditions<Content>::of(std::span<const std::string> codes) -> result<std::vector<Row>> {
    return unit_.guarded([&] {
        std::vector<Row> out;
        unit_.query_list(statements_of<Content>().of, list(codes),
                         [&](Decoder from) { out.push_back(from.row<Row>()); });
        std::ranges::sort(out, {}, [](const Row& row) {
            return std::pair{std::string_view{code_of(row.content)}, row.edition.revision};
        });
        return out;
    });
}

template <class Content>
result<void> SqlEditions<Content>::insert(std::span<const Row> all) {
    return unit_.guarded([&] { unit_.insert(statements_of<Content>().insert, all); });
}

template <class Content>
result<std::int64_t> SqlEditions<Content>::supersede(std::string_view code, std::int32_t revision, EditionState from) {
    return unit_.guarded([&] {
        return unit_.change(statements_of<Content>().supersede, with("code", code, "revision", revision, "from", from));
    });
}

template <class Content>
result<std::int64_t> SqlEditions<Content>::release(std::string_view code, std::int32_t revision, std::string_view by,
                                                   Instant at) {
    return unit_.guarded([&] {
        return unit_.change(statements_of<Content>().release,
                            with("code", code, "revision", revision, "by", by, "at", at));
    });
}

template class SqlEditions<Department>;
template class SqlEditions<Item>;
template class SqlEditions<Guide>;

}  // namespace hcp::store
