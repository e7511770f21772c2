#pragma once
#include "plugin/ports/result.hpp"
#include "plugin/ports/store/errors.hpp"

#include <utility>
#include <variant>

namespace hcp::run {

// How a question that waits for the database ends. Closed: whoever answers for it says something to each.

// Not within its time, and it will not happen later either: nothing of it is stored.
struct DidNotHappen {};
// Begun, and its end is not known: it may be stored. Only a reread tells; a repeat is harmless.
struct InDoubt {};
// Our fault; nothing of it is stored, and a repeat is useless.
struct Failed {
    ports::error_code why;
};

// What only reads has no effect to be in doubt of.
template <class T>
using ReadOutcome = std::variant<T, DidNotHappen, Failed>;

template <class T>
[[nodiscard]] ReadOutcome<T> read_outcome(ports::result<T> read) {
    if (read) return *std::move(read);
    if (read.error() == ports::store_errc::unavailable || read.error() == ports::store_errc::conflict ||
        read.error() == ports::store_errc::in_doubt)
        return DidNotHappen{};
    return Failed{read.error()};
}

}  // namespace hcp::run
