// The limit of T5: what the caller is answered for is durable, what leaves is durable before it leaves, and nothing
// else is done. The caller inserts a record into one file, a second thread into another and posts it; both sync every
// commit.
//   bench_bare_soon PORT RATE FOLDER STORE.db PROVINCE.db
// STORE.db has the project numbers to use, PROVINCE.db one accepted record to copy. Prints of each its project number
// and when it was called, in microseconds since 1970.
#include "integration/bench/bare_province.hpp"
#include "integration/bench/bare_table.h"

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

constexpr std::size_t record_bytes = 1024;  // as a completion with one subject takes, sealed

class Table {
public:
    explicit Table(std::string path) : path_{std::move(path)} {
        bare_table_open(&table_, path_.c_str(), record_bytes, 1);
    }
    ~Table() { bare_table_close(&table_, path_.c_str()); }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;
    void insert() { bare_table_insert(&table_, 0); }

private:
    std::string path_;
    bare_table table_{};
};

std::vector<std::string> project_numbers(const char* store) {
    bare::Database db{store};
    auto* row = db.prepare("select project_no from dossiers order by id");
    std::vector<std::string> all;
    while (sqlite3_step(row) == SQLITE_ROW) all.push_back(bare::text(row, 0));
    sqlite3_finalize(row);
    return all;
}

class Second {
public:
    Second(const std::string& folder, int port, const bare::Record& record)
        : store_{folder + "/bare-store.db"}, to_{port, record}, thread_{[this] { run(); }} {}
    ~Second() {
        take({});
        thread_.join();
    }
    Second(const Second&) = delete;
    Second& operator=(const Second&) = delete;
    void take(std::string project_no) {  // the empty one is the last
        {
            const std::lock_guard lock{mutex_};
            taken_.push_back(std::move(project_no));
        }
        wake_.notify_one();
    }

private:
    void run() {
        for (;;) {
            std::string project_no;
            {
                std::unique_lock lock{mutex_};
                wake_.wait(lock, [&] { return !taken_.empty(); });
                project_no = std::move(taken_.front());
                taken_.pop_front();
            }
            if (project_no.empty()) return;
            store_.insert();
            to_.post(project_no);
        }
    }

    Table store_;
    bare::Province to_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::string> taken_;
    std::thread thread_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) return 2;
    const auto between = std::chrono::nanoseconds{std::chrono::seconds{1}} / std::strtol(argv[2], nullptr, 10);
    const std::string folder = argv[3];
    const bare::Record record{argv[5]};
    Table journal{folder + "/bare-journal.db"};
    Second second{folder, static_cast<int>(std::strtol(argv[1], nullptr, 10)), record};
    auto due = std::chrono::steady_clock::now();
    for (const auto& project_no : project_numbers(argv[4])) {
        std::this_thread::sleep_until(due);
        due += between;
        const std::chrono::microseconds at =
            std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch());
        journal.insert();
        second.take(project_no);
        std::printf("%s|%lld\n", project_no.c_str(), static_cast<long long>(at.count()));
    }
}
