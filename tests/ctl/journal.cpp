#include "adapters/journal/journal.hpp"
#include "plugin/compose/instance_directory.hpp"
#include "tests/ctl/working_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// Leaves these events set aside, as a stopped instance would.
void set_aside(WorkingDesk& desk, std::vector<Event> events) {
    compose::InstanceDirectory::NotTaken why;
    const auto directory = compose::InstanceDirectory::take(desk.dir.path() / "data", why);
    REQUIRE(directory);
    journal::Options options;
    options.path = directory->journal();
    auto opened = journal::open(options, desk.key_set->journal(), desk.log);
    REQUIRE(opened.has_value());
    auto& journal = **opened;
    REQUIRE(journal.append(std::span<const Event>{events}, desk.clock.now()).has_value());
    auto read = journal.read(100);
    REQUIRE(read.has_value());
    REQUIRE(journal.set_aside(std::span<const ports::Journaled>{*read}, "数据库拒绝了这批数据", desk.clock.now())
                .has_value());
    REQUIRE(journal.forget_through(read->back().at).has_value());
}

ports::JournalStats stats(WorkingDesk& desk) {
    compose::InstanceDirectory::NotTaken why;
    const auto directory = compose::InstanceDirectory::take(desk.dir.path() / "data", why);
    REQUIRE(directory);
    journal::Options options;
    options.path = directory->journal();
    auto opened = journal::open(options, desk.key_set->journal(), desk.log);
    REQUIRE(opened.has_value());
    const auto figures = (*opened)->stats();
    REQUIRE(figures.has_value());
    return *figures;
}

Withdrawal withdrawal() {
    return {{"H1", "W1", "1"}, at(2026, 9, 25), "张三要求撤回"};
}

std::string first_id(const WorkingDesk& desk) {
    const auto list = desk.ctl({"journal", "list", "--json"}).json().as_array();
    REQUIRE_FALSE(list.empty());
    return std::string{list.front().at("id").as_string()};
}

constexpr const char* personal[] = {"甲公司", "91370000AAAAAAAA1X", "13800000000", "某经办", "张三", "S1"};

}  // namespace

SCENARIO("before an instance has ever run there is nothing to look into, and nothing is made", "[ctl]") {
    const WorkingDesk desk;
    const auto said = desk.ctl({"journal", "list"});
    CHECK(said.code == 1);
    CHECK(has(said.err, "从未启动过"));
    CHECK_FALSE(fs::exists(desk.dir.path() / "data/journal.db"));
}

SCENARIO("set-aside events are listed and shown without any identity", "[ctl]") {
    WorkingDesk desk;
    Visit visit{"H1",         "V1",
                Line::mining, at(2026, 9, 24),
                "3号窗口",    "D1",
                "交易一部",   "KQ-01",
                "S1",         Desk::completion("x").subjects.front()};
    set_aside(desk, {Desk::completion("A1"), withdrawal(), BidsOpened{"H1", "P-9", "", at(2026, 9, 25)}, visit});

    const auto list = desk.ctl({"journal", "list"});
    REQUIRE(list.code == 0);
    for (const auto* part : {"办结", "A1", "撤回", "W1", "开标", "P-9", "现场办理", "V1", "数据库拒绝了这批数据",
                             "2026-09-24 15:00:00", "共 4 条"})
        CHECK(has(list.out, part));

    std::string shown = list.out;
    const auto all = desk.ctl({"journal", "list", "--json"}).json().as_array();
    REQUIRE(all.size() == 4);
    for (const auto& record : all) {
        const std::string id{record.at("id").as_string()};
        const auto text = desk.ctl({"journal", "show", id});
        CHECK(text.code == 0);
        shown += text.out + desk.ctl({"journal", "show", id, "--json"}).out;
    }
    for (const auto* part : {"交易一部", "ZC-01", "P-A1", "整个项目", "3号窗口", "（已隐去）"}) CHECK(has(shown, part));
    for (const auto* datum : personal) CHECK_FALSE(has(shown, datum));
}

SCENARIO("of a completion that is secret not even the number of its subjects is shown", "[ctl]") {
    WorkingDesk desk;
    auto event = Desk::completion("A1", {"91370000AAAAAAAA1X", "91370000BBBBBBBB2X"});
    event.secrecy = Secrecy::until_opening();
    event.project_name = "某工程";
    set_aside(desk, {event});
    const auto said = desk.ctl({"journal", "show", first_id(desk)});
    CHECK(said.code == 0);
    CHECK(has(said.out, "A1"));
    CHECK(has(said.out, "（开标前保密）"));
    for (const auto* part : {"P-A1", "某工程", "项目登记", "主体1", "主体2"}) CHECK_FALSE(has(said.out, part));
}

SCENARIO("one event, or all of them, go back to the journal's end", "[ctl]") {
    WorkingDesk desk;
    set_aside(desk, {Desk::completion("A1"), Desk::completion("A2"), withdrawal()});
    const auto one = desk.ctl({"journal", "retry", first_id(desk)});
    CHECK(one.code == 0);
    CHECK(has(one.out, "已放回本地日志末尾"));
    CHECK(stats(desk).set_aside == 2);
    CHECK(stats(desk).events == 1);

    CHECK(desk.ctl({"journal", "retry", "--all"}).code == 0);
    CHECK(stats(desk).set_aside == 0);
    CHECK(stats(desk).events == 3);
    CHECK(has(desk.ctl({"journal", "list"}).out, "没有搁置的事件"));
    CHECK(desk.ctl({"journal", "list", "--json"}).json().as_array().empty());
    CHECK(desk.ctl({"journal", "retry", "--all"}).code == 0);
}

SCENARIO("an event that is not there is said to be so", "[ctl]") {
    WorkingDesk desk;
    set_aside(desk, {withdrawal()});
    for (const auto* command : {"show", "retry"}) {
        const auto said = desk.ctl({"journal", command, "4711"});
        CHECK(said.code == 1);
        CHECK(has(said.err, "没有编号为 4711 的搁置事件"));
    }
}

SCENARIO("while an instance runs its journal is left alone", "[ctl]") {
    WorkingDesk desk;
    set_aside(desk, {withdrawal()});
    compose::InstanceDirectory::NotTaken why;
    const auto running = compose::InstanceDirectory::take(desk.dir.path() / "data", why);
    REQUIRE(running);
    const auto said = desk.ctl({"journal", "list"});
    CHECK(said.code == 1);
    CHECK(has(said.err, "先停止实例"));
}

SCENARIO("events sealed under another master key are not mistaken for none", "[ctl]") {
    WorkingDesk desk;
    set_aside(desk, {withdrawal()});
    write_owner_only(desk.dir.path() / "master.key", std::string(64, '8'));
    const auto said = desk.ctl({"journal", "list"});
    CHECK(said.code == 1);
    CHECK(has(said.out, "无法用现有密钥打开"));
    const auto retried = desk.ctl({"journal", "retry", "--all"});
    CHECK(retried.code == 1);
    CHECK(has(retried.err, "没有放回"));
}
