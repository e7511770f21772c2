// A province in the memory of a test: no sockets, a clock that stands, a folder that is gone afterwards.
#pragma once
#include "integration/province_sim/platform.hpp"
#include "integration/province_sim/test/samples.hpp"

#include <sqlite3.h>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace province_sim::test {

namespace json = boost::json;

// The first column of the first row, as a judge with another connection reads it; empty if there is none.
inline std::string read_sql(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    std::string value;
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL)
        value = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return value;
}

struct Folder {
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "province_sim.XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path path;
};

inline const char* const m1 = "/hcp/project/submit";
inline const char* const m2 = "/hcp/evaluate/offline";
inline const char* const m4 = "/hcp/service/list";
inline const char* const m5 = "/hcp/norm";

// A province in plain text whose clock stands at noon.
struct Province {
    explicit Province(Crypto crypto = {}, Rules rules = {{"SDGGZY", "TestWord-0001", "370000000000"}}) {
        clock.hold(noon);
        platform.emplace(std::move(rules), std::move(crypto), clock, store, faults, mood, stats);
    }

    Request request(const std::string& path, const json::value& record, const std::string& time = "20260115120000") {
        const json::object body{{"txnBodyCom",
                                 {{"appMark", "SDGGZY"},
                                  {"time", time},
                                  {"sign", time + "SDGGZYTestWord-0001"},
                                  {"params", {{"evaluate", json::array{json::serialize(json::array{record})}}}}}},
                                {"txnCommCom", json::object{}}};
        return {"POST", path, "application/json; charset=utf-8", "370000000000", json::serialize(body)};
    }
    Answer send(const std::string& path, const json::value& record) { return platform->handle(request(path, record)); }
    json::object reply(const Answer& answer) { return json::parse(answer.body).as_object(); }
    // "success" or the text of the refusal.
    std::string outcome(const std::string& path, const json::value& record) {
        return std::string{reply(send(path, record)).at("C-Response-Desc").as_string()};
    }
    std::string outcome(const Request& wanted) {
        return std::string{reply(platform->handle(wanted)).at("C-Response-Desc").as_string()};
    }
    json::array services(const json::object& changes = {}) {
        const auto body = reply(send(m4, with(good_query(), changes))).at("C-Response-Body");
        return json::parse(body.at("serviceList").at(0).as_string()).as_array();
    }
    // From now on the clock stands so much later.
    void pass(std::chrono::milliseconds time) { clock.hold(clock.now() + time); }
    std::string sql(const std::string& query) { return read_sql(folder.path / "province.db", query); }
    void fault(const json::object& wish) { faults.add(parse_fault(wish)); }

    Folder folder;
    Clock clock;
    Store store{folder.path / "province.db", true};
    Faults faults{1};
    Mood mood;
    Stats stats;
    std::optional<Platform> platform;
};

}  // namespace province_sim::test
