#include "plugin/app/catalogue/load_rules.hpp"
#include "plugin/domain/ledger_entries.hpp"
#include "tests/ctl/working_desk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <set>

// Whoever has the database and all of SQL, but no key and no hand on the anchor file: each thing they may try has its
// own finding.

using namespace hcp;
using namespace hcp::test;

namespace {

struct Entry {
    std::int64_t seq = 0, kind = 0, at_us = 0;
    std::vector<std::uint8_t> canonical;
    ports::Digest hash{}, seal{};
};

// A connection of the attacker's own.
class Database {
public:
    explicit Database(const fs::path& file) {
        REQUIRE(sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() { sqlite3_close(db_); }

    void run(const std::string& sql) const {
        INFO(sql << ": " << sqlite3_errmsg(db_));
        REQUIRE(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    [[nodiscard]] std::int64_t number(const std::string& sql) const {
        std::int64_t value = 0;
        rows(sql, [&](sqlite3_stmt* row) { value = sqlite3_column_int64(row, 0); });
        return value;
    }
    [[nodiscard]] std::vector<std::int64_t> numbers(const std::string& sql) const {
        std::vector<std::int64_t> values;
        rows(sql, [&](sqlite3_stmt* row) { values.push_back(sqlite3_column_int64(row, 0)); });
        return values;
    }

    [[nodiscard]] std::vector<Entry> entries(std::int32_t lane = 1) const {
        std::vector<Entry> all;
        const auto query =
            "select seq, kind, at_us, canonical, hash, seal from ledger where lane = " + std::to_string(lane) +
            " order by seq";
        rows(query, [&](sqlite3_stmt* row) {
            Entry e{
                sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2), {}, {}, {}};
            const auto* canonical = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, 3));
            e.canonical.assign(canonical, canonical + sqlite3_column_bytes(row, 3));
            const auto* hash = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, 4));
            std::copy(hash, hash + 32, e.hash.begin());
            const auto* seal = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, 5));
            std::copy(seal, seal + 32, e.seal.begin());
            all.push_back(std::move(e));
        });
        return all;
    }
    void replace_entries(const std::vector<Entry>& all, std::int32_t lane = 1) const {
        run("begin; delete from ledger where lane = " + std::to_string(lane));
        const auto insert = prepare("insert into ledger (lane, seq, kind, at_us, canonical, hash, seal) values (" +
                                    std::to_string(lane) + ", ?, ?, ?, ?, ?, ?)");
        for (const auto& e : all) {
            sqlite3_reset(insert.get());
            sqlite3_bind_int64(insert.get(), 1, e.seq);
            sqlite3_bind_int64(insert.get(), 2, e.kind);
            sqlite3_bind_int64(insert.get(), 3, e.at_us);
            sqlite3_bind_blob(insert.get(), 4, e.canonical.data(), static_cast<int>(e.canonical.size()),
                              SQLITE_TRANSIENT);
            sqlite3_bind_blob(insert.get(), 5, e.hash.data(), 32, SQLITE_TRANSIENT);
            sqlite3_bind_blob(insert.get(), 6, e.seal.data(), 32, SQLITE_TRANSIENT);
            REQUIRE(sqlite3_step(insert.get()) == SQLITE_DONE);
        }
        run("commit");
    }

private:
    using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;
    [[nodiscard]] Statement prepare(const std::string& sql) const {
        sqlite3_stmt* made = nullptr;
        INFO(sql << ": " << sqlite3_errmsg(db_));
        REQUIRE(sqlite3_prepare_v2(db_, sql.c_str(), -1, &made, nullptr) == SQLITE_OK);
        return {made, &sqlite3_finalize};
    }
    void rows(const std::string& sql, const std::function<void(sqlite3_stmt*)>& each) const {
        const auto query = prepare(sql);
        while (sqlite3_step(query.get()) == SQLITE_ROW) each(query.get());
    }

    sqlite3* db_ = nullptr;
};

using Findings = std::set<std::string>;

Findings findings_of(const Said& said) {
    Findings found;
    const auto report = said.json();
    for (const auto& f : report.at("findings").as_array())
        found.insert(std::string{f.at("fault").as_string()} + ' ' + std::string{f.at("seq").as_string()});
    return found;
}

// A desk whose database an attacker has.
class Attacked : public WorkingDesk {
public:
    [[nodiscard]] std::int64_t case_of(const std::string& case_no) const {
        return database().number("select id from cases where case_no = '" + case_no + "'");
    }
    [[nodiscard]] Database database() const { return Database{options.path}; }
    [[nodiscard]] Findings findings() const {
        const auto said = ctl({"ledger", "verify", "--json"});
        auto found = findings_of(said);
        CHECK(said.code == (found.empty() ? 0 : 1));
        // People are told the same, in words.
        const auto told = ctl({"ledger", "verify", "--quiet"});
        CHECK(static_cast<std::size_t>(std::count(told.out.begin(), told.out.end(), '\n')) ==
              said.json().at("findings").as_array().size());
        return found;
    }
    // What an attacker makes of the entries.
    Findings after(const std::function<void(std::vector<Entry>&)>& attack, std::int32_t lane = 1) const {
        const auto db = database();
        auto entries = db.entries(lane);
        attack(entries);
        db.replace_entries(entries, lane);
        return findings();
    }

    // The database as it stands, kept aside; put back while the instance is stopped; and the instance started on it.
    [[nodiscard]] fs::path copy() const {
        auto file = dir.path() / "yesterday.db";
        database().run("vacuum into '" + file.string() + "'");
        return file;
    }
    void put_back(const fs::path& file) {
        store.reset();
        for (const auto* rest : {"-wal", "-shm"}) fs::remove(options.path.string() + rest);
        fs::rename(file, options.path);
    }
    void start() {
        store = *store::open_store(options);
        books.emplace(*store, key_set->digests(), key_set->ledger(), clock, id_clock);
        books->adopt(domain::InstanceNo{1});
        opener.emplace(*books, keys, *follow, terms, nobody, log);
    }
};

// Four cases: one rated well, one badly, two that nobody rated; all of it anchored.
class Raided : public Attacked {
public:
    Raided() {
        apply({completion("A1"), completion("A2"), completion("A3"), completion("A4")});
        rate(completion("A1"), Level::very_satisfied, clock.now());
        rate(completion("A2"), Level::dissatisfied, clock.now(), "窗口等候太久，没有人答复", {});
        clock.set(at(2026, 10, 12));
        const auto settled = settler->sweep(clock.now(), 100);
        REQUIRE(settled.has_value());
        REQUIRE(settled->defaulted == 2);
        anchor();
        REQUIRE(findings() == Findings{});
        last = database().entries().back().seq;
        REQUIRE(last > 10);
    }

    [[nodiscard]] std::int64_t evaluation_of(const std::string& case_no) const {
        return database().number("select e.id from evaluations e join cases c on c.id = e.case_id where c.case_no = '" +
                                 case_no + "'");
    }
    [[nodiscard]] std::int64_t ticket() const { return database().number("select id from tickets"); }
    // All four evaluations under one fault.
    [[nodiscard]] Findings each(std::string_view fault) const {
        Findings all;
        for (const auto* case_no : {"A1", "A2", "A3", "A4"})
            all.insert(std::string{fault} + ' ' + std::to_string(evaluation_of(case_no)));
        return all;
    }
    [[nodiscard]] Findings each_case(std::string_view fault) const {
        Findings all;
        for (const auto* case_no : {"A1", "A2", "A3", "A4"})
            all.insert(std::string{fault} + ' ' + std::to_string(case_of(case_no)));
        return all;
    }

    std::int64_t last = 0;
};

Findings operator+(Findings a, const Findings& b) {
    a.insert(b.begin(), b.end());
    return a;
}

// The chain as anybody can compute it.
void rehash(std::vector<Entry>& entries, std::size_t from = 0, std::size_t to = SIZE_MAX) {
    const gm::Sm3 sm3;
    for (auto i = from; i < std::min(to, entries.size()); ++i) {
        const auto previous = i == 0 ? ports::Digest{} : entries[i - 1].hash;
        entries[i].hash = sm3.sm3({ports::View{previous}, ports::View{entries[i].canonical}});
    }
}

void put_number(Entry& entry, std::int64_t seq) {
    for (int i = 0; i < 8; ++i)
        entry.canonical[static_cast<std::size_t>(13 - i)] =
            static_cast<std::uint8_t>(static_cast<std::uint64_t>(seq) >> (8 * i));
}

// As the plugin would write it.
Entry made(std::int64_t seq, Instant when, const LedgerFact& fact) {
    return {seq, static_cast<std::int64_t>(kind_of(fact)), to_us(when), canonical(1, seq, when, fact), {}, {}};
}

// An entry that is well made but was never written by the plugin, to stand at `seq`.
Entry forged(std::int64_t seq, Instant when) {
    return made(seq, when, entries::CaseConflict{});
}

std::string named(std::string_view fault, std::int64_t where) {
    return std::string{fault} + ' ' + std::to_string(where);
}

// Whoever slips in or takes out rows keeps the table's numbers without gaps.
void number_places(std::vector<Entry>& entries) {
    for (std::size_t i = 0; i < entries.size(); ++i) entries[i].seq = static_cast<std::int64_t>(i) + 1;
}

void insert(std::vector<Entry>& entries, std::size_t at, Entry entry) {
    entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(at), std::move(entry));
    number_places(entries);
}
void remove(std::vector<Entry>& entries, std::size_t at) {
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(at));
}

// Not a rating's, so that only the ledger itself is concerned; its number is 5.
constexpr std::size_t victim = 4;

}  // namespace

SCENARIO("a changed entry is named", "[ctl][ledger]") {
    const Raided desk;
    CHECK(desk.after([](auto& e) { e[victim].canonical.back() ^= 1; }) ==
          Findings{"changed 5", named("case_changed", desk.case_of("A3"))});
}

SCENARIO("a changed entry whose own hash was made to fit has no seal and breaks the chain just behind it",
         "[ctl][ledger]") {
    const Raided desk;
    CHECK(desk.after([](auto& e) {
        e[victim].canonical.back() ^= 1;
        rehash(e, victim, victim + 1);
    }) == Findings{"forged 5", "changed 6", named("case_changed", desk.case_of("A3"))});
}

SCENARIO("a changed kind or time beside the entry, and an entry that does not read, are named", "[ctl][ledger]") {
    const Raided desk;
    const auto as_written = desk.database().entries();
    const auto after = [&](const std::function<void(Entry&)>& attack) {
        return desk.after([&](auto& e) {
            e = as_written;
            attack(e[victim]);
        });
    };
    CHECK(after([](Entry& e) { e.kind = 14; }) == Findings{"changed 5"});
    CHECK(after([](Entry& e) { e.at_us += 1; }) == Findings{"changed 5"});
    // It was the opening of a case, which nothing tells of now.
    CHECK(after([](Entry& e) { e.canonical.resize(10); }) ==
          Findings{"changed 5", named("case_inserted", desk.case_of("A3"))});
    CHECK(after([](Entry&) {}) == Findings{});
}

SCENARIO("removed entries are named, with the gap or with the gap closed", "[ctl][ledger]") {
    const Raided gap;
    CHECK(gap.after([](auto& e) { remove(e, victim); }) ==
          Findings{"removed 5", named("case_inserted", gap.case_of("A3"))});
    const Raided wide;
    CHECK(wide.after([](auto& e) {
        for (int i = 0; i < 3; ++i) remove(e, victim);
    }) == Findings{"removed 5", named("case_inserted", wide.case_of("A3")), named("case_inserted", wide.case_of("A4")),
                   named("evaluation_inserted", wide.evaluation_of("A3"))});
    CHECK(has(wide.ctl({"ledger", "verify"}).out, "缺少序号 5 至 7 的记录"));
    const Raided closed;
    CHECK(closed.after([](auto& e) {
        for (int i = 0; i < 2; ++i) remove(e, victim);
        number_places(e);
    }) == Findings{"removed 5", named("case_inserted", closed.case_of("A3")),
                   named("evaluation_inserted", closed.evaluation_of("A3"))});
    CHECK(has(closed.ctl({"ledger", "verify"}).out, "缺少序号 5 至 6 的记录，其后各条被重新编号"));
}

SCENARIO("a rating taken out together with its entry is named by the entry that is missing", "[ctl][ledger]") {
    const Raided desk;
    const auto seq = desk.database().number("select min(ledger_seq) from ratings");
    desk.database().run("delete from ratings where ledger_seq = " + std::to_string(seq));
    const auto evaluation = desk.evaluation_of("A1");
    CHECK(desk.after([&](auto& e) { remove(e, static_cast<std::size_t>(seq - 1)); }) ==
          Findings{named("removed", seq), named("evaluation_changed", evaluation)});
    // With the evaluation made to fit, the missing entry remains.
    desk.database().run("update evaluations set state = 1, rating_id = null where id = " + std::to_string(evaluation));
    CHECK(desk.findings() == Findings{named("removed", seq)});
}

SCENARIO("inserted entries are named, however well they are made", "[ctl][ledger]") {
    const Raided fitting;
    CHECK(fitting.after([&](auto& e) {
        insert(e, victim, forged(5, fitting.clock.now()));
        rehash(e, victim, victim + 1);
    }) == Findings{"inserted 5"});

    const Raided loose;
    CHECK(loose.after([&](auto& e) { insert(e, victim, forged(5, loose.clock.now())); }) == Findings{"inserted 5"});

    const Raided copied;
    CHECK(copied.after([](auto& e) { insert(e, victim, e[1]); }) == Findings{"inserted 5"});

    const Raided several;
    CHECK(several.after([&](auto& e) {
        insert(e, victim, forged(5, several.clock.now()));
        insert(e, victim + 1, forged(6, several.clock.now()));
        rehash(e, victim, victim + 2);
    }) == Findings{"inserted 5", "inserted 6"});
    CHECK(has(several.ctl({"ledger", "verify"}).out, "记录被插入：通道 1 序号 5"));
}

SCENARIO("an entry put in and another taken out at once are both named", "[ctl][ledger]") {
    const Raided desk;
    CHECK(desk.after([&](auto& e) {
        remove(e, 6);
        insert(e, 2, forged(3, desk.clock.now()));
        rehash(e, 2, 3);
    }) == Findings{"inserted 3", "removed 7", named("case_inserted", desk.case_of("A4"))});
}

SCENARIO("entries in another order are named", "[ctl][ledger]") {
    const Raided neighbours;
    CHECK(neighbours.after([](auto& e) {
        std::swap(e[victim], e[victim + 1]);
        number_places(e);
    }) == Findings{"reordered 5", "reordered 6"});
    // What stood behind the first of two that are far apart has lost the entry it follows, and is told of too.
    const Raided apart;
    CHECK(apart.after([](auto& e) {
        std::swap(e[1], e[6]);
        number_places(e);
    }) == Findings{"reordered 2", "changed 3", "reordered 7"});
}

SCENARIO("the last entries cut off, with the ratings they tell of, are named by the anchor", "[ctl][ledger]") {
    const Raided desk;
    const auto db = desk.database();
    const auto first = std::to_string(db.number("select min(ledger_seq) from ratings"));
    db.run("delete from ledger where seq >= " + first);
    db.run("delete from ratings");
    CHECK(desk.findings() == Findings{"cut_or_restored " + first, named("ticket_inserted", desk.ticket())} +
                                 desk.each("evaluation_changed"));
}

SCENARIO("an emptied ledger, or one moved to another lane, is missing in its own", "[ctl][ledger]") {
    const Raided emptied;
    emptied.database().run("delete from ledger; delete from ratings");
    CHECK(emptied.findings() == Findings{"cut_or_restored 1", named("ticket_inserted", emptied.ticket())} +
                                    emptied.each_case("case_inserted") + emptied.each("evaluation_inserted"));
    const Raided moved;
    moved.database().run("update ledger set lane = 7");
    const auto found = moved.findings();
    CHECK(found.contains("cut_or_restored 1"));
    CHECK(found.contains("reordered 1"));
}

SCENARIO("a bad review made good everywhere, the whole chain computed anew, is named by the anchor", "[ctl][ledger]") {
    const Raided desk;
    const auto db = desk.database();
    const auto seq = db.number("select ledger_seq from ratings where level_code = 2");
    db.run("update ratings set level_code = 5 where level_code = 2");
    CHECK(desk.after([&](auto& e) {
        auto& bad = e[static_cast<std::size_t>(seq - 1)];
        auto fact = std::get<entries::Rated>(*fact_in(bad.canonical));
        REQUIRE(fact.level == Level::dissatisfied);
        fact.level = Level::very_satisfied;
        bad.canonical = canonical(1, seq, instant_from_us(bad.at_us), fact);
        rehash(e);
    }) == Findings{named("rewritten", desk.last), named("forged", seq)});
}

SCENARIO("an entry inserted with all behind it rewritten is named by the anchor", "[ctl][ledger]") {
    const Raided desk;
    CHECK(desk.after([&](auto& e) {
        insert(e, victim, forged(5, desk.clock.now()));
        for (auto& entry : e) put_number(entry, entry.seq);
        rehash(e);
    }) == Findings{named("rewritten", desk.last), "forged 5"});
}

SCENARIO("entries put behind the last anchor are named, also when the plugin has written and signed on top of them",
         "[ctl][ledger]") {
    Raided desk;
    // Seals copied from elsewhere are of other entries.
    const auto seal = desk.database().entries().front().seal;
    const auto put_behind = [&](auto& e) {
        for (int i = 0; i < 2; ++i) {
            e.push_back(forged(static_cast<std::int64_t>(e.size()) + 1, desk.clock.now()));
            e.back().seal = seal;
            rehash(e, e.size() - 1);
        }
    };
    const auto found = Findings{named("forged", desk.last + 1)};
    CHECK(desk.after(put_behind) == found);
    CHECK(has(desk.ctl({"ledger", "verify"}).out, "序号 " + std::to_string(desk.last + 1) + " 至 " +
                                                      std::to_string(desk.last + 2) + " 不是用本系统的密钥写入的"));
    desk.apply({Desk::completion("A5")});
    CHECK(desk.database().entries().size() > static_cast<std::size_t>(desk.last) + 2);
    CHECK(desk.findings() == found);
    desk.anchor();
    CHECK(desk.findings() == found);
}

SCENARIO("what the plugin wrote after the last anchor cannot be rewritten", "[ctl][ledger]") {
    Raided desk;
    desk.apply({Desk::completion("A5")});
    CHECK(desk.after([&](auto& e) {
        e.back().canonical.back() ^= 1;
        rehash(e, e.size() - 1);
    }) == Findings{named("forged", static_cast<std::int64_t>(desk.database().entries().size())),
                   named("evaluation_changed", desk.evaluation_of("A5"))});
}

SCENARIO("yesterday's database put back is named by today's anchor", "[ctl][ledger]") {
    Raided desk;
    const auto yesterday = desk.copy();
    desk.apply({Desk::completion("A5")});
    desk.anchor();
    REQUIRE(desk.findings() == Findings{});

    desk.put_back(yesterday);
    CHECK(desk.findings() == Findings{named("cut_or_restored", desk.last + 1)});
}

SCENARIO("yesterday's database stays named when the plugin has written on to the same number and signed it",
         "[ctl][ledger]") {
    Raided desk;
    const auto yesterday = desk.copy();
    desk.apply({Desk::completion("A5")});
    desk.anchor();
    const auto reached = static_cast<std::int64_t>(desk.database().entries().size());

    desk.put_back(yesterday);
    desk.start();
    desk.apply({Desk::completion("A6")});
    REQUIRE(static_cast<std::int64_t>(desk.database().entries().size()) == reached);
    desk.anchor();
    CHECK(desk.findings() == Findings{named("cut_or_restored", reached), named("rewritten", reached)});
}

SCENARIO("another rating put in force, and the words taken from one, are named", "[ctl][ledger]") {
    const Raided desk;
    const auto db = desk.database();
    const auto bad = db.number("select evaluation_id from ratings where level_code = 2");
    const auto good = db.number("select id from ratings where level_code = 5 and origin = 1");
    const auto own = db.number("select id from ratings where level_code = 2");
    const auto points_to = [&](const std::string& rating) {
        db.run("update evaluations set rating_id = " + rating + " where id = " + std::to_string(bad));
        return desk.findings();
    };
    CHECK(points_to(std::to_string(good)) == Findings{named("rating_changed", bad)});
    CHECK(points_to("null") == Findings{named("rating_changed", bad)});
    CHECK(points_to(std::to_string(own)) == Findings{});
    db.run(
        "insert into ratings select -1, evaluation_id, 9, origin, 5, tags, sealed_text, text_digest, channel, "
        "incomplete, unsubmitted, "
        "real_name, request_digest, received_at_us, stored_at_us, ledger_lane, ledger_seq from ratings where "
        "level_code "
        "= 2");
    CHECK(points_to("-1") == Findings{named("rating_changed", bad), "rating_inserted -1"});
    db.run("delete from ratings where id = -1");
    CHECK(points_to(std::to_string(own)) == Findings{});
    db.run("update ratings set sealed_text = null where level_code = 2");
    CHECK(desk.findings() == Findings{named("rating_changed", own)});
}

SCENARIO("a rating altered in any of what it says is named", "[ctl][ledger]") {
    const Raided desk;
    const auto db = desk.database();
    const auto id = db.number("select id from ratings where level_code = 2");
    const auto altered = [&](const std::string& column, const std::string& value, const std::string& back) {
        db.run("update ratings set " + column + " = " + value + " where id = " + std::to_string(id));
        auto found = desk.findings();
        db.run("update ratings set " + column + " = " + back + " where id = " + std::to_string(id));
        return found;
    };
    const auto named_so = Findings{named("rating_changed", id)};
    const auto text = [&](const std::string& column) {
        return std::to_string(db.number("select " + column + " from ratings where id = " + std::to_string(id)));
    };
    CHECK(altered("level_code", "5", "2") == named_so);
    CHECK(altered("origin", "2", "1") == named_so);
    CHECK(altered("tags", "'201'", "null") == named_so);
    CHECK(altered("received_at_us", "received_at_us + 1", text("received_at_us")) == named_so);
    CHECK(altered("evaluation_id", "(select max(evaluation_id) from ratings) + 1", text("evaluation_id")) == named_so);
    CHECK(altered("revision", "2", "1") == named_so);
    CHECK(altered("real_name", "0", "1") == named_so);
    CHECK(altered("incomplete", "1", "0") == named_so);
    CHECK(altered("channel", "7", text("channel")) == named_so);
    CHECK(desk.findings() == Findings{});
    db.run("update ratings set text_digest = zeroblob(32) where id = " + std::to_string(id));
    CHECK(desk.findings() == named_so);
}

SCENARIO("what is altered is told by name", "[ctl][ledger]") {
    const Raided desk;
    const auto db = desk.database();
    const auto id = std::to_string(db.number("select id from ratings where level_code = 2"));
    db.run("update ratings set level_code = 4, real_name = 0 where id = " + id);
    CHECK(has(desk.ctl({"ledger", "verify"}).out, "评价被改动：评价 " + id + " 的等级、实名标记与留痕链记载不符"));
    db.run("update ratings set origin = 2 where id = " + id);
    CHECK(has(desk.ctl({"ledger", "verify"}).out, "评价被改动：评价 " + id + " 的来源与留痕链记载不符"));
}

SCENARIO("a ticket taken away, put in, or with its deadline moved, is named", "[ctl][ledger]") {
    const Raided desk;
    const auto db = desk.database();
    const auto id = std::to_string(desk.ticket());
    const auto altered = [&](const std::string& column, const std::string& value, const std::string& back) {
        db.run("update tickets set " + column + " = " + value + " where id = " + id);
        auto found = desk.findings();
        db.run("update tickets set " + column + " = " + back + " where id = " + id);
        return found;
    };
    const auto changed = Findings{"ticket_changed " + id};
    constexpr auto day = "86400000000";
    for (const std::string column : {"contact_deadline_us", "rectify_deadline_us", "received_at_us"})
        CHECK(altered(column, column + " + " + day, column + " - " + day) == changed);
    CHECK(altered("level_code", "1", "2") == changed);
    CHECK(altered("real_name", "0", "1") == changed);
    const auto of = std::to_string(desk.evaluation_of("A2")), other = std::to_string(desk.evaluation_of("A1"));
    CHECK(altered("evaluation_id", other, of) == changed);
    db.run("update tickets set rectify_deadline_us = null where id = " + id);
    CHECK(desk.findings() == changed);
    CHECK(has(desk.ctl({"ledger", "verify"}).out, "整改单被改动：整改单 " + id + " 的整改期限与留痕链记载不符"));

    db.run(
        "insert into tickets select 4711, evaluation_id, null, null, state, level_code, real_name, received_at_us,"
        " contact_deadline_us, rectify_deadline_us from tickets where id = " +
        id);
    CHECK(desk.findings() == changed + Findings{"ticket_inserted 4711"});
    db.run("delete from tickets");
    CHECK(desk.findings() == Findings{"ticket_removed " + id});
}

SCENARIO("a comment changed, taken away or put in is named, and so is its care ticket", "[ctl][ledger]") {
    Raided desk;
    desk.rate(Desk::completion("A3"), Level::very_dissatisfied, desk.clock.now(), "两个月后才通知结果，也没有说明", {},
              "late");
    REQUIRE(desk.findings() == Findings{});
    const auto db = desk.database();
    const auto id = std::to_string(db.number("select id from comments"));
    const auto altered = [&](const std::string& column, const std::string& value, const std::string& back) {
        db.run("update comments set " + column + " = " + value);
        auto found = desk.findings();
        db.run("update comments set " + column + " = " + back);
        return found;
    };
    const auto changed = Findings{"comment_changed " + id};
    CHECK(altered("level_code", "5", "1") == changed);
    CHECK(altered("level_code", "null", "1") == changed);
    CHECK(altered("revision", "2", "1") == changed);
    CHECK(altered("tags", "'201'", "null") == changed);
    CHECK(altered("received_at_us", "received_at_us + 1", "received_at_us - 1") == changed);
    CHECK(altered("channel", "7", std::to_string(db.number("select channel from comments"))) == changed);
    CHECK(desk.findings() == Findings{});
    db.run("update comments set sealed_text = null");
    CHECK(desk.findings() == changed);
    db.run(
        "insert into comments select 4711, evaluation_id, 2, 5, tags, null, null, channel, request_digest,"
        " received_at_us from comments");
    CHECK(desk.findings() == changed + Findings{"comment_inserted 4711"});
    db.run("delete from comments; delete from tickets where comment_id is not null");
    CHECK(desk.findings().contains("comment_removed " + id));
    CHECK(desk.findings().size() == 2);
}

SCENARIO("what a rater agreed to, changed, taken away or put in, is named (E7)", "[ctl][ledger]") {
    Raided desk;
    auto event = Desk::completion("C1");
    desk.apply({event});
    app::RatingRequest request{desk.token(event),
                               {Level::dissatisfied, {"209"}, "", Channel::mobile, "k", desk.clock.now()}};
    request.answer.consent = {false, true, "13900000000"};
    REQUIRE(desk.recorder->record(std::span{&request, 1}).has_value());
    REQUIRE(desk.findings() == Findings{});
    const auto db = desk.database();
    const auto id = std::to_string(db.number("select rating_id from rating_consents"));
    const auto changed = Findings{"consent_changed " + id};
    for (const std::string column : {"shown_to_rated", "may_be_contacted"}) {
        db.run("update rating_consents set " + column + " = 1 - " + column);
        CHECK(desk.findings() == changed);
        db.run("update rating_consents set " + column + " = 1 - " + column);
    }
    CHECK(desk.findings() == Findings{});
    db.run("update rating_consents set sealed_phone = null");
    CHECK(desk.findings() == changed);
    db.run("delete from rating_consents");
    CHECK(desk.findings() == Findings{"consent_removed " + id});
    db.run("insert into rating_consents select max(id) - 4711, 1, 1, null, null from ratings");
    CHECK(desk.findings().contains("consent_removed " + id));
    CHECK(desk.findings().size() == 2);
}

SCENARIO("a visit put in, changed or taken away is named", "[ctl][ledger]") {
    Raided desk;
    Visit visit;
    visit.host_id = "H1";
    visit.visit_no = "V1";
    visit.visited_at = desk.clock.now();
    visit.staff_id = "S1";
    desk.apply({visit});
    REQUIRE(desk.findings() == Findings{});
    const auto db = desk.database();
    const auto id = std::to_string(db.number("select id from visits"));
    db.run("update visits set staff_id = 'S2'");
    CHECK(desk.findings() == Findings{"visit_changed " + id});
    db.run(
        "update visits set staff_id = 'S1'; insert into visits select 4711, randomblob(32), host_id, visit_no, line,"
        " visited_at_us, window_no, department_id, department_name, item_code, staff_id, sealed_subject, stored_at_us"
        " from visits");
    CHECK(desk.findings() == Findings{"visit_inserted 4711"});
    db.run("delete from visits");
    CHECK(desk.findings() == Findings{"visit_removed " + id});
}

SCENARIO("an opening of bids taken away, put in or moved is named", "[ctl][ledger]") {
    Raided desk;
    desk.apply({BidsOpened{"H1", "P-9", "标段一", desk.clock.now()}});
    REQUIRE(desk.findings() == Findings{});
    const auto db = desk.database();
    const auto when = to_us(desk.clock.now());
    db.run("update openings set opened_at_us = opened_at_us - 1");
    CHECK(desk.findings() == Findings{named("opening_removed", when), named("opening_inserted", when - 1)});
    db.run("update openings set opened_at_us = opened_at_us + 1; insert into openings values ('P-8', ' ', " +
           std::to_string(when) + ", 0)");
    CHECK(desk.findings() == Findings{named("opening_inserted", when)});
    CHECK(has(desk.ctl({"ledger", "verify"}).out, "开标被插入：开标（项目 P-8） 在留痕链中没有记录"));
    db.run("delete from openings");
    CHECK(desk.findings() == Findings{named("opening_removed", when)});
}

SCENARIO("a case put in, altered or taken away, and a rule file altered, are named", "[ctl][ledger]") {
    Raided desk;
    const auto db = desk.database();
    const auto id = std::to_string(desk.case_of("A1"));
    db.run("update cases set completed_at_us = completed_at_us - 1 where id = " + id);
    CHECK(desk.findings() == Findings{"case_changed " + id});
    db.run("update cases set completed_at_us = completed_at_us + 1, policy_version = '2019' where id = " + id);
    CHECK(desk.findings() == Findings{"case_changed " + id});
    db.run("update cases set policy_version = '2020' where id = " + id);
    REQUIRE(desk.findings() == Findings{});
    // Whose review it is, and what is counted.
    for (const std::string column :
         {"department_id", "item_code", "project_no", "section", "node", "line", "service_mode", "calendar_version"}) {
        INFO(column);
        db.run("create table kept as select * from cases where id = " + id);
        db.run("update cases set " + column + " = '2' where id = " + id);
        CHECK(desk.findings() == Findings{"case_changed " + id});
        db.run("update cases set " + column + " = (select " + column + " from kept) where id = " + id +
               "; drop table kept");
    }
    REQUIRE(desk.findings() == Findings{});
    // A bad review that is called secret is in no list and no figure.
    db.run("update cases set secret = 1 where id = " + id);
    CHECK(desk.findings() == Findings{"case_changed " + id});
    db.run("update cases set secret = 0 where id = " + id);
    const auto hidden = std::to_string(desk.evaluation_of("A1"));
    db.run("update evaluations set embargoed = 1 where id = " + hidden);
    CHECK(desk.findings() == Findings{"evaluation_changed " + hidden});
    db.run("update evaluations set embargoed = 0 where id = " + hidden);
    REQUIRE(desk.findings() == Findings{});

    const app::ReferenceFile file{ports::ReferenceKind::policy, "2020", "window_days = 5"};
    app::LoadRules load{{*desk.store, *desk.books, desk.key_set->digests(), desk.rule_texts, *desk.rules, desk.log,
                         desk.alarms, desk.nobody}};
    REQUIRE(load.replace_by({desk.rules->current(), {file}}).has_value());
    REQUIRE(desk.findings() == Findings{});
    db.run("update reference_files set content = 'window_days = 1'");
    CHECK(desk.findings() == Findings{"reference_changed 1"});
    // Nor does the checksum beside it, made to fit another file, let that one in.
    const app::ReferenceFile other{ports::ReferenceKind::policy, "2020", "window_days = 2"};
    db.run("update reference_files set content = 'window_days = 5', checksum = '" +
           domain::hex_text(desk.key_set->digests().sm3({domain::as_bytes(other.content)})) + "'");
    REQUIRE(desk.findings() == Findings{});
    const auto conflicts = load.replace_by({desk.rules->current(), {other}});
    REQUIRE(conflicts.has_value());
    CHECK(conflicts->size() == 1);
    db.run("delete from reference_files");
    CHECK(desk.findings() == Findings{"reference_removed 1"});
}

SCENARIO("an evaluation that is hidden, moved, put in or taken away is named", "[ctl][ledger]") {
    Raided desk;
    desk.apply({Desk::completion("A5", {"91370000BBBBBBBB2X"})});
    desk.anchor();
    const auto db = desk.database();
    const auto id = std::to_string(desk.evaluation_of("A5"));
    const auto altered = [&](const std::string& column, const std::string& value, const std::string& back) {
        db.run("update evaluations set " + column + " = " + value + " where id = " + id);
        auto found = desk.findings();
        db.run("update evaluations set " + column + " = " + back + " where id = " + id);
        return found;
    };
    const auto changed = Findings{"evaluation_changed " + id};
    CHECK(altered("state", "4", "1") == changed);
    CHECK(altered("withdrawn", "1", "0") == changed);
    CHECK(altered("deadline_us", "deadline_us - 86400000000", "deadline_us + 86400000000") == changed);
    CHECK(altered("deadline_us", "deadline_us + 1", "deadline_us - 1") == changed);
    CHECK(altered("case_id", "(select id from cases where case_no = 'A1')",
                  "(select id from cases where case_no = 'A5')") == changed);
    db.run("update cases set withdrawn = 1 where case_no = 'A5'");
    CHECK(desk.findings() == changed);
    db.run("update cases set withdrawn = 0 where case_no = 'A5'");
    CHECK(desk.findings() == Findings{});

    db.run(
        "insert into evaluations select 4711, (select id from cases where case_no = 'A1'), subject_id, dossier_id, "
        "role, state, withdrawn, embargoed, "
        "opened_at_us, deadline_by_completion_us, deadline_us, provisional, calendar_version, randomblob(32), "
        "sealed_subject, rating_id, "
        "service_ordinal, service_number, service_name, service_time from evaluations where id = " +
        id);
    CHECK(desk.findings() == Findings{"evaluation_inserted 4711"});
    db.run("delete from evaluations where id = 4711; delete from evaluations where id = " + id);
    CHECK(desk.findings() == Findings{"evaluation_removed " + id});
}

SCENARIO("withdrawals and extended deadlines are as the ledger tells", "[ctl][ledger]") {
    Raided desk;
    desk.apply({Withdrawal{Desk::completion("A1").key, desk.clock.now(), "重新办理"}, Desk::completion("A5"),
                Withdrawal{Desk::completion("A5").key, desk.clock.now(), ""},
                Withdrawal{Desk::completion("A6").key, desk.clock.now(), ""}, Desk::completion("A6")});
    CHECK(desk.findings() == Findings{});
    const auto id = std::to_string(desk.evaluation_of("A1"));
    desk.database().run("update evaluations set withdrawn = 0 where id = " + id);
    CHECK(desk.findings() == Findings{"evaluation_changed " + id});
}

SCENARIO("a default passed off as an opinion is named", "[ctl][ledger]") {
    const Raided desk;
    const auto db = desk.database();
    const auto id = db.number("select min(id) from ratings where origin = 2");
    db.run("update ratings set origin = 1 where id = " + std::to_string(id));
    CHECK(desk.findings() == Findings{named("rating_changed", id)});
}

SCENARIO("a rating taken away is named by what the ledger remembers", "[ctl][ledger]") {
    const Raided desk;
    const auto id = desk.database().number("select id from ratings where level_code = 2");
    desk.database().run("delete from ratings where id = " + std::to_string(id));
    CHECK(desk.findings() == Findings{named("rating_removed", id)});
}

SCENARIO("a rating put in is named, also with an entry of its own", "[ctl][ledger]") {
    const auto put_in = [](const Raided& desk) {
        const auto db = desk.database();
        db.run(
            "insert into ratings select 4711, evaluation_id, 9, origin, 5, tags, sealed_text, text_digest, channel, "
            "incomplete, unsubmitted, real_name, request_digest,"
            " received_at_us, stored_at_us, ledger_lane, 5 from ratings where level_code = 2");
    };
    const Raided alone;
    put_in(alone);
    CHECK(alone.findings() == Findings{"rating_inserted 4711"});

    const Raided with_entry;
    put_in(with_entry);
    CHECK(with_entry.after([&](auto& e) {
        const auto rating = with_entry.database().number("select ledger_seq from ratings where level_code = 2");
        auto fact = std::get<entries::Rated>(*fact_in(e[static_cast<std::size_t>(rating - 1)].canonical));
        fact.rating_id = RatingId{4711};
        fact.revision = 9;
        fact.level = Level::very_satisfied;
        insert(e, victim, made(5, with_entry.clock.now(), fact));
        rehash(e, victim, victim + 1);
    }) == Findings{"inserted 5", "rating_inserted 4711"});
}

namespace {

// A case of seven bidders under bid secrecy and one that is open; one bidder has rated, the other six are defaults.
class Embargoed : public Attacked {
public:
    static constexpr std::int32_t secret_lane = 1025;

    Embargoed() {
        apply({Desk::completion("A1"), secret});
        rate(secret, Level::dissatisfied, clock.now(), "窗口等候太久，没有人答复", {});
        clock.set(at(2026, 10, 12));
        REQUIRE(settler->sweep(clock.now(), 100).has_value());
        anchor();
        REQUIRE(findings() == Findings{});
        last = static_cast<std::int64_t>(database().entries(secret_lane).size());
        REQUIRE(last == 1 + 7 + 2 + 6);  // the case, the evaluations, a rating with its ticket, the defaults
    }

    Findings after(const std::function<void(std::vector<Entry>&)>& attack) const {
        return Attacked::after(attack, secret_lane);
    }

    const Completion secret = [] {
        std::vector<std::string> bidders;
        for (int i = 1; i <= 7; ++i) bidders.push_back("91370000BIDDER000" + std::to_string(i));
        auto event = Desk::completion("S1", bidders);
        event.secrecy = Secrecy::until_opening();
        return event;
    }();
    std::int64_t last = 0;
};

}  // namespace

SCENARIO("what is under bid secrecy has a lane of its own, and neither anchors nor the report tell how long it is",
         "[ctl][ledger]") {
    Embargoed desk;
    const auto report = desk.ctl({"ledger", "verify", "--json"}).json();
    CHECK(report.at("entries").as_int64() == static_cast<std::int64_t>(desk.database().entries().size()));
    CHECK(report.at("ratings").as_int64() == 1);  // the default of the open case
    const auto anchors = text_in(desk.anchor_file());
    CHECK(has(anchors, " 1025 0 "));
    CHECK_FALSE(has(anchors, " 1025 " + std::to_string(desk.last) + ' '));

    // After the opening the rest goes to the open lane, and what stands in the secret one still counts.
    desk.apply({BidsOpened{"H1", desk.secret.project_no, "", desk.clock.now()}});
    CHECK(static_cast<std::int64_t>(desk.database().entries(Embargoed::secret_lane).size()) == desk.last);
    desk.anchor();
    CHECK(desk.findings() == Findings{});
    CHECK(desk.ctl({"ledger", "verify", "--json"}).json().at("ratings").as_int64() == 8);
    desk.database().run("update ratings set level_code = 5 where level_code = 2");
    CHECK(desk.findings().size() == 1);
}

SCENARIO("attacks on the secret lane are named as well", "[ctl][ledger]") {
    const Embargoed changed;
    CHECK(changed.after([](auto& e) { e[0].canonical.back() ^= 1; }) ==
          Findings{"changed 1", named("case_changed", changed.case_of("S1"))});
    const Embargoed removed;
    CHECK(removed.after([](auto& e) { remove(e, 0); }) ==
          Findings{"removed 1", named("case_inserted", removed.case_of("S1"))});
    const Embargoed told;
    const auto all_changed = [&] {
        Findings found;
        for (const auto id : told.database().numbers("select id from evaluations where embargoed = 0 and case_id = " +
                                                     std::to_string(told.case_of("S1"))))
            found.insert(named("evaluation_changed", id));
        return found;
    };
    told.database().run("update cases set secrecy_lifted_at_us = 1 where case_no = 'S1'");
    CHECK(told.findings() == Findings{named("case_changed", told.case_of("S1"))});
    told.database().run("update cases set secrecy_lifted_at_us = null; update evaluations set embargoed = 0");
    CHECK(all_changed().size() == 7);
    CHECK(told.findings() == all_changed());
    const Embargoed cut;
    const auto first_rating = cut.database().number("select min(ledger_seq) from ratings where ledger_lane = 1025");
    cut.database().run(
        "delete from ratings where ledger_lane = 1025; update evaluations set rating_id = null where "
        "embargoed = 1; delete from ledger where lane = 1025 and seq >= " +
        std::to_string(first_rating));
    auto found = cut.findings();
    CHECK(found.contains("cut_or_restored 1"));
    CHECK(std::erase_if(found, [](const auto& one) { return one.starts_with("evaluation_changed"); }) == 7);
    CHECK(found.contains(named("ticket_inserted", cut.database().number("select id from tickets"))));
    CHECK(found.size() == 2);
    const Embargoed rewritten;
    CHECK(rewritten.after([](auto& e) {
        e[0].canonical.back() ^= 1;
        rehash(e);
    }) == Findings{"forged 1", "rewritten 1", named("case_changed", rewritten.case_of("S1"))});
}

SCENARIO("yesterday's database is named by the secret lane alone, also when it was written on to", "[ctl][ledger]") {
    Embargoed desk;
    const auto yesterday = desk.copy();
    auto second = desk.secret;
    second.key.case_no = "S2";
    desk.apply({second});
    desk.clock.set(desk.clock.now() + 2h);
    desk.anchor();
    REQUIRE(desk.findings() == Findings{});

    desk.put_back(yesterday);
    desk.start();
    const auto found = Findings{named("cut_or_restored", desk.last + 1)};
    CHECK(desk.findings() == found);
    second.key.case_no = "S3";
    desk.apply({second});
    desk.anchor();
    CHECK(desk.findings() == found);
}
