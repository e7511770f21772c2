#include "plugin/app/inbox/inbox.hpp"

#include "plugin/app/catalogue/import_catalogue.hpp"
#include "plugin/app/catalogue/release_catalogue.hpp"
#include "plugin/app/catalogue/remind_guides.hpp"
#include "tests/app/people/centre.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <set>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace {

// S3 and S4 supervise, S5 is technical, S1 is D1's head and S2 D2's.
struct InboxDesk : Centre {
    InboxDesk() {
        equip();
        for (const auto* id : {"S1", "S2"}) (void)done(confirm("S3", done(propose("S5", id, StaffRole::head))));
        for (const auto* id : {"S1", "S2", "S3", "S4", "S5", "S6"}) read_all(id);
    }
    std::vector<ports::NoticeRow> inbox_of(const std::string& staff_id) {
        return app::list_inbox(*store, staff_id, std::nullopt, 100).value().notices;
    }
    void read_all(const std::string& staff_id) {
        std::vector<NoticeId> ids;
        for (const auto& row : inbox_of(staff_id)) ids.push_back(row.id);
        REQUIRE(app::read_notices(*books, nobody, staff_id, ids).has_value());
    }
    std::vector<NoticeKind> unread_of(const std::string& staff_id) {
        std::vector<NoticeKind> kinds;
        for (const auto& row : inbox_of(staff_id))
            if (!row.read_at) kinds.push_back(row.kind);
        const auto counted = app::list_inbox(*store, staff_id, std::nullopt, 1).value().unread;
        CHECK(counted == static_cast<std::int64_t>(kinds.size()));
        return kinds;
    }
    // Who has something unread.
    std::set<std::string> reached() {
        std::set<std::string> all;
        for (const auto* id : {"S1", "S2", "S3", "S4", "S5", "S6"})
            if (!unread_of(id).empty()) all.insert(id);
        return all;
    }
};
using Kinds = std::vector<NoticeKind>;
using Whom = std::set<std::string>;

}  // namespace

SCENARIO("a proposal waits in the inbox of each who may confirm it, and its end in that of whose it is", "[inbox]") {
    InboxDesk desk;
    const auto id = Centre::done(desk.propose("S5", "S6", StaffRole::finance));
    CHECK(desk.reached() == Whom{"S3", "S4"});
    CHECK(desk.unread_of("S3") == Kinds{NoticeKind::role_to_confirm});
    const auto notice = desk.inbox_of("S3").front();
    CHECK(notice.about == std::to_string(id.value()));
    CHECK(notice.caused_by == "S5");
    for (const auto* who : {"S3", "S4"}) desk.read_all(who);

    (void)Centre::done(desk.confirm("S3", id));
    CHECK(desk.reached() == Whom{"S6"});
    CHECK(desk.unread_of("S6") == Kinds{NoticeKind::role_given});
    desk.read_all("S6");
    (void)Centre::done(desk.end("S4", id));
    CHECK(desk.unread_of("S6") == Kinds{NoticeKind::role_ended});
    desk.read_all("S6");

    // Of a proposal that came to nothing the one hears who made it.
    const auto refused = Centre::done(desk.propose("S5", "S6", StaffRole::finance));
    for (const auto* who : {"S3", "S4"}) desk.read_all(who);
    (void)Centre::done(desk.end("S3", refused));
    CHECK(desk.reached() == Whom{"S5"});
    CHECK(desk.unread_of("S5") == Kinds{NoticeKind::role_ended});
}

SCENARIO("a proposal that concerns a supervisor does not wait with himself", "[inbox]") {
    InboxDesk desk;
    (void)Centre::done(desk.propose("S5", "S3", StaffRole::committee));
    CHECK(desk.reached() == Whom{"S4"});
}

SCENARIO("an inbox is paged from the latest, and read by whose it is alone", "[inbox]") {
    InboxDesk desk;
    for (const auto role : {StaffRole::finance, StaffRole::publicity_editor, StaffRole::committee})
        (void)Centre::done(desk.propose("S5", "S6", role));
    REQUIRE(desk.unread_of("S3").size() == 3);
    const auto first = app::list_inbox(*desk.store, "S3", std::nullopt, 2).value();
    REQUIRE(first.notices.size() == 2);
    CHECK(first.unread == 3);
    CHECK(first.notices[1].id < first.notices[0].id);
    const auto rest = app::list_inbox(*desk.store, "S3", first.notices[1].id, 100).value();
    CHECK(rest.notices.front().id < first.notices[1].id);

    const std::vector<NoticeId> ids{first.notices[0].id, first.notices[1].id, NoticeId{7}};
    CHECK(app::read_notices(*desk.books, desk.nobody, "S4", ids).value() == 0);
    CHECK(app::read_notices(*desk.books, desk.nobody, "S3", ids).value() == 2);
    CHECK(app::read_notices(*desk.books, desk.nobody, "S3", ids).value() == 0);
    CHECK(desk.unread_of("S3").size() == 1);
}

namespace {

constexpr Day first_of_year{std::chrono::local_days{std::chrono::year{2026} / 1 / 1}};

template <class Content>
std::vector<ports::FileLine<Content>> lines_of(const std::vector<Content>& rows) {
    std::vector<ports::FileLine<Content>> lines;
    for (const auto& row : rows) lines.push_back({2, row});
    return lines;
}
Department department(const std::string& id) {
    return {id, "交易" + id, "职责", "12370000999999999K", first_of_year, {}, {}};
}
Item item(const std::string& code, const std::string& department_id) {
    Item one;
    one.code = code;
    one.name = "事项" + code;
    one.line = "政府采购";
    one.nodes = {"环节" + code};
    one.department_id = department_id;
    return one;
}
Guide guide(const std::string& code) {
    return {code,     "2026-1",   first_of_year,
            "综合岗", "首次公开", std::vector<std::string>(guide_elements.size(), "要素")};
}

}  // namespace

SCENARIO("drafts wait with those who may release them, and an old guide with its department", "[inbox]") {
    InboxDesk desk;
    const auto import = [&](const ports::CatalogueFiles& files) {
        desk.clock.set(desk.clock.now() + 1s);
        const auto reply = app::import_catalogue({*desk.books, desk.keys, desk.nobody}, "S5", files).value();
        REQUIRE(std::get<app::CatalogueImported>(reply).faults.empty());
    };
    ports::CatalogueFiles all;
    all.departments = lines_of(std::vector{department("D1"), department("D2")});
    all.items = lines_of(std::vector{item("A1", "D1"), item("B1", "D2")});
    all.guides = lines_of(std::vector{guide("A1"), guide("B1")});
    import(all);
    CHECK(desk.reached() == Whom{"S1", "S2", "S3", "S4"});
    REQUIRE(app::release_catalogue({*desk.books, desk.keys, desk.nobody}, "S3").has_value());
    for (const auto* who : {"S1", "S2", "S3", "S4"}) desk.read_all(who);

    // What is D1's alone does not wait with D2's head. The same once more drafts nothing, and nobody hears of it.
    ports::CatalogueFiles changed;
    auto other = item("A1", "D1");
    other.name = "改了名称";
    changed.items = lines_of(std::vector{other});
    import(changed);
    CHECK(desk.reached() == Whom{"S1", "S3", "S4"});
    for (const auto* who : {"S1", "S3", "S4"}) desk.read_all(who);

    const auto remind = [&](Day day) {
        desk.clock.set(start_of(day) + 1h);
        REQUIRE(app::remind_guides(*desk.books, desk.nobody, std::chrono::days{365}).has_value());
    };
    remind(first_of_year + std::chrono::days{364});
    CHECK(desk.reached().empty());
    remind(first_of_year + std::chrono::days{366});
    CHECK(desk.reached() == Whom{"S1", "S2"});
    CHECK(desk.unread_of("S2") == Kinds{NoticeKind::guide_to_renew});
    CHECK(desk.inbox_of("S2").front().about == "B1/2026-1/1");
    remind(first_of_year + std::chrono::days{367});
    CHECK(desk.unread_of("S2").size() == 1);
    remind(first_of_year + std::chrono::days{2 * 365 + 1});
    CHECK(desk.unread_of("S2").size() == 2);
    CHECK(desk.verify().findings.empty());
}
