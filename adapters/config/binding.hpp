#pragma once
#include "adapters/config/schema.hpp"

#include <boost/pfr/tuple_size.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

// Binds each key to the member it fills. The way to the member is what code calls the key by,
// at<&Settings::store, &StoreSettings::sessions>, so a mistyped key does not compile; kind and unit follow from the
// member's type; and tables check themselves with is_sound and is_complete.
namespace hcp::config {

// A word of the ini and what it stands for. For an optional: whether it is there.
template <class T>
struct Word {
    std::string_view word;
    T means;
};

// The step into an optional value that another key makes. Into an optional part one steps without saying so.
struct Inside {};
inline constexpr Inside inside;

namespace binding {

template <class T>
struct Optional {
    static constexpr bool is = false;
    using value = T;
};
template <class T>
struct Optional<std::optional<T>> {
    static constexpr bool is = true;
    using value = T;
};
template <class T>
inline constexpr bool is_optional = Optional<T>::is;
template <class T>
using value_of = typename Optional<T>::value;

template <class T>
struct Number {
    static constexpr bool is = std::is_integral_v<T> && !std::is_same_v<T, bool>;
    using rep = T;
};
template <class Rep, class Period>
struct Number<std::chrono::duration<Rep, Period>> {
    static constexpr bool is = true;
    using rep = Rep;
};
template <class T>
inline constexpr bool is_number = Number<T>::is;

// Nothing for a part, which can only be switched on and off.
template <class T>
constexpr std::optional<Kind> kind_of() {
    using std::is_same_v, std::filesystem::path;
    if (is_same_v<T, bool>) return Kind::on_off;
    if (is_same_v<T, std::chrono::milliseconds>) return Kind::milliseconds;
    if (is_same_v<T, std::chrono::seconds>) return Kind::seconds;
    if (is_same_v<T, std::chrono::minutes>) return Kind::time_of_day;
    if (is_same_v<T, std::chrono::days>) return Kind::days;
    if (is_number<T>) return Kind::count;
    if (is_same_v<T, std::string>) return Kind::text;
    if (is_same_v<T, path>) return Kind::path;
    if (is_same_v<T, std::vector<path>>) return Kind::secret_paths;
    if (is_same_v<T, std::vector<std::string>>) return Kind::list;
    if (is_same_v<T, ports::Address>) return Kind::address;
    if (is_same_v<T, ports::Url>) return Kind::url;
    return std::nullopt;
}
template <class T>
inline constexpr bool is_switch = is_optional<T> && !kind_of<value_of<T>>();

template <class T>
inline constexpr std::int64_t most = 0;
template <class T>
requires is_number<T>
inline constexpr std::int64_t most<T> = static_cast<std::int64_t>(std::min<std::uint64_t>(
    std::numeric_limits<typename Number<T>::rep>::max(), std::numeric_limits<std::int64_t>::max()));

// What a checked value for a T is kept as.
template <class T>
using Kept =
    std::conditional_t<is_switch<T>, bool, std::conditional_t<is_number<value_of<T>>, std::int64_t, value_of<T>>>;

template <class T>
void set(T& to, const Value& value) {
    if constexpr (is_switch<T>) {
        if (std::get<bool>(value)) to.emplace();
    } else if constexpr (is_optional<T>) {
        if (!std::holds_alternative<Off>(value)) set(to.emplace(), value);
    } else if (std::holds_alternative<Off>(value)) {
        to = T{};
    } else if constexpr (is_number<T>) {
        to = T{static_cast<typename Number<T>::rep>(std::get<std::int64_t>(value))};  // the row's range fits the type
    } else {
        to = std::get<T>(value);
    }
}

template <class T, std::size_t n>
void set(T& to, const Value& value, const Word<T> (&words)[n]) {
    to = std::ranges::find(words, std::get<std::string>(value), &Word<T>::word)->means;
}
template <class T, std::size_t n>
void set(std::optional<T>& to, const Value& value, const Word<bool> (&words)[n]) {
    if (std::ranges::find(words, std::get<std::string>(value), &Word<bool>::word)->means) to.emplace();
}

// The member at the end of the way. Optionals on it that are absent are made, or else there is none: null.
struct Way {
    template <class T>
    static T* end(T& here, bool /*make*/) {
        return &here;
    }
    template <class Part, class T, class... Rest>
    static auto* end(Part& here, bool make, T Part::*member, Rest... rest) {
        return end(here.*member, make, rest...);
    }
    template <class Part, class T, class... Rest>
    static auto* end(std::optional<Part>& here, bool make, T Part::*member, Rest... rest) {
        return end(here, make, inside, member, rest...);
    }
    template <class Part, class... Rest>
    static auto* end(std::optional<Part>& here, bool make, Inside, Rest... rest) {
        if (!here && make) here.emplace();
        return here ? end(*here, make, rest...) : nullptr;
    }
};

template <class Part, class T, class... Rest>
Part whole_of(T Part::*, Rest...);
template <auto... way>
using Whole = decltype(whole_of(way...));
template <auto... way>
using End = std::remove_pointer_t<decltype(Way::end(std::declval<Whole<way...>&>(), false, way...))>;

template <class Part>
inline constexpr char part_id{};
template <auto step>
inline constexpr Step step_of{nullptr};
template <class Part, class T, T Part::*member>
inline constexpr Step step_of<member>{&part_id<Part>};
template <auto... way>
inline constexpr const Step* steps[sizeof...(way)] = {&step_of<way>...};

template <const auto& words>
inline constexpr auto names = [] {
    std::array<std::string_view, std::size(words)> all;
    std::ranges::transform(words, all.begin(), [](const auto& word) { return word.word; });
    return all;
}();

template <auto... way>
void fill(Whole<way...>& whole, const Value& value, bool make) {
    if (auto* member = Way::end(whole, make, way...)) set(*member, value);
}
template <const auto& words, auto... way>
void fill_chosen(Whole<way...>& whole, const Value& value, bool make) {
    if (auto* member = Way::end(whole, make, way...)) set(*member, value, words);
}
template <auto code, auto... way>
void fill_coded(Whole<way...>& whole, const Value& value, bool make) {
    if (const auto* word = std::get_if<std::string>(&value)) (*Way::end(whole, make, way...))[code] = *word;
}

template <auto... way>
inline constexpr Member member{.way = steps<way...>,
                               .kind = kind_of<value_of<End<way...>>>().value_or(Kind::on_off),
                               .off = is_optional<End<way...>> && !is_switch<End<way...>>,
                               .most = most<value_of<End<way...>>>,
                               .fill = &fill<way...>};
template <const auto& words, auto... way>
inline constexpr Member chosen_member{
    .way = steps<way...>, .kind = Kind::choice, .choices = names<words>, .fill = &fill_chosen<words, way...>};
template <auto code, auto... way>
inline constexpr Member coded_member{.way = steps<way...>, .kind = Kind::text, .fill = &fill_coded<code, way...>};
template <auto... way>
inline constexpr Member free_member{.way = steps<way...>, .kind = Kind::text};

}  // namespace binding

// The members that no key fills by themselves.
template <auto... way>
inline constexpr bool is_bound = true;
template <>
inline constexpr bool is_bound<&ports::Settings::file> = false;
template <>
inline constexpr bool is_bound<&ports::Settings::web> = false;
template <>
inline constexpr bool is_bound<&ports::Settings::reconcile> = false;
template <>
inline constexpr bool is_bound<&ports::ProvinceProfile::default_pf> = false;

template <auto... way>
requires is_bound<way...>
inline constexpr Handle<binding::Whole<way...>, binding::Kept<binding::End<way...>>> at{&binding::member<way...>};
// One of the words.
template <const auto& words, auto... way>
inline constexpr Handle<binding::Whole<way...>, std::string> chosen{&binding::chosen_member<words, way...>};
// The entry of a map.
template <auto code, auto... way>
inline constexpr Handle<binding::Whole<way...>, std::string> coded{&binding::coded_member<code, way...>};
// Filled by hand, from a section whose keys are data.
template <auto... way>
inline constexpr const Member* free_keys = &binding::free_member<way...>;

// The word must be one that the key can have.
consteval Condition is(const Member* member, std::string_view word) {
    const bool known =
        member->choices.empty() ? word == "on" || word == "off" : std::ranges::count(member->choices, word) == 1;
    if (!known) throw "no such word";
    return {member, word, false};
}
consteval Condition is_not(const Member* member, std::string_view word) {
    auto condition = is(member, word);
    condition.negated = true;
    return condition;
}

// Whether the rows fit their members: the kind is one that the type can hold, the name ends in the unit, the range
// fits; no key and no member stands twice; conditions are about rows of the table.
consteval bool is_sound(std::span<const Key> keys) {
    const auto held_like = [](Kind kind) {
        switch (kind) {
            case Kind::file:
            case Kind::directory:
            case Kind::secret_path:
                return Kind::path;
            case Kind::texts:
            case Kind::networks:
            case Kind::hosts:
                return Kind::list;
            case Kind::bytes:
                return Kind::count;
            default:
                return kind;
        }
    };
    const auto unit = [](std::string_view name) {
        return name.ends_with("_ms")      ? Kind::milliseconds
               : name.ends_with("_s")     ? Kind::seconds
               : name.ends_with("_days")  ? Kind::days
               : name.ends_with("_bytes") ? Kind::bytes
                                          : Kind::count;
    };
    for (auto key = keys.begin(); key != keys.end(); ++key) {
        for (const auto& condition : key->required_when)
            if (std::ranges::count(keys, condition.member, &Key::member) != 1) return false;
        // Loops, and the shorter question first: a compiler counts the steps it takes here.
        for (auto other = key + 1; other != keys.end(); ++other)
            if (other->member == key->member || (other->name == key->name && other->section == key->section))
                return false;
        if (key->makes_part && !key->off) return false;
        if (!key->member) continue;
        if (held_like(key->kind) != key->member->kind) return false;
        if (is_number(key->kind) && (unit(key->name) != key->kind || key->max > key->member->most)) return false;
    }
    return true;
}

// Whether each member of the Part is on the way of a key, but for so many that are not the operator's.
template <class Part>
consteval bool is_complete(std::span<const Key> keys, std::span<const FreeSection> sections = {},
                           std::size_t others = 0) {
    std::vector<const Step*> met;
    const auto meet = [&](const Member* member) {
        for (const auto* step : member->way)
            if (step->part == &binding::part_id<Part> && std::ranges::count(met, step) == 0) met.push_back(step);
    };
    for (const auto& key : keys)
        if (key.member) meet(key.member);
    for (const auto& section : sections) meet(section.member);
    return met.size() + others == boost::pfr::tuple_size_v<Part>;
}

}  // namespace hcp::config
