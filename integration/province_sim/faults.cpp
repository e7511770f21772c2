#include "integration/province_sim/faults.hpp"

#include "integration/province_sim/wish.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace province_sim {
namespace {

// Whether the request takes effect, and whether the one who asks for the fault may choose.
enum class Effect { always, never, usually, seldom };
using enum Effect;

struct Trait {
    FaultKind kind;
    std::string_view name;
    Effect effect;
    unsigned status = 200;
};

constexpr Trait traits[] = {
    {FaultKind::inner_failure, "inner_failure", seldom},
    {FaultKind::body_string, "body_string", always},
    {FaultKind::no_wrapper, "no_wrapper", always},
    {FaultKind::empty_body, "empty_body", usually},
    {FaultKind::duplicate, "duplicate", usually},
    {FaultKind::unknown_service, "unknown_service", never},
    {FaultKind::token_expired, "token_expired", never},
    {FaultKind::cut_after_store, "cut_after_store", always},
    {FaultKind::html_error, "html_error", seldom, 502},
    {FaultKind::gbk_message, "gbk_message", always},
    {FaultKind::slow, "slow", always},
    {FaultKind::cut_before_store, "cut_before_store", never},
    {FaultKind::http_500, "http_500", seldom, 500},
    {FaultKind::http_429, "http_429", never, 429},
    {FaultKind::http_503, "http_503", never, 503},
    {FaultKind::down, "down", never},
};
constexpr std::array<std::string_view, 5> targets{"any", "M1", "M2", "M4", "M5"};
constexpr std::chrono::milliseconds slow_by_default{60'000};

const Trait& trait_of(FaultKind kind) {
    return *std::find_if(std::begin(traits), std::end(traits), [kind](const Trait& t) { return t.kind == kind; });
}

const Trait& trait_named(const boost::json::value& wish) {
    const auto* const found = std::find_if(std::begin(traits), std::end(traits), [&](const Trait& t) {
        return (wish.is_string() && wish.get_string() == t.name) ||
               (wish.is_int64() && wish.get_int64() == static_cast<std::int64_t>(t.kind) && t.kind <= FaultKind::slow);
    });
    if (found == std::end(traits)) throw std::invalid_argument{"kind: no such fault"};
    return *found;
}

bool has_message(FaultKind kind) {
    return kind == FaultKind::inner_failure || kind == FaultKind::duplicate || kind == FaultKind::unknown_service ||
           kind == FaultKind::token_expired;
}

void set(Fault& fault, const Trait& trait, std::string_view key, const boost::json::value& value) {
    if (key == "count") {
        fault.count = integer(value, key, -1, 1'000'000'000);
        if (fault.count == 0) throw std::invalid_argument{"count: at least 1, or -1 until cleared"};
    } else if (key == "only") {
        fault.only = text(value, key);
        if (std::find(targets.begin(), targets.end(), fault.only) == targets.end())
            throw std::invalid_argument{"only: one of any, M1, M2, M4, M5"};
    } else if (key == "delay_ms") {
        fault.delay = std::chrono::milliseconds{integer(value, key, 0, 3'600'000)};
    } else if (key == "probability") {
        fault.probability = probability(value, key);
    } else if (key == "processed") {
        fault.processed = truth(value, key);
        if ((trait.effect == always && !fault.processed) || (trait.effect == never && fault.processed))
            throw std::invalid_argument{"processed: not a choice for " + std::string{trait.name}};
    } else if (key == "message" && has_message(trait.kind)) {
        fault.message = text(value, key);
    } else if (key == "status" && trait.kind == FaultKind::html_error) {
        fault.status = static_cast<unsigned>(integer(value, key, 200, 599));
    } else if (key == "retry_after_s" && (trait.status == 429 || trait.status == 503)) {
        fault.retry_after_s = static_cast<unsigned>(integer(value, key, 0, 86'400));
    } else if (key != "kind") {
        throw std::invalid_argument{std::string{key} + ": not known for " + std::string{trait.name}};
    }
}

}  // namespace

std::string_view name_of(FaultKind kind) {
    return trait_of(kind).name;
}

Fault parse_fault(const boost::json::object& wish) {
    const auto* const kind = wish.if_contains("kind");
    if (kind == nullptr) throw std::invalid_argument{"kind: missing"};
    const auto& trait = trait_named(*kind);
    Fault fault;
    fault.kind = trait.kind;
    fault.processed = trait.effect == always || trait.effect == usually;
    fault.status = trait.status;
    if (trait.kind == FaultKind::slow) fault.delay = slow_by_default;
    for (const auto& member : wish) set(fault, trait, member.key(), member.value());
    return fault;
}

boost::json::object describe(const Fault& fault) {
    return {{"kind", name_of(fault.kind)},
            {"count", fault.count},
            {"only", fault.only},
            {"delay_ms", fault.delay.count()},
            {"probability", fault.probability},
            {"processed", fault.processed}};
}

void Faults::add(Fault fault) {
    const std::lock_guard lock{mutex_};
    faults_.push_back(std::move(fault));
}

void Faults::clear() {
    const std::lock_guard lock{mutex_};
    faults_.clear();
}

std::vector<Fault> Faults::active() {
    const std::lock_guard lock{mutex_};
    return faults_;
}

template <class Applies>
std::optional<Fault> Faults::draw_if(Applies applies) {
    const std::lock_guard lock{mutex_};
    std::uniform_real_distribution<double> chance{0, 1};
    for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
        if (!applies(*fault) || chance(random_) >= fault->probability) continue;
        auto drawn = *fault;
        if (fault->count > 0 && --fault->count == 0) faults_.erase(fault);
        return drawn;
    }
    return std::nullopt;
}

std::optional<Fault> Faults::draw(std::string_view message) {
    return draw_if([message](const Fault& fault) {
        return fault.kind != FaultKind::down && (fault.only == "any" || fault.only == message);
    });
}

bool Faults::draw_down() {
    return draw_if([](const Fault& fault) { return fault.kind == FaultKind::down; }).has_value();
}

}  // namespace province_sim
