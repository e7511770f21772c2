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
    Effect effect;
    std::string_view name;
    std::string_view messages = {};  // those it can spoil; empty: any
    std::string_view text = {};      // what is said unless another message is asked for; empty: there is no choice
    unsigned status = 200;
    bool hard_to_read = false;
};

constexpr Trait traits[] = {
    {FaultKind::inner_failure, seldom, "inner_failure", {}, "业务处理失败"},
    {FaultKind::body_string, always, "body_string"},
    {FaultKind::no_wrapper, always, "no_wrapper"},
    {FaultKind::empty_body, usually, "empty_body"},
    {FaultKind::duplicate, usually, "duplicate", {}, "评价数据不可重复"},
    {FaultKind::unknown_service, never, "unknown_service", {}, "没有对应的服务数据"},
    {FaultKind::token_expired, never, "token_expired", {}, "签名校验失败：令牌已过期"},
    {FaultKind::cut_after_store, always, "cut_after_store"},
    {FaultKind::html_error, seldom, "html_error", {}, {}, 502},
    {FaultKind::gbk_message, always, "gbk_message"},
    {FaultKind::slow, always, "slow"},
    {FaultKind::cut_before_store, never, "cut_before_store"},
    {FaultKind::http_500, seldom, "http_500", {}, {}, 500},
    {FaultKind::http_429, seldom, "http_429", {}, {}, 429},
    {FaultKind::http_503, seldom, "http_503", {}, {}, 503},
    {FaultKind::down, never, "down"},
    {FaultKind::drop_second, never, "drop_second"},
    {FaultKind::late, always, "late", "M1 M2"},
    {FaultKind::twice, always, "twice", "M1"},
    {FaultKind::gzip, usually, "gzip", {}, {}, 200, true},
    {FaultKind::utf16, usually, "utf16", {}, {}, 200, true},
    {FaultKind::numeric_flags, usually, "numeric_flags", {}, {}, 200, true},
    {FaultKind::contradiction, usually, "contradiction", {}, "操作成功", 200, true},
    {FaultKind::repeated_keys, usually, "repeated_keys", {}, {}, 200, true},
    {FaultKind::vague, usually, "vague", {}, "接收成功", 200, true},
    {FaultKind::truncated, usually, "truncated", {}, {}, 200, true},
    {FaultKind::gateway_words, usually, "gateway_words", {}, "验签成功，数据已接收", 200, true},
    {FaultKind::echo, never, "echo", "M1 M2"},
};
constexpr std::array<std::string_view, 5> targets{"any", "M1", "M2", "M4", "M5"};
constexpr std::chrono::milliseconds a_minute{60'000};

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

bool can_spoil(const Trait& trait, std::string_view message) {
    return trait.messages.empty() || trait.messages.find(message) != std::string_view::npos;
}

void set(Fault& fault, const Trait& trait, std::string_view key, const boost::json::value& value) {
    if (key == "count") {
        fault.count = integer(value, key, -1, 1'000'000'000);
        if (fault.count == 0) throw std::invalid_argument{"count: at least 1, or -1 until cleared"};
    } else if (key == "only") {
        fault.only = text(value, key);
        if (std::find(targets.begin(), targets.end(), fault.only) == targets.end())
            throw std::invalid_argument{"only: one of any, M1, M2, M4, M5"};
        if (fault.only != "any" && !can_spoil(trait, fault.only))
            throw std::invalid_argument{"only: not a choice for " + std::string{trait.name}};
    } else if (key == "certificate") {
        fault.certificate = text(value, key);
    } else if (key == "delay_ms") {
        fault.delay = std::chrono::milliseconds{integer(value, key, 0, 3'600'000)};
    } else if (key == "probability") {
        fault.probability = probability(value, key);
    } else if (key == "processed") {
        fault.processed = truth(value, key);
        if ((trait.effect == always && !fault.processed) || (trait.effect == never && fault.processed))
            throw std::invalid_argument{"processed: not a choice for " + std::string{trait.name}};
    } else if (key == "store_after_ms") {
        fault.store_after = std::chrono::milliseconds{integer(value, key, 0, 31'536'000'000)};
    } else if (key == "message" && !trait.text.empty()) {
        fault.message = text(value, key);
    } else if (key == "status" && trait.kind == FaultKind::html_error) {
        fault.status = static_cast<unsigned>(integer(value, key, 200, 599));
    } else if (key == "retry_after_s" && (trait.status == 429 || trait.status == 503)) {
        fault.retry_after_s = static_cast<int>(integer(value, key, -1, 86'400));
    } else if (key != "kind") {
        throw std::invalid_argument{std::string{key} + ": not known for " + std::string{trait.name}};
    }
}

bool applies(const Fault& fault, const Occasion& occasion) {
    if (fault.kind == FaultKind::down) return false;
    if (fault.kind == FaultKind::drop_second && occasion.number % 2 != 0) return false;
    if (!fault.certificate.empty() && fault.certificate != occasion.certificate) return false;
    return (fault.only == "any" || fault.only == occasion.message) && can_spoil(trait_of(fault.kind), occasion.message);
}

}  // namespace

std::string_view name_of(FaultKind kind) {
    return trait_of(kind).name;
}

const std::vector<FaultKind>& kinds_hard_to_read() {
    static const auto kinds = [] {
        std::vector<FaultKind> found;
        for (const auto& trait : traits)
            if (trait.hard_to_read) found.push_back(trait.kind);
        return found;
    }();
    return kinds;
}

Fault plain_fault(FaultKind kind) {
    const auto& trait = trait_of(kind);
    Fault fault;
    fault.kind = kind;
    fault.processed = trait.effect == always || trait.effect == usually;
    fault.status = trait.status;
    if (kind == FaultKind::slow) fault.delay = a_minute;
    if (kind == FaultKind::late) fault.store_after = a_minute;
    if (kind == FaultKind::drop_second) fault.count = -1;
    return fault;
}

std::string words_of(const Fault& fault, std::string_view message) {
    if (!fault.message.empty()) return fault.message;
    if (fault.kind == FaultKind::duplicate && message == "M1") return "已存在该条服务信息，请勿重复提交！";
    const auto text = trait_of(fault.kind).text;
    return std::string{text.empty() ? "系统繁忙，请稍后再试" : text};
}

Fault parse_fault(const boost::json::object& wish) {
    const auto* const kind = wish.if_contains("kind");
    if (kind == nullptr) throw std::invalid_argument{"kind: missing"};
    const auto& trait = trait_named(*kind);
    auto fault = plain_fault(trait.kind);
    for (const auto& member : wish) set(fault, trait, member.key(), member.value());
    if (wish.contains("store_after_ms") && !fault.processed)
        throw std::invalid_argument{"store_after_ms: nothing is stored"};
    if (!fault.certificate.empty() && (fault.only == "M2" || fault.only == "M5"))
        throw std::invalid_argument{"certificate: told by M1 and M4 alone"};
    return fault;
}

boost::json::object describe(const Fault& fault) {
    return {{"kind", name_of(fault.kind)},
            {"count", fault.count},
            {"only", fault.only},
            {"certificate", fault.certificate},
            {"delay_ms", fault.delay.count()},
            {"probability", fault.probability},
            {"processed", fault.processed},
            {"store_after_ms", fault.store_after.count()}};
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

std::optional<Fault> Faults::draw(const Occasion& occasion) {
    return draw_if([&occasion](const Fault& fault) { return applies(fault, occasion); });
}

bool Faults::draw_down() {
    return draw_if([](const Fault& fault) { return fault.kind == FaultKind::down; }).has_value();
}

}  // namespace province_sim
