#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// What was tapped so far (E9); read with its evaluation.
struct DraftRow {
    EvaluationId evaluation_id;
    Level level = Level::very_satisfied;
    std::vector<std::string> tags;
    Bytes sealed_text;  // empty = none
    Channel channel = Channel::portal;
    Instant last_tapped_at, changed_at;
};

class Drafts {
public:
    virtual ~Drafts() = default;
    virtual result<void> put(const DraftRow&) = 0;  // insert or replace
    virtual result<void> drop(std::span<const EvaluationId>) = 0;
};

}  // namespace hcp::ports
