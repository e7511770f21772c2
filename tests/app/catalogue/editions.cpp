#include "plugin/app/catalogue/import_catalogue.hpp"
#include "plugin/app/catalogue/release_catalogue.hpp"
#include "tests/app/people/centre.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;
using namespace std::chrono_literals;
using app::CatalogueChange, app::CatalogueRefusal;

namespace {

constexpr Day first_of_year{std::chrono::local_days{std::chrono::year{2026} / 1 / 1}};

Department department(std::string id) {
    return {std::move(id), "交易部", "职责", "12370000999999999K", first_of_year, {}, {}};
}
Item item(std::string code, std::string department_id = "D1") {
    Item one;
    one.name = "事项" + code;
    one.line = "政府采购";
    one.nodes = {"环节" + code};
    one.code = std::move(code);
    one.department_id = std::move(department_id);
    return one;
}
Guide guide(std::string code, std::string version = "2026-1") {
    return {std::move(code), std::move(version), first_of_year,
            "综合岗",        "首次公开",         std::vector<std::string>(guide_elements.size(), "要素")};
}
CatalogueTables two_departments() {
    return {{department("D1"), department("D2")}, {item("A1"), item("B1", "D2")}, {guide("A1"), guide("B1")}};
}

template <class Content>
std::vector<ports::FileLine<Content>> lines_of(const std::vector<Content>& rows) {
    std::vector<ports::FileLine<Content>> lines;
    int line = 1;
    for (const auto& row : rows) lines.push_back({++line, row});
    return lines;
}
ports::CatalogueFiles files(const CatalogueTables& all) {
    return {lines_of(all.departments), lines_of(all.items), lines_of(all.guides), {}};
}

// S1 is D1's head, S2 is D2's contact, S3 and S4 supervise, S5 is technical, S6 nobody in particular.
struct CatalogueDesk : Centre {
    CatalogueDesk() {
        equip();
        grant("S1", StaffRole::head);
        grant("S2", StaffRole::contact);
        before = entered().size();
    }
    void grant(std::string_view staff_id, StaffRole role) {
        (void)done(confirm("S3", done(propose("S5", staff_id, role))));
    }
    app::CatalogueMeans catalogue() { return {*books, keys, nobody}; }
    app::CatalogueReply<app::CatalogueImported> bring(const CatalogueTables& all, std::string_view actor = "S5") {
        return *app::import_catalogue(catalogue(), actor, files(all));
    }
    app::CatalogueReply<app::CatalogueReleased> release(std::string_view actor = "S3") {
        return *app::release_catalogue(catalogue(), actor);
    }
    CatalogueTables active(Instant at) { return *app::catalogue_at(*store, at); }
    // Kinds of what was entered since everybody has his role.
    std::vector<LedgerKind> said() {
        auto kinds = entered();
        kinds.erase(kinds.begin(), kinds.begin() + static_cast<std::ptrdiff_t>(before));
        return kinds;
    }
    Instant later(std::chrono::microseconds by) {
        clock.set(clock.now() + by);
        return clock.now();
    }
    app::LedgerFindings verified() {
        auto [findings, in_force] = verify();
        CHECK(in_force == 0);
        return std::move(findings);
    }
    std::size_t before = 0;
};

template <class Done>
Done sound(app::CatalogueReply<Done> reply) {
    if (const auto* why = std::get_if<CatalogueRefusal>(&reply)) FAIL(app::text_of(*why));
    auto what = std::get<Done>(std::move(reply));
    for (const auto& fault : what.faults) UNSCOPED_INFO(fault.file << " " << fault.key << " " << fault.problem);
    CHECK(what.faults.empty());
    return what;
}
template <class Done>
bool refused(const app::CatalogueReply<Done>& reply, CatalogueRefusal why) {
    const auto* refusal = std::get_if<CatalogueRefusal>(&reply);
    return refusal != nullptr && *refusal == why;
}
template <class Done>
std::vector<std::string> faults_told(const app::CatalogueReply<Done>& reply) {
    std::vector<std::string> told;
    for (const auto& fault : std::get<Done>(reply).faults)
        told.push_back(fault.file + ":" + std::to_string(fault.line) + " " + fault.key);
    return told;
}
using Told = std::vector<std::string>;

}  // namespace

SCENARIO("files become drafts, a release makes them active, each with its entry", "[catalogue]") {
    CatalogueDesk desk;
    const auto all = two_departments();
    const auto tried = sound(*app::try_catalogue(*desk.store, "S5", files(all), desk.clock.now()));
    CHECK(tried.changes.size() == 6);
    CHECK(refused(desk.release(), CatalogueRefusal::no_drafts));

    const auto imported = sound(desk.bring(all));
    CHECK(imported.changes.size() == 6);
    CHECK(imported.unchanged == 0);
    for (const auto& change : imported.changes) CHECK(change.kind == CatalogueChange::Kind::added);
    CHECK(desk.active(desk.clock.now()) == CatalogueTables{});
    CHECK(desk.said().empty());

    const auto released_at = desk.later(1h);
    CHECK(app::check_catalogue(*desk.store, desk.clock.now())->released.size() == 6);
    CHECK(sound(desk.release()).released.size() == 6);
    CHECK(desk.active(released_at) == all);
    CHECK(desk.active(released_at - 1us) == CatalogueTables{});
    CHECK(desk.said() == std::vector{LedgerKind::department_released, LedgerKind::department_released,
                                     LedgerKind::item_released, LedgerKind::item_released, LedgerKind::guide_released,
                                     LedgerKind::guide_released});
    CHECK(refused(desk.release(), CatalogueRefusal::no_drafts));
}

SCENARIO("a preview tells each field before and after, and what is active stays until the release (M4.4)",
         "[catalogue]") {
    CatalogueDesk desk;
    const auto old = two_departments();
    sound(desk.bring(old));
    sound(desk.release());
    const auto then = desk.clock.now();
    (void)desk.later(24h);

    auto next = old;
    next.guides[0].version = "2026-2";
    next.guides[0].elements[4] = "营业执照";
    const auto changed = sound(desk.bring(next));
    CHECK(changed.unchanged == 5);
    REQUIRE(changed.changes.size() == 1);
    CHECK(changed.changes[0].code == "A1");
    REQUIRE(changed.changes[0].fields.size() == 2);
    CHECK(changed.changes[0].fields[1].column == "materials");
    CHECK(changed.changes[0].fields[1].before == "要素");
    CHECK(changed.changes[0].fields[1].after == "营业执照");
    CHECK(desk.active(desk.clock.now()) == old);

    sound(desk.release());
    CHECK(desk.active(desk.clock.now()) == next);
    CHECK(desk.active(then) == old);  // what an evaluation of then shows
    CHECK(sound(desk.bring(next)).changes.empty());
}

SCENARIO("a draft gives way to a later one, and to what is active already", "[catalogue]") {
    CatalogueDesk desk;
    const auto old = two_departments();
    sound(desk.bring(old));
    sound(desk.release());
    auto next = old;
    next.items[0].name = "新名";
    sound(desk.bring(next));
    next.items[0].name = "更新的名";
    const auto again = sound(desk.bring(next));
    REQUIRE(again.changes.size() == 1);
    CHECK(again.changes[0].fields[0].before == "新名");
    const auto back = sound(desk.bring(old));
    REQUIRE(back.changes.size() == 1);
    CHECK(back.changes[0].kind == CatalogueChange::Kind::withdrawn);
    CHECK(refused(desk.release(), CatalogueRefusal::no_drafts));
    sound(desk.bring(next));
    sound(desk.release());
    CHECK(desk.active(desk.clock.now()) == next);
    const std::vector<std::string> code{"A1"};
    const auto history = desk.ask([&](ports::Snapshot& rows) { return rows.item_editions().of(code); });
    REQUIRE(history.size() == 4);
    for (std::size_t i = 0; i < history.size(); ++i)
        CHECK(history[i].edition.revision == static_cast<std::int32_t>(i) + 1);
}

SCENARIO("who has no right to a row neither imports nor releases it (M20.1)", "[catalogue]") {
    CatalogueDesk desk;
    const auto all = two_departments();
    CHECK(refused(desk.bring(all, "S9"), CatalogueRefusal::unknown_actor));
    CHECK(refused(desk.release("S9"), CatalogueRefusal::unknown_actor));
    for (const auto* actor : {"S1", "S2", "S3", "S6"})
        CHECK(refused(desk.bring(all, actor), CatalogueRefusal::not_allowed));
    CHECK(refused(*app::try_catalogue(*desk.store, "S6", files(all), desk.clock.now()), CatalogueRefusal::not_allowed));
    sound(desk.bring(all));
    for (const auto* actor : {"S2", "S5", "S6"}) CHECK(refused(desk.release(actor), CatalogueRefusal::not_allowed));
    sound(desk.release());

    GIVEN("a department's own") {
        auto own = all;
        own.items[0].name = "新名";
        own.guides[0].version = "2026-2";
        CHECK(refused(desk.bring(own, "S2"), CatalogueRefusal::not_allowed));
        CHECK(sound(desk.bring(own, "S1")).changes.size() == 2);
        auto others = own;
        others.items[1].name = "新名";
        CHECK(sound(desk.bring(others, "S2")).changes.size() == 1);
        const auto released = sound(desk.release("S1"));
        CHECK(released.released.size() == 2);
        REQUIRE(released.left.size() == 1);
        CHECK(released.left[0].code == "B1");
        CHECK(desk.active(desk.clock.now()) == own);
    }
    GIVEN("an item that goes to another department") {
        auto moved = all;
        moved.items[0].department_id = "D2";
        for (const auto* actor : {"S1", "S2"}) CHECK(refused(desk.bring(moved, actor), CatalogueRefusal::not_allowed));
        sound(desk.bring(moved));
        CHECK(refused(desk.release("S1"), CatalogueRefusal::not_allowed));
        sound(desk.release("S4"));
        CHECK(desk.active(desk.clock.now()) == moved);
    }
}

SCENARIO("where there is a fault nothing is imported, and it is told where it stands", "[catalogue]") {
    CatalogueDesk desk;
    auto wrong = two_departments();
    wrong.items[1].department_id = "D9";
    wrong.guides.push_back(guide("A1", "2026-2"));
    wrong.guides[0].elements[7].clear();
    CHECK(faults_told(desk.bring(wrong)) ==
          Told{"items.csv:3 department_id", "guides.csv:2 fees", "guides.csv:2 item_code"});
    CHECK(refused(desk.release(), CatalogueRefusal::no_drafts));
    CHECK(app::faults_between(files(wrong), day_of(desk.clock.now())).size() == 3);
    CHECK(app::faults_between(files(two_departments()), day_of(desk.clock.now())).empty());

    GIVEN("a catalogue that stands, with which a single file has to agree") {
        sound(desk.bring(two_departments()));
        sound(desk.release());
        CHECK(faults_told(desk.bring({{}, {item("C1", "D9")}, {}})) ==
              Told{"items.csv:2 department_id", "items.csv:2 item_code"});
        auto gone = department("D2");
        gone.until = day_of(desk.clock.now()) - std::chrono::days{1};
        gone.successor = "D1";
        // B1 is in no file.
        CHECK(faults_told(desk.bring({{gone}, {}, {}})) == Told{"items.csv:0 department_id"});
        CHECK(sound(desk.bring({{gone}, {item("B1", "D1")}, {}})).changes.size() == 2);
    }
    GIVEN("a guide that is other than before under the same version") {
        sound(desk.bring(two_departments()));
        sound(desk.release());
        auto same = guide("A1");
        same.elements[0] = "别的";
        CHECK(faults_told(desk.bring({{}, {}, {same}})) == Told{"guides.csv:2 version"});
    }
}

SCENARIO("a guide is not released before its day", "[catalogue]") {
    CatalogueDesk desk;
    auto early = two_departments();
    early.guides[1].effective = day_of(desk.clock.now()) + std::chrono::days{1};
    sound(desk.bring(early));
    CHECK(faults_told(desk.release()) == Told{"guides.csv:0 effective"});
    CHECK(desk.active(desk.clock.now()) == CatalogueTables{});
    CHECK(desk.said().empty());
    CHECK(app::check_catalogue(*desk.store, desk.clock.now())->faults.size() == 1);
    (void)desk.later(24h);
    sound(desk.release());
    CHECK(desk.active(desk.clock.now()) == early);
}

SCENARIO("the ledger and the rows say the same of every release, and not of what somebody slipped in", "[catalogue]") {
    CatalogueDesk desk;
    auto all = two_departments();
    sound(desk.bring(all));
    CHECK(desk.verified().empty());
    sound(desk.release());
    all.guides[0].version = "2026-2";
    sound(desk.bring(all));
    CHECK(desk.verified().empty());
    sound(desk.release());
    CHECK(desk.verified().empty());

    const auto slip = [&](const auto& change) {
        REQUIRE(desk.store->write([&](ports::Transaction& tx) -> ports::result<void> { return change(tx); }));
        const auto findings = desk.verified();
        REQUIRE(findings.size() == 1);
        CHECK(findings[0].subject == app::LedgerSubject::edition);
        return findings[0].fault;
    };
    GIVEN("a guide that nobody released") {
        CHECK(slip([](ports::Transaction& tx) -> ports::result<void> {
                  ports::GuideRow row{guide("C1"), {}};
                  row.edition.drafted_by = "S5";
                  HCP_CHECK(tx.guides().insert(std::span<const ports::GuideRow>{&row, 1}));
                  HCP_TRY(const auto released, tx.guides().release("C1", 1, "S3", instant_from_us(1)));
                  CHECK(released == 1);
                  return {};
              }) == app::LedgerFault::row_inserted);
    }
    GIVEN("an item that is active no more, and nothing in its place") {
        CHECK(slip([](ports::Transaction& tx) -> ports::result<void> {
                  HCP_TRY(const auto moved, tx.item_editions().supersede("A1", 1, EditionState::active));
                  CHECK(moved == 1);
                  return {};
              }) == app::LedgerFault::row_changed);
    }
}

SCENARIO("to import what is active changes nothing, whatever came before", "[catalogue]") {
    CatalogueDesk desk;
    std::mt19937 dice{20261127};
    const auto roll = [&](int sides) { return std::uniform_int_distribution{0, sides - 1}(dice); };
    auto all = two_departments();
    for (int round = 1; round <= 30; ++round) {
        const auto mark = std::to_string(round);
        if (roll(2) == 0) all.departments[static_cast<std::size_t>(roll(2))].duties = "职责" + mark;
        if (roll(2) == 0) all.items[static_cast<std::size_t>(roll(static_cast<int>(all.items.size())))].name = mark;
        if (roll(2) == 0) {
            auto& one = all.guides[static_cast<std::size_t>(roll(static_cast<int>(all.guides.size())))];
            one.version = "v" + mark;
            one.elements[static_cast<std::size_t>(roll(9))] = mark;
        }
        if (roll(4) == 0) {
            all.items.push_back(item("C" + std::string(1, static_cast<char>('a' + round % 26)) + mark));
            all.guides.push_back(guide(all.items.back().code));
        }
        sound(desk.bring(all));
        (void)desk.release();
        (void)desk.later(1h);
        const auto active = desk.active(desk.clock.now());
        const auto again = sound(desk.bring(active));
        REQUIRE(again.changes.empty());
        REQUIRE(again.unchanged ==
                std::ssize(active.departments) + std::ssize(active.items) + std::ssize(active.guides));
        REQUIRE(active.items.size() == all.items.size());
    }
}
