#include "plugin/record/attribution.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace {

const Instant completed = at(2026, 9, 24, 15h);

template <class Content>
ports::EditionRow<Content> edition(Content content, std::int32_t revision, std::optional<Instant> released_at) {
    ports::EditionRow<Content> row{std::move(content), {}};
    row.edition.revision = revision;
    row.edition.state = released_at ? EditionState::active : EditionState::draft;
    row.edition.released_at = released_at;
    return row;
}
Department department(std::string id, std::string name) {
    return {std::move(id), std::move(name), {}, {}, {}, {}, {}};
}
Item item(std::string code, std::string line, std::vector<std::string> nodes, std::string department_id) {
    Item one;
    one.code = std::move(code);
    one.line = std::move(line);
    one.nodes = std::move(nodes);
    one.department_id = std::move(department_id);
    return one;
}

// What the host may leave out is left out.
Completion bare(std::string node = {}) {
    Completion event;
    event.key = {"H1", "C1", "1"};
    event.line = Line::government;
    event.node = std::move(node);
    event.completed_at = completed;
    event.handlers.push_back({"S1", "某经办"});
    return event;
}

struct Attributing {
    void release(Department one, Instant when = completed - 24h, std::int32_t revision = 1) {
        departments.push_back(edition(std::move(one), revision, when));
    }
    void release(Item one, Instant when = completed - 24h, std::int32_t revision = 1) {
        items.push_back(edition(std::move(one), revision, when));
    }
    record::Attribution of(const Completion& event) {
        rules.catalogue = std::make_shared<const record::ReleasedCatalogue>(departments, items);
        return record::attribution_of(event, rules);
    }
    std::vector<ports::DepartmentRow> departments;
    std::vector<ports::ItemEditionRow> items;
    record::Rules rules;
};

}  // namespace

SCENARIO("a completion that says nothing is attributed by its step (M2.1)", "[attribution]") {
    Attributing centre;
    centre.release(department("D1", "交易一部"));
    centre.release(item("A1", "政府采购", {"项目登记", "开标"}, "D1"));
    const auto whose = centre.of(bare("开标"));
    CHECK(whose.item_code == "A1");
    CHECK(whose.department_id == "D1");
    CHECK(whose.department_name == "交易一部");
    CHECK_FALSE(whose.unclassified);
    CHECK_FALSE(whose.unattributed);
}

SCENARIO("what the host says stands", "[attribution]") {
    Attributing centre;
    centre.release(department("D1", "交易一部"));
    centre.release(department("D2", "交易二部"));
    centre.release(item("A1", "政府采购", {"开标"}, "D1"));
    centre.release(item("A2", "政府采购", {"评标"}, "D1"));
    auto event = bare("开标");
    event.item_code = "A2";
    event.department_id = "D2";
    event.department_name = "二部";
    const auto whose = centre.of(event);
    CHECK(whose.item_code == "A2");
    CHECK(whose.department_id == "D2");
    CHECK(whose.department_name == "二部");
}

SCENARIO("a step of several lines is the item of the line that the host names", "[attribution]") {
    Attributing centre;
    centre.release(item("A1", "政府采购", {"开标"}, "D1"));
    centre.release(item("B1", "工程建设", {"开标"}, "D2"));
    centre.release(item("C1", "国有产权", {"竞价"}, "D3"));
    CHECK(centre.of(bare("开标")).item_code == "A1");
    auto event = bare("开标");
    event.line = Line::engineering;
    CHECK(centre.of(event).item_code == "B1");
    WHEN("of a line that only the centre knows, one that no other item has is that item") {
        event.line = Line{100};
        CHECK(centre.of(event).item_code.empty());
        event.node = "竞价";
        CHECK(centre.of(event).item_code == "C1");
    }
}

SCENARIO("what is unknown is kept as it was said, and queued (E18, M2.1)", "[attribution]") {
    Attributing centre;
    centre.release(department("D1", "交易一部"));
    centre.release(item("A1", "政府采购", {"开标"}, "D1"));
    auto event = bare("开标");
    WHEN("an item") {
        event.item_code = "A9";
        const auto whose = centre.of(event);
        CHECK(whose.item_code == "A9");
        CHECK(whose.unclassified);
        CHECK(whose.unattributed);  // no department follows from it
    }
    WHEN("a step") {
        event.node = "踏勘";
        const auto whose = centre.of(event);
        CHECK(whose.item_code.empty());
        CHECK(whose.unclassified);
    }
    WHEN("a department") {
        event.department_id = "D9";
        const auto whose = centre.of(event);
        CHECK(whose.department_id == "D9");
        CHECK(whose.unattributed);
        CHECK_FALSE(whose.unclassified);
    }
    WHEN("a handler") {
        event.handlers.clear();
        CHECK(centre.of(event).unattributed);
    }
}

SCENARIO("without departments in the catalogue whichever the host names is one", "[attribution]") {
    Attributing centre;
    auto event = bare();
    event.department_id = "D9";
    CHECK_FALSE(centre.of(event).unattributed);
    event.department_id.clear();
    CHECK(centre.of(event).unattributed);
}

SCENARIO("what held at the completion counts, not what holds now", "[attribution]") {
    Attributing centre;
    centre.release(department("D1", "交易一部"), completed - 48h);
    centre.release(department("D1", "综合交易部"), completed + 1h, 2);
    centre.release(item("A1", "政府采购", {"开标"}, "D1"), completed - 48h);
    centre.release(item("A1", "政府采购", {"开标"}, "D2"), completed + 1h, 2);
    const auto whose = centre.of(bare("开标"));
    CHECK(whose.department_id == "D1");
    CHECK(whose.department_name == "交易一部");
    WHEN("it completed afterwards") {
        auto event = bare("开标");
        event.completed_at = completed + 1h;
        CHECK(centre.of(event).department_id == "D2");
        event.department_id = "D1";
        CHECK(centre.of(event).department_name == "综合交易部");
    }
    WHEN("it completed before anything was released, the first edition is taken as having held") {
        auto event = bare("开标");
        event.completed_at = completed - 72h;
        CHECK(centre.of(event).department_name == "交易一部");
    }
}

SCENARIO("an item that has ended is no step any more, and keeps its code for those who name it (E18)",
         "[attribution]") {
    Attributing centre;
    auto ended = item("A1", "政府采购", {"开标"}, "D1");
    ended.until = day_of(completed) - std::chrono::days{1};
    centre.release(std::move(ended));
    CHECK(centre.of(bare("开标")).item_code.empty());
    auto event = bare("开标");
    event.item_code = "A1";
    CHECK_FALSE(centre.of(event).unclassified);
}

SCENARIO("a draft is nothing yet, and an item that only the file has is one", "[attribution]") {
    Attributing centre;
    centre.items.push_back(edition(item("A1", "政府采购", {"开标"}, "D1"), 1, std::nullopt));
    centre.rules.items.emplace("F1", ports::ItemRow{"F1", "旧清单事项", {}, {}, {}, "T", {}, {}, {}, true});
    CHECK(centre.of(bare("开标")).unclassified);
    auto event = bare();
    event.item_code = "F1";
    CHECK_FALSE(centre.of(event).unclassified);
}
