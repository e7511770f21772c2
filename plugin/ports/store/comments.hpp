#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// What came too late to be a rating (E13).
struct CommentRow {
    CommentId id;
    EvaluationId evaluation_id;
    Level level = Level::satisfied;
    std::vector<std::string> tags;
    Bytes sealed_text;     // empty = none
    Digest text_digest{};  // as in the ledger: keyed and salted; zero = none
    Channel channel = Channel::portal;
    Digest request_digest{};
    Instant received_at;
};

class CommentQueries {
public:
    virtual ~CommentQueries() = default;
    virtual result<std::vector<CommentRow>> of(std::span<const EvaluationId>) = 0;    // by id
    virtual result<std::vector<CommentRow>> after(CommentId, std::size_t limit) = 0;  // by id
};

class Comments : public CommentQueries {
public:
    virtual result<void> insert(std::span<const CommentRow>) = 0;
};

}  // namespace hcp::ports
