#pragma once
#include "plugin/domain/text.hpp"
#include "plugin/ports/store/evaluations.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hcp::app {

// Where a page of open evaluations ended, as whoever asked hands it back: opaque to them.
[[nodiscard]] inline std::string cursor_of(const ports::UnansweredPlace& place) {
    return std::to_string(domain::to_us(place.deadline)) + '-' + std::to_string(place.id.value());
}

// Nothing when it is none of ours.
[[nodiscard]] inline std::optional<ports::UnansweredPlace> place_of(std::string_view cursor) {
    const auto dash = cursor.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto deadline = domain::whole_number<std::int64_t>(cursor.substr(0, dash));
    const auto id = domain::whole_number<std::int64_t>(cursor.substr(dash + 1));
    if (!deadline || !id || *deadline <= 0 || *id <= 0) return std::nullopt;
    return ports::UnansweredPlace{domain::instant_from_us(*deadline), domain::EvaluationId{*id}};
}

}  // namespace hcp::app
