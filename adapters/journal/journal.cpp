#include "adapters/journal/journal.hpp"

#include "adapters/journal/change.hpp"
#include "adapters/journal/complaint.hpp"
#include "adapters/journal/group_commit.hpp"
#include "adapters/journal/renewal.hpp"
#include "adapters/journal/seals.hpp"
#include "adapters/journal/tables.hpp"
#include "adapters/journal/wal_pages.hpp"
#include "plugin/run/descriptor.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/sqlite_wal.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <stdexcept>

namespace hcp::journal {
namespace {

using domain::Event;
using domain::Instant;
using ports::journal_errc;
using ports::JournalStats;
using ports::result;

constexpr std::int64_t most_purged_bytes = std::int64_t{16} << 20;

class SqliteJournal final : public ports::Journal, private ports::SetAsides {
public:
    SqliteJournal(const Options& options, const ports::Sealer& sealer, ports::Log& log)
        : path_{options.path},
          max_bytes_{static_cast<std::int64_t>(std::min<std::uint64_t>(options.max_bytes, INT64_MAX))},
          cannot_write_{path_, log},
          cannot_read_{path_, log},
          connection_{connection_string(options.path, options.vfs_name)},
          heavy_wal_bytes_{options.heavy_wal_bytes},
          writer_{connection_, options.sync_every_commit, options.max_pages, options.heavy_wal_bytes},
          seals_{sealer, writer_.journal_id()},
          reader_{connection_},
          totals_{totals_of_renewed(writer_, reader_, seals_, options.masters)} {}

    result<void> append(std::span<const Event> events, Instant now) override {
        if (events.empty()) return {};
        HCP_CHECK(add(std::nullopt, events, now));
        return {};
    }

    result<Position> append_at(Position end, std::span<const Event> events, Instant now) override {
        if (events.empty()) return end;
        return add(end, events, now);
    }

    ports::Extent extent() override {
        const run::Lock lock{totals_mutex_};
        return totals_.extent;
    }

    result<std::vector<ports::Journaled>> read(std::size_t limit) override {
        const auto forgotten = extent().forgotten;
        std::vector<Frame> frames;
        HCP_CHECK(reading([&](Reader& reader) {
            frames = reader.frames(forgotten, static_cast<std::int64_t>(std::min<std::size_t>(limit, INT32_MAX)));
        }));
        std::vector<ports::Journaled> all;
        for (const auto& frame : frames) {
            auto events = open_frame(frame);
            if (!events) {
                // What lies before the bad frame is good and goes first; then the bad frame is all there is to read.
                if (all.empty()) return events.error();
                return all;
            }
            for (std::int32_t i = 0; auto& event : *events) {
                const Position at{frame.frame, i++};
                if (at > forgotten && all.size() < limit)
                    all.push_back({at, domain::instant_from_us(frame.accepted_at_us), std::move(event)});
            }
        }
        cannot_read_.is_over();
        return all;
    }

    result<void> forget_through(Position last) override {
        Forgotten gone;
        HCP_CHECK(change([&](Writer& w) { gone = w.forget_through(last); }, [&](Totals& t) { t.forget(gone); }));
        has_remains_ = true;
        lighten_wal();
        return {};
    }

    result<void> set_aside(std::span<const ports::Journaled> events, std::string_view reason, Instant now) override {
        const std::string why{reason};
        std::vector<std::pair<Position, Bytes>> rows;
        for (const auto& journaled : events) {
            HCP_TRY(auto sealed, or_refuse(seals_.aside(journaled.event, to_us(now), why), cannot_write_,
                                           journal_errc::unavailable, "加密失败"));
            rows.emplace_back(journaled.at, std::move(sealed));
        }
        std::int64_t added = 0, bytes = 0;
        return change(
            [&](Writer& w) {
                added = bytes = 0;  // it may be tried twice
                for (const auto& [from, sealed] : rows) {
                    if (!w.add_set_aside(to_us(now), why, from, sealed)) continue;
                    ++added;
                    bytes += static_cast<std::int64_t>(sealed.size());
                }
            },
            [&](Totals& t) {
                t.set_aside += added;
                t.set_aside_bytes += bytes;
            });
    }

    result<void> set_damaged_aside(std::string_view reason, Instant now) override {
        const std::string why{reason};
        std::vector<Frame> oldest;
        HCP_CHECK(reading([&](Reader& reader) { oldest = reader.frames(extent().forgotten, 1); }));
        if (oldest.empty() || seals_.open(oldest.front())) return {};
        std::pair<Forgotten, std::int64_t> moved;
        has_remains_ = true;
        return change([&](Writer& w) { moved = w.set_frame_aside(to_us(now), why, oldest.front().frame); },
                      [&](Totals& t) {
                          t.forget(moved.first);
                          t.set_aside += 1;
                          t.set_aside_bytes += moved.second;
                      });
    }

    ports::SetAsides& set_asides() noexcept override { return *this; }

    result<JournalStats> stats() override {
        const run::Lock lock{totals_mutex_};
        return JournalStats{totals_.events, totals_.bytes + totals_.set_aside_bytes, totals_.set_aside,
                            domain::instant_from_us(totals_.oldest_accepted_at_us.value_or(0))};
    }

    result<std::int64_t> tend_wal() override {
        try {
            if (run::wal_bytes(path_) >= heavy_wal_bytes_) shrink_wal(connection_);
            return run::wal_bytes(path_);
        } catch (...) {
            const auto failure = failure_of_current_exception(path_);
            return cannot_read_.say(failure.errc, failure.words);
        }
    }

    result<ports::Purged> purge() override {
        const run::Lock lock{reader_mutex_};  // we ourselves do not read meanwhile
        if (!has_remains_) return ports::Purged::nothing;
        auto outcome = ports::Purged::not_now;
        Change none{[](Writer&) {},
                    [](Totals&) {},
                    {},
                    [&](Writer& writer) {
                        if (!may_be_purged() || !writer.purge()) return;
                        has_remains_ = false;
                        wal_.cut();
                        outcome = ports::Purged::done;
                    }};
        commits_.run(none);
        if (none.error) return none.error;
        return outcome;
    }

private:
    result<std::vector<ports::SetAside>> list(std::size_t limit) override {
        std::vector<SetAsideRow> rows;
        HCP_CHECK(reading([&](Reader& reader) {
            rows = reader.set_aside(static_cast<std::int64_t>(std::min<std::size_t>(limit, INT32_MAX)));
        }));
        std::vector<ports::SetAside> all;
        for (const auto& row : rows) {
            ports::SetAside one{row.id, domain::instant_from_us(row.set_aside_at_us), row.reason, {}, {}};
            // A frame that opens again is told of by its first event.
            if (auto events = open_set_aside(row)) one.event = std::move(events->front());
            if (row.frame) one.damaged_record = row.frame->frame;
            all.push_back(std::move(one));
        }
        return all;
    }

    result<void> retry(std::int64_t id, Instant now) override {
        HCP_TRY(const auto row, set_aside_row(id));
        HCP_TRY(const auto events, open_set_aside(row));
        const auto count = std::ssize(events);
        HCP_TRY(const Bytes sealed, seal_frame(events, now));
        bool found = false;  // somebody else may have retried it meanwhile
        Position end;
        HCP_CHECK(change(
            [&](Writer& w) {
                found = w.remove_set_aside(id);
                if (found) end = w.add_frame(to_us(now), count, sealed);
            },
            [&](Totals& t) {
                if (found) t.take_out(row);
                if (found) t.add_frame(end, events.size(), sealed.size(), to_us(now));
            }));
        if (!found) return journal_errc::missing;
        has_remains_ = true;
        return {};
    }

    result<ports::SealedRecord> sealed(std::int64_t id) override {
        HCP_TRY(auto row, set_aside_row(id));
        ports::SealedRecord record{writer_.journal_id(), std::move(row.sealed), {}, {}};
        if (row.frame) {
            record.accepted_at = domain::instant_from_us(row.frame->accepted_at_us);
            record.events = row.frame->events;
        }
        return record;
    }

    result<void> drop(std::int64_t id) override {
        HCP_TRY(const auto row, set_aside_row(id));
        bool found = false;
        HCP_CHECK(change([&](Writer& w) { found = w.remove_set_aside(id); },
                         [&](Totals& t) {
                             if (found) t.take_out(row);
                         }));
        if (!found) return journal_errc::missing;
        has_remains_ = true;
        return {};
    }

    static std::int64_t to_us(Instant t) { return domain::to_us(t); }

    // --- sealing
    template <class T>
    result<T> or_refuse(result<T> done, Complaint& complaint, journal_errc errc, const std::string& what) {
        if (!done) return complaint.say(errc, what + "：" + done.error().message());
        return done;
    }
    result<Bytes> seal_frame(std::span<const Event> events, Instant now) {
        return or_refuse(seals_.frame(events, to_us(now)), cannot_write_, journal_errc::unavailable, "加密失败");
    }
    result<std::vector<Event>> open_frame(const Frame& frame) {
        return or_refuse(seals_.open(frame), cannot_read_, journal_errc::corrupt,
                         "记录 " + std::to_string(frame.frame));
    }
    result<SetAsideRow> set_aside_row(std::int64_t id) {
        std::optional<SetAsideRow> row;
        HCP_CHECK(reading([&](Reader& reader) { row = reader.set_aside_row(id); }));
        if (!row) return journal_errc::missing;
        return *std::move(row);
    }
    result<std::vector<Event>> open_set_aside(const SetAsideRow& row) {
        return or_refuse(seals_.open(row), cannot_read_, journal_errc::corrupt, "搁置记录 " + std::to_string(row.id));
    }

    // --- changes
    // `only_at`: only while that is the end. The new end.
    result<Position> add(std::optional<Position> only_at, std::span<const Event> events, Instant now) {
        HCP_TRY(const Bytes sealed, seal_frame(events, now));
        const auto size = static_cast<std::int64_t>(sealed.size());
        if (!reserve(size)) return cannot_write_.say(journal_errc::full, "配额已用完（[journal] max_bytes）");
        std::optional<Position> end;
        const auto done = change(
            [&](Writer& w) {
                end.reset();  // it may be tried twice
                if (!only_at || w.end() == *only_at)
                    end = w.add_frame(to_us(now), static_cast<std::int64_t>(events.size()), sealed);
            },
            [&](Totals& t) HCP_REQUIRES(totals_mutex_) {
                reserved_bytes_ -= size;
                if (end) t.add_frame(*end, events.size(), sealed.size(), to_us(now));
            });
        if (!done) {
            const run::Lock lock{totals_mutex_};
            reserved_bytes_ -= size;
            return done.error();
        }
        lighten_wal();
        if (!end) return journal_errc::moved;
        return *end;
    }

    // What an enormous set-aside table would take to copy is not worth the wait.
    bool may_be_purged() {
        const run::Lock lock{totals_mutex_};
        return totals_.events == 0 && totals_.set_aside_bytes <= most_purged_bytes;
    }

    // Before the write, so that callers who are written together cannot overrun the quota together.
    bool reserve(std::int64_t size) {
        const run::Lock lock{totals_mutex_};
        if (totals_.bytes + totals_.set_aside_bytes + reserved_bytes_ + size > max_bytes_) return false;
        reserved_bytes_ += size;
        return true;
    }

    template <class Apply, class Committed>
    result<void> change(Apply&& apply, Committed&& committed) {
        // By reference, which fits into the function without an allocation: both live until run returns.
        Change c{std::ref(apply), std::ref(committed), {}};
        commits_.run(c);
        if (c.error) return c.error;
        return {};
    }

    // Of several callers that do not fit together, each is tried alone, so that the small ones still get in.
    void write(std::span<Change* const> batch) noexcept {
        const bool full = !write_once(batch, batch.size() == 1);
        if (full) {
            if (batch.size() == 1) return;
            for (const auto& one : batch) (void)write_once({&one, 1}, true);
        }
    }

    // False when the disk is full; the answers are given only when they are final.
    bool write_once(std::span<Change* const> batch, bool final) noexcept {
        try {
            writer_.begin();
            for (auto* c : batch) c->apply(writer_);
            writer_.commit();
        } catch (...) {
            const auto failure = failure_of_current_exception(path_);
            writer_.roll_back();
            // A WAL that was copied can be written from its beginning again, which takes no new space.
            if (failure.errc == journal_errc::full) writer_.checkpoint();
            if (failure.errc == journal_errc::full && !final) return false;
            const auto error = cannot_write_.say(failure.errc, failure.words);
            for (auto* c : batch) c->error = error;
            return failure.errc != journal_errc::full;
        }
        {
            const run::Lock lock{totals_mutex_};
            for (auto* c : batch) c->committed(totals_);
        }
        cannot_write_.is_over();
        if (wal_.committed(writer_.wal_pages())) writer_.checkpoint();
        for (auto* c : batch)
            if (c->afterwards) c->afterwards(writer_);
        return true;
    }

    // Called by whoever has just been served, beside the next writer.
    void lighten_wal() {
        if (!wal_.are_to_copy() || !reader_mutex_.try_lock()) return;
        const run::Lock lock{reader_mutex_, std::adopt_lock};
        if (wal_.are_to_copy()) wal_.copied(reader_.checkpoint());
    }

    template <class Read>
    result<void> reading(Read&& read) {
        const run::Lock lock{reader_mutex_};
        try {
            read(reader_);
            return {};
        } catch (...) {
            const auto failure = failure_of_current_exception(path_);
            return cannot_read_.say(failure.errc, failure.words);
        }
    }

    struct Write {
        SqliteJournal* journal;
        void operator()(std::span<Change* const> batch) const noexcept { journal->write(batch); }
    };

    const std::filesystem::path path_;
    const std::int64_t max_bytes_;
    Complaint cannot_write_, cannot_read_;
    const std::string connection_;
    const std::int64_t heavy_wal_bytes_;
    Writer writer_;
    const Seals seals_;
    run::Mutex reader_mutex_;
    Reader reader_ HCP_GUARDED_BY(reader_mutex_);
    run::Mutex totals_mutex_;
    Totals totals_ HCP_GUARDED_BY(totals_mutex_);
    std::int64_t reserved_bytes_ HCP_GUARDED_BY(totals_mutex_) = 0;
    WalPages wal_{heavy_wal_bytes_};
    std::atomic<bool> has_remains_{true};  // of what was forgotten since the last purge, or before us
    GroupCommit<Change, Write> commits_{Write{this}};
};

}  // namespace

result<std::unique_ptr<ports::Journal>> open(const Options& options, const ports::Sealer& sealer, ports::Log& log) {
    try {
        std::unique_ptr<ports::Journal> journal = std::make_unique<SqliteJournal>(options, sealer, log);
        // While it makes a new file, SQLite keeps a rollback journal beside it and deletes that without a sync of the
        // directory. Should a power cut bring it back later, it would undo the file.
        if (!run::sync_folder_of(options.path)) throw std::runtime_error{"the directory cannot be synced"};
        return journal;
    } catch (...) {
        const auto failure = failure_of_current_exception(options.path);
        log.error("无法打开本地日志 " + options.path.string() + "（" + failure.words + "）：" +
                  advice_for(options.path));
        return failure.errc;
    }
}

}  // namespace hcp::journal
