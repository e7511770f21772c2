#pragma once
#include "plugin/record/books.hpp"
#include "plugin/run/workers.hpp"

namespace hcp::record {

// One transaction, in which `decide(tx, pen)` answers what it has done, or why it has done nothing. The writer's
// thread.
template <class Reply, class Decide>
[[nodiscard]] ports::result<Reply> decided(Books& books, const run::Workers& writer, const Decide& decide) {
    writer.assert_here();
    Reply reply;
    HCP_CHECK(books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        HCP_TRY(reply, decide(tx, pen));
        return {};
    }));
    return reply;
}

}  // namespace hcp::record
