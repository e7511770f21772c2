#pragma once
#include "adapters/journal/session.hpp"
#include "plugin/ports/crypto.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// The file and its two sessions. Everything here throws what SOCI throws; journal.cpp turns that into journal_errc.
namespace hcp::journal {

using ports::Bytes;
using ports::Position;
using ports::View;

// What was appended together, sealed together.
struct Frame {
    std::int64_t frame = 0, accepted_at_us = 0, events = 0;
    Bytes sealed;
};
struct SetAsideRow {
    std::int64_t id = 0, set_aside_at_us = 0;
    std::string reason;
    Bytes sealed;
    // Of a frame that was moved whole, as it lay; of one event that was sealed anew, nothing.
    struct Moved {
        std::int64_t frame = 0, accepted_at_us = 0, events = 0;
    };
    std::optional<Moved> frame;
};

// What a change forgot.
struct Forgotten {
    Position through;  // what was forgotten before, if that is more
    std::int64_t events = 0, bytes = 0;
    std::optional<std::int64_t> oldest_accepted_at_us;  // of what remains
};

struct Totals {
    ports::Extent extent;
    std::int64_t events = 0, bytes = 0, set_aside = 0, set_aside_bytes = 0;
    std::optional<std::int64_t> oldest_accepted_at_us;

    void add_frame(Position end, std::size_t added_events, std::size_t added_bytes, std::int64_t accepted_at_us) {
        extent.end = end;
        if (!oldest_accepted_at_us) oldest_accepted_at_us = accepted_at_us;
        events += static_cast<std::int64_t>(added_events);
        bytes += static_cast<std::int64_t>(added_bytes);
    }
    void forget(const Forgotten& gone) {
        extent.forgotten = gone.through;
        events -= gone.events;
        bytes -= gone.bytes;
        oldest_accepted_at_us = gone.oldest_accepted_at_us;
    }
    void take_out(const SetAsideRow& row) {
        set_aside -= 1;
        set_aside_bytes -= static_cast<std::int64_t>(row.sealed.size());
    }
};

// The only session that changes the file; used by one thread at a time.
class Writer {
public:
    // Makes the tables when the file is new, and writes a little to prove that it can.
    Writer(const std::string& connection, bool sync_every_commit, std::int64_t max_pages, std::int64_t heavy_wal_bytes);
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer();

    [[nodiscard]] const std::string& journal_id() const { return journal_id_; }
    // Pages in the WAL after the latest commit.
    [[nodiscard]] int wal_pages() const { return wal_pages_; }
    [[nodiscard]] Totals totals();

    void begin();
    void commit();
    void roll_back() noexcept;
    void checkpoint() { (void)journal::checkpoint(sql_); }
    // Nothing of what was deleted is left in the file or its log. Outside of a change. False: somebody reads, or there
    // is no room; nothing is waited for.
    bool purge() noexcept;

    // Frame numbers grow and are never used twice, even after everything was forgotten.
    Position add_frame(std::int64_t accepted_at_us, std::int64_t events, View sealed);  // of its last event
    // The last event, those added in this transaction included.
    [[nodiscard]] Position end() const { return end_if_committed_; }
    Forgotten forget_through(Position last);
    // False: what lay there is set aside already.
    bool add_set_aside(std::int64_t at_us, const std::string& reason, Position from, View sealed);
    // The frame moves there as it lies, and is forgotten; answers its size in bytes as well.
    std::pair<Forgotten, std::int64_t> set_frame_aside(std::int64_t at_us, const std::string& reason,
                                                       std::int64_t frame);
    bool remove_set_aside(std::int64_t id);  // false: there was none
    void replace_set_aside(std::int64_t id, View sealed);

private:
    void bring_up_to_date();
    std::optional<std::int64_t> oldest();

    soci::session sql_;
    std::string journal_id_;
    Position forgotten_{0, -1}, forgotten_if_committed_{0, -1};
    Position end_{0, -1}, end_if_committed_{0, -1};
    std::int64_t next_frame_ = 1;
    int wal_pages_ = 0;

    struct Statements;  // of every event
    std::unique_ptr<Statements> every_;
};

// Reads beside the writer. No statement stays open after a call: it would hold on to old pages of the WAL.
class Reader {
public:
    explicit Reader(const std::string& connection);

    // Whole frames from the oldest on until they have `limit` events after `forgotten`, or a megabyte.
    [[nodiscard]] std::vector<Frame> frames(Position forgotten, std::int64_t limit);
    [[nodiscard]] std::vector<SetAsideRow> set_aside(std::int64_t limit);
    [[nodiscard]] std::optional<SetAsideRow> set_aside_row(std::int64_t id);
    int checkpoint() { return journal::checkpoint(sql_); }

private:
    soci::session sql_;
    Frame frame_;  // what the statement is bound to
    soci::blob sealed_;
    Prepared frames_;
};

}  // namespace hcp::journal
