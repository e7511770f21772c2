#include "integration/province_sim/store.hpp"

#include <charconv>
#include <span>
#include <stdexcept>

namespace province_sim {
namespace {

constexpr int most_services = 99;

constexpr std::string_view shown_time =
    "time TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%d %H:%M:%S', time_us / 1000000 + 28800, 'unixepoch')) VIRTUAL";

std::string joined(std::span<const std::string_view> names, std::string_view before, std::string_view after) {
    std::string text;
    for (const auto name : names) text.append(before).append(name).append(after);
    return text;
}

std::string schema() {
    const std::string id_and_time =
        "(id INTEGER PRIMARY KEY AUTOINCREMENT, time_us INTEGER NOT NULL, " + std::string{shown_time};
    return "CREATE TABLE IF NOT EXISTS service " + id_and_time + ", serviceNumber INTEGER NOT NULL" +
           joined(service_fields(), ", ", " TEXT") + ", UNIQUE (projectNo, serviceNumber));" +
           "CREATE INDEX IF NOT EXISTS service_subject ON service (COALESCE(certKey, certkeyGOV));" +
           "CREATE TABLE IF NOT EXISTS rating " + id_and_time + ", serviceNumber INTEGER NOT NULL" +
           joined(rating_fields().subspan(0, 1), ", ", " TEXT") + joined(rating_fields().subspan(2), ", ", " TEXT") +
           ", UNIQUE (projectNo, serviceNumber));" + "CREATE TABLE IF NOT EXISTS refusal " + id_and_time +
           ", message TEXT, reason TEXT, projectNo TEXT);" + "CREATE TABLE IF NOT EXISTS arrival " + id_and_time +
           ", kind TEXT NOT NULL, outcome TEXT NOT NULL, projectNo TEXT, serviceNumber INTEGER, fault TEXT, name "
           "TEXT);" +
           "CREATE TABLE IF NOT EXISTS doubling " + id_and_time +
           ", projectNo TEXT NOT NULL, serviceName TEXT NOT NULL, first_id INTEGER NOT NULL, second_id INTEGER NOT "
           "NULL);";
}

// `leading` are the columns before the fields, one `?` each.
std::string insertion(std::string_view table, std::span<const std::string_view> leading,
                      std::span<const std::string_view> fields) {
    auto columns = joined(leading, ", ", "") + joined(fields, ", ", "");
    std::string marks;
    for (std::size_t i = 0; i < leading.size() + fields.size(); ++i) marks += ", ?";
    return "INSERT INTO " + std::string{table} + " (" + columns.substr(2) + ") VALUES (" + marks.substr(2) + ")";
}

constexpr std::string_view time_column[] = {"time_us"};
constexpr std::string_view time_and_number_columns[] = {"time_us", "serviceNumber"};

std::int64_t microseconds(Instant at) {
    return at.time_since_epoch().count();
}

int number_in(const Fields& fields) {
    const auto& text = fields.at("serviceNumber");
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Store::Store(const std::filesystem::path& file, bool fast) : db_{file, fast}, pending_{db_} {
    db_.execute(schema());
}

std::int64_t Store::write(const Arrival& arrival) {
    auto insert = db_.query(
        "INSERT INTO arrival (time_us, kind, outcome, projectNo, serviceNumber, fault, name) VALUES (?, ?, ?, ?, "
        "NULLIF(?, 0), ?, ?)");
    insert.bind(microseconds(arrival.at)).bind(arrival.kind).bind(arrival.outcome).bind(arrival.project_no);
    insert.bind(arrival.service_number).bind(arrival.fault).bind(arrival.name).step();
    const auto id = db_.last_id();
    if (!arrival.reason.empty()) write_refusal(arrival.kind, arrival.reason, arrival.project_no, arrival.at);
    return id;
}

void Store::write_refusal(const std::string& message, const std::string& reason, const std::string& project_no,
                          Instant at) {
    db_.query("INSERT INTO refusal (time_us, message, reason, projectNo) VALUES (?, ?, ?, ?)")
        .bind(microseconds(at))
        .bind(message)
        .bind(reason)
        .bind(project_no)
        .step();
}

Store::Stored Store::insert_service(const Fields& service, Instant at) {
    static const std::string insert = insertion("service", time_and_number_columns, service_fields());
    const auto& project_no = service.at("projectNo");
    if (dedupe_ != Dedupe::none) {
        auto known = db_.query(
            "SELECT 1 FROM service WHERE projectNo = ? AND serviceName = ? AND (serviceTime = ? OR ? = 0) LIMIT 1");
        known.bind(project_no).bind(service.at("serviceName")).bind(service.at("serviceTime"));
        if (known.bind(dedupe_ == Dedupe::name_time).step()) throw Refusal{"已存在该条服务信息，请勿重复提交"};
    }
    auto last = db_.query("SELECT COALESCE(MAX(serviceNumber), 0) FROM service WHERE projectNo = ?");
    last.bind(project_no).step();
    const int number = last.number(0) + 1;
    if (number > most_services) throw Refusal{"该办件的服务已超过99条"};
    db_.query(insert).bind(microseconds(at)).bind(number).bind(service, service_fields()).step();
    return {db_.last_id(), number};
}

Store::Stored Store::insert_rating(const Fields& rating, Instant at) {
    static const std::string insert = insertion("rating", time_column, rating_fields());
    const auto& project_no = rating.at("projectNo");
    const int number = number_in(rating);
    auto service = db_.query("SELECT serviceTime FROM service WHERE projectNo = ? AND serviceNumber = ?");
    if (!service.bind(project_no).bind(number).step()) throw Refusal{"没有对应的服务数据"};
    auto known = db_.query("SELECT 1 FROM rating WHERE projectNo = ? AND serviceNumber = ?");
    if (known.bind(project_no).bind(number).step()) throw Refusal{"评价数据不可重复"};
    // Both are yyyy-MM-dd HH:mm:ss, whose text order is its time order.
    if (rating.at("assessTime") < service.text(0)) throw Refusal{"参数assessTime早于服务时间"};
    db_.query(insert).bind(microseconds(at)).bind(rating, rating_fields()).step();
    return {db_.last_id(), number};
}

void Store::accept_service(const Fields& service, Arrival arrival, std::optional<Instant> again_at) {
    const std::lock_guard lock{mutex_};
    Database::Transaction transaction{db_};
    const auto stored = insert_service(service, arrival.at);
    arrival.service_number = stored.number;
    write(arrival);
    if (again_at) pending_.add({.due = *again_at, .message = "M1", .record = service, .first_id = stored.id});
    transaction.commit();
}

void Store::accept_rating(const Fields& rating, Arrival arrival) {
    const std::lock_guard lock{mutex_};
    Database::Transaction transaction{db_};
    arrival.service_number = insert_rating(rating, arrival.at).number;
    write(arrival);
    transaction.commit();
}

void Store::postpone(const Fields& record, const Arrival& arrival, Instant due) {
    const std::lock_guard lock{mutex_};
    Database::Transaction transaction{db_};
    pending_.add({.due = due, .message = arrival.kind, .record = record, .arrival = write(arrival)});
    transaction.commit();
}

Settled Store::settle(Instant now) {
    const std::lock_guard lock{mutex_};
    Settled settled;
    const auto due = pending_.due(now);
    if (due.empty()) return settled;
    Database::Transaction transaction{db_};
    for (const auto& late : due) {
        ++(take_effect(late) ? settled.stored : settled.refused);
        pending_.remove(late.id);
    }
    transaction.commit();
    return settled;
}

std::int64_t Store::waiting() {
    const std::lock_guard lock{mutex_};
    return pending_.size();
}

bool Store::take_effect(const Postponed& late) {
    const auto conclude = [&](std::string_view outcome, int number) {
        db_.query("UPDATE arrival SET outcome = ?, serviceNumber = NULLIF(?, 0) WHERE id = ?")
            .bind(outcome)
            .bind(number)
            .bind(late.arrival)
            .step();
    };
    const auto& project_no = late.record.at("projectNo");
    try {
        const auto stored =
            late.message == "M1" ? insert_service(late.record, late.due) : insert_rating(late.record, late.due);
        conclude("accepted", stored.number);
        if (late.first_id != 0)
            db_.query(
                   "INSERT INTO doubling (time_us, projectNo, serviceName, first_id, second_id) VALUES (?, ?, ?, ?, ?)")
                .bind(microseconds(late.due))
                .bind(project_no)
                .bind(late.record.at("serviceName"))
                .bind(late.first_id)
                .bind(stored.id)
                .step();
        return true;
    } catch (const Refusal& refused) {
        conclude("refused", 0);
        write_refusal(late.message, refused.what(), project_no, late.due);
        return false;
    }
}

void Store::fill(const BusySubject& subject, Instant at) {
    const std::lock_guard lock{mutex_};
    Database::Transaction transaction{db_};
    // No two fillings give a dossier the same number.
    auto last = db_.query("SELECT IFNULL(MAX(id), 0) FROM service");
    last.step();
    for (std::int64_t i = 1; i <= subject.services; ++i) {
        const auto service = busy_service(subject, last.wide_number(0) + i, at);
        insert_service(service, parse_time(service.at("serviceTime")).value());
    }
    transaction.commit();
}

std::vector<KnownService> Store::services_of(const Fields& wanted, Instant stored_by) {
    const auto commented = wanted.find("commented");
    const std::lock_guard lock{mutex_};
    auto rows = db_.query(
        "SELECT s.projectNo, s.serviceNumber, s.serviceName, s.serviceTime, s.proStatus, r.id IS NOT NULL, "
        "r.satisfaction, r.assessTime FROM service s LEFT JOIN rating r "
        "ON r.projectNo = s.projectNo AND r.serviceNumber = s.serviceNumber AND r.time_us <= ?1 "
        "WHERE s.time_us <= ?1 AND COALESCE(s.certKey, s.certkeyGOV) = ?2 AND s.userName = ?3 AND s.userPageType = ?4 "
        "ORDER BY s.projectNo, s.serviceNumber");
    rows.bind(microseconds(stored_by))
        .bind(wanted.at("creditNum"))
        .bind(wanted.at("userName"))
        .bind(wanted.at("creditType"));
    std::vector<KnownService> services;
    while (rows.step()) {
        KnownService service;
        service.project_no = rows.text(0);
        service.number = rows.number(1);
        service.service_name = rows.text(2);
        service.service_time = rows.text(3);
        service.pro_status = rows.text(4);
        service.commented = rows.number(5) != 0;
        service.satisfaction = rows.text(6);
        service.assess_time = rows.text(7);
        if (commented == wanted.end() || (commented->second == "1") == service.commented)
            services.push_back(std::move(service));
    }
    return services;
}

void Store::note(const Arrival& arrival) {
    const std::lock_guard lock{mutex_};
    Database::Transaction transaction{db_};
    write(arrival);
    transaction.commit();
}

}  // namespace province_sim
