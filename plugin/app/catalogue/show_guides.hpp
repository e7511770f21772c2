#pragma once
#include "plugin/record/released_catalogue.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the public may read of guides (M4.3): what was released, as it stands in memory. Any thread.
namespace hcp::app {

struct GuideVersion {
    std::int32_t revision = 0;
    std::string version, changelog;
    domain::Day effective;
};

struct GuideFacts {
    domain::Item item;  // its newest edition
    std::string department_name;
    domain::Guide guide;
    std::int32_t revision = 0;
    bool current = true;                 // the newest of its item
    std::vector<GuideVersion> versions;  // newest first
};
// Without a revision the newest. Nothing: there is no such item, or no such revision of its guide.
[[nodiscard]] std::optional<GuideFacts> show_guide(const record::ReleasedCatalogue&, std::string_view item_code,
                                                   std::optional<std::int32_t> revision, domain::Instant now);

struct GuidesOfLine {
    std::string line;
    std::vector<domain::Item> items;  // by code
};
// Items that are in force that day and have a guide; lines in the order of their first item.
[[nodiscard]] std::vector<GuidesOfLine> list_guides(const record::ReleasedCatalogue&, domain::Day today);

// Guides of items in force whose newest edition is effective since before that day (M4.3).
[[nodiscard]] std::vector<domain::Guide> guides_older_than(const record::ReleasedCatalogue&, domain::Day since,
                                                           domain::Day today);

}  // namespace hcp::app
