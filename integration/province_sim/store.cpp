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
           ", kind TEXT NOT NULL, outcome TEXT NOT NULL, projectNo TEXT, serviceNumber INTEGER, fault TEXT);";
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

Store::Store(const std::filesystem::path& file, bool fast) : db_{file, fast} {
    db_.execute(schema());
}

void Store::write(const Arrival& arrival) {
    const auto at = microseconds(arrival.at);
    auto insert = db_.query(
        "INSERT INTO arrival (time_us, kind, outcome, projectNo, serviceNumber, fault) VALUES (?, ?, ?, ?, NULLIF(?, "
        "0), ?)");
    insert.bind(at).bind(arrival.kind).bind(arrival.outcome).bind(arrival.project_no);
    insert.bind(arrival.service_number).bind(arrival.fault).step();
    if (arrival.reason.empty()) return;
    db_.query("INSERT INTO refusal (time_us, message, reason, projectNo) VALUES (?, ?, ?, ?)")
        .bind(at)
        .bind(arrival.kind)
        .bind(arrival.reason)
        .bind(arrival.project_no)
        .step();
}

void Store::accept_service(const Fields& service, Arrival arrival) {
    static const std::string insert = insertion("service", time_and_number_columns, service_fields());
    const std::lock_guard lock{mutex_};
    Database::Transaction transaction{db_};
    {
        auto last = db_.query("SELECT COALESCE(MAX(serviceNumber), 0) FROM service WHERE projectNo = ?");
        last.bind(service.at("projectNo")).step();
        arrival.service_number = last.number(0) + 1;
    }
    if (arrival.service_number > most_services) throw Refusal{"该办件的服务已超过99条"};
    db_.query(insert)
        .bind(microseconds(arrival.at))
        .bind(arrival.service_number)
        .bind(service, service_fields())
        .step();
    write(arrival);
    transaction.commit();
}

void Store::accept_rating(const Fields& rating, Arrival arrival) {
    static const std::string insert = insertion("rating", time_column, rating_fields());
    const std::lock_guard lock{mutex_};
    Database::Transaction transaction{db_};
    arrival.service_number = number_in(rating);
    {
        auto service = db_.query("SELECT serviceTime FROM service WHERE projectNo = ? AND serviceNumber = ?");
        if (!service.bind(rating.at("projectNo")).bind(arrival.service_number).step())
            throw Refusal{"没有对应的服务数据"};
        auto known = db_.query("SELECT 1 FROM rating WHERE projectNo = ? AND serviceNumber = ?");
        if (known.bind(rating.at("projectNo")).bind(arrival.service_number).step()) throw Refusal{"评价数据不可重复"};
        // Both are yyyy-MM-dd HH:mm:ss, whose text order is its time order.
        if (rating.at("assessTime") < service.text(0)) throw Refusal{"参数assessTime早于服务时间"};
    }
    db_.query(insert).bind(microseconds(arrival.at)).bind(rating, rating_fields()).step();
    write(arrival);
    transaction.commit();
}

std::vector<KnownService> Store::services_of(const Fields& wanted) {
    const auto commented = wanted.find("commented");
    const std::lock_guard lock{mutex_};
    auto rows = db_.query(
        "SELECT s.projectNo, s.serviceNumber, s.serviceName, s.serviceTime, s.proStatus, r.id IS NOT NULL, "
        "r.satisfaction, r.assessTime FROM service s LEFT JOIN rating r "
        "ON r.projectNo = s.projectNo AND r.serviceNumber = s.serviceNumber "
        "WHERE COALESCE(s.certKey, s.certkeyGOV) = ? AND s.userName = ? AND s.userPageType = ? "
        "ORDER BY s.projectNo, s.serviceNumber");
    rows.bind(wanted.at("creditNum")).bind(wanted.at("userName")).bind(wanted.at("creditType"));
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
