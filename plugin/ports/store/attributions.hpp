#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

using namespace domain;

// What the centre says of a case after the host said something else, or nothing: whose it is and what was done (M2.1,
// E18, E47). In effect from effective_at on, until a later one of the same case is; never deleted, and only its
// signature and the beginning of its effect are ever added. Unique: id; (case_id, revision); reason_digest.
struct AttributionRow {
    AttributionId id;
    CaseId case_id;
    std::int32_t revision = 1;  // 1.. per case, in the order in which they were proposed
    std::string item_code, department_id, department_name;
    std::vector<std::string> handlers;  // staff ids; empty: those whom the host named
    Bytes sealed_reason;                // free text, under the module's seal key
    Digest reason_digest{};             // keyed; of none as well
    std::string proposed_by;            // staff id
    Instant proposed_at;
    std::string signed_by;  // staff id; empty: needs none, or waits
    std::optional<Instant> effective_at;

    [[nodiscard]] bool waits() const noexcept { return !effective_at; }
};

class AttributionQueries {
public:
    virtual ~AttributionQueries() = default;
    virtual result<std::vector<AttributionRow>> after(AttributionId, std::size_t limit) = 0;  // by id
    virtual result<std::optional<AttributionRow>> find(AttributionId) = 0;
    virtual result<std::vector<AttributionRow>> of_case(CaseId) = 0;  // by revision
    // Those that wait, by id, without any that a later one of its case has overtaken.
    virtual result<std::vector<AttributionRow>> waiting() = 0;
};

class Attributions : public AttributionQueries {
public:
    virtual result<void> insert(std::span<const AttributionRow>) = 0;
    // The second signature. Answers how many, 0 or 1: 0 does not wait any more, or is signed by who proposed it.
    virtual result<std::int64_t> sign(AttributionId, std::string_view by, Instant at) = 0;
};

}  // namespace hcp::ports
