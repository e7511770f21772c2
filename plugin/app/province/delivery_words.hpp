#pragma once
#include "plugin/domain/unknown_outcome.hpp"
#include "plugin/ports/store/deliveries.hpp"

#include <optional>
#include <string>
#include <string_view>

// What operators read of deliveries, and the codes that scripts use.
namespace hcp::app {

[[nodiscard]] std::string_view code_of(domain::DeliveryState);
[[nodiscard]] std::string_view code_of(domain::DeliveryKind);
[[nodiscard]] std::string_view code_of(domain::HeldReason);
// A code, or the words of the list.
[[nodiscard]] std::optional<domain::DeliveryState> state_from(std::string_view text);
[[nodiscard]] std::optional<domain::HeldReason> reason_from(std::string_view text);
[[nodiscard]] std::string all_reason_codes();

// Why it is where it is; nothing of what is delivered.
[[nodiscard]] std::string reason_of(const ports::DeliveryRow&);
// A default is never told as somebody's rating (M7.3).
[[nodiscard]] std::string kind_text(const ports::DeliverySummary&);
// Only what is in the queue has a next try; while it waits for another delivery, that is what it waits for.
[[nodiscard]] std::string next_try(const ports::DeliveryRow&);
[[nodiscard]] std::string number_text(std::int32_t number);

// What happened to it, what is known, and what comes next and when: a sentence each, empty where there is nothing.
struct Story {
    std::string happened, known, next;
};
[[nodiscard]] Story story_of(const ports::DeliveryRow&, const domain::SettleTerms&);

}  // namespace hcp::app
