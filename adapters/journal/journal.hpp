#pragma once
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/wal.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace hcp::journal {

struct Options {
    std::filesystem::path path;            // journal.db; SQLite's -wal and -shm appear beside it
    std::uint64_t max_bytes = 1ull << 30;  // of sealed records, set-aside ones included; beyond it append answers full
    std::string vfs_name{};                // a SQLite VFS registered by name; empty = the system's
    // Off, the newest calls do not survive a power cut: only to prove that a test of power cuts would notice.
    bool sync_every_commit = true;
    std::int64_t max_pages = 0;  // SQLite's own limit of the file, 0 = none
    std::int64_t heavy_wal_bytes = ports::heavy_wal_bytes;
    // What was set aside under another key of these is brought under the current one when the file is opened; what
    // waits for the store is gone soon. nullptr: all stays as it lies.
    const ports::MasterKeys* masters = nullptr;
};

// One SQLite file through SOCI. One process at a time may have it open. What is appended together is one frame:
// encoded, sealed on the caller's thread under `sealer` and bound to this file, to their number and to when they came.
// Callers that wait together share one transaction and one sync; one of them writes it, there is no thread of the
// journal's own.
// `sealer` and `log` outlive it. The reason of a failed open, and of the first of a row of failures later, is logged.
[[nodiscard]] ports::result<std::unique_ptr<ports::Journal>> open(const Options& options, const ports::Sealer& sealer,
                                                                  ports::Log& log);

}  // namespace hcp::journal
