#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryComments final : public Comments {
public:
    explicit MemoryComments(Unit& unit) : unit_{unit} {}
    result<std::vector<CommentRow>> of(std::span<const EvaluationId> ids) override;
    result<std::vector<CommentRow>> after(CommentId id, std::size_t limit) override;
    result<void> insert(std::span<const CommentRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
