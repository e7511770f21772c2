#include "adapters/journal/journal.hpp"

#include "adapters/journal/group_commit.hpp"
#include "adapters/journal/tables.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/event_codec.hpp"
#include "plugin/run/descriptor.hpp"
#include "plugin/run/mutex.hpp"

#include <unistd.h>

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

// Pages of 4 KiB in the WAL. At the first number whoever has just been served copies them into the file, beside the
// writers; at the second a writer finishes the copy, so that the WAL starts over. A WAL that is written over again also
// syncs faster than one that grows.
constexpr int wal_pages_to_copy = 500;
constexpr int wal_pages_to_start_over = 2000;

// Associated data of a seal: a label, the file, then what must not be changed beside the record.
Bytes bound_to(std::string_view label, std::string_view journal_id, std::int64_t at_us, std::string_view rest) {
    Bytes bytes;
    bytes.reserve(label.size() + journal_id.size() + 8 + rest.size());
    bytes.insert(bytes.end(), label.begin(), label.end());
    bytes.insert(bytes.end(), journal_id.begin(), journal_id.end());
    domain::put_integer(bytes, static_cast<std::uint64_t>(at_us), 8);
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    return bytes;
}

// One change of the file. `apply` runs inside the transaction and may throw; `committed` after it, on the totals.
struct Change {
    std::function<void(Writer&)> apply;
    std::function<void(Totals&)> committed;
    ports::error_code error;
};

class SqliteJournal final : public ports::Journal {
public:
    SqliteJournal(const Options& options, const ports::Sealer& sealer, ports::Log& log)
        : path_{options.path},
          max_bytes_{static_cast<std::int64_t>(std::min<std::uint64_t>(options.max_bytes, INT64_MAX))},
          sealer_{sealer},
          log_{log},
          writer_{connection_string(options.path, options.vfs_name), options.sync_every_commit, options.max_pages},
          reader_{connection_string(options.path, options.vfs_name)},
          totals_{writer_.totals()} {}

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
        Position forgotten;
        std::vector<Frame> frames;
        HCP_CHECK(reading([&](Reader& reader) {
            forgotten = reader.forgotten();
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
        failing_to_read_ = 0;
        return all;
    }

    result<void> forget_through(Position last) override {
        Writer::Forgotten gone;
        HCP_CHECK(change([&](Writer& w) { gone = w.forget_through(last); },
                         [&](Totals& t) {
                             t.extent.forgotten = gone.through;
                             t.events -= gone.events;
                             t.bytes -= gone.bytes;
                             t.oldest_accepted_at_us = gone.oldest_accepted_at_us;
                         }));
        lighten_wal();
        return {};
    }

    result<void> set_aside(std::span<const ports::Journaled> events, std::string_view reason, Instant now) override {
        const std::string why{reason};
        std::vector<std::pair<Position, Bytes>> rows;
        for (const auto& journaled : events) {
            const auto plain = domain::encode_events({&journaled.event, 1});
            HCP_TRY(auto sealed, seal(plain, set_aside_context(to_us(now), why)));
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

    result<std::vector<ports::SetAside>> list_set_aside(std::size_t limit) override {
        std::vector<SetAsideRow> rows;
        HCP_CHECK(reading([&](Reader& reader) {
            rows = reader.set_aside(static_cast<std::int64_t>(std::min<std::size_t>(limit, INT32_MAX)));
        }));
        std::vector<ports::SetAside> all;
        for (auto& row : rows) {
            auto event = open_set_aside(row);
            all.push_back({row.id, domain::instant_from_us(row.set_aside_at_us), std::move(row.reason),
                           event ? std::optional{*std::move(event)} : std::nullopt});
        }
        return all;
    }

    result<void> retry_set_aside(std::int64_t id, Instant now) override {
        std::optional<SetAsideRow> row;
        HCP_CHECK(reading([&](Reader& reader) { row = reader.set_aside_row(id); }));
        if (!row) return journal_errc::missing;
        HCP_TRY(const Event event, open_set_aside(*row));
        HCP_TRY(const Bytes sealed, seal_frame({&event, 1}, now));
        bool found = false;  // somebody else may have retried it meanwhile
        Position end;
        HCP_CHECK(change(
            [&](Writer& w) {
                found = w.remove_set_aside(id);
                if (found) end = w.add_frame(to_us(now), 1, sealed);
            },
            [&](Totals& t) {
                if (!found) return;
                t.set_aside -= 1;
                t.set_aside_bytes -= static_cast<std::int64_t>(row->sealed.size());
                count_frame(t, end, 1, sealed.size(), now);
            }));
        if (!found) return journal_errc::missing;
        return {};
    }

    result<JournalStats> stats() override {
        const run::Lock lock{totals_mutex_};
        return JournalStats{totals_.events, totals_.bytes + totals_.set_aside_bytes, totals_.set_aside,
                            domain::instant_from_us(totals_.oldest_accepted_at_us.value_or(0))};
    }

private:
    static std::int64_t to_us(Instant t) { return domain::to_us(t); }
    static void count_frame(Totals& t, Position end, std::size_t events, std::size_t bytes, Instant now) {
        t.extent.end = end;
        if (!t.oldest_accepted_at_us) t.oldest_accepted_at_us = to_us(now);
        t.events += static_cast<std::int64_t>(events);
        t.bytes += static_cast<std::int64_t>(bytes);
    }

    // --- sealing
    [[nodiscard]] Bytes frame_context(std::int64_t at_us, std::size_t events) const {
        return bound_to("hcp frame", writer_.journal_id(), at_us, std::to_string(events));
    }
    [[nodiscard]] Bytes set_aside_context(std::int64_t at_us, const std::string& reason) const {
        return bound_to("hcp set-aside", writer_.journal_id(), at_us, reason);
    }
    result<Bytes> seal(View plain, const Bytes& context) {
        auto sealed = sealer_.seal(plain, context);
        if (!sealed)
            return refuse(failing_to_write_, journal_errc::unavailable, "加密失败：" + sealed.error().message());
        return std::move(*sealed);
    }
    result<Bytes> seal_frame(std::span<const Event> events, Instant now) {
        return seal(domain::encode_events(events), frame_context(to_us(now), events.size()));
    }
    result<std::vector<Event>> open_record(View sealed, const Bytes& context, const std::string& which) {
        const auto plain = sealer_.open(sealed, context);
        if (!plain) return refuse(failing_to_read_, journal_errc::corrupt, which + "：" + plain.error().message());
        auto events = domain::decode_events(*plain);
        if (!events) return refuse(failing_to_read_, journal_errc::corrupt, which + "：内容格式无法识别");
        return std::move(*events);
    }
    result<std::vector<Event>> open_frame(const Frame& frame) {
        return open_record(frame.sealed, frame_context(frame.accepted_at_us, static_cast<std::size_t>(frame.events)),
                           "记录 " + std::to_string(frame.frame));
    }
    result<Event> open_set_aside(const SetAsideRow& row) {
        const auto which = "搁置记录 " + std::to_string(row.id);
        HCP_TRY(auto events, open_record(row.sealed, set_aside_context(row.set_aside_at_us, row.reason), which));
        if (events.size() != 1) return refuse(failing_to_read_, journal_errc::corrupt, which + "：内容格式无法识别");
        return std::move(events.front());
    }

    // --- changes
    // `only_at`: only while that is the end. The new end.
    result<Position> add(std::optional<Position> only_at, std::span<const Event> events, Instant now) {
        HCP_TRY(const Bytes sealed, seal_frame(events, now));
        const auto size = static_cast<std::int64_t>(sealed.size());
        if (!reserve(size)) return refuse(failing_to_write_, journal_errc::full, "配额已用完（[journal] max_bytes）");
        std::optional<Position> end;
        const auto done = change(
            [&](Writer& w) {
                end.reset();  // it may be tried twice
                if (!only_at || w.end() == *only_at)
                    end = w.add_frame(to_us(now), static_cast<std::int64_t>(events.size()), sealed);
            },
            [&](Totals& t) HCP_REQUIRES(totals_mutex_) {
                reserved_bytes_ -= size;
                if (end) count_frame(t, *end, events.size(), sealed.size(), now);
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
            const auto error = refuse(failing_to_write_, failure.errc, failure.words);
            for (auto* c : batch) c->error = error;
            return failure.errc != journal_errc::full;
        }
        {
            const run::Lock lock{totals_mutex_};
            for (auto* c : batch) c->committed(totals_);
        }
        failing_to_write_ = 0;
        const int pages = writer_.wal_pages();
        if (pages < wal_pages_) wal_pages_copied_ = 0;  // it has started over
        wal_pages_ = pages;
        if (start_over_.exchange(false)) writer_.checkpoint();
        return true;
    }

    // Called by whoever has just been served, beside the next writer.
    void lighten_wal() {
        if (wal_pages_ - wal_pages_copied_ < wal_pages_to_copy) return;
        if (!reader_mutex_.try_lock()) return;
        const run::Lock lock{reader_mutex_, std::adopt_lock};
        if (wal_pages_ - wal_pages_copied_ < wal_pages_to_copy) return;
        wal_pages_copied_ = reader_.checkpoint();
        if (wal_pages_copied_ >= wal_pages_to_start_over) start_over_ = true;
    }

    template <class Read>
    result<void> reading(Read&& read) {
        const run::Lock lock{reader_mutex_};
        try {
            read(reader_);
            return {};
        } catch (...) {
            const auto failure = failure_of_current_exception(path_);
            return refuse(failing_to_read_, failure.errc, failure.words);
        }
    }

    // Logs the first of a row of equal failures: a full disk must not fill the host's log as well.
    ports::error_code refuse(std::atomic<int>& latest, journal_errc errc, const std::string& words) noexcept {
        if (latest.exchange(static_cast<int>(errc)) == static_cast<int>(errc)) return errc;
        try {
            log_.error("本地日志 " + path_.string() + "：" + words);
        } catch (const std::exception&) {
            log_.error("本地日志失败，原因无法写出");
        }
        return errc;
    }

    struct Write {
        SqliteJournal* journal;
        void operator()(std::span<Change* const> batch) const noexcept { journal->write(batch); }
    };

    const std::filesystem::path path_;
    const std::int64_t max_bytes_;
    const ports::Sealer& sealer_;
    ports::Log& log_;
    Writer writer_;
    run::Mutex reader_mutex_;
    Reader reader_ HCP_GUARDED_BY(reader_mutex_);
    run::Mutex totals_mutex_;
    Totals totals_ HCP_GUARDED_BY(totals_mutex_);
    std::int64_t reserved_bytes_ HCP_GUARDED_BY(totals_mutex_) = 0;
    std::atomic<int> wal_pages_{0}, wal_pages_copied_{0};
    std::atomic<bool> start_over_{false};
    std::atomic<int> failing_to_write_{0}, failing_to_read_{0};  // journal_errc, 0 = all is well
    GroupCommit<Change, Write> commits_{Write{this}};
};

// SQLite only says "unable to open"; the operator wants to know what to change.
std::string advice_for(const std::filesystem::path& file) {
    const auto directory = file.parent_path();
    if (access(directory.c_str(), F_OK) != 0) return "目录不存在，请先建立";
    if (access(directory.c_str(), W_OK | X_OK) != 0) return "目录不可写，请改其权限";
    if (access(file.c_str(), F_OK) == 0 && access(file.c_str(), R_OK | W_OK) != 0) return "文件不可写，请改其权限";
    return "请检查文件是否损坏、磁盘是否已满、文件系统是否支持 SQLite 的 WAL";
}

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
