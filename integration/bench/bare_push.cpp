// The limit of pushing: the same records posted to the same province over as many connections, and the same rows
// written around them in batches, each batch one synced transaction, with nothing else: no rules, no identities to
// open, no JSON tree.
//   bench_bare_push PORT CONNECTIONS STORE.db PROVINCE.db
// STORE.db has the backlog; PROVINCE.db has one accepted record to copy. Prints deliveries/s.
#include <sqlite3.h>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(EXIT_FAILURE);
}

class Database {
public:
    explicit Database(const char* path) {
        if (sqlite3_open(path, &db_) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
        sqlite3_busy_timeout(db_, 20000);
        run("pragma synchronous = full");
        run("pragma wal_autocheckpoint = 8000");
    }
    void run(const char* sql) {
        if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
    }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
        return statement;
    }
    void once(sqlite3_stmt* statement) {
        if (sqlite3_step(statement) != SQLITE_DONE) give_up(sqlite3_errmsg(db_));
        sqlite3_reset(statement);
    }

private:
    sqlite3* db_ = nullptr;
};

std::string text(sqlite3_stmt* row, int column) {
    return {reinterpret_cast<const char*>(sqlite3_column_text(row, column)),
            static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

// The record as a JSON string inside the envelope's, cut where the project number belongs. The values need no escapes.
std::pair<std::string, std::string> record_of(const char* province) {
    Database db{province};
    auto* row = db.prepare("select * from service limit 1");
    if (sqlite3_step(row) != SQLITE_ROW) give_up("the province has no record to copy");
    std::string before = R"([{\"projectNo\":\")", after = R"(\")";
    for (int i = 0; i < sqlite3_column_count(row); ++i) {
        const std::string name = sqlite3_column_name(row, i);
        if (name == "id" || name == "time_us" || name == "time" || name == "serviceNumber" || name == "projectNo" ||
            sqlite3_column_type(row, i) == SQLITE_NULL)
            continue;
        const auto value = text(row, i);
        after += R"(,\")" + name + R"(\":\")" + (name == "proProjectNo" ? "@" : value) + R"(\")";
    }
    return {before, after + "}]"};
}

struct Work {
    std::int64_t delivery, evaluation;
    std::string project_no;
};

class Bench {
public:
    Bench(int port, std::size_t connections, const char* store, const char* province)
        : port_{port}, connections_{connections}, store_{store}, record_{record_of(province)} {
        auto* row = store_.prepare(
            "select d.id, d.evaluation_id, s.project_no from deliveries d join dossiers s on s.id = d.dossier_id where "
            "d.state = 1 order by d.id");
        while (sqlite3_step(row) == SQLITE_ROW)
            backlog_.push_back({sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), text(row, 2)});
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
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(port_));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) give_up("no province");
        const int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        for (;;) {
            Work work;
            {
                std::unique_lock lock{mutex_};
                wake_.wait(lock, [&] { return over_ || !todo_.empty(); });
                if (todo_.empty()) break;
                work = std::move(todo_.front());
                todo_.pop_front();
            }
            exchange(fd, work.project_no);
            {
                const std::lock_guard lock{mutex_};
                done_.push_back(std::move(work));
            }
            came_back_.notify_one();
        }
        close(fd);
    }

    void exchange(int fd, const std::string& project_no) const {
        char stamp[32];
        const std::time_t now = std::time(nullptr) + 8 * 3600;
        std::tm parts{};
        gmtime_r(&now, &parts);
        std::strftime(stamp, sizeof stamp, "%Y%m%d%H%M%S", &parts);
        auto tail = record_.second;
        if (const auto at = tail.find('@'); at != std::string::npos) tail.replace(at, 1, project_no);
        const std::string body = std::string{R"({"txnBodyCom":{"appMark":"SDGGZY","time":")"} + stamp +
                                 R"(","sign":")" + stamp + R"(SDGGZYTestWord-0001","params":{"evaluate":[")" +
                                 record_.first + project_no + tail + R"("]}},"txnCommCom":{}})";
        const std::string request =
            "POST /hcp/project/submit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=utf-8\r\n"
            "C-Tenancy-Id: 370000000000\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body;
        if (send(fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
            give_up("send");
        char answer[4096];
        std::string all;
        // The answers are small and end with the document.
        while (!all.ends_with("}}")) {
            const auto got = recv(fd, answer, sizeof answer, 0);
            if (got <= 0) give_up("the province hung up");
            all.append(answer, static_cast<std::size_t>(got));
        }
        if (all.find(R"("C-API-Status":"00")") == std::string::npos) give_up("refused: " + all);
    }

    int port_;
    std::size_t connections_;
    Database store_;
    std::pair<std::string, std::string> record_;
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
