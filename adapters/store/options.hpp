#pragma once
#include "plugin/ports/clock.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/settings.hpp"
#include "plugin/ports/wal.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace hcp::store {

struct StoreOptions {
    ports::Backend backend = ports::Backend::sqlite3;
    std::filesystem::path path;  // sqlite3: the database file; its folder exists
    // mysql, oracle: SOCI's connection strings, secret: one a line, in order of preference; a session is opened by one
    // (ways.hpp). Asked for at every connection, so that the next one is made with a password that has been changed.
    std::function<ports::result<std::string>()> connection;
    // mysql: the database, oracle: the owner of our tables, where it is not the connection's own. A plain name, or
    // empty.
    std::string schema;
    // Told when a store is opened: what is set otherwise than it should be, and what that risks. Chinese.
    std::function<void(const std::string&)> warn = [](const std::string&) {};
    std::string
        vfs_name;  // sqlite3: a registered VFS, for tests that fail a write or cut the power; empty = the usual one
    std::size_t readers = 4;                       // sessions for `read`; `write` has one of its own
    std::chrono::milliseconds busy_timeout{5000};  // how long a writer waits for another process, and for an answer
    std::chrono::milliseconds connect_timeout{5000};
    std::int64_t heavy_wal_bytes = ports::heavy_wal_bytes;
    const ports::BootClock* boot = nullptr;  // by which a lease is over, for tests; nothing = the machine's
};

}  // namespace hcp::store
