#include "adapters/store/dialect.hpp"
#include "adapters/store/migration_files.hpp"
#include "adapters/store/sqlite_session.hpp"
#include "plugin/run/sqlite_wal.hpp"

namespace hcp::store {
namespace {

constexpr Own own_statements[] = {
    // A step from lane to lane: SQLite would read a whole chain to find its end by a group.
    {"ledger.heads", R"(
        with recursive lanes (lane) as (select min(lane) from ledger union all
            select (select min(l.lane) from ledger l where l.lane > lanes.lane) from lanes where lanes.lane is not null)
        select lane, (select max(m.seq) from ledger m where m.lane = lanes.lane) from lanes
        where lane is not null order by lane)"},
    // The inner query sorts bare ids out of the index and the join keeps their order, so that only one page of rows is
    // read.
    {"deliveries.page_of_state", R"(
        select {deliveries d}, c.id, c.case_no, c.completion_no, c.node, o.project_no, e.service_number,
            coalesce(r.origin, 0) as origin, coalesce(r.unsubmitted, 0) as unsubmitted
        from (select x.id as at from deliveries x {hint deliveries_undelivered}
            where x.state <> #delivery.delivered and x.state = :state and x.id > :after order by x.id limit -1)
        cross join deliveries d on d.id = at
        join evaluations e on e.id = d.evaluation_id and {told e} join cases c on c.id = e.case_id
        left join dossiers o on o.id = d.dossier_id left join ratings r on r.id = d.rating_id 
        where d.attempts >= :attempts and (:any_reason = 1 or d.held_reason = :reason)
        and (:any_case = 1 or c.case_no = :case_no) and d.created_at_us >= :created_from
        and d.created_at_us < :created_before limit :limit)"},
};

class SqliteDialect final : public Dialect {
public:
    std::string limit(std::string_view parameter) const override { return "limit " + std::string{parameter}; }
    std::string hint(std::string_view index) const override { return "indexed by " + std::string{index}; }
    std::string apart(std::string_view column) const override { return "+" + std::string{column}; }
    std::string day(std::string_view column) const override {
        return "(" + std::string{column} + " + #us.shanghai) / #us.day";
    }
    std::string_view one_row() const override { return ""; }
    std::string_view take() const override { return ""; }  // all is the one writer's
    std::string_view await() const override { return ""; }
    std::string_view blank() const override { return "' '"; }
    std::string upsert(const Upsert& it) const override {
        return it.insert + " on conflict (" + std::string{it.keys} + ") do update set " +
               with_new(it.assignments, "excluded.");
    }
    std::string_view own(std::string_view statement) const override { return own_text(own_statements, statement); }

    std::span<const MigrationFile> migrations() const override { return sqlite_migrations(); }
    std::string_view script_begin() const override { return "begin immediate;\n"; }
    std::unique_ptr<Session> open(const StoreOptions& options, Access access, bool create) const override {
        return std::make_unique<SqliteSession>(options, access, create, *this);
    }
    store_errc classify(const std::exception& error) const noexcept override {
        const auto* const native = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
        return native != nullptr ? sqlite_error(native->result()) : store_errc::unavailable;
    }
    std::optional<std::int64_t> tend_wal(const StoreOptions& options) const override {
        if (run::wal_bytes(options.path) >= options.heavy_wal_bytes)
            SqliteSession{options, Access::read, false, *this}.shrink_wal();
        return run::wal_bytes(options.path);
    }
};

}  // namespace

const Dialect& sqlite_dialect() {
    static const SqliteDialect dialect;
    return dialect;
}

}  // namespace hcp::store
