#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// What is said of an evaluation that takes no rating any more (E13, E40): one comment, of which its author may make
// another revision. Immutable. Unique: (evaluation, revision).
struct CommentRow {
    CommentId id;
    EvaluationId evaluation_id;
    std::int32_t revision = 1;   // 0: said before there were any, each a comment of its own
    std::optional<Level> level;  // nothing: words alone
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
    // Of revision 0: as an instance of the version before, beside this one, does.
    virtual result<void> insert(std::span<const CommentRow>) = 0;
};

}  // namespace hcp::ports
