#pragma once
#include "plugin/app/rating/record_rating.hpp"
#include "plugin/ports/store/errors.hpp"
#include "plugin/run/outcome.hpp"

#include <utility>
#include <variant>

namespace hcp::app {

// How an answer that waits for the database ends.
using RatingOutcome = std::variant<RatingReply, run::DidNotHappen, run::InDoubt, run::Failed>;

[[nodiscard]] inline RatingOutcome rating_outcome(ports::result<RatingReply> stored) {
    if (stored) return *std::move(stored);
    if (stored.error() == ports::store_errc::in_doubt) return run::InDoubt{};
    if (stored.error() == ports::store_errc::unavailable || stored.error() == ports::store_errc::conflict)
        return run::DidNotHappen{};
    return run::Failed{stored.error()};
}

}  // namespace hcp::app
