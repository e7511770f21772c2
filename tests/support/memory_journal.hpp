#pragma once
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/run/mutex.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace hcp::test {

// What a journal in memory lies on, and is found on again when another is made.
class MemoryJournalFile {
public:
    // All that lies there.
    [[nodiscard]] std::string bytes() const;

private:
    friend class MemoryJournal;
    struct Record {
        domain::Instant accepted_at;
        ports::Bytes sealed;
    };
    struct Aside {
        ports::Position from;
        domain::Instant set_aside_at;
        std::string reason;
        ports::Bytes sealed;
        std::optional<domain::Instant> accepted_at;  // of what was moved as it lay
    };
    mutable run::Mutex mutex_;
    ports::Extent extent_;
    std::map<ports::Position, Record> records_;
    std::map<std::int64_t, Aside> aside_;
    std::int64_t last_aside_ = 0;
};

// A journal that keeps the contract (tests/contract/journal) without a disk, for tests of the use cases. Every event is
// sealed by itself and bound to its place. `file` and `sealer` outlive it.
class MemoryJournal final : public ports::Journal, private ports::SetAsides {
public:
    MemoryJournal(MemoryJournalFile& file, const ports::Sealer& sealer) : file_{file}, sealer_{sealer} {}

    ports::result<void> append(std::span<const domain::Event> events, domain::Instant now) override;
    ports::result<ports::Position> append_at(ports::Position end, std::span<const domain::Event> events,
                                             domain::Instant now) override;
    ports::Extent extent() override;
    ports::result<std::vector<ports::Journaled>> read(std::size_t limit) override;
    ports::result<void> forget_through(ports::Position last) override;
    ports::result<void> set_aside(std::span<const ports::Journaled> events, std::string_view reason,
                                  domain::Instant now) override;
    ports::result<void> set_damaged_aside(std::string_view reason, domain::Instant now) override;
    ports::SetAsides& set_asides() noexcept override { return *this; }
    ports::result<ports::JournalStats> stats() override;
    ports::result<std::int64_t> tend_wal() override { return wal_bytes; }
    ports::result<ports::Purged> purge() override { return ports::Purged::nothing; }

    std::int64_t wal_bytes = 0;  // that it says it has

private:
    ports::result<std::vector<ports::SetAside>> list(std::size_t limit) override;
    ports::result<void> retry(std::int64_t id, domain::Instant now) override;
    ports::result<ports::SealedRecord> sealed(std::int64_t id) override;
    ports::result<void> drop(std::int64_t id) override;

    // The caller holds the file's mutex.
    ports::result<void> add(std::span<const domain::Event> events, domain::Instant now);
    [[nodiscard]] ports::result<ports::Bytes> seal(const domain::Event& event, const ports::Bytes& place) const;
    [[nodiscard]] ports::result<domain::Event> open(const ports::Bytes& sealed, const ports::Bytes& place) const;
    [[nodiscard]] ports::result<domain::Event> open(const MemoryJournalFile::Aside& aside) const;

    MemoryJournalFile& file_;
    const ports::Sealer& sealer_;
};

}  // namespace hcp::test
