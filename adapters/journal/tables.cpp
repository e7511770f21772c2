#include "adapters/journal/tables.hpp"

#include <algorithm>
#include <stdexcept>

namespace hcp::journal {
namespace {

// Opened, a record takes some ten times its size: a reader holds this much at once, whatever lies there.
constexpr std::size_t most_read_bytes = std::size_t{1} << 20;

constexpr int patience_ms = 5000;

constexpr int format = 2;  // SQLite's user_version of the file

constexpr const char* schema[] = {
    "create table if not exists journal ("
    " only integer primary key check (only = 1),"
    " journal_id text not null,"  // what every seal is bound to: no record opens in another file
    " openings integer not null,"
    " forgotten_frame integer not null,"  // everything up to here is in the store
    " forgotten_index integer not null)",
    "create table if not exists frame ("
    " frame integer primary key,"
    " accepted_at_us integer not null,"
    " events integer not null check (events > 0),"
    " sealed blob not null)",
    "create table if not exists set_aside ("
    " id integer primary key autoincrement,"
    " set_aside_at_us integer not null,"
    " reason text not null,"
    " frame integer not null,"  // where it lay: it is set aside once, however often its batch is tried
    " place integer not null,"
    " sealed blob not null,"
    " accepted_at_us integer,"  // these two of a frame that was moved whole; its place is -1
    " events integer,"
    " unique (frame, place))",
    "insert into journal select 1, lower(hex(randomblob(16))), 0, 0, -1 where not exists (select 1 from journal)",
};

constexpr const char* from_1_to_2[] = {
    "alter table set_aside add column accepted_at_us integer",
    "alter table set_aside add column events integer",
};

int remember_wal_pages(void* pages, sqlite_api::sqlite3*, const char*, int now) {
    *static_cast<int*>(pages) = now;
    return SQLITE_OK;
}

void fill(soci::blob& blob, View bytes) {
    blob.trim(0);
    blob.write(0, reinterpret_cast<const char*>(bytes.data()), bytes.size());
}
Bytes bytes_of(soci::blob& blob) {
    Bytes bytes(blob.get_len());
    if (!bytes.empty()) blob.read(0, reinterpret_cast<char*>(bytes.data()), bytes.size());
    return bytes;
}

soci::session& set_up(soci::session& sql) {
    // Other processes (a backup, say) may hold the file for a moment; our own sessions never wait for each other.
    (void)sqlite_api::sqlite3_busy_timeout(raw(sql), patience_ms);
    sql << "pragma wal_autocheckpoint = 0";
    // What is deleted is sealed already; overwriting it with zeros each time would only double the pages written.
    int off = 0;
    sql << "pragma secure_delete = off", soci::into(off);
    sql << "pragma temp_store = memory";  // a purge copies what is left by way of there
    return sql;
}

}  // namespace

struct Writer::Statements {
    explicit Statements(soci::session& sql)
        : sealed{sql},
          add{sql,
              "insert into frame (frame, accepted_at_us, events, sealed) values (:f, :a, :e, :s)",
              soci::use(frame),
              soci::use(accepted_at_us),
              soci::use(events),
              soci::use(sealed)},
          size{sql, "select max(events) from frame where frame = :f", soci::use(frame), soci::into(events, found)},
          sum{sql,
              "select coalesce(sum(events), 0), coalesce(sum(length(sealed)), 0), coalesce(sum(frame = :b), 0)"
              " from frame where frame <= :t",
              soci::use(begun),
              soci::use(frame),
              soci::into(events),
              soci::into(bytes),
              soci::into(half)},
          forget{sql, "delete from frame where frame <= :t", soci::use(frame)},
          remember{sql, "update journal set forgotten_frame = :f, forgotten_index = :i", soci::use(frame),
                   soci::use(index)},
          oldest{sql, "select min(accepted_at_us) from frame where frame = (select min(frame) from frame)",
                 soci::into(accepted_at_us, found)} {}

    // What they are bound to.
    std::int64_t frame = 0, begun = 0, accepted_at_us = 0, events = 0, bytes = 0, half = 0;
    std::int32_t index = 0;
    soci::indicator found = soci::i_null;
    soci::blob sealed;

    Prepared add, size, sum, forget, remember, oldest;
};

Writer::Writer(const std::string& connection, bool sync_every_commit, std::int64_t max_pages,
               std::int64_t heavy_wal_bytes)
    : sql_{soci::sqlite3, connection} {
    std::string mode;
    sql_ << "pragma journal_mode = wal", soci::into(mode);
    if (mode != "wal") throw std::runtime_error{"no write-ahead log on this file system or file (mode " + mode + ")"};
    set_up(sql_);
    sql_ << (sync_every_commit ? "pragma synchronous = full" : "pragma synchronous = normal");
    std::int64_t granted = 0;
    // What the WAL may keep when it starts over, as it does long before that unless somebody reads on and on.
    sql_ << "pragma journal_size_limit = " + std::to_string(heavy_wal_bytes / 4 * 3), soci::into(granted);
    if (max_pages > 0) {
        sql_ << "pragma max_page_count = " + std::to_string(max_pages), soci::into(granted);
    }
    sqlite_api::sqlite3_wal_hook(raw(sql_), remember_wal_pages, &wal_pages_);
    bring_up_to_date();
    every_ = std::make_unique<Statements>(sql_);
}

Writer::~Writer() = default;

void Writer::bring_up_to_date() {
    int found = 0;
    sql_ << "pragma user_version", soci::into(found);
    if (found > format)
        throw std::runtime_error{"format " + std::to_string(found) + ", this version knows up to " +
                                 std::to_string(format)};
    sql_.begin();
    if (found == 1)
        for (const auto* statement : from_1_to_2) sql_ << statement;
    for (const auto* statement : schema) sql_ << statement;
    sql_ << "pragma user_version = " + std::to_string(format);
    // SQLite opens a file that it may not write without a word, and says so at the first change.
    sql_ << "update journal set openings = openings + 1";
    sql_.commit();

    sql_ << "select journal_id, forgotten_frame, forgotten_index from journal", soci::into(journal_id_),
        soci::into(forgotten_.frame), soci::into(forgotten_.index);
    Position last = forgotten_;
    std::int64_t events = 0;
    sql_ << "select frame, events from frame order by frame desc limit 1", soci::into(last.frame), soci::into(events);
    if (sql_.got_data()) last.index = static_cast<std::int32_t>(events) - 1;
    end_ = std::max(last, forgotten_);
    next_frame_ = end_.frame + 1;
}

Totals Writer::totals() {
    Totals t;
    t.extent = {forgotten_, end_};
    sql_ << "select coalesce(sum(events), 0), coalesce(sum(length(sealed)), 0) from frame", soci::into(t.events),
        soci::into(t.bytes);
    sql_ << "select count(*), coalesce(sum(length(sealed)), 0) from set_aside", soci::into(t.set_aside),
        soci::into(t.set_aside_bytes);
    t.oldest_accepted_at_us = oldest();
    std::int64_t head = 0;
    sql_ << "select coalesce(min(frame), 0) from frame", soci::into(head);
    if (t.events > 0 && head == forgotten_.frame) t.events -= forgotten_.index + 1;
    return t;
}

void Writer::begin() {
    sql_.begin();
    forgotten_if_committed_ = forgotten_;
    end_if_committed_ = end_;
}

void Writer::commit() {
    sql_.commit();
    forgotten_ = forgotten_if_committed_;
    end_ = end_if_committed_;
}

bool Writer::purge() noexcept {
    const struct Impatient {
        explicit Impatient(sqlite_api::sqlite3* of) : session{of} { (void)sqlite_api::sqlite3_busy_timeout(of, 0); }
        Impatient(const Impatient&) = delete;
        Impatient& operator=(const Impatient&) = delete;
        ~Impatient() { (void)sqlite_api::sqlite3_busy_timeout(session, patience_ms); }
        sqlite_api::sqlite3* session;
    } impatient{raw(sql_)};
    try {
        sql_ << "vacuum";
    } catch (const std::exception&) {
        return false;  // another process holds the file, or the disk is full: the file is as it was
    }
    // The log has the old pages until it is cut.
    return sqlite_api::sqlite3_wal_checkpoint_v2(raw(sql_), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) ==
           SQLITE_OK;
}

void Writer::roll_back() noexcept {
    try {
        sql_.rollback();
    } catch (const std::exception&) {
        // SQLite rolls back by itself after some failures; then there is nothing left to do.
        return;
    }
}

Position Writer::add_frame(std::int64_t accepted_at_us, std::int64_t events, View sealed) {
    auto& every = *every_;
    every.frame = next_frame_++;
    every.accepted_at_us = accepted_at_us;
    every.events = events;
    fill(every.sealed, sealed);
    every.add.run();
    return end_if_committed_ = {every.frame, static_cast<std::int32_t>(events) - 1};
}

Forgotten Writer::forget_through(Position last) {
    Forgotten gone;
    const auto before = forgotten_if_committed_;
    if (last <= before) return {before, 0, 0, oldest()};
    gone.through = last;
    // A frame goes when its last event is forgotten; until then the place inside it is remembered.
    auto& every = *every_;
    every.frame = last.frame;
    every.size.run();
    const bool whole = every.found != soci::i_ok || last.index + 1 >= every.events;
    every.frame = whole ? last.frame : last.frame - 1;
    every.begun = before.frame;
    every.sum.run();
    gone.events = every.events;
    gone.bytes = every.bytes;
    if (every.half > 0) gone.events -= before.index + 1;  // the frame that was begun before was counted then, so far
    if (!whole) gone.events += last.index + 1 - (before.frame == last.frame ? before.index + 1 : 0);

    every.forget.run();
    every.frame = last.frame;
    every.index = last.index;
    every.remember.run();
    forgotten_if_committed_ = last;
    gone.oldest_accepted_at_us = oldest();
    return gone;
}

bool Writer::add_set_aside(std::int64_t at_us, const std::string& reason, Position from, View sealed) {
    soci::blob blob{sql_};
    fill(blob, sealed);
    soci::statement insert =
        (sql_.prepare << "insert into set_aside (set_aside_at_us, reason, frame, place, sealed)"
                         " values (:a, :r, :f, :p, :s) on conflict (frame, place) do nothing",
         soci::use(at_us), soci::use(reason), soci::use(from.frame), soci::use(from.index), soci::use(blob));
    insert.execute(true);
    return insert.get_affected_rows() > 0;
}

std::pair<Forgotten, std::int64_t> Writer::set_frame_aside(std::int64_t at_us, const std::string& reason,
                                                           std::int64_t frame) {
    std::int64_t events = 0, bytes = 0;
    sql_ << "select events, length(sealed) from frame where frame = :f", soci::use(frame), soci::into(events),
        soci::into(bytes);
    sql_ << "insert into set_aside (set_aside_at_us, reason, frame, place, sealed, accepted_at_us, events)"
            " select :a, :r, frame, -1, sealed, accepted_at_us, events from frame where frame = :f",
        soci::use(at_us), soci::use(reason), soci::use(frame);
    return {forget_through({frame, static_cast<std::int32_t>(events) - 1}), bytes};
}

bool Writer::remove_set_aside(std::int64_t id) {
    soci::statement remove = (sql_.prepare << "delete from set_aside where id = :i", soci::use(id));
    remove.execute(true);
    return remove.get_affected_rows() > 0;
}

void Writer::replace_set_aside(std::int64_t id, View sealed) {
    soci::blob blob{sql_};
    fill(blob, sealed);
    sql_ << "update set_aside set sealed = :s where id = :i", soci::use(blob), soci::use(id);
}

std::optional<std::int64_t> Writer::oldest() {
    every_->oldest.run();
    return every_->found == soci::i_ok ? std::optional{every_->accepted_at_us} : std::nullopt;
}

Reader::Reader(const std::string& connection)
    : sql_{soci::sqlite3, connection},
      sealed_{set_up(sql_)},
      frames_{sql_,
              "select frame, accepted_at_us, events, sealed from frame order by frame",
              soci::into(frame_.frame),
              soci::into(frame_.accepted_at_us),
              soci::into(frame_.events),
              soci::into(sealed_)} {
    // Before its first read a session does not know that there is a WAL, and would checkpoint nothing.
    (void)frames({}, 1);
}

std::vector<Frame> Reader::frames(Position forgotten, std::int64_t limit) {
    std::vector<Frame> frames;
    std::int64_t events = 0;
    std::size_t bytes = 0;
    frames_.each([&] {
        frame_.sealed = bytes_of(sealed_);
        events += frame_.events - (frame_.frame == forgotten.frame ? forgotten.index + 1 : 0);
        bytes += frame_.sealed.size();
        frames.push_back(std::move(frame_));
        return events < limit && bytes < most_read_bytes;
    });
    return frames;
}

namespace {

// What a row of set_aside is read into.
class SetAsideReading {
public:
    explicit SetAsideReading(soci::session& sql) : sealed{sql} {}

    SetAsideRow row;
    soci::blob sealed;
    std::int64_t frame = 0, accepted_at_us = 0, events = 0;
    soci::indicator is_frame = soci::i_null, has_events = soci::i_null;

    [[nodiscard]] SetAsideRow taken() {
        auto whole = row;
        whole.sealed = bytes_of(sealed);
        if (is_frame == soci::i_ok) whole.frame = SetAsideRow::Moved{frame, accepted_at_us, events};
        return whole;
    }
};

constexpr const char* set_aside_columns = "id, set_aside_at_us, reason, sealed, frame, accepted_at_us, events";

}  // namespace

std::vector<SetAsideRow> Reader::set_aside(std::int64_t limit) {
    std::vector<SetAsideRow> rows;
    SetAsideReading one{sql_};
    soci::statement select =
        (sql_.prepare << std::string{"select "} + set_aside_columns + " from set_aside order by id limit :n",
         soci::use(limit), soci::into(one.row.id), soci::into(one.row.set_aside_at_us), soci::into(one.row.reason),
         soci::into(one.sealed), soci::into(one.frame), soci::into(one.accepted_at_us, one.is_frame),
         soci::into(one.events, one.has_events));
    select.execute();
    while (select.fetch()) rows.push_back(one.taken());
    return rows;
}

std::optional<SetAsideRow> Reader::set_aside_row(std::int64_t id) {
    SetAsideReading one{sql_};
    sql_ << std::string{"select "} + set_aside_columns + " from set_aside where id = :i", soci::use(id),
        soci::into(one.row.id), soci::into(one.row.set_aside_at_us), soci::into(one.row.reason), soci::into(one.sealed),
        soci::into(one.frame), soci::into(one.accepted_at_us, one.is_frame), soci::into(one.events, one.has_events);
    if (!sql_.got_data()) return std::nullopt;
    return one.taken();
}

}  // namespace hcp::journal
