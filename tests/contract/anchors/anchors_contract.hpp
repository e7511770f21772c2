#pragma once
#include "plugin/ports/anchors.hpp"
#include "tests/contract/clause.hpp"

#include <cstdint>
#include <memory>
#include <vector>

// What every implementation of ports::Anchors must do. A clause gets a medium that nothing was ever written to.
namespace hcp::contract {

// What the anchors lie on, and outlives them.
class AnchorsMedium {
public:
    virtual ~AnchorsMedium() = default;
    [[nodiscard]] virtual std::unique_ptr<ports::Anchors> open() = 0;
    // The power fails within an append of this one: a part of it is left at the end.
    virtual void break_off(const ports::Anchor&) = 0;
    // Somebody writes over the anchor on this line, counted from 1.
    virtual void spoil(std::int64_t line) = 0;
};

using AnchorsClause = ClauseOn<AnchorsMedium>;

[[nodiscard]] std::vector<AnchorsClause> anchors_clauses();

}  // namespace hcp::contract
