#pragma once
#include "plugin/domain/staff.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// A version of somebody's line on the roster. Immutable, and never deleted: what holds is domain::post_at() of all his
// versions. Unique: (staff_id, revision), name_digest.
struct StaffRow {
    std::string staff_id;
    std::int32_t revision = 1;  // 1.. per person, in the order in which they came
    Bytes sealed_name;
    Digest name_digest{};  // keyed
    std::string department_id;
    std::vector<std::string> windows;
    Instant since;
    std::optional<Instant> until;
    std::int32_t roster_no = 1;  // the import that brought it, 1..
    std::string loaded_by;       // staff id
    Instant loaded_at;

    [[nodiscard]] Post post() const { return {department_id, windows, since, until}; }
};

class StaffQueries {
public:
    virtual ~StaffQueries() = default;
    virtual result<std::vector<StaffRow>> all() = 0;                             // by person and revision
    virtual result<std::vector<StaffRow>> of(std::span<const std::string>) = 0;  // of these persons, likewise
};

class Staff : public StaffQueries {
public:
    virtual result<void> insert(std::span<const StaffRow>) = 0;
};

}  // namespace hcp::ports
