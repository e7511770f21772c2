#pragma once
#include "plugin/ports/store/store.hpp"
#include "plugin/run/mutex.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>

namespace hcp::test {

namespace memory {
struct Tables;
}

// One database in memory, shared by the stores on it.
class MemoryDatabase {
public:
    MemoryDatabase();

private:
    friend class MemoryStore;
    run::Mutex mutex_;                        // held by a writer from beginning to end
    std::atomic<std::thread::id> writing_;    // who holds it
    std::shared_ptr<memory::Tables> tables_;  // what is committed; a reader holds it as long as it reads
    run::Mutex leaving_;                      // held when a reader lets go, and when a writer looks who reads
};

// A store that keeps the contract (tests/contract) without a database, for tests of the use cases. A write waits for
// those before it; it works in place unless somebody reads, and then on a copy. A transaction must not be opened within
// a write on the same thread.
class MemoryStore final : public ports::Store {
public:
    explicit MemoryStore(MemoryDatabase& database) : database_{database} {}

    ports::result<void> read(const std::function<ports::result<void>(ports::Snapshot&)>& work) override;
    ports::result<void> write(const std::function<ports::result<void>(ports::Transaction&)>& work) override;
    ports::result<domain::InstanceNo> lease_instance(std::string_view token, domain::Instant now,
                                                     domain::Instant until) override;
    ports::result<std::optional<domain::Instant>> server_time() override { return std::optional<domain::Instant>{}; }
    ports::result<std::optional<std::int64_t>> tend_wal() override { return std::optional<std::int64_t>{}; }

private:
    MemoryDatabase& database_;
};

}  // namespace hcp::test
