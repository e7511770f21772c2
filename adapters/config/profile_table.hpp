#pragma once
#include "adapters/config/binding.hpp"
#include "adapters/config/schema.hpp"

#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace hcp::config {

[[nodiscard]] std::span<const Key> profile_keys();
[[nodiscard]] std::span<const FreeSection> profile_free_sections();

// Another profile, whose values hold where this one is silent: asked for before there are settings, and filling none.
inline constexpr Key based_on{.section = "profile", .name = "based_on", .kind = Kind::file};

// A name beside what it is bound to.
template <class T>
struct Named {
    std::string_view name;
    Handle<ports::ProvinceProfile, T> key;
};

// The names of a type's values, each with its entry in the map of codes.
template <auto map, const auto& names>
consteval auto codes() {
    return []<std::size_t... i>(std::index_sequence<i...>) {
        return std::array{Named<std::string>{names[i].word, coded<names[i].means, map>}...};
    }
    (std::make_index_sequence<std::size(names)>{});
}

inline constexpr Word<domain::Level> level_names[] = {{"very_satisfied", domain::Level::very_satisfied},
                                                      {"satisfied", domain::Level::satisfied},
                                                      {"basically_satisfied", domain::Level::basically_satisfied},
                                                      {"dissatisfied", domain::Level::dissatisfied},
                                                      {"very_dissatisfied", domain::Level::very_dissatisfied}};
inline constexpr auto levels = codes<&ports::ProvinceProfile::levels, level_names>();

}  // namespace hcp::config
