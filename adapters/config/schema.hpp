#pragma once
#include "adapters/config/ini_reader.hpp"
#include "adapters/config/value.hpp"
#include "plugin/ports/province_profile.hpp"
#include "plugin/ports/settings.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace hcp::config {

// What a key fills, made by binding.hpp: a member of ports::Settings or ports::ProvinceProfile, at the end of a way
// through their parts. One object per key, so that its address stands for the key.
template <class Whole>
using Fill = void (*)(Whole&, const Value&, bool make);
struct Step {
    const void* part;  // whose member it is; the address alone says which
};
struct Member {
    std::span<const Step* const> way;
    Kind kind{};            // what the type says
    bool off = false;       // may be absent
    std::int64_t most = 0;  // numbers: what the type can hold
    std::span<const std::string_view> choices{};
    std::variant<Fill<ports::Settings>, Fill<ports::ProvinceProfile>> fill{};
};

// How a key of a Whole's table is asked for: T is what its checked value is kept as.
template <class Whole, class T>
struct Handle {
    const Member* member;
    constexpr operator const Member*() const { return member; }
};

// The text of a key, as written or by default, is a word, or is another.
struct Condition {
    const Member* member;
    std::string_view word;
    bool negated = false;
};

// One row per key. Parsing, checks, suggestions, the template and `config show` all come from here.
struct Key {
    const Member* member = nullptr;
    std::string_view section, name;
    Kind kind = member ? member->kind : Kind::text;
    bool off = member && member->off;  // may be `off`. Zero never means off
    bool makes_part = false;           // the part around the member is absent while the key is off
    bool reloadable = false;           // taken over by a reload
    bool required = false;
    std::string_view fallback{};    // in the ini's own words; "" = none
    std::int64_t min = 0, max = 0;  // numbers: the value; text: characters; lists: elements. The kind says which
    std::span<const std::string_view> choices = member ? member->choices : std::span<const std::string_view>{};
    std::span<const Condition> required_when{};  // all of them hold
    std::string_view help{};                     // Chinese
    std::string_view example{};
};

// A section whose keys are data: the profile's headers and code maps.
struct FreeSection {
    const Member* member = nullptr;
    std::string_view name;
    Kind kind = Kind::text;  // of every value
    std::int64_t max = 0;
};

// What a key came to. Without a value it was neither written nor has a default.
struct Setting {
    const Key* key;
    std::string text;  // as written, or the default
    int line = 0;      // 0 = default
    std::string file;  // where it was written
    std::optional<Value> value;

    [[nodiscard]] bool is_written() const { return line > 0; }
    [[nodiscard]] bool is_off() const { return !value || std::holds_alternative<Off>(*value); }
};

// The settings of a table whose rows fill a Whole, one per row and in its order.
template <class Whole>
class Settled {
public:
    explicit Settled(std::vector<Setting> settings) : settings_{std::move(settings)} {}

    [[nodiscard]] const std::vector<Setting>& all() const { return settings_; }
    template <class T>
    [[nodiscard]] const Setting& operator[](Handle<Whole, T> handle) const {
        return *std::find_if(settings_.begin(), settings_.end(),
                             [&](const Setting& s) { return s.key->member == handle; });
    }
    // Null while it is off or absent, or what was written is none.
    template <class T>
    [[nodiscard]] const T* value(Handle<Whole, T> handle) const {
        const auto& s = (*this)[handle];
        return s.value ? std::get_if<T>(&*s.value) : nullptr;
    }
    // As above, with T{} for null.
    template <class T>
    [[nodiscard]] T get(Handle<Whole, T> handle) const {
        const auto* v = value(handle);
        return v ? *v : T{};
    }

    // Every value goes to its member; where there is none, or its part is absent, nothing happens.
    [[nodiscard]] Whole whole() const {
        Whole whole;
        for (const auto& s : settings_)
            if (s.key->member && s.value)
                std::get<Fill<Whole>>(s.key->member->fill)(whole, *s.value, s.key->makes_part && !s.is_off());
        return whole;
    }

private:
    std::vector<Setting> settings_;
};

// Checks what the layers say against the rows; a later layer wins key by key. Every fault of every layer is appended,
// in the order of the lines; the readers' own come first.
[[nodiscard]] std::vector<Setting> settle(std::span<const Ini* const> layers, std::span<const Key> keys,
                                          std::span<const FreeSection> free_sections, std::vector<Fault>& faults);

// The row of the member's key.
[[nodiscard]] const Key& row_of(const Member* member, std::span<const Key> keys);

// A fault of one setting, where it was written (or where it is missing).
[[nodiscard]] Fault fault_of(const Setting& setting, const Ini& ini, std::string problem, std::string remedy);

// The candidate that `word` was most likely meant to be; empty when none is near.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace hcp::config
