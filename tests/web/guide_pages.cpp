// Guides as everybody reads them (M4.3), and the one of an evaluation (M4.4).
#include "tests/web/web_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

struct GuideDesk : WebDesk {
    // One more edition of ZC-01 and of its guide, released at that instant.
    void release(const std::string& version, Instant when) {
        ports::ItemEditionRow item;
        item.content.code = "ZC-01";
        item.content.name = "项目登记<&>";
        item.content.line = "政府采购";
        item.content.department_id = "D1";
        item.content.promise = Promise::within;
        item.content.working_days = 3;
        item.content.norms = {"一站式服务"};
        item.edition.revision = static_cast<std::int32_t>(items.size()) + 1;
        item.edition.released_at = when;
        items.push_back(item);
        ports::GuideRow guide;
        guide.content = {"ZC-01", version, day_of(when), "综合岗", "改了什么" + version, {}};
        for (const auto element : guide_elements) guide.content.elements.push_back(std::string{element} + "甲；乙");
        guide.content.elements.resize(elements, "");
        guide.edition = item.edition;
        guides.push_back(guide);
        auto changed = std::make_shared<record::Rules>(*rules->current());
        changed->catalogue =
            std::make_shared<const record::ReleasedCatalogue>(std::vector<ports::DepartmentRow>{}, items, guides);
        rules->replace(changed);
    }
    std::size_t elements = guide_elements.size();
    std::vector<ports::ItemEditionRow> items;
    std::vector<ports::GuideRow> guides;
};

}  // namespace

SCENARIO("guides are listed and read by everybody, each version with what it changed", "[web]") {
    GuideDesk desk;
    CHECK(contains(desk.get("/guides").body, "还没有公开办事指南"));
    CHECK(desk.get("/guides/ZC-01").status == 404);
    desk.release("2026-1", at(2026, 1, 5));
    desk.release("2026-2", at(2026, 6, 1));

    const auto list = desk.get("/guides");
    CHECK(list.status == 200);
    CHECK(contains(list.body, "href=\"/guides/ZC-01\""));
    CHECK(contains(list.body, "项目登记&lt;&amp;&gt;"));
    CHECK(contains(desk.get("/").body, "href=\"/guides\""));

    const auto page = desk.get("/guides/ZC-01");
    CHECK(page.status == 200);
    for (const auto element : guide_elements) CHECK(contains(page.body, std::string{element} + "甲</dd>"));
    for (const auto* said : {"2026-06-01", "改了什么2026-2", "改了什么2026-1", "3 个工作日", "一站式服务", "综合岗",
                             "href=\"/guides/ZC-01/1\""}) {
        INFO(said);
        CHECK(contains(page.body, said));
    }
    CHECK_FALSE(contains(page.body, "这是以前的版本"));
    const auto earlier = desk.get("/guides/ZC-01/1");
    CHECK(earlier.status == 200);
    CHECK(contains(earlier.body, "这是以前的版本"));
    CHECK(contains(desk.get("/guides/ZC-01?lang=en").body, "Versions"));
    for (const auto* nothing : {"/guides/ZC-99", "/guides/ZC-01/3", "/guides/ZC-01/x", "/guides/ZC-01/0"})
        CHECK(desk.get(nothing).status == 404);
}

SCENARIO("a guide that was cut short by hand is shown as far as it goes", "[web]") {
    GuideDesk desk;
    desk.elements = 2;
    desk.release("2026-1", at(2026, 1, 5));
    const auto page = desk.get("/guides/ZC-01");
    CHECK(page.status == 200);
    CHECK(contains(page.body, "受理单位甲</dd>"));
    CHECK_FALSE(contains(page.body, "申请条件"));
}

SCENARIO("an evaluation shows the guide of its completion, whatever is released later (M4.4)", "[web]") {
    GuideDesk desk;
    const auto event = Desk::completion("C1");
    auto later = Desk::completion("C2");
    later.completed_at = event.completed_at + 2s;
    desk.clock.set(later.completed_at);
    desk.apply({event, later});
    const auto page = "/e/" + desk.token_text(event);
    CHECK_FALSE(contains(desk.get(page).body, "/guides/ZC-01"));  // there was none yet
    desk.release("2026-1", at(2026, 1, 5));
    CHECK(contains(desk.get(page).body, "href=\"/guides/ZC-01/1\""));
    desk.release("2026-2", event.completed_at + 1s);
    CHECK(contains(desk.get(page).body, "href=\"/guides/ZC-01/1\""));
    CHECK_FALSE(contains(desk.get(page).body, "/guides/ZC-01/2"));
    CHECK(contains(desk.get("/e/" + desk.token_text(later)).body, "href=\"/guides/ZC-01/2\""));
}
