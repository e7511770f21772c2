#include "plugin/app/catalogue/attribute_case.hpp"

#include "plugin/app/figures/compare_figures.hpp"
#include "plugin/record/editions.hpp"
#include "plugin/record/sealed_facts.hpp"
#include "tests/app/people/centre.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;
using app::AttributionRefusal;

namespace {

// S3 and S4 supervise, S5 is technical, S6 signs second. D1 and D2 are departments, A1 and A2 their items.
struct Attributing : Centre {
    Attributing() {
        equip();
        (void)done(confirm("S3", done(propose("S5", "S6", StaffRole::second_signer))));
        for (const auto* id : {"D1", "D2"}) {
            Department one;
            one.id = id;
            one.name = std::string{"部门"} + id;
            release(
                std::move(one), [](ports::Transaction & tx) -> auto& { return tx.departments(); });
        }
        for (const auto* code : {"A1", "A2"}) {
            Item one;
            one.code = code;
            one.department_id = std::string{"D"} + code[1];
            release(
                std::move(one), [](ports::Transaction & tx) -> auto& { return tx.item_editions(); });
        }
        clock.set(at(2026, 9, 24, 15h));
    }
    template <class Content, class Part>
    void release(Content one, const Part& part) {
        ports::EditionRow<Content> row{std::move(one), {}};
        row.edition.drafted_by = "S5";
        REQUIRE(books->write([&](ports::Transaction& tx, record::Pen& pen) -> ports::result<void> {
            HCP_CHECK(part(tx).insert(std::span<const ports::EditionRow<Content>>{&row, 1}));
            HCP_CHECK(part(tx).release(code_of(row.content), 1, "S3", pen.now()));
            row.edition.state = EditionState::active;
            row.edition.released_by = "S3";
            row.edition.released_at = pen.now();
            pen.enter(open_to_all, record::release_fact(keys.digests, row));
            return {};
        }));
    }
    // Of a step that is no item, handled by S1 where anybody did.
    Completion opened(const std::string& case_no, bool handled = true) {
        auto event = completion(case_no);
        event.item_code.clear();
        event.department_id.clear();
        event.department_name.clear();
        if (!handled) event.handlers.clear();
        apply({event});
        return event;
    }
    ports::CaseRow case_of(const Completion& event) { return view(event).case_row; }
    app::AttributionReply attribute(const Completion& event, std::string_view actor,
                                    const app::AttributionRequest& what = {{}, "A1", "D1", {}, "主机漏报"}) {
        auto request = what;
        request.case_id = case_of(event).id;
        clock.set(clock.now() + 1s);
        return *app::attribute_case({*books, keys, nobody}, actor, request);
    }
    app::AttributionReply sign(AttributionId id, std::string_view actor) {
        clock.set(clock.now() + 1s);
        return *app::sign_attribution({*books, keys, nobody}, actor, id);
    }
    std::vector<std::string> handlers_of(const Completion& event) {
        const auto row = case_of(event);
        const auto plain = keys.sealer.open(record::View{row.sealed_handlers}, record::View{row.key_digest});
        REQUIRE(plain.has_value());
        std::vector<std::string> told;
        for (const auto& one : *record::decode_staff(record::View{*plain})) told.push_back(one.staff_id + one.name);
        return told;
    }
    std::int64_t counted(const std::string& item, const std::string& department, Metric metric) {
        const auto counts = ask([](ports::Snapshot& snapshot) {
            return snapshot.figures().counts(Day{std::chrono::days{0}}, Day{std::chrono::days{40'000}});
        });
        std::int64_t n = 0;
        for (const auto& one : counts)
            if (one.item_code == item && one.department_id == department && one.metric == metric) n += one.n;
        return n;
    }
    std::vector<std::string> differing_figures() {
        return *app::compare_figures(*store, Day{std::chrono::days{0}}, Day{std::chrono::days{40'000}});
    }
    app::LedgerFindings verified() { return verify().findings; }
    void check_account() {
        for (const auto& finding : verified()) FAIL_CHECK(finding.text);
        for (const auto& difference : differing_figures()) FAIL_CHECK(difference);
    }
};

app::Attributed sound(const app::AttributionReply& reply) {
    if (const auto* why = std::get_if<AttributionRefusal>(&reply)) FAIL(app::text_of(*why));
    return std::get<app::Attributed>(reply);
}
bool refused(const app::AttributionReply& reply, AttributionRefusal why) {
    const auto* refusal = std::get_if<AttributionRefusal>(&reply);
    if (refusal != nullptr) UNSCOPED_INFO(app::text_of(*refusal));
    return refusal != nullptr && *refusal == why;
}

}  // namespace

SCENARIO("a case that was nobody's becomes a department's, with its figures (M2.1)", "[attribution]") {
    Attributing desk;
    const auto event = desk.opened("C1");
    CHECK(desk.case_of(event).unclassified);
    CHECK(desk.case_of(event).unattributed);
    CHECK(desk.counted("", "", Metric::opened) == 1);
    const auto entries = desk.entered().size();

    const auto done = sound(desk.attribute(event, "S5"));
    CHECK(done.in_effect);
    CHECK(done.told == 0);
    const auto row = desk.case_of(event);
    CHECK(row.item_code == "A1");
    CHECK(row.department_id == "D1");
    CHECK(row.department_name == "部门D1");
    CHECK_FALSE(row.unclassified);
    CHECK_FALSE(row.unattributed);
    CHECK(desk.handlers_of(event) == std::vector<std::string>{"S1某经办"});
    CHECK(desk.counted("", "", Metric::opened) == 0);
    CHECK(desk.counted("A1", "D1", Metric::opened) == 1);
    REQUIRE(desk.entered().size() == entries + 1);
    CHECK(desk.entered().back() == LedgerKind::attributed);
    desk.check_account();

    WHEN("the department follows from the item") {
        const auto other = desk.opened("C2");
        sound(desk.attribute(other, "S5", {{}, "A2", {}, {}, "主机漏报"}));
        CHECK(desk.case_of(other).department_id == "D2");
        desk.check_account();
    }
    WHEN("it is changed once more") {
        sound(desk.attribute(event, "S3", {{}, "A2", "D2", {}, "改错了"}));
        CHECK(desk.counted("A1", "D1", Metric::opened) == 0);
        CHECK(desk.counted("A2", "D2", Metric::opened) == 1);
        desk.check_account();
        CHECK(refused(desk.attribute(event, "S3", {{}, "A2", "D2", {}, "再来"}), AttributionRefusal::nothing_changes));
    }
    WHEN("a default was counted for it, it moves as well") {
        desk.clock.set(at(2026, 10, 20));
        REQUIRE(desk.settler->sweep(desk.clock.now(), 100)->defaulted == 1);
        sound(desk.attribute(event, "S3", {{}, "A2", "D2", {}, "部门报错"}));
        CHECK(desk.counted("A2", "D2", rated_metric(Origin::by_default, Level::basically_satisfied, false)) +
                  desk.counted("A2", "D2", rated_metric(Origin::by_default, Level::satisfied, false)) +
                  desk.counted("A2", "D2", rated_metric(Origin::by_default, Level::very_satisfied, false)) ==
              1);
        desk.check_account();
    }
}

SCENARIO("handlers come from the roster, as it was at the completion", "[attribution]") {
    Attributing desk;
    const auto event = desk.opened("C1", false);
    CHECK(desk.case_of(event).unattributed);
    sound(desk.attribute(event, "S5"));
    CHECK(desk.case_of(event).unattributed);  // still without a handler
    sound(desk.attribute(event, "S5", {{}, {}, {}, {"S1", "S2"}, "主机漏报经办人"}));
    CHECK_FALSE(desk.case_of(event).unattributed);
    CHECK(desk.handlers_of(event) == std::vector<std::string>{"S1姓名S1", "S2姓名S2"});
    CHECK(refused(desk.attribute(event, "S5", {{}, {}, {}, {"S9"}, "x"}), AttributionRefusal::unknown_handler));
    desk.check_account();
}

SCENARIO("once somebody has rated a case, supervision changes it and a second signer signs (E47)", "[attribution]") {
    Attributing desk;
    const auto event = desk.opened("C1");
    REQUIRE(desk.rate(event, Level::dissatisfied, desk.clock.now(), "办理时间超过了承诺的期限，请改进。").kind ==
            app::RatingReply::Kind::decided);
    CHECK(refused(desk.attribute(event, "S5"), AttributionRefusal::not_allowed));
    const auto proposed = sound(desk.attribute(event, "S3"));
    CHECK_FALSE(proposed.in_effect);
    CHECK(desk.case_of(event).department_id.empty());
    desk.check_account();

    CHECK(refused(desk.sign(proposed.id, "S3"), AttributionRefusal::signed_already));
    CHECK(refused(desk.sign(proposed.id, "S4"), AttributionRefusal::not_allowed));  // another supervisor
    CHECK(refused(desk.sign(AttributionId{77}, "S6"), AttributionRefusal::no_such_attribution));
    WHEN("it is signed") {
        CHECK(sound(desk.sign(proposed.id, "S6")).in_effect);
        CHECK(desk.case_of(event).department_id == "D1");
        CHECK(desk.counted("A1", "D1", Metric::ticket_opened) == 1);
        CHECK(desk.counted("", "", Metric::ticket_opened) == 0);
        desk.check_account();
        CHECK(refused(desk.sign(proposed.id, "S6"), AttributionRefusal::not_waiting));
    }
    WHEN("another proposal overtakes it") {
        const auto later = sound(desk.attribute(event, "S4", {{}, "A2", "D2", {}, "应为二部"}));
        CHECK(refused(desk.sign(proposed.id, "S6"), AttributionRefusal::not_waiting));
        sound(desk.sign(later.id, "S6"));
        CHECK(desk.case_of(event).department_id == "D2");
        desk.check_account();
    }
    WHEN("who should sign is to be its handler, or is one") {
        const auto to_him = sound(desk.attribute(event, "S3", {{}, "A1", "D1", {"S6"}, "经办人报错"}));
        CHECK(refused(desk.sign(to_him.id, "S6"), AttributionRefusal::not_allowed));
    }
}

SCENARIO("nobody changes the case that he handled, and nobody learns of one under bid secrecy", "[attribution]") {
    Attributing desk;
    auto event = Desk::completion("C1");
    event.handlers = {{"S3", "监督甲"}};
    desk.apply({event});
    CHECK(refused(desk.attribute(event, "S3"), AttributionRefusal::not_allowed));
    auto secret = Desk::completion("C2");
    secret.secrecy = Secrecy::until_opening();
    desk.apply({secret});
    CHECK(refused(desk.attribute(secret, "S3"), AttributionRefusal::no_such_case));
}

SCENARIO("what cannot be is refused, and changes nothing", "[attribution]") {
    Attributing desk;
    const auto event = desk.opened("C1");
    const auto entries = desk.entered().size();
    CHECK(refused(desk.attribute(event, "S9"), AttributionRefusal::unknown_actor));
    CHECK(refused(desk.attribute(event, "S1"), AttributionRefusal::not_allowed));
    CHECK(refused(desk.attribute(event, "S5", {{}, "A9", {}, {}, "x"}), AttributionRefusal::no_such_item));
    CHECK(refused(desk.attribute(event, "S5", {{}, {}, "D9", {}, "x"}), AttributionRefusal::no_such_department));
    CHECK(refused(desk.attribute(event, "S5", {{}, "A1", {}, {}, ""}), AttributionRefusal::no_reason));
    CHECK(
        refused(desk.attribute(event, "S5", {{}, "A1", {}, {}, std::string(201, 'x')}), AttributionRefusal::no_reason));
    CHECK(refused(desk.attribute(event, "S5", {{}, {}, {}, {}, "x"}), AttributionRefusal::nothing_changes));
    desk.apply({Withdrawal{event.key, desk.clock.now(), {}}});
    CHECK(refused(desk.attribute(event, "S5"), AttributionRefusal::withdrawn));
    CHECK(desk.entered().size() == entries + 2);  // of the withdrawal
}

SCENARIO("what was held for want of an item goes out", "[attribution]") {
    Attributing desk;
    const auto event = desk.opened("C1");
    REQUIRE(desk.deliveries().size() == 1);
    CHECK(desk.deliveries()[0].delivery.held_reason == HeldReason::unclassified);
    CHECK(sound(desk.attribute(event, "S5")).released == 1);
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::queued);
}

SCENARIO("an attribution that was put in by hand, changed or taken away is found", "[attribution]") {
    Attributing desk;
    const auto event = desk.opened("C1");
    sound(desk.attribute(event, "S5"));
    const auto id = desk.case_of(event).id;
    const auto change = [&](const ports::CaseAttribution& to) {
        REQUIRE(desk.store->write([&](ports::Transaction& tx) { return tx.cases().attribute(id, to); }));
    };
    change({"A1", "D2", "部门D2", false, false, {}});
    REQUIRE(desk.verified().size() == 1);
    CHECK(desk.verified()[0].subject == app::LedgerSubject::case_);
    change({"A1", "D1", "部门D1", false, false, {}});
    CHECK(desk.verified().empty());

    ports::AttributionRow forged;
    forged.id = AttributionId{99};
    forged.case_id = id;
    forged.revision = 2;
    forged.reason_digest[0] = 7;
    forged.effective_at = desk.clock.now();
    REQUIRE(desk.store->write([&](ports::Transaction& tx) { return tx.attributions().insert(std::span{&forged, 1}); }));
    const auto found = desk.verified();
    REQUIRE(found.size() == 2);  // nor has it a reason
    CHECK(found[0].fault == app::LedgerFault::row_inserted);
    CHECK(found[0].subject == app::LedgerSubject::attribution);
}
