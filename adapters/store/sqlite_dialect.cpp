#include "adapters/store/codec.hpp"
#include "adapters/store/dialect.hpp"
#include "adapters/store/migration_files.hpp"
#include "adapters/store/sqlite_session.hpp"

namespace hcp::store {
namespace {

// A partial index serves only a query that says its condition word for word, so `state <> 3` stands beside the state
// that is meant.
constexpr std::string_view not_embargoed =
    "not exists (select 1 from evaluations x where x.id = evaluation_id and x.embargoed = 1)";

template <class R>
std::string insert_into(std::string_view extra_column = {}) {
    std::string sql = "insert into " + std::string{table<R>} + " (" + columns<R>();
    if (!extra_column.empty()) (sql += ", ") += extra_column;
    sql += ") values (?";
    for (std::size_t i = extra_column.empty() ? 1 : 0; i < width<R>(); ++i) sql += ", ?";
    return sql += ")";
}

template <class R>
std::string select(std::string_view rest) {
    return "select " + columns<R>() + " from " + std::string{table<R>} + " " + std::string{rest};
}

// The dossier's last delivery counts only while it is owed.
std::string dossier_columns(std::string_view alias) {
    auto sql = columns<DossierRow>(alias);
    const std::string name = std::string{alias} + ".last_service_delivery";
    return sql.replace(sql.find(name), name.size(),
                       "(select w.id from deliveries w where w.id = " + name + " and w.state <> 3)");
}

std::string view(std::string_view rest) {
    return "select " + columns<EvaluationRow>("e") + ", " + columns<CaseRow>("c") + ", " + columns<SubjectRow>("s") +
           ", " + columns<RatingRow>("r") + ", " + columns<DraftRow>("f") +
           ", (select max(m.id) from deliveries m where m.evaluation_id = e.id and m.kind = 1 and m.state <> 3)"
           " from evaluations e join cases c on c.id = e.case_id join subjects s on s.id = e.subject_id"
           " left join ratings r on r.id = e.rating_id left join drafts f on f.evaluation_id = e.id " +
           std::string{rest};
}

std::string summary(std::string_view from, std::string_view rest) {
    return "select " + columns<DeliveryRow>("d") +
           ", c.case_no, c.completion_no, c.node, o.project_no, e.service_number from " + std::string{from} +
           " join evaluations e on e.id = d.evaluation_id and e.embargoed = 0 join cases c on c.id = e.case_id"
           " left join dossiers o on o.id = d.dossier_id " +
           std::string{rest};
}

// Back to the queue; what was spent held does not count against the time to give up. Takes `now` twice.
constexpr std::string_view back_to_queue =
    "update deliveries set state = 1, held_reason = 0, next_at_us = ?, give_up_at_us = give_up_at_us + ? - "
    "coalesce(held_since_us, next_at_us),"
    " held_since_us = null where ";
constexpr std::string_view held = "state <> 3 and state = 4 and ";

void rows(StatementTable& t) {
    const auto at = [&](Sql s) -> std::string& { return t[static_cast<std::size_t>(s)]; };
    at(Sql::insert_subject) = insert_into<SubjectRow>();
    at(Sql::insert_case) = insert_into<CaseRow>();
    at(Sql::insert_evaluation) = insert_into<EvaluationRow>();
    at(Sql::insert_rating) = insert_into<RatingRow>();
    at(Sql::insert_ticket) = insert_into<TicketRow>();
    at(Sql::insert_comment) = insert_into<CommentRow>();
    at(Sql::insert_dossier) = insert_into<DossierRow>();
    at(Sql::insert_delivery) = insert_into<DeliveryRow>();
    at(Sql::insert_visit) = insert_into<VisitRow>();
    at(Sql::insert_withdrawal) = insert_into<WithdrawalRow>();
    at(Sql::insert_opening) = insert_into<OpeningRow>();
    at(Sql::insert_ledger) = insert_into<LedgerRow>();
    at(Sql::insert_reference) = insert_into<ReferenceRow>();
    at(Sql::add_count) = insert_into<Count>("instance_no") + " on conflict do update set n = n + excluded.n";
    at(Sql::add_total) =
        "insert into delivery_totals (instance_no, state, n) values (?, ?, ?) on conflict do update set n = n + "
        "excluded.n";
    at(Sql::put_item) = "replace" + insert_into<ItemRow>().substr(std::string_view{"insert"}.size());
    at(Sql::put_draft) = insert_into<DraftRow>() +
                         " on conflict do update set level_code = excluded.level_code, tags = excluded.tags, "
                         "sealed_text = excluded.sealed_text,"
                         " channel = excluded.channel, changed_at_us = excluded.changed_at_us";
    at(Sql::update_dossier) =
        "update dossiers set service_count = ?, last_service_delivery = ? where id = ? and service_count = ?";

    at(Sql::subjects_by_lookup) = select<SubjectRow>("where lookup in (@list)");
    at(Sql::cases_by_key) = select<CaseRow>("where key_digest in (@list)");
    at(Sql::dossiers_by_key) = "select " + dossier_columns("o") + " from dossiers o where o.key_digest in (@list)";
    at(Sql::withdrawals_by_key) = select<WithdrawalRow>("where key_digest in (@list)");
    at(Sql::visits_by_key) = "select key_digest from visits where key_digest in (@list)";
    at(Sql::openings_by_project) = select<OpeningRow>("where project_no in (@list)");
    at(Sql::items) = select<ItemRow>("order by item_code");
    at(Sql::ticket_of) = select<TicketRow>("where evaluation_id = ? order by id limit 1");
    at(Sql::comment_by_request) =
        select<CommentRow>("where evaluation_id = ? and request_digest = ? order by id limit 1");
    at(Sql::comments_of) = select<CommentRow>("where evaluation_id in (@list) order by id");
    at(Sql::ledger_heads) =
        "with recursive lanes (lane) as (select min(lane) from ledger union all"
        " select (select min(l.lane) from ledger l where l.lane > lanes.lane) from lanes where lanes.lane is not null)"
        " select h.lane, h.seq, h.hash from lanes join ledger h on h.lane = lanes.lane"
        " and h.seq = (select max(m.seq) from ledger m where m.lane = lanes.lane) order by h.lane";
    at(Sql::ledger_after) = select<LedgerRow>("where lane = ? and seq > ? order by seq limit ?");
    at(Sql::ratings_after) = select<RatingRow>("where id > ? order by id limit ?");
    at(Sql::references_of) = select<ReferenceRow>("where kind = ? order by loaded_at_us, version");
    at(Sql::instances) = "select instance_no, token, leased_until_us from instances order by instance_no";
    at(Sql::lease_instance) = "replace into instances (instance_no, token, leased_until_us) values (?, ?, ?)";
}

void evaluations(StatementTable& t) {
    const auto at = [&](Sql s) -> std::string& { return t[static_cast<std::size_t>(s)]; };
    at(Sql::views_of_case) = view("where e.case_id = ? order by e.id");
    at(Sql::views_by_token) = view("where e.token_digest in (@list)");
    at(Sql::view_of_case_and_subject) = view("where c.key_digest = ? and s.lookup = ?");
    at(Sql::views_of_subject) = view("where s.lookup = ? and e.id < ? order by e.id desc limit ?");
    at(Sql::views_due) = view("where e.state = 1 and e.deadline_us <= ? order by e.deadline_us, e.id limit ?");
    // From the first open one on: before it lies all that was ever settled.
    at(Sql::views_open_after) = view(
        "where e.id > ? and e.id >= (select min(o.id) from evaluations o indexed by evaluations_open where o.state = 1)"
        " and +e.state = 1 order by e.id limit ?");
    at(Sql::views_after) = view("where e.id > ? order by e.id limit ?");
    at(Sql::views_by_id) = view("where e.id in (@list)");

    at(Sql::move_evaluation) =
        "update evaluations set state = ?, rating_id = coalesce(?, rating_id), withdrawn = ? where id = ? and state = "
        "? and withdrawn = 0";
    at(Sql::drop_drafts) = "delete from drafts where evaluation_id in (@list)";
    at(Sql::withdraw_case) = "update cases set withdrawn = 1, withdrawn_at_us = ? where id = ?";
    at(Sql::extend_evaluation) =
        "update evaluations set deadline_by_completion_us = ?, deadline_us = ?, provisional = ? where id = ? and state "
        "= 1";
    at(Sql::set_calendar) =
        "update cases set calendar_version = ? where id in (select case_id from evaluations where state = 1 and id in "
        "(@list))";
    at(Sql::secret_cases) =
        "select id, section, completed_at_us from cases where secret = 1 and secrecy_lifted_at_us is null and "
        "project_no = ?";
    at(Sql::lift_cases) = "update cases set secrecy_lifted_at_us = ? where id in (@list)";
    // The plus signs keep an index out that holds far more than these few cases have.
    at(Sql::embargoed_of_cases) = "select id from evaluations where +embargoed = 1 and case_id in (@list)";
    at(Sql::lift_evaluations) = "update evaluations set embargoed = 0 where id in (@list)";
    at(Sql::lift_deliveries) =
        std::string{back_to_queue} + "+state = 4 and held_reason = 1 and evaluation_id in (@list)";
}

void figures(StatementTable& t) {
    const auto at = [&](Sql s) -> std::string& { return t[static_cast<std::size_t>(s)]; };
    at(Sql::totals) =
        "select state, sum(n) from (select state, n from delivery_totals union all"
        " select d.state, -1 from evaluations e join deliveries d on d.evaluation_id = e.id where e.embargoed = 1) "
        "group by state";
    at(Sql::figures) =
        "select (select count(*) from evaluations where state = 1) - (select count(*) from evaluations where embargoed "
        "= 1 and state = 1),"
        " (select count(*) from ratings r where r.level_code <= 2 and not exists (select 1 from tickets t where "
        "t.rating_id = r.id)"
        "  and exists (select 1 from evaluations e where e.id = r.evaluation_id and e.embargoed = 0)),"
        " (select count(*) from cases where unattributed = 1 and withdrawn = 0 and (secret = 0 or secrecy_lifted_at_us "
        "is not null)),"
        " (select count(*) from cases c where c.unclassified = 1 and c.withdrawn = 0 and (c.secret = 0 or "
        "c.secrecy_lifted_at_us is not null)"
        "  and not exists (select 1 from items i where i.item_code = c.item_code and i.classified = 1)),"
        " (select created_at_us from deliveries where id = (select min(d.id) from deliveries d indexed by "
        "deliveries_undelivered"
        "  where d.state <> 3 and d.state = 1"
        "  and d.id not in (select y.id from evaluations e join deliveries y on y.evaluation_id = e.id where "
        "e.embargoed = 1))),"
        " (select min(opened_at_us) from cases where secret = 1 and secrecy_lifted_at_us is null and withdrawn = 0)";
    at(Sql::counts) =
        "select completion_day, line, department_id, item_code, metric, sum(n) from counters where completion_day >= ? "
        "and completion_day < ?"
        " group by 1, 2, 3, 4, 5 having sum(n) <> 0 order by 1, 2, 3, 4, 5";
    // The numbers are those of domain::Metric. A case that was withdrawn before it came has no service and was never
    // opened.
    at(Sql::recounted) =
        "with span (from_us, to_us) as (values (?, ?)), counted as materialized (select e.id, e.state, e.withdrawn, "
        "e.service_ordinal, e.rating_id,"
        " (c.completed_at_us + 28800000000) / 86400000000 as day, c.line, coalesce(c.department_id, ' ') as department,"
        " coalesce(c.item_code, ' ') as item from span join cases c on c.completed_at_us >= from_us and "
        "c.completed_at_us < to_us"
        " join evaluations e on e.case_id = c.id where e.embargoed = 0)"
        " select day, line, department, item, metric, count(*) from ("
        " select day, line, department, item, 1 as metric from counted where not (state = 4 and service_ordinal = 0)"
        " union all select day, line, department, item, 2 from counted where state = 4"
        " union all select day, line, department, item, 3 from counted where withdrawn = 1"
        " union all select day, line, department, item, 4 from counted k join late_comments l on l.evaluation_id = k.id"
        " union all select day, line, department, item, 5 from counted k join tickets t on t.evaluation_id = k.id"
        " union all select day, line, department, item, 10 * r.origin + r.level_code from counted k join ratings r on "
        "r.id = k.rating_id"
        "  where k.withdrawn = 0"
        " union all select (v.visited_at_us + 28800000000) / 86400000000, v.line, coalesce(v.department_id, ' '), "
        "coalesce(v.item_code, ' '), 6"
        "  from span join visits v on v.visited_at_us >= from_us and v.visited_at_us < to_us)"
        " group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5";
}

void deliveries(StatementTable& t) {
    const auto at = [&](Sql s) -> std::string& { return t[static_cast<std::size_t>(s)]; };
    at(Sql::deliveries_after) = summary("deliveries d", "where d.id > ? and d.attempts >= ? order by d.id limit ?");
    // The inner query sorts bare ids out of the index and the join keeps their order, so that only one page of rows is
    // read.
    at(Sql::deliveries_of_state) = summary(
        "(select x.id as at from deliveries x indexed by deliveries_undelivered where x.state <> 3 and x.state = ? and "
        "x.id > ?"
        " order by x.id limit -1) cross join deliveries d on d.id = at",
        "where d.attempts >= ? limit ?");
    at(Sql::deliveries_delivered) =
        summary("deliveries d", "where d.state = 3 and d.id > ? and d.attempts >= ? order by d.id limit ?");
    at(Sql::delivery_by_id) = summary("deliveries d", "where d.id = ?");
    at(Sql::next_delivery_at) =
        "select min(t) from (select * from (select next_at_us as t from deliveries where state <> 3 and state = 1 and "
        "waits_for is null"
        " order by next_at_us limit 1) union all select * from (select next_at_us from deliveries where state <> 3 and "
        "state = 2"
        " and waits_for is null order by next_at_us limit 1))";
    // What is queued and due, and what is claimed and past its lease, each in the order of the index.
    at(Sql::claimable) =
        "select id, state from (select * from (select id, state, next_at_us from deliveries where state <> 3 and state "
        "= 1 and waits_for is null"
        " and next_at_us <= ? order by next_at_us, id limit ?) union all select * from (select id, state, next_at_us "
        "from deliveries"
        " where state <> 3 and state = 2 and waits_for is null and next_at_us <= ? order by next_at_us, id limit ?))"
        " order by next_at_us, id limit ?";
    at(Sql::claim) =
        "update deliveries set outcome_unknown = case when state = 2 then 1 else outcome_unknown end, state = 2, "
        "claimed_by = ?, next_at_us = ?,"
        " attempts = attempts + 1 where id in (@list)";
    at(Sql::works) = "select " + columns<DeliveryRow>("d") + ", " + columns<EvaluationRow>("e") + ", " +
                     columns<CaseRow>("c") + ", " + columns<SubjectRow>("s") + ", " + dossier_columns("o") + ", " +
                     columns<RatingRow>("r") +
                     " from deliveries d join evaluations e on e.id = d.evaluation_id join cases c on c.id = e.case_id"
                     " join subjects s on s.id = e.subject_id left join dossiers o on o.id = d.dossier_id left join "
                     "ratings r on r.id = d.rating_id"
                     " where d.id in (@list)";
    at(Sql::numbers_taken) =
        "select dossier_id, service_number from evaluations where service_number is not null and dossier_id in (@list)"
        " order by dossier_id, service_number";
    at(Sql::expire_claims) =
        "update deliveries set next_at_us = created_at_us where state <> 3 and state = 2 and claimed_by = ?";
    at(Sql::mark_delivery) =
        "update deliveries set state = ?, held_reason = ?, outcome_unknown = ?, next_at_us = ?, last_reason = ?,"
        " sent_digest = coalesce(?, sent_digest), delivered_at_us = ?, held_since_us = ?, claimed_by = null"
        " where id = ? and state = 2 and claimed_by = ?";
    at(Sql::learn_number) =
        "update evaluations set service_number = coalesce(?, service_number), service_time = coalesce(?, service_time) "
        "where id = ?";
    at(Sql::release_waiting) =
        "update deliveries set waits_for = null where state <> 3 and state in (1, 2, 4, 5) and waits_for in (@list)";
    at(Sql::wait_no_more) =
        "update deliveries set waits_for = null where exists (select 1 from deliveries p where p.id = "
        "deliveries.waits_for and p.state = 3)"
        " and id in (@list)";
    at(Sql::requeue_held) =
        std::string{back_to_queue} + std::string{held} + "held_reason = ? and " + std::string{not_embargoed};
    at(Sql::requeue_one) =
        "update deliveries set state = 1, held_reason = 0, next_at_us = ?, give_up_at_us = ?, held_since_us = null "
        "where id = ? and state = ? and " +
        std::string{not_embargoed};
    at(Sql::requeue_classified) =
        std::string{back_to_queue} + std::string{held} +
        "held_reason = 3 and kind = 1 and exists (select 1 from evaluations e join cases c on c.id = e.case_id"
        " where e.id = evaluation_id and e.embargoed = 0 and c.item_code in (@list))";
}

class SqliteDialect final : public Dialect {
public:
    SqliteDialect() {
        rows(table_);
        evaluations(table_);
        figures(table_);
        deliveries(table_);
    }
    const StatementTable& statements() const override { return table_; }
    std::span<const MigrationFile> migrations() const override { return sqlite_migrations(); }
    std::unique_ptr<Session> open(const StoreOptions& options, Access access, bool create) const override {
        return std::make_unique<SqliteSession>(options, access, create, table_);
    }
    std::optional<Instant> server_time(Session&) const override { return std::nullopt; }

private:
    StatementTable table_;
};

}  // namespace

const Dialect& sqlite_dialect() {
    static const SqliteDialect dialect;
    return dialect;
}

}  // namespace hcp::store
