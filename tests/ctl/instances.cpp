#include "adapters/journal/journal.hpp"
#include "plugin/compose/instance_directory.hpp"
#include "tests/ctl/working_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// A store that two instances have used beside the desk's own; hcpctl looks at it by the machine's clock.
struct SharedDesk : WorkingDesk {
    SharedDesk() {
        lease("a", now + 1h, "大厅一", std::nullopt);
        lease("b", now - 10min, "大厅二", std::nullopt);
        lease("c", now + 1h, "大厅三", now - 1h);
    }
    void lease(const std::string& token, Instant until, const std::string& name, std::optional<Instant> stopped_at,
               std::int64_t journal_events = 0) {
        const auto number = store->lease_instance(token, until - 1min, until);
        REQUIRE(number.has_value());
        ports::InstanceStateRow row;
        row.instance_no = number->value();
        row.name = name;
        row.version = "1.2.3";
        row.since = row.told_at = now - 2h;
        row.stopped_at = stopped_at;
        row.journal_events = journal_events;
        REQUIRE(store->write([&](ports::Transaction& tx) { return tx.instances().tell(row); }));
    }
    [[nodiscard]] std::optional<std::int32_t> held_by(const std::string& token) {
        return ask([&](ports::Snapshot& rows) { return rows.instances().held_by(token); });
    }

    const Instant now = ports::SystemClock{}.now();
};

// The directory of an instance that has accepted these and is no more; its token.
std::string left_behind(WorkingDesk& desk, const fs::path& path, const std::vector<Event>& events) {
    compose::InstanceDirectory::NotTaken why;
    const auto directory = compose::InstanceDirectory::take(path, why);
    REQUIRE(directory);
    journal::Options options;
    options.path = directory->journal();
    auto opened = journal::open(options, desk.key_set->journal(), desk.log);
    REQUIRE(opened.has_value());
    REQUIRE((*opened)->append(events, desk.clock.now()).has_value());
    return directory->token();
}

}  // namespace

SCENARIO("who shares the database is listed, with what it holds, since when and until when", "[ctl]") {
    SharedDesk desk;
    const auto said = desk.ctl({"instances", "list"});
    CHECK(said.code == 1);  // one is lost
    for (const auto* part : {"大厅一", "大厅二", "大厅三", "运行", "失联", "停止", "1.2.3", "journal adopt"}) {
        INFO(part);
        CHECK(has(said.out, part));
    }
    const auto all = desk.ctl({"instances", "list", "--json"}).json().as_array();
    REQUIRE(all.size() == 4);
    CHECK(all[1].at("state").as_string() == "running");
    CHECK(all[2].at("state").as_string() == "lost");
    CHECK(all[2].at("may_owe_events").as_bool());
    CHECK(all[3].at("state").as_string() == "stopped");
    CHECK_FALSE(all[3].at("may_owe_events").as_bool());
}

SCENARIO("while a host of another version runs, no step that takes away is taken", "[ctl]") {
    SharedDesk desk;
    const auto said = desk.ctl({"db", "migrate", "--contract"});
    CHECK(said.code == 1);
    CHECK(has(said.err, "实例 2（1.2.3）"));
    CHECK(desk.ctl({"db", "migrate"}).code == 0);
}

SCENARIO("a running instance is not retired, one that may owe events only knowingly", "[ctl]") {
    SharedDesk desk;
    const auto running = desk.ctl({"instances", "retire", "2"});
    CHECK(running.code == 1);
    CHECK(has(running.err, "还在运行"));
    CHECK(desk.held_by("a") == 2);

    const auto lost = desk.ctl({"instances", "retire", "3"});
    CHECK(lost.code == 1);
    CHECK(has(lost.err, "journal adopt"));
    CHECK(desk.held_by("b") == 3);
    CHECK(desk.ctl({"instances", "retire", "3", "--journal-lost"}).code == 0);
    CHECK_FALSE(desk.held_by("b"));

    CHECK(desk.ctl({"instances", "retire", "4"}).code == 0);
    CHECK_FALSE(desk.held_by("c"));
    const auto again = desk.ctl({"instances", "retire", "4"});
    CHECK(again.code == 1);
    CHECK(has(again.err, "没有实例 4"));
    CHECK(desk.ctl({"instances", "list", "--json"}).json().as_array().size() == 2);
}

SCENARIO("what one that is no more has accepted is brought into the store, once", "[ctl]") {
    WorkingDesk desk;
    const auto path = desk.dir.path() / "dead";
    const auto first = Desk::completion("A1"), second = Desk::completion("A2");
    const auto token = left_behind(desk, path, {first, second});
    const auto now = ports::SystemClock{}.now();
    REQUIRE(desk.store->lease_instance(token, now - 2min, now - 1min).has_value());
    const auto number = desk.ask([&](ports::Snapshot& rows) { return rows.instances().held_by(token); });

    const auto said = desk.ctl({"journal", "adopt", path.string()});
    INFO(said.err);
    CHECK(said.code == 0);
    CHECK(has(said.out, "2 个事件，已入库 2 个"));
    const auto cases = desk.ask([](ports::Snapshot& rows) { return rows.cases().after(CaseId{}, 10); });
    CHECK(cases.size() == 2);
    // Who was only asleep does not write under that number any more; whoever starts on the directory has it.
    CHECK_FALSE(desk.ask([&](ports::Snapshot& rows) { return rows.instances().held_by(token); }));
    compose::InstanceDirectory::NotTaken why;
    const auto directory = compose::InstanceDirectory::take(path, why);
    REQUIRE(directory);
    CHECK(directory->token() != token);
    CHECK(desk.ask([&](ports::Snapshot& rows) { return rows.instances().held_by(directory->token()); }) == number);
    const auto all = desk.ctl({"instances", "list", "--json"}).json().as_array();
    CHECK(all.back().at("state").as_string() == "stopped");
    CHECK(desk.ctl({"ledger", "verify"}).code == 0);
}

SCENARIO("while its owner lives a journal is not adopted", "[ctl]") {
    WorkingDesk desk;
    const auto path = desk.dir.path() / "alive";
    const auto token = left_behind(desk, path, {Desk::completion("A1")});
    const auto now = ports::SystemClock{}.now();
    WHEN("its process has the directory") {
        compose::InstanceDirectory::NotTaken why;
        const auto running = compose::InstanceDirectory::take(path, why);
        REQUIRE(running);
        const auto said = desk.ctl({"journal", "adopt", path.string()});
        CHECK(said.code == 1);
        CHECK(has(said.err, "另一个进程"));
    }
    WHEN("the directory is a copy, and its lease is renewed") {
        REQUIRE(desk.store->lease_instance(token, now, now + 1min).has_value());
        const auto said = desk.ctl({"journal", "adopt", path.string()});
        CHECK(said.code == 1);
        CHECK(has(said.err, "还在运行"));
        CHECK(desk.ask([&](ports::Snapshot& rows) { return rows.instances().held_by(token); }));
    }
    CHECK(desk.ask([](ports::Snapshot& rows) { return rows.cases().after(CaseId{}, 10); }).empty());
}

SCENARIO("what is no instance's directory is left as it is", "[ctl]") {
    const WorkingDesk desk;
    const auto path = desk.dir.path() / "nothing";
    fs::create_directory(path);
    const auto said = desk.ctl({"journal", "adopt", path.string()});
    CHECK(said.code == 1);
    CHECK(has(said.err, "不是实例目录"));
    CHECK(fs::is_empty(path));
}
