// What the bare programs do to the province: an accepted record, copied and posted under other project numbers over one
// connection of plain HTTP. Whatever fails ends the program.
#pragma once
#include <sqlite3.h>

#include <string>

namespace bare {

[[noreturn]] void give_up(const std::string& why);

class Database {
public:
    explicit Database(const char* path);
    void run(const char* sql);
    sqlite3_stmt* prepare(const char* sql);
    void once(sqlite3_stmt* statement);

private:
    sqlite3* db_ = nullptr;
};

std::string text(sqlite3_stmt* row, int column);

// The record as a JSON string inside the envelope's, cut where the project number belongs. The values need no escapes.
struct Record {
    explicit Record(const char* province_db);  // which has one
    std::string before, after;
};

// One connection, of one thread.
class Province {
public:
    Province(int port, const Record& record);
    ~Province();
    Province(const Province&) = delete;
    Province& operator=(const Province&) = delete;
    void post(const std::string& project_no);  // until the province has said yes

private:
    const Record& record_;
    int fd_;
};

}  // namespace bare
