#include "plugin/app/people/import_roster.hpp"

#include "tests/app/people/centre.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

using Ids = std::vector<std::string>;

std::vector<RosterLine> with_change(std::vector<RosterLine> lines, std::size_t which,
                                    const std::function<void(RosterLine&)>& change) {
    change(lines[which]);
    return lines;
}

}  // namespace

SCENARIO("the first roster may be brought in by anybody who is in it, and by nobody else", "[people]") {
    Centre centre;
    CHECK(Centre::refused(centre.import(Centre::everybody(), "S9"), PeopleRefusal::unknown_actor));
    CHECK(centre.entered().empty());
    const auto told = Centre::done(centre.import(Centre::everybody()));
    CHECK(told.joined == Ids{"S1", "S2", "S3", "S4", "S5", "S6"});
    CHECK(told.faults.empty());
    CHECK(centre.entered() == std::vector{LedgerKind::reference_loaded});
    const auto rows = centre.ask([](ports::Snapshot& snapshot) { return snapshot.staff().all(); });
    REQUIRE(rows.size() == 6);
    CHECK(rows[0].loaded_by == "S5");
    CHECK(rows[0].revision == 1);
    CHECK(*record::name_of(centre.keys, rows[0]) == "姓名S1");
}

SCENARIO("once there are supervisors the roster is the technical department's to bring in", "[people]") {
    Centre centre;
    (void)centre.equip();
    CHECK(Centre::refused(centre.import(Centre::everybody(), "S1"), PeopleRefusal::not_allowed));
    CHECK(Centre::refused(centre.import(Centre::everybody(), "S3"), PeopleRefusal::not_allowed));
    CHECK(Centre::refused(centre.import(Centre::everybody(), "S9"), PeopleRefusal::unknown_actor));
    CHECK(Centre::done(centre.import(Centre::everybody())).unchanged == 6);
}

SCENARIO("a file that says nothing new changes nothing and enters nothing", "[people]") {
    Centre centre;
    (void)Centre::done(centre.import(Centre::everybody()));
    const auto told = Centre::done(centre.import(Centre::everybody()));
    CHECK(told.unchanged == 6);
    CHECK((told.joined.empty() && told.changed.empty() && told.left.empty()));
    CHECK(centre.entered().size() == 1);
}

SCENARIO("what is new of somebody is another version, and the old one stays", "[people]") {
    Centre centre;
    (void)Centre::done(centre.import(Centre::everybody()));
    auto lines = Centre::everybody();
    lines[0].name = "改名";
    lines[1].post.windows = {"B07"};
    lines.push_back(Centre::line("S7"));
    const auto told = Centre::done(centre.import(lines));
    CHECK(told.changed == Ids{"S1", "S2"});
    CHECK(told.joined == Ids{"S7"});
    const Ids one{"S1"};
    const auto versions = centre.ask([&](ports::Snapshot& snapshot) { return snapshot.staff().of(one); });
    REQUIRE(versions.size() == 2);
    CHECK(*record::name_of(centre.keys, versions[0]) == "姓名S1");
    CHECK(*record::name_of(centre.keys, versions[1]) == "改名");
    CHECK(versions[1].revision == 2);
    CHECK(versions[1].roster_no == versions[0].roster_no + 1);
}

SCENARIO("who is not in the file any more is a fault by name, and nothing is imported", "[people]") {
    Centre centre;
    (void)Centre::done(centre.import(Centre::everybody()));
    auto lines = Centre::everybody();
    lines.erase(lines.begin());
    lines.push_back(Centre::line("S7"));
    const auto told = Centre::done(centre.import(lines));
    REQUIRE(told.faults.size() == 1);
    CHECK(told.faults[0].key == "staff_id");
    CHECK(told.faults[0].problem.find("S1") != std::string::npos);
    CHECK_FALSE(told.faults[0].remedy.empty());
    CHECK(centre.ask([](ports::Snapshot& snapshot) { return snapshot.staff().all(); }).size() == 6);
    CHECK(centre.entered().size() == 1);
    THEN("one who has left may be missing") {
        auto left = Centre::everybody();
        left[0].post.until = centre.clock.now() - 1h;
        CHECK(Centre::done(centre.import(left)).left == Ids{"S1"});
        lines.pop_back();
        CHECK(Centre::done(centre.import(lines)).unchanged == 5);
    }
}

SCENARIO("leaving ends every role at once, another department those of the department (E42)", "[people]") {
    Centre centre;
    (void)centre.equip();
    for (const auto& [staff_id, role] :
         {std::pair{"S1", StaffRole::head}, std::pair{"S1", StaffRole::finance}, std::pair{"S2", StaffRole::contact},
          std::pair{"S2", StaffRole::publicity_editor}})
        (void)Centre::done(centre.confirm("S3", Centre::done(centre.propose("S5", staff_id, role))));
    auto lines = Centre::everybody();
    lines[0].post.until = centre.clock.now() - 1h;
    lines[1].post.department_id = "D1";
    lines[1].post.since = centre.clock.now() - 1h;
    const auto told = Centre::done(centre.import(lines));
    CHECK(told.left == Ids{"S1"});
    CHECK(told.changed == Ids{"S2"});
    CHECK(told.roles_ended.size() == 3);
    CHECK(centre.roles_of("S1").empty());
    CHECK(centre.roles_of("S2") == std::vector{StaffRole::publicity_editor});
    CHECK(std::ranges::count(centre.entered(), LedgerKind::role_ended) == 3);
}

SCENARIO("a place that ends at a known day takes its roles with it on that day, whoever imports what", "[people]") {
    Centre centre;
    (void)centre.equip();
    (void)Centre::done(centre.confirm("S3", Centre::done(centre.propose("S5", "S1", StaffRole::finance))));
    const auto ends = centre.clock.now() + 48h;
    const auto told = Centre::done(
        centre.import(with_change(Centre::everybody(), 0, [&](RosterLine& one) { one.post.until = ends; })));
    CHECK(told.changed == Ids{"S1"});
    CHECK(told.roles_ended.empty());
    centre.clock.set(ends - 1us);
    CHECK(centre.roles_of("S1") == std::vector{StaffRole::finance});
    centre.clock.set(ends);
    CHECK(centre.roles_of("S1").empty());
}

SCENARIO("no roster leaves the centre without a supervisor", "[people]") {
    Centre centre;
    (void)centre.equip();
    auto lines = Centre::everybody();
    lines[2].post.until = lines[3].post.until = centre.clock.now() - 1h;
    const auto told = Centre::done(centre.import(lines));
    REQUIRE(told.faults.size() == 1);
    CHECK(told.faults[0].problem.find("监督") != std::string::npos);
    CHECK(centre.roles_of("S3") == std::vector{StaffRole::supervisor});
    lines[3].post.until.reset();
    CHECK(Centre::done(centre.import(lines)).faults.empty());
    CHECK(centre.roles_of("S3").empty());
}

SCENARIO("what is only tried tells the same and writes nothing", "[people]") {
    Centre centre;
    (void)centre.equip();
    (void)Centre::done(centre.confirm("S3", Centre::done(centre.propose("S5", "S1", StaffRole::head))));
    const auto before = centre.entered().size();
    auto lines =
        with_change(Centre::everybody(), 0, [&](RosterLine& one) { one.post.until = centre.clock.now() - 1h; });
    lines.push_back(Centre::line("S7"));
    const auto tried = Centre::done(*app::try_roster(*centre.store, centre.keys, "S5", lines, centre.clock.now()));
    CHECK(centre.entered().size() == before);
    CHECK(centre.roles_of("S1") == std::vector{StaffRole::head});
    const auto told = Centre::done(centre.import(lines));
    CHECK(tried.joined == told.joined);
    CHECK(tried.left == told.left);
    CHECK(tried.unchanged == told.unchanged);
    REQUIRE(tried.roles_ended.size() == 1);
    CHECK(told.roles_ended.size() == 1);
    CHECK(Centre::refused(*app::try_roster(*centre.store, centre.keys, "S2", lines, centre.clock.now()),
                          PeopleRefusal::not_allowed));
}
