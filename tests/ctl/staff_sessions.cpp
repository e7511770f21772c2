#include "plugin/app/desk_sessions/sign_on.hpp"
#include "tests/ctl/working_desk.hpp"
#include "tests/support/plain_tokens.hpp"

#include <sqlite3.h>

using namespace hcp;
using namespace hcp::test;

namespace {

// S3 and S4 supervise, S5 is technical; the ini has a staff listener.
struct SessionDesk : WorkingDesk {
    SessionDesk() {
        std::string roster = "staff_id,name,department_id,windows,since,until\n";
        for (const auto* staff_id : {"S1", "S2", "S3", "S4", "S5"})
            roster += std::string{staff_id} + ",某人,D1,A01,2020-01-02,\n";
        std::ofstream{dir.path() / "roster.csv", std::ios::binary} << roster;
        REQUIRE(ctl({"staff", "import", (dir.path() / "roster.csv").string(), "--as", "S5"}).code == 0);
        REQUIRE(ctl({"staff", "ceremony", "S3", "S4", "--as", "S5"}).code == 0);
    }
    void enable(const std::string& more = {}) {
        std::ofstream{dir.path() / "web.pem"} << "x";
        std::ofstream{dir.path() / "web.key"} << "x";
        fs::permissions(dir.path() / "web.key", fs::perms::owner_read | fs::perms::owner_write);
        std::ofstream{ini(), std::ios::app} << "[staff]\nlisten = 127.0.0.1:8444\n"
                                               "base_url = https://desk.example.cn:8444\n"
                                               "tls_cert_file = web.pem\ntls_key_file = web.key\n"
                                            << more;
    }
    // As the staff's page does it, on the same store, now.
    std::optional<app::SignedOnDesk> sign_on(const std::string& code) {
        const ports::SystemClock now;
        clock.set(now.now());
        auto opened = app::sign_on_by_invite({*books, keys, tokens, nobody}, {}, code);
        REQUIRE(opened.has_value());
        return *opened;
    }
    PlainTokens tokens;
};

std::string code_in(const std::string& out) {
    const std::string mark = "登录码：";
    const auto at = out.find(mark);
    REQUIRE(at != std::string::npos);
    return out.substr(at + mark.size(), 22);
}

}  // namespace

SCENARIO("from a printed link to a session that is listed and ended, all of it in the ledger", "[ctl]") {
    SessionDesk desk;
    desk.enable();
    const auto said = desk.ctl({"staff", "invite", "S1", "--as", "S3"});
    INFO(said.err);
    REQUIRE(said.code == 0);
    CHECK(has(said.out, "https://desk.example.cn:8444/staff/\n"));
    CHECK_FALSE(has(said.out, "?"));
    const auto code = code_in(said.out);
    CHECK(has(desk.ctl({"staff", "sessions", "S1"}).out, "没有登录"));
    REQUIRE(desk.sign_on(code));
    CHECK_FALSE(desk.sign_on(code));
    CHECK(has(desk.ctl({"staff", "sessions", "S1"}).out, "一次性链接"));
    const auto listed = desk.ctl({"staff", "sessions", "S1", "--json"}).json().as_array();
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].at("way") == "invite");
    CHECK(has(desk.ctl({"staff", "sign-out", "S1", "--as", "S2"}).err, "无权"));
    CHECK(has(desk.ctl({"staff", "sign-out", "S1", "--as", "S4"}).out, "1 个"));
    CHECK(desk.ctl({"staff", "sessions", "S1", "--json"}).json().as_array().empty());
    const auto verified = desk.ctl({"ledger", "verify"});
    INFO(verified.out << verified.err);
    CHECK(verified.code == 0);
    CHECK(has(desk.ctl({"staff", "invite", "S1", "--as", "S2"}).err, "无权"));
    CHECK(has(desk.ctl({"staff", "invite", "S3", "--as", "S3"}).err, "给自己"));
}

SCENARIO("no link is made where nobody could use it", "[ctl]") {
    SessionDesk desk;
    CHECK(has(desk.ctl({"staff", "invite", "S1", "--as", "S3"}).err, "[staff] listen = off"));
    desk.enable("invite = off\n");
    CHECK(has(desk.ctl({"staff", "invite", "S1", "--as", "S3"}).err, "[staff] invite = off"));
}

SCENARIO("who gives himself another's session in the database is found", "[ctl]") {
    SessionDesk desk;
    desk.enable();
    REQUIRE(desk.sign_on(code_in(desk.ctl({"staff", "invite", "S1", "--as", "S3"}).out)));
    const auto change = [&](const std::string& sql) {
        sqlite3* db = nullptr;
        REQUIRE(sqlite3_open_v2((desk.dir.path() / "store.db").c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) ==
                SQLITE_OK);
        CHECK(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(db);
    };
    const auto found = [&](std::string_view subject, std::string_view what) {
        const auto said = desk.ctl({"ledger", "verify"});
        INFO(said.out);
        CHECK(said.code == 1);
        CHECK(has(said.out, subject));
        CHECK(has(said.out, what));
    };
    WHEN("a session becomes a supervisor's") {
        change("update staff_sessions set staff_id = 'S3'");
        found("工作人员登录", "工号");
    }
    WHEN("a session is slipped in") {
        change(
            "insert into staff_sessions select id + 1, zeroblob(32), staff_id, way_code, null, since_us, seen_at_us, "
            "idle_ends_at_us, ends_at_us, null, null from staff_sessions");
        found("工作人员登录", "没有记录");
    }
    WHEN("a link is given another's name") {
        change("update staff_invites set made_by = 'S4'");
        found("一次性登录链接", "签发人");
    }
    WHEN("a link is taken away") {
        change("delete from staff_invites");
        found("一次性登录链接", "已不在数据库中");
    }
}
