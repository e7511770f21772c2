#include "tests/store/fixture.hpp"

#include <sqlite3.h>

#include <chrono>
#include <iostream>
#include <map>

// Not part of a test run: `test_store "[.speed]"`, in a release build. The same rows go into the same tables through
// the store and through bare prepared statements, batch by batch in turn, so that both meet the same disk and the same
// growth.

using namespace hcp;
using namespace hcp::store;
using namespace hcp::ports;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t completions = 500, subjects_each = 3;

struct Batch {
    std::vector<SubjectRow> subjects;
    std::vector<CaseRow> cases;
    std::vector<DossierRow> dossiers;
    std::vector<EvaluationRow> evaluations;
    std::vector<DeliveryRow> deliveries;
    std::vector<LedgerRow> ledger;
    std::vector<domain::Count> counts;

    Batch(contract::Samples& make, std::int64_t& seq) {
        for (std::size_t i = 0; i < completions; ++i) {
            cases.push_back(make.completion());
            const auto& case_row = cases.back();
            ledger.push_back({1, ++seq, 1, contract::monday, make.bytes(160), make.digest(), make.digest()});
            for (std::size_t k = 0; k < subjects_each; ++k) {
                subjects.push_back(make.subject());
                dossiers.push_back(make.dossier());
                evaluations.push_back(make.evaluation(case_row, subjects.back(), dossiers.back()));
                deliveries.push_back(make.delivery(evaluations.back()));
                ledger.push_back({1, ++seq, 2, contract::monday, make.bytes(160), make.digest(), make.digest()});
                counts.push_back({domain::day_of(case_row.completed_at), case_row.line, case_row.department_id,
                                  case_row.item_code, domain::Metric::opened, 1});
            }
        }
    }
    [[nodiscard]] std::size_t rows() const {
        return subjects.size() + cases.size() + dossiers.size() + evaluations.size() + deliveries.size() +
               ledger.size() + counts.size();
    }
};

void through_store(Store& store, const Batch& b) {
    contract::must(store.write([&](Transaction& rows) -> result<void> {
        HCP_CHECK(rows.subjects().insert(b.subjects));
        HCP_CHECK(rows.cases().insert(b.cases));
        HCP_CHECK(rows.dossiers().insert(b.dossiers));
        HCP_CHECK(rows.evaluations().insert(b.evaluations));
        HCP_CHECK(rows.deliveries().insert(b.deliveries));
        HCP_CHECK(rows.figures().add(b.counts));
        return rows.ledger().append(b.ledger);
    }));
}

// What a program would do that uses nothing but SQLite's own interface.
class Bare {
public:
    explicit Bare(const std::filesystem::path& path) {
        REQUIRE(sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
        run("pragma journal_mode = wal");
        run("pragma synchronous = full");
        run("pragma cache_size = -8192");
        run("pragma wal_autocheckpoint = 8000");
    }
    ~Bare() {
        for (auto& [sql, s] : statements_) sqlite3_finalize(s);
        sqlite3_close(db_);
    }
    Bare(const Bare&) = delete;

    void write(const Batch& b) {
        run("begin immediate");
        for (const auto& r : b.subjects)
            row("insert into subjects values (?,?,?,?,?)", r.id, r.lookup, r.type, r.wrapped_key, r.created_at);
        for (const auto& r : b.cases)
            row("insert into cases values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", r.id,
                r.key_digest, r.content_digest, r.host_id, r.case_no, r.completion_no, r.line, r.project_no, r.section,
                r.node, r.project_name, r.item_code, r.department_id, r.department_name, r.sealed_handlers, r.mode,
                r.reported_secrecy.flag(), r.unattributed, r.unclassified, r.withdrawn, r.completed_at, *r.accepted_at,
                *r.promised_at, nullptr, nullptr, r.opened_at, r.policy_version, r.calendar_version);
        for (const auto& r : b.dossiers)
            row("insert into dossiers values (?,?,?,?,?,?)", r.id, r.key_digest, r.overflow, r.project_no,
                r.service_count, nullptr);
        for (const auto& r : b.evaluations)
            row("insert into evaluations values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", r.id, r.case_id, r.subject_id,
                r.dossier_id, r.role, r.state, r.secrecy.flag(), r.withdrawn, r.opened_at, r.deadline_by_completion,
                r.deadline, r.provisional, r.token_digest, r.sealed_subject, nullptr, r.service_ordinal, nullptr,
                nullptr);
        for (const auto& r : b.deliveries)
            row("insert into deliveries values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", r.id, r.dossier_id,
                r.evaluation_id, nullptr, r.kind, r.revision, r.state, r.held_reason, nullptr, r.attempts,
                r.outcome_unknown, r.created_at, r.next_at, r.give_up_at, nullptr, nullptr, nullptr, nullptr, nullptr);
        for (const auto& r : b.counts)
            row("insert into counters values (?,?,?,?,?,?,?) on conflict do update set n = n + excluded.n",
                r.day.time_since_epoch().count(), r.line, r.department_id, r.item_code, r.metric, 1, r.n);
        for (const auto& r : b.ledger)
            row("insert into ledger values (?,?,?,?,?,?,?)", r.lane, r.seq, r.kind, r.at, r.canonical, r.hash, r.seal);
        run("commit");
    }

private:
    void run(const char* sql) { REQUIRE(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK); }

    template <class... T>
    void row(const char* sql, const T&... values) {
        auto& s = statements_[sql];
        if (s == nullptr) sqlite3_prepare_v2(db_, sql, -1, &s, nullptr);
        int at = 0;
        (bind(s, ++at, values), ...);
        if (sqlite3_step(s) != SQLITE_DONE) FAIL(sqlite3_errmsg(db_));
        sqlite3_reset(s);
    }
    template <class T>
    static void bind(sqlite3_stmt* s, int at, const T& v) {
        if constexpr (std::is_same_v<T, std::nullptr_t>)
            sqlite3_bind_null(s, at);
        else if constexpr (std::is_same_v<T, std::string>)
            sqlite3_bind_text(s, at, v.data(), static_cast<int>(v.size()), SQLITE_STATIC);
        else if constexpr (std::is_same_v<T, Bytes> || std::is_same_v<T, Digest>)
            sqlite3_bind_blob(s, at, v.data(), static_cast<int>(v.size()), SQLITE_STATIC);
        else if constexpr (std::is_same_v<T, Instant>)
            sqlite3_bind_int64(s, at, domain::to_us(v));
        else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>)
            sqlite3_bind_int64(s, at, static_cast<std::int64_t>(v));
        else
            sqlite3_bind_int64(s, at, v.value());
    }

    sqlite3* db_ = nullptr;
    std::map<const char*, sqlite3_stmt*> statements_;
};

}  // namespace

TEST_CASE("opening evaluations against bare inserts of the same rows", "[.speed]") {
    store::test::SqliteDatabase ours, theirs;
    const auto store = ours.open();
    contract::must(store->lease_instance("速度", contract::monday, contract::monday));
    Bare bare{theirs.options.path};
    contract::Samples make;
    std::int64_t seq = 0;
    std::chrono::duration<double> store_time{}, bare_time{};
    std::size_t rows = 0;
    for (int i = 0; i < 40; ++i) {
        const Batch batch{make, seq};
        auto began = Clock::now();
        through_store(*store, batch);
        store_time += Clock::now() - began;
        began = Clock::now();
        bare.write(batch);
        bare_time += Clock::now() - began;
        rows += batch.rows();
    }
    std::cout << "rows/s: store " << static_cast<double>(rows) / store_time.count() << ", bare "
              << static_cast<double>(rows) / bare_time.count() << ", ratio " << bare_time.count() / store_time.count()
              << '\n';
    CHECK(bare_time.count() / store_time.count() >= 0.6);
}
