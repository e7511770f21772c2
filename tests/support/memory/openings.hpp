#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryOpenings final : public Openings {
public:
    explicit MemoryOpenings(Unit& unit) : unit_{unit} {}
    result<std::vector<OpeningRow>> of_projects(std::span<const std::string> project_nos) override;
    result<std::vector<OpeningRow>> all() override;
    result<void> insert(std::span<const OpeningRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
