#include "integration/bench/bare_province.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace bare {

void give_up(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(EXIT_FAILURE);
}

Database::Database(const char* path) {
    if (sqlite3_open(path, &db_) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
    sqlite3_busy_timeout(db_, 20000);
    run("pragma synchronous = full");
    run("pragma wal_autocheckpoint = 8000");
}

void Database::run(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
}

sqlite3_stmt* Database::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
    return statement;
}

void Database::once(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) give_up(sqlite3_errmsg(db_));
    sqlite3_reset(statement);
}

std::string text(sqlite3_stmt* row, int column) {
    return {reinterpret_cast<const char*>(sqlite3_column_text(row, column)),
            static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

Record::Record(const char* province_db) {
    Database db{province_db};
    auto* row = db.prepare("select * from service limit 1");
    if (sqlite3_step(row) != SQLITE_ROW) give_up("the province has no record to copy");
    before = R"([{\"projectNo\":\")";
    after = R"(\")";
    for (int i = 0; i < sqlite3_column_count(row); ++i) {
        const std::string name = sqlite3_column_name(row, i);
        if (name == "id" || name == "time_us" || name == "time" || name == "serviceNumber" || name == "projectNo" ||
            sqlite3_column_type(row, i) == SQLITE_NULL)
            continue;
        const auto value = text(row, i);
        after += R"(,\")" + name + R"(\":\")" + (name == "proProjectNo" ? "@" : value) + R"(\")";
    }
    after += "}]";
    sqlite3_finalize(row);
}

Province::Province(int port, const Record& record)
    : record_{record}, fd_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) give_up("no province");
    const int on = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Province::~Province() {
    close(fd_);
}

void Province::post(const std::string& project_no) {
    char stamp[32];
    const std::time_t now = std::time(nullptr) + 8 * 3600;
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::strftime(stamp, sizeof stamp, "%Y%m%d%H%M%S", &parts);
    auto tail = record_.after;
    if (const auto at = tail.find('@'); at != std::string::npos) tail.replace(at, 1, project_no);
    const std::string body = std::string{R"({"txnBodyCom":{"appMark":"SDGGZY","time":")"} + stamp + R"(","sign":")" +
                             stamp + R"(SDGGZYTestWord-0001","params":{"evaluate":[")" + record_.before + project_no +
                             tail + R"("]}},"txnCommCom":{}})";
    const std::string request =
        "POST /hcp/project/submit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=utf-8\r\n"
        "C-Tenancy-Id: 370000000000\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    if (send(fd_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
        give_up("send");
    char answer[4096];
    std::string all;
    // The answers are small and end with the document.
    while (!all.ends_with("}}")) {
        const auto got = recv(fd_, answer, sizeof answer, 0);
        if (got <= 0) give_up("the province hung up");
        all.append(answer, static_cast<std::size_t>(got));
    }
    if (all.find(R"("C-API-Status":"00")") == std::string::npos) give_up("refused: " + all);
}

}  // namespace bare
