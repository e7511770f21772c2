#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryAttributions final : public Attributions {
public:
    explicit MemoryAttributions(Unit& unit) : unit_{unit} {}
    result<std::vector<AttributionRow>> after(AttributionId id, std::size_t limit) override;
    result<std::optional<AttributionRow>> find(AttributionId id) override;
    result<std::vector<AttributionRow>> of_case(CaseId id) override;
    result<std::vector<AttributionRow>> waiting() override;
    result<void> insert(std::span<const AttributionRow> all) override;
    result<std::int64_t> sign(AttributionId id, std::string_view by, Instant at) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
