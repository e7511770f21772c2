#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryVisits final : public Visits {
public:
    explicit MemoryVisits(Unit& unit) : unit_{unit} {}
    result<std::vector<bool>> known(std::span<const Digest> keys) override;
    result<std::vector<VisitRow>> after(VisitId id, std::size_t limit) override;
    result<void> insert(std::span<const VisitRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
