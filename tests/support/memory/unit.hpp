#pragma once
#include "plugin/domain/utf8.hpp"
#include "tests/support/memory/tables.hpp"

#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace hcp::test::memory {

// How an operation ends inside; becomes an error_code where it leaves the store.
struct Failure {
    store_errc code;
};

// One transaction. The first failure stays.
struct Unit {
    Tables& tables;
    Undo undo;
    std::optional<store_errc> failed;

    template <class Work, class T = std::invoke_result_t<Work>>
    result<T> guarded(Work work) {
        try {
            if constexpr (std::is_void_v<T>) {
                work();
                return {};
            } else {
                return work();
            }
        } catch (const Failure& failure) {
            if (!failed) failed = failure.code;
            return make_error_code(failure.code);
        }
    }
};

inline void refuse_unless(bool right) {
    if (!right) throw Failure{store_errc::refused};
}
inline void conflict_if(bool taken) {
    if (taken) throw Failure{store_errc::conflict};
}
// The lengths of the columns in sql/, in characters.
inline void fits(const std::string& text, std::size_t most) {
    refuse_unless(characters(text) <= most);
}

template <class T, class Find>
std::vector<std::optional<T>> in_order(std::span<const Digest> keys, const Find& find) {
    std::vector<std::optional<T>> out;
    for (const auto& key : keys) {
        const T* row = find(key);
        out.push_back(row == nullptr ? std::nullopt : std::optional{*row});
    }
    return out;
}

template <class Id, class Row>
std::vector<Row> page(const Table<Id, Row>& table, const Id& after, std::size_t limit) {
    std::vector<Row> out;
    for (auto at = table.after(after); at != table.end() && out.size() < limit; ++at) out.push_back(at->second);
    return out;
}

}  // namespace hcp::test::memory
