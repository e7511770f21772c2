// The bare side of store.sh: the rows that our side has just written to one database, written to another of the same
// schema by the client library alone, in as many transactions and by as many connections.
//   bench_bare_store STORE FROM TO CONNECTIONS STEP
// STEP: which rows lead, and how many of them are in a transaction: open (500 cases), rate (256 ratings) or settle
// (1000 ratings). The two databases differ by that step alone. Prints how many of the leading rows a second.
#include "integration/bench/bare_rows.hpp"

#include <chrono>
#include <latch>
#include <thread>

int main(int argc, char** argv) {
    if (argc != 6) bare::give_up("usage", "see the head of bare_store.cpp");
    const std::string store = argv[1], from = argv[2], to = argv[3], step = argv[5];
    const auto connections = std::strtoul(argv[4], nullptr, 10);
    const bool is_sqlite = store == "sqlite";
    const auto reader = is_sqlite ? bare::sqlite_client : bare::mysql_client;
    const auto writer = store == "oracle" ? bare::odbc_client : reader;
    const std::size_t in_transaction = step == "open" ? 500 : step == "rate" ? 256 : 1000;

    auto shares =
        bare::difference(*reader(from), *reader(to), connections, is_sqlite, step == "open" ? "cases" : "ratings");
    std::size_t count = 0;
    std::latch ready{static_cast<std::ptrdiff_t>(connections) + 1};
    std::vector<std::thread> threads;
    for (auto& share : shares) {
        count += share.leading.size();
        threads.emplace_back([&] {
            const auto client = writer(to);
            ready.arrive_and_wait();
            while (share.left() > 0) share.write_next(*client, in_transaction);
        });
    }
    ready.arrive_and_wait();
    const auto began = std::chrono::steady_clock::now();
    for (auto& thread : threads) thread.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (count == 0) bare::give_up("nothing to write", step);
    std::printf("%.0f\n", static_cast<double>(count) / took.count());
}
