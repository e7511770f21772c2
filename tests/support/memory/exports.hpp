#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryExports final : public Exports {
public:
    explicit MemoryExports(Unit& unit) : unit_{unit} {}
    result<std::vector<ExportRow>> after(ExportId id, std::size_t limit) override;
    result<std::vector<ExportRow>> before(ExportId id, std::size_t limit) override;
    result<void> insert(std::span<const ExportRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
