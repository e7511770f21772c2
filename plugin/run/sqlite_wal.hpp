#pragma once
#include <soci/sqlite3/soci-sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <system_error>

// The write-ahead log that SQLite keeps beside a file.
namespace hcp::run {

[[nodiscard]] inline std::int64_t wal_bytes(const std::filesystem::path& file) {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(file.string() + "-wal", none);
    return none ? 0 : static_cast<std::int64_t>(bytes);
}

// Copies what it can of the log into the file, and cuts it when that was all, by a session made for this, which has
// read something: before, it knows of no log. Whoever is in the way is not waited for; the next call may find him gone.
inline void shrink_wal(sqlite_api::sqlite3* session) {
    sqlite_api::sqlite3_busy_timeout(session, 0);
    int pages = 0, copied = 0;
    const int done =
        sqlite_api::sqlite3_wal_checkpoint_v2(session, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
    // Copying goes on beside the writers; cutting shuts them out, and so comes when there is nothing left to copy.
    if (done == SQLITE_OK && copied == pages)
        (void)sqlite_api::sqlite3_wal_checkpoint_v2(session, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

}  // namespace hcp::run
