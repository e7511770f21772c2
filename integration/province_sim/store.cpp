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

// One use of a prepared statement; reset at the end, so that it holds no lock on the file.
class Store::Query {
public:
    Query(sqlite3* db, sqlite3_stmt* statement) : db_{db}, statement_{statement} {}
    ~Query() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    Query& bind(std::int64_t value) {
        sqlite3_bind_int64(statement_, ++bound_, value);
        return *this;
    }
    // Empty is NULL.
    Query& bind(std::string_view value) {
        ++bound_;
        if (!value.empty())
            sqlite3_bind_text(statement_, bound_, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
        return *this;
    }
    Query& bind(const Fields& fields, std::span<const std::string_view> names) {
        for (const auto name : names) {
            const auto found = fields.find(name);
            bind(found == fields.end() ? std::string_view{} : std::string_view{found->second});
        }
        return *this;
    }
    bool step() {
        const int outcome = sqlite3_step(statement_);
        if (outcome != SQLITE_ROW && outcome != SQLITE_DONE) throw std::runtime_error{sqlite3_errmsg(db_)};
        return outcome == SQLITE_ROW;
    }
    [[nodiscard]] int number(int column) const { return sqlite3_column_int(statement_, column); }
    [[nodiscard]] std::string text(int column) const {
        const auto* const data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return data == nullptr ? std::string{} : std::string{data};
    }

private:
    sqlite3* db_;
    sqlite3_stmt* statement_;
    int bound_ = 0;
};

class Store::Transaction {
public:
    explicit Transaction(Store& store) : store_{store} { store_.query("BEGIN IMMEDIATE").step(); }
    ~Transaction() {
        if (!committed_) sqlite3_exec(store_.db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit() {
        store_.query("COMMIT").step();
        committed_ = true;
    }

private:
    Store& store_;
    bool committed_ = false;
};

Store::Store(const std::filesystem::path& file, bool fast) {
    sqlite3* db = nullptr;
    const int outcome = sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    db_.reset(db);
    if (outcome != SQLITE_OK) throw std::runtime_error{"cannot open " + file.string() + ": " + sqlite3_errmsg(db)};
    sqlite3_busy_timeout(db, 10'000);
    execute("PRAGMA journal_mode = WAL");
    execute(fast ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL");
    execute(schema());
}

Store::~Store() {
    prepared_.clear();
}

void Store::execute(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(db_.get())};
}

Store::Query Store::query(std::string_view sql) {
    auto found = prepared_.find(sql);
    if (found == prepared_.end()) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                               &statement, nullptr) != SQLITE_OK)
            throw std::runtime_error{sqlite3_errmsg(db_.get())};
        found = prepared_.emplace(std::string{sql}, statement).first;
    }
    return {db_.get(), found->second.get()};
}

void Store::write(const Arrival& arrival) {
    const auto at = microseconds(arrival.at);
    auto insert = query(
        "INSERT INTO arrival (time_us, kind, outcome, projectNo, serviceNumber, fault) VALUES (?, ?, ?, ?, NULLIF(?, "
        "0), ?)");
    insert.bind(at).bind(arrival.kind).bind(arrival.outcome).bind(arrival.project_no);
    insert.bind(arrival.service_number).bind(arrival.fault).step();
    if (arrival.reason.empty()) return;
    query("INSERT INTO refusal (time_us, message, reason, projectNo) VALUES (?, ?, ?, ?)")
        .bind(at)
        .bind(arrival.kind)
        .bind(arrival.reason)
        .bind(arrival.project_no)
        .step();
}

void Store::accept_service(const Fields& service, Arrival arrival) {
    static const std::string insert = insertion("service", time_and_number_columns, service_fields());
    const std::lock_guard lock{mutex_};
    Transaction transaction{*this};
    {
        auto last = query("SELECT COALESCE(MAX(serviceNumber), 0) FROM service WHERE projectNo = ?");
        last.bind(service.at("projectNo")).step();
        arrival.service_number = last.number(0) + 1;
    }
    if (arrival.service_number > most_services) throw Refusal{"该办件的服务已超过99条"};
    query(insert).bind(microseconds(arrival.at)).bind(arrival.service_number).bind(service, service_fields()).step();
    write(arrival);
    transaction.commit();
}

void Store::accept_rating(const Fields& rating, Arrival arrival) {
    static const std::string insert = insertion("rating", time_column, rating_fields());
    const std::lock_guard lock{mutex_};
    Transaction transaction{*this};
    arrival.service_number = number_in(rating);
    {
        auto service = query("SELECT serviceTime FROM service WHERE projectNo = ? AND serviceNumber = ?");
        if (!service.bind(rating.at("projectNo")).bind(arrival.service_number).step())
            throw Refusal{"没有对应的服务数据"};
        auto known = query("SELECT 1 FROM rating WHERE projectNo = ? AND serviceNumber = ?");
        if (known.bind(rating.at("projectNo")).bind(arrival.service_number).step()) throw Refusal{"评价数据不可重复"};
        // Both are yyyy-MM-dd HH:mm:ss, whose text order is its time order.
        if (rating.at("assessTime") < service.text(0)) throw Refusal{"参数assessTime早于服务时间"};
    }
    query(insert).bind(microseconds(arrival.at)).bind(rating, rating_fields()).step();
    write(arrival);
    transaction.commit();
}

std::vector<KnownService> Store::services_of(const Fields& wanted) {
    const auto commented = wanted.find("commented");
    const std::lock_guard lock{mutex_};
    auto rows = query(
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
    Transaction transaction{*this};
    write(arrival);
    transaction.commit();
}

}  // namespace province_sim
