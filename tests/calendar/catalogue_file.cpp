#include "adapters/calendar/catalogue_file.hpp"

#include "tests/calendar/reading.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace hcp;

namespace {

const std::string header =
    "item_code,name,area_code,department_code,department_name,task_code,task_handle_item,task_type,project_type\n";
const std::string good = "ZC-01,登记,370000000000,12370000999999999K,中心,370099GGZY123001A1B2C3D4E5F6789,,20,1\n";

}  // namespace

SCENARIO("the shipped items and steps are sound", "[catalogue]") {
    const auto items = calendar::items_from("items.csv", test::text_in(test::shipped("items/items.csv")));
    CHECK(items.ok());
    CHECK(items.value.size() == 25);
    const auto nodes = calendar::nodes_from("nodes.csv", test::text_in(test::shipped("items/nodes.csv")));
    CHECK(nodes.ok());
    CHECK(nodes.value.size() == 8);
}

SCENARIO("each slip in an item row is named with its column and line", "[catalogue]") {
    const auto one = [](const std::string& from, const std::string& to, const std::string& column) {
        auto row = good;
        row.replace(row.find(from), from.size(), to);
        const auto parsed = calendar::items_from("items.csv", header + good.substr(0, 3) + "99" + good.substr(5) + row);
        REQUIRE(parsed.faults.size() == 1);
        CHECK(parsed.faults[0].line == 3);
        CHECK(parsed.faults[0].key == column);
        CHECK(!parsed.faults[0].remedy.empty());
        CHECK(parsed.value.size() == 1);
    };
    one("ZC-01", "", "item_code");
    one("登记", "", "name");
    one("370000000000", "37", "area_code");
    one("12370000999999999K", "123", "department_code");
    one("中心", "", "department_name");
    one("370099GGZY123001A1B2C3D4E5F6789", "370099", "task_code");
    one("370099GGZY123001A1B2C3D4E5F6789", "37009900000000001A1B2C3D4E5F678", "task_code");
    one(",,20,1", ",9,20,1", "task_handle_item");
    one(",20,1", ",x,1", "task_type");
    one(",20,1", ",20,3", "project_type");
}

SCENARIO("an item written twice is refused, naming both lines", "[catalogue]") {
    const auto parsed = calendar::items_from("items.csv", header + good + good);
    REQUIRE(parsed.faults.size() == 1);
    CHECK(parsed.faults[0].line == 3);
    CHECK(parsed.faults[0].problem.find('2') != std::string::npos);
}

SCENARIO("a step with an unknown status is refused", "[catalogue]") {
    const auto parsed = calendar::nodes_from("nodes.csv", "node,service_name,project_status\n开标,开标办结,4\n");
    REQUIRE(parsed.faults.size() == 1);
    CHECK(parsed.faults[0].key == "project_status");
}

SCENARIO("a name that the wire would change is refused, in items and in steps", "[catalogue]") {
    const auto only = [](const auto& parsed) {
        REQUIRE(parsed.faults.size() == 1);
        CHECK(parsed.value.empty());
        return std::to_string(parsed.faults[0].line) + " " + parsed.faults[0].key;
    };
    const std::string steps = "node,service_name,project_status\n";
    CHECK(only(calendar::nodes_from("nodes.csv", steps + "开标,\"开标\n办结\",3\n")) == "2 service_name");
    CHECK(only(calendar::nodes_from("nodes.csv", steps + "开标,开标\t办结,3\n")) == "2 service_name");
    CHECK(only(calendar::nodes_from("nodes.csv", steps + "开标,\" 开标办结\",3\n")) == "2 service_name");
    CHECK(only(calendar::nodes_from("nodes.csv", steps + "开\u200B标,开标办结,3\n")) == "2 node");
    for (const std::string name : {"登记", "中心"}) {
        auto row = good;
        row.replace(row.find(name), name.size(), "\"两\n行\"");
        CHECK(only(calendar::items_from("items.csv", header + row)) ==
              (name == "登记" ? "2 name" : "2 department_name"));
    }
}

SCENARIO("a catalogue with its header alone is refused", "[catalogue]") {
    CHECK(calendar::items_from("items.csv", header).faults.size() == 1);
    CHECK(calendar::nodes_from("nodes.csv", "node,service_name,project_status\n").faults.size() == 1);
}
