// The rows by which one database is ahead of another of the same schema, and how a bare program writes them there.
#pragma once
#include "integration/bench/bare_store.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace bare {

// Rows of one statement in the order in which they were made.
struct Batch {
    enum class By : std::uint8_t {
        id,          // the one in front says whose transaction it is
        equal_part,  // each leading row brings as many
        every_time,  // every transaction writes them again
    };
    std::string sql;
    std::vector<Row> rows;
    By by = By::id;
    std::size_t taken = 0;

    // Those of a transaction of `some` leading rows of `left`; `upto` is where the next one's ids begin.
    [[nodiscard]] std::span<const Row> next(std::int64_t upto, std::size_t some, std::size_t left);
};

// What one connection writes.
struct Share {
    std::vector<Batch> batches;         // parents before children
    std::vector<std::int64_t> leading;  // ids
    std::size_t begun = 0;              // of the leading ones

    [[nodiscard]] std::size_t left() const noexcept { return leading.size() - begun; }
    // The next transaction: that many leading rows, or what is left, and all that belongs to them.
    void write_next(Client& to, std::size_t some);
};

// LEADING is a table with ids. An id says which instance made it: each is the share of a connection.
[[nodiscard]] std::vector<Share> difference(Client& from, Client& to, std::size_t connections, bool is_sqlite,
                                            const std::string& leading);

}  // namespace bare
