#include "integration/province_sim/mood.hpp"

#include "integration/province_sim/wish.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace province_sim {
namespace {

// Each in [0, 1).
struct Dice {
    double which, when, form;
};

std::chrono::milliseconds part_of(std::chrono::milliseconds whole, double part) {
    return std::chrono::floor<std::chrono::milliseconds>(whole * part);
}

FaultKind pick(std::span<const FaultKind> kinds, double where) {
    return kinds[static_cast<std::size_t>(where * static_cast<double>(kinds.size()))];
}

bool stores(std::string_view message) {
    return message == "M1" || message == "M2";
}

Fault swallow(const Dice&, const Temper&, std::string_view) {
    return plain_fault(FaultKind::cut_before_store);
}

Fault cut(const Dice&, const Temper&, std::string_view) {
    return plain_fault(FaultKind::cut_after_store);
}

Fault delay(const Dice& dice, const Temper& temper, std::string_view message) {
    const auto time = part_of(temper.late_up_to, dice.when);
    if (!stores(message)) {
        auto slow = plain_fault(FaultKind::slow);
        slow.delay = time;
        return slow;
    }
    auto late = plain_fault(dice.form < 0.5 ? FaultKind::late : FaultKind::cut_after_store);
    late.store_after = time;
    return late;
}

Fault repeat(const Dice& dice, const Temper& temper, std::string_view) {
    auto twice = plain_fault(FaultKind::twice);
    twice.store_after = part_of(temper.late_up_to, dice.when);
    return twice;
}

Fault fail_inside(const Dice&, const Temper&, std::string_view) {
    auto failure = plain_fault(FaultKind::inner_failure);
    failure.message = "系统繁忙，请稍后";
    return failure;
}

Fault be_busy(const Dice& dice, const Temper&, std::string_view) {
    constexpr std::array kinds{FaultKind::http_503, FaultKind::http_429, FaultKind::html_error};
    auto busy = plain_fault(pick(kinds, dice.form));
    busy.processed = true;
    return busy;
}

Fault mumble(const Dice& dice, const Temper&, std::string_view) {
    return plain_fault(pick(kinds_hard_to_read(), dice.form));
}

// The ways a request can fare, with the messages that can fare so.
struct Turn {
    std::string_view name;
    double Temper::*probability;
    std::string_view messages;
    Fault (*befall)(const Dice&, const Temper&, std::string_view message);
};

constexpr std::string_view all = "M1 M2 M4 M5";

constexpr Turn turns[] = {
    {"lost", &Temper::lost, all, swallow},
    {"cut_before", &Temper::cut_before, all, swallow},
    {"cut_after", &Temper::cut_after, all, cut},
    {"late", &Temper::late, all, delay},
    {"twice", &Temper::twice, "M1", repeat},
    {"inner_failure", &Temper::inner_failure, "M1 M2", fail_inside},
    {"busy_stored", &Temper::busy_stored, all, be_busy},
    {"hard_to_read", &Temper::hard_to_read, all, mumble},
};

constexpr std::int64_t a_year_ms = 31'536'000'000;

void set(Temper& temper, std::string_view key, const boost::json::value& value) {
    const auto* const turn =
        std::find_if(std::begin(turns), std::end(turns), [key](const Turn& t) { return t.name == key; });
    if (turn != std::end(turns))
        temper.*turn->probability = probability(value, key);
    else if (key == "seed")
        temper.seed = static_cast<std::uint64_t>(integer(value, key, 0, INT64_MAX));
    else if (key == "late_ms")
        temper.late_up_to = std::chrono::milliseconds{integer(value, key, 0, a_year_ms)};
    else if (key == "lag_ms")
        temper.lag = std::chrono::milliseconds{integer(value, key, 0, a_year_ms)};
    else
        throw std::invalid_argument{std::string{key} + ": not known"};
}

}  // namespace

Temper parse_temper(const boost::json::object& wish) {
    Temper temper;
    for (const auto& member : wish) set(temper, member.key(), member.value());
    double sum = 0;
    for (const auto& turn : turns) sum += temper.*turn.probability;
    if (sum > 1) throw std::invalid_argument{"the probabilities add up to more than 1"};
    return temper;
}

boost::json::object describe(const Temper& temper) {
    boost::json::object told{{"seed", temper.seed}};
    for (const auto& turn : turns) told[turn.name] = temper.*turn.probability;
    told["late_ms"] = temper.late_up_to.count();
    told["lag_ms"] = temper.lag.count();
    return told;
}

void Mood::begin(const Temper& temper) {
    const std::lock_guard lock{mutex_};
    temper_ = temper;
    random_.seed(temper.seed);
}

void Mood::end() {
    const std::lock_guard lock{mutex_};
    temper_.reset();
}

std::optional<Temper> Mood::temper() {
    const std::lock_guard lock{mutex_};
    return temper_;
}

std::optional<Fault> Mood::draw(std::string_view message) {
    const std::lock_guard lock{mutex_};
    if (!temper_) return std::nullopt;
    // Not std::uniform_real_distribution, which each library is free to compute in its own way.
    const auto die = [this] { return static_cast<double>(random_() >> 11U) * 0x1p-53; };
    const Dice dice{die(), die(), die()};
    double edge = 0;
    for (const auto& turn : turns) {
        edge += (*temper_).*turn.probability;
        if (dice.which >= edge) continue;
        if (turn.messages.find(message) == std::string_view::npos) return std::nullopt;
        return turn.befall(dice, *temper_, message);
    }
    return std::nullopt;
}

std::chrono::milliseconds Mood::lag() {
    const std::lock_guard lock{mutex_};
    return temper_ ? temper_->lag : std::chrono::milliseconds{0};
}

}  // namespace province_sim
