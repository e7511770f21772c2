#pragma once
#include "adapters/config/ini_reader.hpp"
#include "adapters/config/value.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hcp::config {

// One row per key. Parsing, checks, suggestions, the template and `config show` all come from here.
struct Key {
    std::string_view section, name;
    Kind kind = Kind::text;
    bool off = false;               // may be `off`. Zero never means off
    bool reloadable = false;        // taken over by a reload
    std::string_view fallback{};    // in the ini's own words; "" = none
    std::int64_t min = 0, max = 0;  // numbers: the value; text: characters; lists: elements. The kind says which
    std::string_view choices{};     // Kind::choice: separated by '|'
    // "" = never; "always"; or conditions on other keys, all of which must hold: "store.backend=sqlite3",
    // "web.public_listen!=off & web.tls=on"
    std::string_view required{};
    std::string_view help{};  // Chinese
    std::string_view example{};
};

// A section whose keys are data: the profile's headers and code maps.
struct FreeSection {
    std::string_view name;
    Kind kind;  // of every value
    std::int64_t max;
};

// What a key came to. Without a value it was neither written nor has a default.
struct Setting {
    const Key* key;
    std::string text;  // as written, or the default
    int line = 0;      // 0 = default
    std::string file;  // where it was written
    std::optional<Value> value;
};

class Settled {
public:
    void add(Setting setting);

    [[nodiscard]] const std::vector<Setting>& all() const { return settings_; }
    [[nodiscard]] const Setting* find(std::string_view section, std::string_view name) const;

    // The value as a T; T{} when it is off or absent. Only for what was checked without faults.
    template <class T>
    [[nodiscard]] T get(std::string_view section, std::string_view name) const {
        const auto* s = find(section, name);
        const T* value = s && s->value ? std::get_if<T>(&*s->value) : nullptr;
        return value ? *value : T{};
    }
    [[nodiscard]] bool is_off(std::string_view section, std::string_view name) const {
        const auto* s = find(section, name);
        return !s || !s->value || std::holds_alternative<Off>(*s->value);
    }

private:
    std::vector<Setting> settings_;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> index_;
};

// Checks what the layers say against the rows; a later layer wins key by key. Every fault of every layer is appended,
// in the order of the lines; the readers' own come first.
[[nodiscard]] Settled settle(std::span<const Ini* const> layers, std::span<const Key> keys,
                             std::span<const FreeSection> free_sections, std::vector<Fault>& faults);

// A fault of one setting, where it was written (or where it is missing).
[[nodiscard]] Fault fault_of(const Setting& setting, const Ini& ini, std::string problem, std::string remedy);

// The candidate that `word` was most likely meant to be; empty when none is near.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace hcp::config
