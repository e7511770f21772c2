#include "adapters/store/codes.hpp"

#include "plugin/domain/delivery.hpp"
#include "plugin/domain/edition.hpp"
#include "plugin/domain/evaluation.hpp"
#include "plugin/domain/figures.hpp"
#include "plugin/domain/secrecy.hpp"
#include "plugin/domain/ticket.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/domain/vocabulary.hpp"

#include <algorithm>
#include <chrono>
#include <concepts>
#include <iterator>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace hcp::store {
namespace {

using namespace domain;

struct Code {
    template <class Number>
    constexpr Code(std::string_view said, Number stands_for)
        : name{said}, number{static_cast<std::int64_t>(stands_for)} {}
    std::string_view name;
    std::int64_t number;
};

template <class Duration>
constexpr std::int64_t in_us(Duration d) {
    return std::chrono::microseconds{d}.count();
}

constexpr Code codes[] = {
    {"evaluation.open", EvaluationState::open},
    {"evaluation.defaulted", EvaluationState::defaulted},
    {"evaluation.voided", EvaluationState::voided},
    {"delivery.queued", DeliveryState::queued},
    {"delivery.claimed", DeliveryState::claimed},
    {"delivery.delivered", DeliveryState::delivered},
    {"delivery.held", DeliveryState::held},
    {"delivery.parked", DeliveryState::parked},
    {"held.none", HeldReason::none},
    {"held.secrecy", HeldReason::secrecy},
    {"held.unclassified", HeldReason::unclassified},
    {"held.withdrawn", HeldReason::withdrawn},
    {"held.doubled", HeldReason::doubled},
    {"held.unclear", HeldReason::unclear},
    {"held.difference", HeldReason::difference},
    {"held.by_operator", HeldReason::by_operator},
    {"edition.draft", EditionState::draft},
    {"edition.active", EditionState::active},
    {"edition.superseded", EditionState::superseded},
    {"kind.service", DeliveryKind::service},
    {"level.dissatisfied", Level::dissatisfied},
    {"metric.opened", Metric::opened},
    {"metric.voided", Metric::voided},
    {"metric.withdrawn_after_rating", Metric::withdrawn_after_rating},
    {"metric.comment_late", Metric::comment_late},
    {"metric.ticket_opened", Metric::ticket_opened},
    {"metric.care_ticket_opened", Metric::care_ticket_opened},
    {"metric.visit", Metric::visit},
    {"metric.per_origin", metrics_per_origin},
    {"metric.origins_before_unsubmitted", origins_before_unsubmitted},
    {"origin.authored", Origin::authored},
    {"secrecy.none", Secrecy{}.flag()},
    {"secrecy.holds", Secrecy::until_opening().flag()},
    {"ticket.fresh", TicketState::fresh},
    {"us.shanghai", in_us(shanghai_offset)},
    {"us.day", in_us(std::chrono::days{1})},
};

}  // namespace

std::int64_t code(std::string_view name) {
    const auto* const found =
        std::find_if(std::begin(codes), std::end(codes), [&](const Code& c) { return c.name == name; });
    if (found == std::end(codes)) throw std::logic_error{"no code #" + std::string{name}};
    return found->number;
}

}  // namespace hcp::store
