#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/ports/store/transaction.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hcp::ports {

// Where the records live. One implementation for all dialects and one in memory for tests; each passes tests/contract.
// Calls block: database threads only. Nothing throws. Several threads may call; each `read` has a session of its own,
// each `write` waits for the one before it (one ledger lane per instance). Where the database lets another go first
// (deadlock, certification) the work of a `write` is run again: it decides from what it reads there and keeps nothing
// between runs.
class Store {
public:
    virtual ~Store() = default;
    // Runs `work` in one snapshot.
    virtual result<void> read(const std::function<result<void>(Snapshot&)>& work) = 0;
    // Runs `work` in one transaction: commits when it returns a value, rolls back when it returns an error or throws.
    virtual result<void> write(const std::function<result<void>(Transaction&)>& work) = 0;

    // A number that no other instance holds, kept until `until` and renewed by the same `token`; conflict when all are
    // taken. From then on a `write` that finds the lease over, by a clock that runs while the process is stopped, first
    // renews it in its own transaction; where the number is not ours any more, nothing is written: unavailable.
    virtual result<InstanceNo> lease_instance(std::string_view token, Instant now, Instant until) = 0;
    // The database server's clock, for the skew alarm only (E24). An embedded database answers nothing.
    virtual result<std::optional<Instant>> server_time() = 0;
    // How large the write-ahead log of an embedded database is, in bytes, after what could be done about a heavy one
    // (wal.hpp) without holding up a writer. A server answers nothing.
    virtual result<std::optional<std::int64_t>> tend_wal() = 0;

    // What the database itself said when it last failed a call other than by refusing its data: its number and a
    // bounded line of its words, without a value of any row. Empty where there is nothing of the kind. Any thread.
    [[nodiscard]] virtual std::string complaint() const { return {}; }
};

// What an error of the store means to an operator, with the database's own words where it has some for it.
[[nodiscard]] std::string told(const error_code& error, const Store& store);

// What one question answers in a snapshot of its own.
template <std::invocable<Snapshot&> Question>
[[nodiscard]] auto ask(Store& store, Question question) -> std::invoke_result_t<Question, Snapshot&> {
    std::optional<typename std::invoke_result_t<Question, Snapshot&>::value_type> answer;
    HCP_CHECK(store.read([&](Snapshot& rows) -> result<void> {
        HCP_TRY(answer, question(rows));
        return {};
    }));
    return *std::move(answer);
}

}  // namespace hcp::ports
