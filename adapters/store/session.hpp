#pragma once
#include "adapters/store/codec.hpp"
#include "adapters/store/schema_object.hpp"
#include "adapters/store/statement.hpp"
#include "adapters/store/values.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace hcp::store {

enum class Access { read, write };

// One connection. Throws StoreError and nothing else of its own; one thread at a time. A statement's parameters are
// found by name among the values that come with it.
class Session {
public:
    virtual ~Session() = default;

    // `write` takes the right to write at once, so that no transaction fails halfway for want of it.
    virtual void begin(Access) = 0;
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;
    // False: the connection is lost, and nothing but another session helps.
    [[nodiscard]] virtual bool usable() const noexcept { return true; }
    // The last transaction was undone, or is to be, because another went first: it may be tried again at once.
    [[nodiscard]] virtual bool yielded() const noexcept { return false; }

    std::size_t way = 0;  // by which line of the connections it was opened (ways.hpp)

    // Runs the statement once for each of `rows`, the dialect's fastest way. Answers how many rows each run changed,
    // where `changed` is given.
    virtual void each(const Statement&, const Encoder& rows, std::vector<std::int64_t>* changed = nullptr) = 0;
    // Runs the statement with `keys` in place of its list, split as the dialect likes: as many statements as it needs.
    // The order of rows is the statement's within each part.
    virtual void query(const Statement&, const Encoder& values, const Encoder& keys,
                       const std::function<void(const Row&)>&) = 0;
    virtual std::int64_t change(const Statement&, const Encoder& values, const Encoder& keys) = 0;

    // Runs a text that is none of our statements.
    virtual void execute(std::string_view text) = 0;
    // One step of the schema. False: something of the name of what it would make is there already.
    virtual bool step(std::string_view text) = 0;
    // What is there of that kind and name, in the words of our own steps; without columns where there is nothing.
    virtual SchemaObject found(const SchemaObject& ours) = 0;
    virtual bool has_table(std::string_view name) = 0;

    // The database server's clock; nothing for an embedded one.
    virtual std::optional<Instant> server_time() = 0;
};

}  // namespace hcp::store
