#include "integration/province_sim/pending.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace province_sim {
namespace {

namespace json = boost::json;

std::string to_json(const Fields& record) {
    json::object object;
    for (const auto& [name, value] : record) object[name] = value;
    return json::serialize(object);
}

Fields from_json(const std::string& text) {
    const auto object = json::parse(text).as_object();
    Fields record;
    for (const auto& member : object) record.emplace(member.key(), std::string{member.value().as_string()});
    return record;
}

}  // namespace

Pending::Pending(Database& database) : db_{database} {
    db_.execute(
        "CREATE TABLE IF NOT EXISTS pending (id INTEGER PRIMARY KEY AUTOINCREMENT, due_us INTEGER NOT NULL, "
        "due TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%d %H:%M:%S', due_us / 1000000 + 28800, 'unixepoch')) VIRTUAL, "
        "message TEXT NOT NULL, projectNo TEXT NOT NULL, record TEXT NOT NULL, arrival INTEGER, first_id INTEGER);"
        "CREATE INDEX IF NOT EXISTS pending_due ON pending (due_us);");
}

void Pending::add(const Postponed& late) {
    db_.query(
           "INSERT INTO pending (due_us, message, projectNo, record, arrival, first_id) "
           "VALUES (?, ?, ?, ?, NULLIF(?, 0), NULLIF(?, 0))")
        .bind(late.due.time_since_epoch().count())
        .bind(late.message)
        .bind(late.record.at("projectNo"))
        .bind(to_json(late.record))
        .bind(late.arrival)
        .bind(late.first_id)
        .step();
}

void Pending::remove(std::int64_t id) {
    db_.query("DELETE FROM pending WHERE id = ?").bind(id).step();
}

std::int64_t Pending::size() {
    auto count = db_.query("SELECT count(*) FROM pending");
    count.step();
    return count.wide_number(0);
}

std::vector<Postponed> Pending::due(Instant now) {
    auto rows = db_.query(
        "SELECT id, due_us, message, record, IFNULL(arrival, 0), IFNULL(first_id, 0) FROM pending "
        "WHERE due_us <= ? ORDER BY due_us, id");
    rows.bind(now.time_since_epoch().count());
    std::vector<Postponed> found;
    while (rows.step()) {
        Postponed late;
        late.id = rows.wide_number(0);
        late.due = Instant{std::chrono::microseconds{rows.wide_number(1)}};
        late.message = rows.text(2);
        late.record = from_json(rows.text(3));
        late.arrival = rows.wide_number(4);
        late.first_id = rows.wide_number(5);
        found.push_back(std::move(late));
    }
    return found;
}

}  // namespace province_sim
