#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::store {

class Dialect;

// A statement of the store, written once for every database. Each subject's file holds its own; sessions prepare them.
//
//   :now             a parameter, as often as it is needed
//   @keys            as many parameters as a list of keys needs; one list a statement
//   #delivery.held   the number of an enumerator, or another constant of domain/ (codes.cpp)
//   {cases c}        the columns of a table, each behind its alias and named after both, so that no two of a query have
//                    one name
//   {dossiers o; COLUMN: EXPRESSION}
//                    the same, but for one column that is read otherwise
//   {insert cases}   insert into cases (...) values (...), each column from a parameter of its name
//   {upsert counters by KEY, KEY: ASSIGNMENTS}
//                    the same, or changes the row of that key; new.n is the column of the row that came; without
//                    assignments every other column is replaced
//   {told e}         that an evaluation may be counted and listed outside (E14)
// and what each database has its own words for:
//   {limit :n}       so many rows at most
//   {hint INDEX}     the index to go by
//   {apart COLUMN}   a column, so that no index that begins with it is taken
//   {day COLUMN}     the day in Shanghai of an instant
//   {one row}        where there is no table to select from
//   {blank}          the text that stands for none in a key, beside columns of text
//   {take}           behind a select: its rows are ours until the transaction ends, but for those that are another's
//   {await}          the same, and those that are another's are waited for
struct Statement {
    // In parts, of which several statements share some.
    struct Text {
        std::array<std::string_view, 4> parts{};
        constexpr Text(const char* all) : parts{all} {}  // NOLINT: a text is what it is given
        constexpr Text(std::string_view head, std::string_view rest, std::string_view more = {},
                       std::string_view end = {})
            : parts{head, rest, more, end} {}
    };
    std::string_view name;  // "deliveries.claim": how a dialect, a test and an operator refer to it
    Text text;
    bool walks = false;  // through a table that grows; any other goes by an index, which a test asks the database
};

// Everything but its parameters and its list filled in, as this dialect spells it.
[[nodiscard]] std::string spelled(const Statement&, const Dialect&);

constexpr std::string_view word_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

// As a driver takes it.
struct DriverText {
    std::string sql;                 // parameters are `?`
    std::vector<std::string> names;  // of the parameters, in the order of first use
    std::vector<int> order;          // per `?`: which of `names`, or `listed`
    static constexpr int listed = -1;

    // The text cut at its parameters: the n-th piece stands before the n-th of them, the last behind them all.
    [[nodiscard]] std::vector<std::string> pieces() const;
    // Where the value of each of `names` stands among those that came. Throws std::logic_error where one is missing.
    [[nodiscard]] std::vector<std::size_t> places(std::span<const std::string_view> given) const;
};
// `keys` = how many stand for the list.
[[nodiscard]] DriverText driver_text(std::string_view spelled, std::size_t keys);

// Between the two statements of an upsert, where a database has none in one: the second is for a row of whose key the
// first found none.
inline constexpr std::string_view or_else = "; ";

// Every statement of every subject.
[[nodiscard]] std::vector<const Statement*> all_statements();

}  // namespace hcp::store
