#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

using namespace domain;

// Openings stay known, so that a completion that arrives later is not secret any more; unique: (project, section,
// opened_at). What completed after it belongs to another round of bids, whose opening is still to come.
struct OpeningRow {
    std::string project_no, section;  // an empty section = the whole project
    Instant opened_at, stored_at;

    // The clocks of those who complete and of those who open may differ, as the ABI allows.
    static constexpr std::chrono::minutes tolerance{5};
    [[nodiscard]] bool lifts(std::string_view section_of_case, Instant completed_at) const {
        return (section.empty() || section == section_of_case) && completed_at <= opened_at + tolerance;
    }
};

class OpeningQueries {
public:
    virtual ~OpeningQueries() = default;
    virtual result<std::vector<OpeningRow>> of_projects(std::span<const std::string> project_nos) = 0;
    virtual result<std::vector<OpeningRow>> all() = 0;  // by project, section and time
};

class Openings : public OpeningQueries {
public:
    virtual result<void> insert(std::span<const OpeningRow>) = 0;
};

}  // namespace hcp::ports
