#include "plugin/app/catalogue/load_rules.hpp"
#include "tests/ctl/people_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// A day off that has begun by the time of the machine that the test runs on.
const std::string closure = "[centre 2026-09-01]\ntitle = 搬迁\n2026-09-28 = 放假 搬迁闭馆\n";

// A store whose calendar was loaded, with a calendar directory of its own and one bad review of 24 September 2026.
struct CalendarDesk : PeopleDesk {
    CalendarDesk() {
        fs::copy(project_root() / "config/calendar", directory(), fs::copy_options::recursive);
        auto text = text_in(ini());
        const auto shipped = (project_root() / "config/calendar").string();
        text.replace(text.find(shipped), shipped.size(), directory().string());
        std::ofstream{ini(), std::ios::binary} << text;
        app::LoadRules load{{*store, *books, key_set->digests(), rule_texts, *rules, log, alarms, nobody}};
        REQUIRE(load.start_with(rule_files)->empty());
        clock.set(at(2026, 9, 24));
        event = completion("C1");
        auto other = completion("C2");
        event.completed_at = other.completed_at = clock.now();
        apply({event, other});
        rate(event, Level::dissatisfied, clock.now(), "窗口无人，等候超过两个小时仍未办理。");
        REQUIRE(tickets().size() == 1);
    }
    [[nodiscard]] fs::path directory() const { return dir.path() / "calendar"; }
    [[nodiscard]] std::string file(const std::string& text) const {
        const auto path = dir.path() / "local.ini";
        std::ofstream{path, std::ios::binary} << text;
        return path.string();
    }
    Completion event;
};

}  // namespace

SCENARIO("what a calendar would move is seen before anything is changed (E20, E21)", "[ctl]") {
    CalendarDesk desk;
    const auto said = desk.ctl({"calendar", "preview", desk.file(closure)});
    INFO(said.out << said.err);
    CHECK(said.code == 0);
    CHECK(has(said.out, "日历 2020-2026@2025-11-04 → 2020-2026@2025-11-04+2026-09-01\n全国安排：相同\n"));
    CHECK(has(said.out, "本地安排：与已启用的不同，由监督人员启用后生效"));
    CHECK(has(said.out, "已经开始的本地休息日（2026-09-28 起）不再顺延整改单的期限"));
    CHECK(has(said.out, "评价截止：在途 1 件，顺延 0 件"));
    CHECK(has(said.out, "联系期限：在途 1 件，顺延 0 件"));
    CHECK_FALSE(fs::exists(desk.directory() / "local.ini"));
    CHECK(has(desk.ctl({"calendar", "preview"}).out, "本地安排：相同"));

    // A holiday of the nation's, of which nobody knew.
    const auto national =
        desk.file("[notice 2026-09-25]\nyear = 2026\ntitle = 示例的通知\n2026-09-28..2026-09-29 = 放假 示例假\n");
    const auto listed = desk.ctl({"calendar", "preview", national, "--json"}).json();
    CHECK(listed.at("windows").at("moved").as_int64() == 1);
    CHECK(listed.at("windows").at("first").at(0).at("case_no").as_string() == "C2");
    CHECK(listed.at("contacts").at("moved").as_int64() == 1);
    CHECK(listed.at("rectifications").at("moved").as_int64() == 1);
    CHECK_FALSE(listed.at("local_days_wait").as_bool());
    CHECK(desk.ctl({"calendar", "preview", national, "--limit", "0"}).code == 2);
}

SCENARIO("a file of notices is checked with the others before it lies among them", "[ctl]") {
    CalendarDesk desk;
    const auto faulty = desk.ctl({"calendar", "import", desk.file("[centre 2026-09-01]\n2026-13-01 = 放假\n")});
    CHECK(faulty.code == 2);
    CHECK(has(faulty.err, "local.ini:2"));
    CHECK_FALSE(fs::exists(desk.directory() / "local.ini"));
    CHECK(desk.ctl({"calendar", "import", "/nowhere/local.ini"}).code == 2);
    CHECK(desk.ctl({"calendar", "import", (desk.dir.path() / "store.db").string()}).code == 2);

    const auto said = desk.ctl({"calendar", "import", desk.file(closure)});
    INFO(said.err);
    CHECK(said.code == 0);
    CHECK(text_in(desk.directory() / "local.ini") == closure);
    CHECK_FALSE(fs::exists(desk.directory() / "local.ini.new"));
    CHECK(has(desk.ctl({"calendar", "explain", "2026-09-28"}).out, "不对外服务（搬迁闭馆）"));
    const auto itself = desk.ctl({"calendar", "import", (desk.directory() / "local.ini").string()});
    CHECK(itself.code == 2);
    CHECK(text_in(desk.directory() / "local.ini") == closure);
    // Of one's own name: it takes the place of the other.
    const auto more = closure + "\n[centre 2026-09-10]\n2026-09-29 = 放假 盘点\n";
    CHECK(desk.ctl({"calendar", "import", desk.file(more)}).code == 0);
    CHECK(text_in(desk.directory() / "local.ini") == more);
}

SCENARIO("local days come into force on a supervisor's word, which the ledger has (E21)", "[ctl]") {
    CalendarDesk desk;
    desk.equip();
    REQUIRE(desk.ctl({"calendar", "import", desk.file(closure)}).code == 0);
    CHECK(has(desk.ctl({"calendar", "activate", "--as", "S9"}).err, "操作人不在名册上"));
    const auto technical = desk.ctl({"calendar", "activate", "--as", "S5"});
    CHECK(technical.code == 1);
    CHECK(has(technical.err, "由监督人员启用"));
    CHECK(desk.ctl({"calendar", "activate"}).code == 2);

    const auto said = desk.ctl({"calendar", "activate", "--as", "S3"});
    INFO(said.err);
    CHECK(said.code == 0);
    CHECK(has(said.out, "已启用，日历 2020-2026@2025-11-04+2026-09-01"));
    CHECK(has(desk.ctl({"calendar", "preview"}).out, "本地安排：相同"));
    CHECK(has(desk.ctl({"calendar", "activate", "--as", "S4"}).err, "无需启用"));
    const auto verified = desk.ctl({"ledger", "verify"});
    INFO(verified.out);
    CHECK(verified.code == 0);
}
