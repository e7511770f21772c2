#pragma once
#include "tests/support/memory_tables.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

namespace hcp::test {

// One database in memory, shared by the stores on it.
class MemoryDatabase {
public:
    MemoryDatabase() : tables_{std::make_shared<Tables>()} {}

private:
    friend class MemoryStore;
    std::mutex mutex_;                      // held by a writer from beginning to end
    std::atomic<std::thread::id> writing_;  // who holds it
    std::shared_ptr<Tables> tables_;        // what is committed; a reader holds it as long as it reads
};

// A store that keeps the contract (tests/contract) without a database, for tests of the use cases. A write waits for
// those before it; it works in place unless somebody reads, and then on a copy. A transaction must not be opened within
// a write on the same thread.
class MemoryStore final : public Store {
public:
    explicit MemoryStore(MemoryDatabase& database) : database_{database} {}

    result<void> read(const std::function<result<void>(Snapshot&)>& work) override;
    result<void> write(const std::function<result<void>(Transaction&)>& work) override;
    result<InstanceNo> lease_instance(std::string_view token, Instant now, Instant until) override;
    result<std::optional<Instant>> server_time() override { return std::optional<Instant>{}; }

private:
    MemoryDatabase& database_;
};

}  // namespace hcp::test
