// The bare side of store.sh: the rows that our side has just written to one database, written to another of the same
// schema by the client library alone, in as many transactions and by as many connections.
//   bench_bare_store STORE FROM TO CONNECTIONS STEP
// STEP: which rows lead, and how many of them are in a transaction: open (500 cases), rate (256 ratings) or settle
// (1000 ratings). The two databases differ by that step alone. Prints how many of the leading rows a second.
#include "integration/bench/bare_store.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <latch>
#include <map>
#include <set>
#include <thread>

namespace {

using bare::Client;
using bare::Row;
using bare::Table;

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

// Rows of one statement in the order in which they were made. `upto` is where the next transaction's begin.
struct Batch {
    std::string sql;
    std::vector<Row> rows;
    bool by_id = true;  // of the id in front; else in equal parts
    bool every_time = false;
    std::size_t taken = 0;

    std::span<const Row> next(std::int64_t upto, std::size_t transactions_left) {
        if (every_time) return rows;
        const std::span<const Row> left = std::span{rows}.subspan(taken);
        auto count = (left.size() + transactions_left - 1) / transactions_left;
        if (by_id)
            count = static_cast<std::size_t>(
                std::find_if(left.begin(), left.end(), [&](const Row& row) { return row.front().integer >= upto; }) -
                left.begin());
        taken += count;
        return left.first(count);
    }
};

// What one connection writes.
struct Share {
    std::vector<Batch> batches;         // parents before children
    std::vector<std::int64_t> leading;  // ids
    void write(Client& to, std::size_t in_transaction) {
        auto left = (leading.size() + in_transaction - 1) / in_transaction;
        for (std::size_t begun = 0; left > 0; --left) {
            begun = std::min(begun + in_transaction, leading.size());
            const auto upto = begun == leading.size() ? INT64_MAX : leading[begun];
            to.begin();
            for (auto& batch : batches)
                if (const auto rows = batch.next(upto, left); !rows.empty()) to.write(batch.sql, rows);
            to.commit();
        }
    }
};

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
              bool by_id = true) {
        for (auto& share : shares_) share.batches.push_back({sql, {}, by_id});
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
        deal(insert("ledger", fresh), fresh.rows, instance_of_lane, false);
    }
    // What is counted is written again by every transaction, as it stands at the end.
    void add_sums(const std::string& table, const std::string& key, std::size_t instance) {
        const auto sums = from_.read("select * from " + table);
        auto sql = insert(table, sums);
        sql += is_sqlite_ ? " on conflict (" + key + ") do update set n = excluded.n"
                          : " on duplicate key update n = values(n)";
        std::set<std::string> known;
        for (const auto& row : to_.read("select * from " + table).rows) known.insert(text(row));
        for (auto& share : shares_) share.batches.push_back({sql, {}, false, true});
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

int main(int argc, char** argv) {
    if (argc != 6) bare::give_up("usage", "see the head of bare_store.cpp");
    const std::string store = argv[1], from = argv[2], to = argv[3], step = argv[5];
    const auto connections = std::strtoul(argv[4], nullptr, 10);
    const bool is_sqlite = store == "sqlite";
    const auto reader = is_sqlite ? bare::sqlite_client : bare::mysql_client;
    const auto writer = store == "oracle" ? bare::odbc_client : reader;
    const std::size_t in_transaction = step == "open" ? 500 : step == "rate" ? 256 : 1000;

    auto shares =
        Difference{*reader(from), *reader(to), connections, is_sqlite}.all(step == "open" ? "cases" : "ratings");
    std::size_t count = 0;
    std::latch ready{static_cast<std::ptrdiff_t>(connections) + 1};
    std::vector<std::thread> threads;
    for (auto& share : shares) {
        count += share.leading.size();
        threads.emplace_back([&] {
            const auto client = writer(to);
            ready.arrive_and_wait();
            share.write(*client, in_transaction);
        });
    }
    ready.arrive_and_wait();
    const auto began = std::chrono::steady_clock::now();
    for (auto& thread : threads) thread.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (count == 0) bare::give_up("nothing to write", step);
    std::printf("%.0f\n", static_cast<double>(count) / took.count());
}
