#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryDrafts final : public Drafts {
public:
    explicit MemoryDrafts(Unit& unit) : unit_{unit} {}
    result<void> put(const DraftRow& draft) override;
    result<void> drop(std::span<const EvaluationId> ids) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
