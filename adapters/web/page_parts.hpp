#pragma once
#include "adapters/web/pages.hpp"

#include <kainjow/mustache.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What pages are made of. Any thread.
namespace hcp::web {

using kainjow::mustache::data;

// As templates take it.
[[nodiscard]] inline std::string text(std::string_view view) {
    return std::string{view};
}

// A section over an empty text would be shown: absent text is said as false.
void set_text(data& values, const std::string& name, const std::string& value);

// The template of pages/ by that name, in a language. `values` gains what all templates may ask for.
[[nodiscard]] std::string render(Language language, std::string_view name, data& values);

// The whole page. `title` says the case and its state.
struct Framed {
    std::string title, body;
    bool is_error = false;  // then the title says so first
    bool script = false;
};
[[nodiscard]] std::string in_layout(const Look& look, const Framed& framed);

// What every page about one evaluation shows of it.
void describe(data& page, Language language, const app::EvaluationFacts& facts);
void describe(data& page, Language language, const app::RatingFacts& rating);
[[nodiscard]] std::string shown_item(const app::EvaluationFacts& facts);
[[nodiscard]] data tag_list(const std::vector<std::string>& tags);

// One of the five levels. Nothing is chosen but what the person chose before (M2.2).
[[nodiscard]] data level_entry(Language language, domain::Level level, std::optional<domain::Level> chosen);
inline constexpr std::array levels{domain::Level::very_satisfied, domain::Level::satisfied,
                                   domain::Level::basically_satisfied, domain::Level::dissatisfied,
                                   domain::Level::very_dissatisfied};

}  // namespace hcp::web
