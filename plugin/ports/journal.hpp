#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using domain::Bytes;

enum class journal_errc {
    full = 1,     // quota or disk: nothing was stored
    unavailable,  // the file cannot be read or written; nothing was stored
    corrupt,      // a record does not open under our keys
    missing,      // no such record
    moved,        // something else was accepted first; nothing was stored
};
[[nodiscard]] const boost::system::error_category& journal_category() noexcept;
[[nodiscard]] inline error_code make_error_code(journal_errc e) noexcept {
    return {static_cast<int>(e), journal_category()};
}

// Where one event lies: the frame of its call, and its place in it. Order is the order of acceptance.
struct Position {
    std::int64_t frame = 0;
    std::int32_t index = 0;
    friend auto operator<=>(const Position&, const Position&) = default;
};

struct Journaled {
    Position at;
    domain::Instant accepted_at;
    domain::Event event;
};

struct SetAside {
    std::int64_t id = 0;
    domain::Instant set_aside_at;
    std::string reason;                  // no personal datum
    std::optional<domain::Event> event;  // nothing: it does not open under our keys
    // What did not open in the journal was set aside whole, as it lay: the number of that record.
    std::optional<std::int64_t> damaged_record;
};

// A set-aside record as it lies, for whoever may still make something of it.
struct SealedRecord {
    std::string journal;  // which file it is bound to
    Bytes sealed;
    // Of one that was set aside whole.
    std::optional<domain::Instant> accepted_at;
    std::optional<std::int64_t> events;
};

// How far it reaches. Equal when everything accepted is gone from it.
struct Extent {
    Position forgotten;  // up to here all is in the store, or set aside
    Position end;        // the last that was accepted
};

struct JournalStats {
    std::int64_t events = 0, bytes = 0, set_aside = 0;
    domain::Instant oldest_accepted_at{};  // meaningful when events > 0
};

// What was set aside of a journal, for a person to decide on. Any thread.
class SetAsides {
public:
    virtual ~SetAsides() = default;
    virtual result<std::vector<SetAside>> list(std::size_t limit) = 0;
    // Puts it back at the journal's end; `corrupt` while it does not open.
    virtual result<void> retry(std::int64_t id, domain::Instant now) = 0;
    virtual result<SealedRecord> sealed(std::int64_t id) = 0;
    virtual result<void> drop(std::int64_t id) = 0;
};

enum class Purged {
    nothing,  // nothing to do
    not_now,  // something is accepted and not in the store yet, or somebody reads the file
    done,
};

// Accepted events on local disk until the store has them. Everything in it is sealed. One implementation on SQLite and
// one in memory for tests; each passes tests/contract/journal.
class Journal {
public:
    virtual ~Journal() = default;

    // All or none of `events`, in their order. When this returns, they have survived a power cut. Concurrent callers
    // share one sync. Any thread.
    virtual result<void> append(std::span<const domain::Event> events, domain::Instant now) = 0;

    // append() for who knows what the journal holds: only while `end` is its end, else `moved`. The new end.
    virtual result<Position> append_at(Position end, std::span<const domain::Event> events, domain::Instant now) = 0;
    // Covers every append() that has returned. Any thread; touches no disk.
    [[nodiscard]] virtual Extent extent() = 0;

    // The oldest unapplied events, at most `limit`, without removing them; fewer when they are large, at least one. The
    // last may lie in the middle of its frame. What lies before a record that does not open comes first; once that is
    // the oldest, `corrupt`. One reader.
    virtual result<std::vector<Journaled>> read(std::size_t limit) = 0;
    // Forgets everything read up to and including `last`, in one synced step.
    virtual result<void> forget_through(Position last) = 0;
    // Copies these events, sealed, to the set-aside table (call before forget_through). One that is there from an
    // earlier try is not copied again.
    virtual result<void> set_aside(std::span<const Journaled> events, std::string_view reason, domain::Instant now) = 0;

    // After read() answered `corrupt`: the oldest record, which does not open, goes to the set-aside table as it lies,
    // and out of the way, in one synced step. Nothing happens when it opens.
    virtual result<void> set_damaged_aside(std::string_view reason, domain::Instant now) = 0;

    [[nodiscard]] virtual SetAsides& set_asides() noexcept = 0;  // lives as long as the journal

    [[nodiscard]] virtual result<JournalStats> stats() = 0;
    // How large its write-ahead log is, in bytes, after what could be done about a heavy one (wal.hpp) without holding
    // up a writer.
    virtual result<std::int64_t> tend_wal() = 0;
    // What was forgotten, sealed as it was, still lies in pages that nothing uses any more: those of the file and of
    // its log go. Writers wait for some milliseconds, so that it is for once an hour.
    virtual result<Purged> purge() = 0;
};

}  // namespace hcp::ports

template <>
struct boost::system::is_error_code_enum<hcp::ports::journal_errc> : std::true_type {};
