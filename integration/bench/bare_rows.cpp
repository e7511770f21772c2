#include "integration/bench/bare_rows.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace bare {
namespace {

constexpr const char* tables_with_ids[] = {"subjects",   "cases",   "dossiers", "evaluations",
                                           "deliveries", "ratings", "tickets"};

// An id says which instance made it, a lane as well.
std::size_t instance_of_id(const Row& row) {
    return static_cast<std::size_t>(row.front().integer >> 12 & 1023);
}
std::size_t instance_of_lane(const Row& row) {
    return static_cast<std::size_t>(row.front().integer & 1023);
}

std::string insert(const std::string& table, const Table& like) {
    std::string names, places;
    for (const auto& column : like.columns) {
        names += (names.empty() ? "" : ", ") + column;
        places += places.empty() ? "?" : ", ?";
    }
    return "insert into " + table + " (" + names + ") values (" + places + ")";
}

class Difference {
public:
    Difference(Client& from, Client& to, std::size_t connections, bool is_sqlite)
        : from_{from}, to_{to}, shares_{connections}, is_sqlite_{is_sqlite} {}

    std::vector<Share> all(const std::string& leading) {
        for (const std::string table : tables_with_ids) {
            const auto fresh = from_.read("select * from " + table + " where id > " + highest(table) + " order by id");
            deal(insert(table, fresh), fresh.rows, instance_of_id);
            if (table == leading)
                for (const auto& row : fresh.rows)
                    shares_.at(instance_of_id(row) - 1).leading.push_back(row.front().integer);
        }
        const auto moved = from_.read(
            "select e.rating_id, e.state, e.withdrawn, e.id from evaluations e join ratings r on r.id = e.rating_id "
            "where r.id > " +
            highest("ratings") + " order by e.rating_id");
        deal("update evaluations set rating_id = ?, state = ?, withdrawn = ? where id = ?", moved.rows, instance_of_id);
        add_ledger();
        add_sums("counters", "completion_day, line, department_id, item_code, metric, instance_no", 5);
        add_sums("delivery_totals", "instance_no, state", 0);
        return std::move(shares_);
    }

private:
    std::string highest(const std::string& table) {
        return std::to_string(to_.read("select coalesce(max(id), 0) from " + table).rows.front().front().integer);
    }
    void deal(const std::string& sql, const std::vector<Row>& rows, std::size_t (*instance)(const Row&),
              Batch::By by = Batch::By::id) {
        for (auto& share : shares_) share.batches.push_back({sql, {}, by});
        for (const auto& row : rows) shares_.at(instance(row) - 1).batches.back().rows.push_back(row);
    }
    void add_ledger() {
        Table fresh;
        for (const auto& lane : from_.read("select distinct lane from ledger").rows) {
            const auto number = std::to_string(lane.front().integer);
            const auto head = to_.read("select coalesce(max(seq), 0) from ledger where lane = " + number);
            auto some = from_.read("select * from ledger where lane = " + number + " and seq > " +
                                   std::to_string(head.rows.front().front().integer) + " order by seq");
            fresh.columns = some.columns;
            std::move(some.rows.begin(), some.rows.end(), std::back_inserter(fresh.rows));
        }
        deal(insert("ledger", fresh), fresh.rows, instance_of_lane, Batch::By::equal_part);
    }
    // What is counted is written again by every transaction, as it stands at the end.
    void add_sums(const std::string& table, const std::string& key, std::size_t instance) {
        const auto sums = from_.read("select * from " + table);
        auto sql = insert(table, sums);
        sql += is_sqlite_ ? " on conflict (" + key + ") do update set n = excluded.n"
                          : " on duplicate key update n = values(n)";
        std::set<std::string> known;
        for (const auto& row : to_.read("select * from " + table).rows) known.insert(text(row));
        for (auto& share : shares_) share.batches.push_back({sql, {}, Batch::By::every_time});
        for (const auto& row : sums.rows)
            if (!known.contains(text(row)))
                shares_.at(static_cast<std::size_t>(row[instance].integer) - 1).batches.back().rows.push_back(row);
    }
    static std::string text(const Row& row) {
        std::string all;
        for (const auto& value : row) all += std::to_string(value.integer) + value.content + '|';
        return all;
    }

    Client& from_;
    Client& to_;
    std::vector<Share> shares_;
    bool is_sqlite_;
};

}  // namespace

std::span<const Row> Batch::next(std::int64_t upto, std::size_t some, std::size_t left) {
    if (by == By::every_time) return rows;
    const auto waiting = std::span<const Row>{rows}.subspan(taken);
    auto count = (waiting.size() * some + left - 1) / left;
    if (by == By::id)
        count = static_cast<std::size_t>(
            std::find_if(waiting.begin(), waiting.end(), [&](const Row& row) { return row.front().integer >= upto; }) -
            waiting.begin());
    taken += count;
    return waiting.first(count);
}

void Share::write_next(Client& to, std::size_t some) {
    some = std::min(some, left());
    const auto before = left();
    begun += some;
    const auto upto = left() == 0 ? INT64_MAX : leading[begun];
    to.begin();
    for (auto& batch : batches)
        if (const auto rows = batch.next(upto, some, before); !rows.empty()) to.write(batch.sql, rows);
    to.commit();
}

std::vector<Share> difference(Client& from, Client& to, std::size_t connections, bool is_sqlite,
                              const std::string& leading) {
    return Difference{from, to, connections, is_sqlite}.all(leading);
}

}  // namespace bare
