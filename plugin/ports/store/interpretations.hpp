#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// How the centre interprets a rule (M22.2). Immutable, never deleted: who interprets it otherwise writes another.
// Unique: id.
struct InterpretationRow {
    InterpretationId id;
    std::string policy_version, rule_key;  // as policy.ini names them; at most 64 characters each
    std::string text;                      // at most 1000 characters
    std::string written_by;                // staff id
    Instant written_at;
};

class InterpretationQueries {
public:
    virtual ~InterpretationQueries() = default;
    virtual result<std::vector<InterpretationRow>> after(InterpretationId, std::size_t limit) = 0;  // by id
};

class Interpretations : public InterpretationQueries {
public:
    virtual result<void> insert(std::span<const InterpretationRow>) = 0;
};

}  // namespace hcp::ports
