#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

using namespace domain;

// Policies, calendars, tags and catalogue as loaded; the file is only the source. Unique: (kind, version). Rosters are
// loaded as well, and have rows of their own (staff.hpp).
enum class ReferenceKind : std::int32_t { policy = 1, calendar = 2, tags = 3, items = 4, nodes = 5, staff = 6 };
[[nodiscard]] constexpr std::string_view text_of(ReferenceKind kind) noexcept {
    switch (kind) {
        case ReferenceKind::policy:
            return "规则版本";
        case ReferenceKind::calendar:
            return "工作日历";
        case ReferenceKind::tags:
            return "评价标签";
        case ReferenceKind::items:
            return "事项表";
        case ReferenceKind::nodes:
            return "环节表";
        case ReferenceKind::staff:
            return "名册";
    }
    return "";
}
struct ReferenceRow {
    ReferenceKind kind = ReferenceKind::policy;
    std::string version;
    std::string checksum;  // SM3 hex of the content
    std::string content;
    Instant loaded_at;
};

// Which rules are in force now, whoever brought them.
struct NewestRules {
    std::string calendar_version;  // empty: there is none
    std::int64_t editions = 0;     // of the catalogue that are drafts no more: what changes with each release

    friend bool operator==(const NewestRules&, const NewestRules&) = default;
};

class ReferenceQueries {
public:
    virtual ~ReferenceQueries() = default;
    virtual result<std::vector<ReferenceRow>> of(ReferenceKind) = 0;  // oldest first
    virtual result<NewestRules> newest() = 0;
};

class References : public ReferenceQueries {
public:
    virtual result<void> insert(std::span<const ReferenceRow>) = 0;
};

}  // namespace hcp::ports
