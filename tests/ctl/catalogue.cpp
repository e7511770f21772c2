#include "tests/ctl/people_desk.hpp"

#include <sqlite3.h>

using namespace hcp;
using namespace hcp::test;

namespace {

const std::string sample = (project_root() / "config/catalogue").string();

struct CatalogueDesk : PeopleDesk {
    CatalogueDesk() { equip(); }
    [[nodiscard]] Said import(const fs::path& folder, std::vector<std::string> more = {"--as", "S5"}) const {
        std::vector<std::string> arguments{"catalogue", "import", folder.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return ctl(arguments);
    }
    [[nodiscard]] Said release(const std::string& actor = "S3") const {
        return ctl({"catalogue", "release", "--as", actor});
    }
    // A copy of the sample with one text in place of another in one of its files.
    [[nodiscard]] fs::path edited(const std::string& file, std::string_view from, std::string_view to) const {
        auto folder = dir.path() / ("edited" + std::to_string(++copies_));
        fs::copy(sample, folder);
        auto text = text_in(folder / file);
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        std::ofstream{folder / file, std::ios::binary} << text;
        return folder;
    }

private:
    mutable int copies_ = 0;
};

void change_by_hand(const fs::path& database, const std::string& statement) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open_v2(database.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
    INFO(sqlite3_errmsg(db));
    CHECK(sqlite3_exec(db, statement.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}

}  // namespace

SCENARIO("the sample goes in, is released, comes out as it was, and goes in again without a change", "[ctl]") {
    const CatalogueDesk desk;
    CHECK(has(desk.ctl({"catalogue", "list"}).out, "还没有目录"));
    CHECK(desk.ctl({"catalogue", "check", sample}).code == 0);

    const auto preview = desk.import(sample, {"--preview", "--as", "S5"});
    CHECK(preview.code == 0);
    CHECK(has(preview.out, "新增 事项 ZC-01"));
    CHECK(has(preview.out, "只是预览"));
    CHECK(has(desk.ctl({"catalogue", "list"}).out, "还没有目录"));

    REQUIRE(desk.import(sample).code == 0);
    CHECK(has(desk.ctl({"catalogue", "check"}).out, "草稿 58 条"));
    CHECK(has(desk.release("S5").err, "无权"));
    const auto released = desk.release();
    INFO(released.err);
    REQUIRE(released.code == 0);
    CHECK(has(released.out, "已发布 办事指南 YX-06"));
    CHECK(has(desk.release().err, "没有待发布的草稿"));
    CHECK(desk.ctl({"ledger", "verify"}).code == 0);

    const auto out = desk.dir.path() / "out";
    fs::create_directory(out);
    CHECK(desk.ctl({"catalogue", "export", out.string(), "--at", "2020-01-01"}).code == 1);
    REQUIRE(desk.ctl({"catalogue", "export", out.string()}).code == 0);
    for (const auto* file : {"departments.csv", "items.csv", "guides.csv"})
        CHECK(text_in(out / file) == text_in(fs::path{sample} / file));
    CHECK(desk.ctl({"catalogue", "export", out.string()}).code == 1);  // overwrites nothing
    const auto again = desk.import(out);
    CHECK(again.code == 0);
    CHECK(has(again.out, "不变 58 条"));
    CHECK_FALSE(has(again.out, "变更"));

    const auto listed = desk.ctl({"catalogue", "list", "--json"}).json().as_array();
    REQUIRE(listed.size() == 58);
    CHECK(listed[0].at("released_by") == "S3");
    CHECK(listed[0].at("draft") == false);
    CHECK(has(desk.ctl({"catalogue", "list"}).out, "现行"));
}

SCENARIO("a guide that changes is previewed field by field", "[ctl]") {
    const CatalogueDesk desk;
    REQUIRE(desk.import(sample).code == 0);
    REQUIRE(desk.release().code == 0);
    const auto changed = desk.import(desk.edited("guides.csv", "YX-01,2026-1,2026-01-01", "YX-01,2026-2,2026-02-01"));
    CHECK(changed.code == 0);
    for (const auto* part :
         {"变更 办事指南 YX-01", "version：2026-1 → 2026-2", "effective：2026-01-01 → 2026-02-01", "不变 57 条"}) {
        INFO(part);
        CHECK(has(changed.out, part));
    }
    CHECK(has(desk.ctl({"catalogue", "list"}).out, "草稿"));
    CHECK(desk.ctl({"ledger", "verify"}).code == 0);  // which knows no drafts
    REQUIRE(desk.release().code == 0);
    CHECK(desk.ctl({"ledger", "verify"}).code == 0);
}

SCENARIO("what is wrong with a catalogue is told with line and column, and nothing is imported", "[ctl]") {
    const CatalogueDesk desk;
    for (const auto& [folder, parts] : {std::pair{desk.edited("items.csv", "药械采购,JY2", "药械采购,JY8"),
                                                  std::vector{"items.csv", "15", "department_id", "没有部门 “JY8”"}},
                                        std::pair{desk.edited("departments.csv", "2024-12-31", "2024/12/31"),
                                                  std::vector{"departments.csv", "until", "电子表格"}},
                                        std::pair{desk.edited("guides.csv", "GC-02", "GC-01"),
                                                  std::vector{"guides.csv", "4", "item_code", "重复"}}}) {
        const auto said = desk.import(folder);
        CHECK(said.code == 1);
        for (const auto* part : parts) {
            INFO(part);
            CHECK(has(said.err, part));
        }
        CHECK(has(said.err, "没有导入"));
        CHECK(desk.ctl({"catalogue", "check", folder.string()}).code == 1);
    }
    CHECK(has(desk.ctl({"catalogue", "list"}).out, "还没有目录"));
    const auto nothing = desk.dir.path() / "nothing";
    fs::create_directory(nothing);
    CHECK(desk.import(nothing).code == 2);
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"catalogue", "import", sample}, {"catalogue", "release"}})
        CHECK(has(desk.ctl(command).err, "缺少参数：--as"));
}

SCENARIO("whoever changes what was released of a catalogue in the database is found", "[ctl]") {
    const CatalogueDesk desk;
    REQUIRE(desk.import(sample).code == 0);
    REQUIRE(desk.release().code == 0);
    REQUIRE(desk.import(desk.edited("guides.csv", "YX-01,2026-1", "YX-01,2026-2")).code == 0);
    REQUIRE(desk.ctl({"ledger", "verify"}).code == 0);
    const auto database = desk.dir.path() / "store.db";
    change_by_hand(database, "create table kept as select * from guides");
    for (const auto& [statement, finding] :
         {std::pair{"update guides set elements = 'x' where code = 'ZC-01'", "edition_changed"},
          std::pair{"update guides set released_by = 'S1' where code = 'ZC-01'", "edition_changed"},
          std::pair{"update guides set state = 3, superseded_no = 1 where code = 'ZC-01'", "edition_changed"},
          std::pair{"delete from guides where code = 'ZC-01'", "edition_removed"},
          std::pair{"update guides set state = 3, superseded_no = 1, released_at_us = null where code = 'ZC-01'",
                    "edition_removed"},
          std::pair{"update guides set state = 3, superseded_no = 1 where code = 'YX-01' and revision = 1; "
                    "update guides set state = 2, released_by = 'S3', released_at_us = 1 where code = 'YX-01' and "
                    "revision = 2",
                    "edition_inserted"}}) {
        INFO(statement);
        change_by_hand(database, statement);
        const auto said = desk.ctl({"ledger", "verify", "--json"});
        CHECK(said.code == 1);
        CHECK(has(said.out, finding));
        change_by_hand(database, "delete from guides; insert into guides select * from kept");
    }
    change_by_hand(database, "drop table kept");
    CHECK(desk.ctl({"ledger", "verify"}).code == 0);
}
