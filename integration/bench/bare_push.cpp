// The limit of pushing: the same records posted to the same province over as many connections, and the same rows
// written around them in batches, each batch one synced transaction, with nothing else: no rules, no identities to
// open, no JSON tree.
//   bench_bare_push PORT CONNECTIONS STORE.db PROVINCE.db
// STORE.db has the backlog; PROVINCE.db has one accepted record to copy. Prints deliveries/s.
#include "integration/bench/bare_province.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Work {
    std::int64_t delivery, evaluation;
    std::string project_no;
};

class Bench {
public:
    Bench(int port, std::size_t connections, const char* store, const char* province)
        : port_{port}, connections_{connections}, store_{store}, record_{province} {
        auto* row = store_.prepare(
            "select d.id, d.evaluation_id, s.project_no from deliveries d join dossiers s on s.id = d.dossier_id where "
            "d.state = 1 order by d.id");
        while (sqlite3_step(row) == SQLITE_ROW)
            backlog_.push_back({sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), bare::text(row, 2)});
        sqlite3_finalize(row);
    }

    double run() {
        const auto count = backlog_.size();
        const auto began = std::chrono::steady_clock::now();
        std::vector<std::thread> posters;
        for (std::size_t i = 0; i < connections_; ++i) posters.emplace_back([this] { post(); });
        write(count);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        {
            const std::lock_guard lock{mutex_};
            over_ = true;
        }
        wake_.notify_all();
        for (auto& poster : posters) poster.join();
        return static_cast<double>(count) / took.count();
    }

private:
    // Marks what came back and claims the next, as many as twice the connections; both in one transaction.
    void write(std::size_t left) {
        auto* claim = store_.prepare(
            "update deliveries set state = 2, claimed_by = 1, next_at_us = ?, attempts = attempts + 1 where id = ?");
        auto* mark = store_.prepare(
            "update deliveries set state = 3, claimed_by = null, delivered_at_us = ?, sent_digest = ? where id = ?");
        auto* learn = store_.prepare("update evaluations set service_time = ? where id = ?");
        auto* head = store_.prepare("select max(seq) from ledger where lane = 1");
        sqlite3_step(head);
        auto seq = sqlite3_column_int64(head, 0);
        sqlite3_finalize(head);
        auto* enter = store_.prepare(
            "insert into ledger (lane, seq, kind, at_us, canonical, hash, seal) values (1, ?, 11, ?, ?, ?, ?)");
        const std::string digest(32, 'd'), entry(75, 'e'), time = "2026-09-24 17:30:00";
        std::size_t in_flight = 0;
        while (left > 0) {
            std::vector<Work> done, next;
            {
                std::unique_lock lock{mutex_};
                came_back_.wait(lock, [&] { return !done_.empty() || in_flight == 0; });
                done.swap(done_);
            }
            in_flight -= done.size();
            left -= done.size();
            while (in_flight < 2 * connections_ && !backlog_.empty()) {
                next.push_back(std::move(backlog_.front()));
                backlog_.pop_front();
                ++in_flight;
            }
            store_.run("begin immediate");
            for (const auto& one : done) {
                sqlite3_bind_int64(mark, 1, 1);
                sqlite3_bind_blob(mark, 2, digest.data(), 32, SQLITE_STATIC);
                sqlite3_bind_int64(mark, 3, one.delivery);
                store_.once(mark);
                sqlite3_bind_text(learn, 1, time.data(), -1, SQLITE_STATIC);
                sqlite3_bind_int64(learn, 2, one.evaluation);
                store_.once(learn);
                sqlite3_bind_int64(enter, 1, ++seq);
                sqlite3_bind_int64(enter, 2, 1);
                sqlite3_bind_blob(enter, 3, entry.data(), static_cast<int>(entry.size()), SQLITE_STATIC);
                sqlite3_bind_blob(enter, 4, digest.data(), 32, SQLITE_STATIC);
                sqlite3_bind_blob(enter, 5, digest.data(), 32, SQLITE_STATIC);
                store_.once(enter);
            }
            for (const auto& one : next) {
                sqlite3_bind_int64(claim, 1, 1);
                sqlite3_bind_int64(claim, 2, one.delivery);
                store_.once(claim);
            }
            store_.run("commit");
            {
                const std::lock_guard lock{mutex_};
                for (auto& one : next) todo_.push_back(std::move(one));
            }
            wake_.notify_all();
        }
    }

    void post() {
        bare::Province to{port_, record_};
        for (;;) {
            Work work;
            {
                std::unique_lock lock{mutex_};
                wake_.wait(lock, [&] { return over_ || !todo_.empty(); });
                if (todo_.empty()) break;
                work = std::move(todo_.front());
                todo_.pop_front();
            }
            to.post(work.project_no);
            {
                const std::lock_guard lock{mutex_};
                done_.push_back(std::move(work));
            }
            came_back_.notify_one();
        }
    }

    int port_;
    std::size_t connections_;
    bare::Database store_;
    bare::Record record_;
    std::deque<Work> backlog_;
    std::mutex mutex_;
    std::condition_variable wake_, came_back_;
    std::deque<Work> todo_;
    std::vector<Work> done_;
    bool over_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    Bench bench{static_cast<int>(std::strtol(argv[1], nullptr, 10)), std::strtoul(argv[2], nullptr, 10), argv[3],
                argv[4]};
    std::printf("%.0f\n", bench.run());
}
