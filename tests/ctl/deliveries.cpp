#include "tests/ctl/working_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

std::string id_text(const ports::DeliverySummary& summary) {
    return std::to_string(summary.delivery.id.value());
}

// Claims everything that is due and writes it down as `state`.
void settle(Desk& desk, DeliveryState state, HeldReason held = HeldReason::none, std::string reason = {}) {
    const auto done = desk.store->write([&](ports::Transaction& rows) -> ports::result<void> {
        HCP_TRY(const auto works, rows.deliveries().claim({1, desk.clock.now(), desk.clock.now() + 1min, 100}));
        std::vector<ports::DeliveryMark> marks;
        for (const auto& work : works) {
            ports::DeliveryMark mark;
            mark.id = work.delivery.id;
            mark.state = state;
            mark.held_reason = held;
            mark.at = mark.next_at = desk.clock.now();
            mark.reason = reason;
            mark.evaluation_id = work.evaluation.id;
            marks.push_back(mark);
        }
        return rows.deliveries().mark(1, std::span<const ports::DeliveryMark>{marks});
    });
    REQUIRE(done.has_value());
}

Completion secret(const std::string& case_no) {
    auto event = Desk::completion(case_no);
    event.secrecy = Secrecy::until_opening();
    return event;
}

}  // namespace

SCENARIO("deliveries are listed with where they stand, without any identity", "[ctl]") {
    WorkingDesk desk;
    desk.apply({Desk::completion("A1"), Desk::completion("A2")});
    const auto said = desk.ctl({"deliveries", "list"});
    REQUIRE(said.code == 0);
    for (const auto* part :
         {"编号", "种类", "状态", "原因", "次数", "下次推送", "办件编号", "环节", "省项目编号", "服务序号", "办件服务",
          "待推送", "A1", "A2", "项目登记", "2026-09-24 15:00:00", "列出 2 条。"})
        CHECK(has(said.out, part));
    for (const auto& delivery : desk.deliveries()) {
        CHECK(has(said.out, id_text(delivery)));
        CHECK(has(said.out, delivery.project_no));
    }
    for (const auto* personal : {"甲公司", "91370000AAAAAAAA1X", "13800000000", "某经办"})
        CHECK_FALSE(has(said.out, personal));
}

SCENARIO("a list is narrowed by state and attempts and cut at a limit", "[ctl]") {
    WorkingDesk desk;
    desk.apply({Desk::completion("A1")});
    settle(desk, DeliveryState::parked, HeldReason::none, "字段不符");
    desk.apply({Desk::completion("A2"), Desk::completion("A3")});

    for (const auto* state : {"parked", "待人工处理"}) {
        const auto parked = desk.ctl({"deliveries", "list", "--state", state});
        CHECK(has(parked.out, "A1"));
        CHECK(has(parked.out, "字段不符"));
        CHECK_FALSE(has(parked.out, "A2"));
    }
    CHECK(has(desk.ctl({"deliveries", "list", "--min-attempts", "1"}).out, "列出 1 条。"));
    CHECK(has(desk.ctl({"deliveries", "list", "--min-attempts", "2"}).out, "没有符合条件的推送。"));

    const auto first = desk.ctl({"deliveries", "list", "--limit", "2", "--json"}).json().as_array();
    REQUIRE(first.size() == 2);
    const auto rest = desk.ctl({"deliveries", "list", "--limit", "2", "--after",
                                std::string{first[1].at("id").as_string()}, "--json"})
                          .json()
                          .as_array();
    REQUIRE(rest.size() == 1);
    CHECK(has(desk.ctl({"deliveries", "list", "--limit", "2"}).out, "可能还有更多：加 --after"));
}

SCENARIO("as JSON a delivery has its id as text and instants in microseconds", "[ctl]") {
    WorkingDesk desk;
    desk.apply({Desk::completion("A1")});
    const auto list = desk.ctl({"deliveries", "list", "--json"}).json().as_array();
    REQUIRE(list.size() == 1);
    CHECK(list[0].at("id").as_string() == id_text(desk.deliveries().front()));
    CHECK(list[0].at("state") == "queued");
    CHECK(list[0].at("kind") == "service");
    CHECK(list[0].at("next_at_us").as_int64() == to_us(desk.clock.now()));
    CHECK(list[0].at("service_number").is_null());
    CHECK(desk.ctl({"deliveries", "list", "--state", "parked", "--json"}).json().as_array().empty());
}

SCENARIO("one delivery is shown with all that is known of its way", "[ctl]") {
    WorkingDesk desk;
    desk.apply({Desk::completion("A1")});
    settle(desk, DeliveryState::held, HeldReason::unclassified, "x");
    const auto id = id_text(desk.deliveries().front());
    const auto said = desk.ctl({"deliveries", "show", id});
    CHECK(said.code == 0);
    for (const auto* part : {"暂缓", "未归类", "办结编号", "A1"}) CHECK(has(said.out, part));
    CHECK(desk.ctl({"deliveries", "show", id, "--json"}).json().at("held_since_us").as_int64() ==
          to_us(desk.clock.now()));

    const auto none = desk.ctl({"deliveries", "show", "42"});
    CHECK(none.code == 1);
    CHECK(has(none.err, "没有编号为 42 的推送"));
}

SCENARIO("what is secret is not listed, not counted, not shown and not put back", "[ctl]") {
    WorkingDesk desk;
    desk.apply({secret("S1"), Desk::completion("A1")});
    // Its id is known to somebody all the same.
    std::string id;
    REQUIRE(desk.store
                ->write([&](ports::Transaction& rows) -> ports::result<void> {
                    HCP_TRY(const auto views, rows.evaluations().by_token(desk.token(secret("S1"))));
                    id = std::to_string(views->undelivered_service.value());
                    return {};
                })
                .has_value());
    REQUIRE(id != "0");

    const auto list = desk.ctl({"deliveries", "list"});
    CHECK(has(list.out, "列出 1 条。"));
    CHECK_FALSE(has(list.out, "S1"));
    CHECK(has(desk.ctl({"deliveries", "list", "--state", "held"}).out, "没有符合条件的推送。"));
    for (const auto* command : {"show", "retry"}) {
        const auto said = desk.ctl({"deliveries", command, id});
        CHECK(said.code == 1);
        CHECK(has(said.err, "没有编号为 " + id + " 的推送"));
    }
    CHECK(desk.view(secret("S1")).evaluation.secrecy == Secrecy::until_opening());

    desk.apply({BidsOpened{"H1", "P-S1", "", desk.clock.now()}});
    CHECK(has(desk.ctl({"deliveries", "list"}).out, "列出 2 条。"));
}

SCENARIO("a parked delivery, and one held for something that is mended, go back into the queue", "[ctl]") {
    struct Case {
        DeliveryState state;
        HeldReason reason;
    };
    for (const auto& [state, reason] :
         {Case{DeliveryState::parked, HeldReason::none}, Case{DeliveryState::held, HeldReason::unclassified},
          Case{DeliveryState::held, HeldReason::channel_stopped}}) {
        WorkingDesk desk;
        desk.apply({Desk::completion("A1")});
        settle(desk, state, reason, "x");
        const auto said = desk.ctl({"deliveries", "retry", id_text(desk.deliveries().front())});
        INFO(said.err);
        CHECK(said.code == 0);
        CHECK(has(said.out, "已放回待推送队列"));
        CHECK(has(said.out, "[province] enabled = off"));
        const auto delivery = desk.deliveries().front().delivery;
        CHECK(delivery.state == DeliveryState::queued);
        // The program's clock is the real one: a new 14 days run from its now.
        CHECK(delivery.give_up_at - delivery.next_at == std::chrono::days{14});
    }
}

SCENARIO("what may not be put back says why and stays", "[ctl]") {
    struct Case {
        DeliveryState state;
        HeldReason reason;
        std::string why;
    };
    for (const auto& [state, reason, why] :
         {Case{DeliveryState::delivered, HeldReason::none, "已经送达"},
          Case{DeliveryState::held, HeldReason::unmarked_default, "不得冒充本人评价"},
          Case{DeliveryState::held, HeldReason::expert, "评标专家"},
          Case{DeliveryState::held, HeldReason::withdrawn, "办件在推送之前已撤回"},
          Case{DeliveryState::held, HeldReason::no_message, "省平台没有这类消息"},
          Case{DeliveryState::queued, HeldReason::none, "已在待推送队列中"}}) {
        WorkingDesk desk;
        desk.apply({Desk::completion("A1")});
        settle(desk, state, reason);
        const auto said = desk.ctl({"deliveries", "retry", id_text(desk.deliveries().front())});
        CHECK(said.code == 1);
        CHECK(has(said.err, why));
        CHECK(desk.deliveries().front().delivery.state == state);
        CHECK(desk.deliveries().front().delivery.held_reason == reason);
    }
}

SCENARIO("many deliveries are counted first, and put back only when that is confirmed", "[ctl]") {
    WorkingDesk desk;
    for (int i = 0; i < 3; ++i) desk.apply({Desk::completion("A" + std::to_string(i))});
    settle(desk, DeliveryState::parked, HeldReason::refused, "字段不符");
    const auto counted = desk.ctl({"deliveries", "retry", "--reason", "refused"});
    CHECK(counted.code == 1);
    CHECK(has(counted.out, "符合条件的推送 3 条"));
    CHECK(has(counted.out, "加 --yes 执行"));
    for (const auto& one : desk.deliveries()) CHECK(one.delivery.state == DeliveryState::parked);

    const auto one_case = desk.ctl({"deliveries", "retry", "--case", "A1", "--yes"});
    CHECK(one_case.code == 0);
    CHECK(has(one_case.out, "1 条已放回待推送队列"));
    const auto all = desk.ctl({"deliveries", "retry", "--state", "parked", "--yes"});
    CHECK(all.code == 0);
    CHECK(has(all.out, "2 条已放回待推送队列"));
    CHECK(has(all.err, "已处理 2/2 条"));
    for (const auto& one : desk.deliveries()) CHECK(one.delivery.state == DeliveryState::queued);
    CHECK(has(desk.ctl({"deliveries", "retry", "--state", "parked", "--yes"}).out, "符合条件的推送 0 条"));
}

SCENARIO("what cannot be put back with the others is told and left", "[ctl]") {
    WorkingDesk desk;
    desk.apply({Desk::completion("A1")});
    settle(desk, DeliveryState::held, HeldReason::expert);
    desk.apply({Desk::completion("A2")});
    settle(desk, DeliveryState::held, HeldReason::unclassified);
    const auto said = desk.ctl({"deliveries", "retry", "--state", "held", "--yes"});
    CHECK(said.code == 1);
    CHECK(has(said.out, "1 条已放回待推送队列"));
    CHECK(has(said.out, "未处理 1 条：省档案不允许外送评标专家身份"));
}

SCENARIO("an operator holds and releases, and releases nothing else", "[ctl]") {
    WorkingDesk desk;
    desk.apply({Desk::completion("A1")});
    const auto id = id_text(desk.deliveries().front());
    CHECK(has(desk.ctl({"deliveries", "hold", id}).out, "已暂缓"));
    CHECK(desk.deliveries().front().delivery.held_reason == HeldReason::by_operator);
    CHECK(has(desk.ctl({"deliveries", "retry", id}).err, "解除暂缓即可"));
    CHECK(has(desk.ctl({"deliveries", "hold", id}).err, "已经暂缓"));
    CHECK(has(desk.ctl({"deliveries", "show", id}).out, "人工暂缓"));
    CHECK(desk.ctl({"deliveries", "release", id}).code == 0);
    CHECK(desk.deliveries().front().delivery.state == DeliveryState::queued);
    CHECK(has(desk.ctl({"deliveries", "release", id}).err, "只能解除人工暂缓"));
}

SCENARIO("arguments of the actions that say too little or too much are refused", "[ctl]") {
    WorkingDesk desk;
    for (const auto* action : {"retry", "hold", "release"}) {
        CHECK(desk.ctl({"deliveries", action}).code == 2);
        CHECK(desk.ctl({"deliveries", action, "7", "--state", "parked"}).code == 2);
        CHECK(has(desk.ctl({"deliveries", action, "--reason", "nonsense"}).err, "doubled"));
    }
    CHECK(desk.ctl({"deliveries", "adopt", "A1"}).code == 2);
    CHECK(desk.ctl({"deliveries", "adopt", "A1", "0"}).code == 2);
    CHECK(has(desk.ctl({"deliveries", "adopt", "A1", "1"}).err, "没有待认定的推送"));
}

namespace {

// One service of which the province lists two.
struct Doubled : WorkingDesk {
    explicit Doubled(HeldReason reason = HeldReason::doubled) {
        apply({Desk::completion("A1")});
        const auto summary = deliveries().front();
        REQUIRE(store->write([&](ports::Transaction& rows) -> ports::result<void> {
            HCP_TRY(const auto works, rows.deliveries().claim({1, clock.now(), clock.now() + 1min, 100}));
            const ports::FrozenService frozen{works[0].delivery.id, works[0].evaluation.id, clock.now(), {1},
                                              "项目登记办结",       "2026-09-24 15:00:00"};
            HCP_CHECK(rows.deliveries().freeze(std::span{&frozen, 1}));
            HCP_CHECK(rows.dossiers().note({works[0].dossier.id,
                                            {{"", 1, "项目登记办结", "2026-09-24 15:00:00", false, {}},
                                             {"", 2, "项目登记办结", "2026-09-24 15:00:00", false, {}},
                                             {"", 3, "开标办结", "2026-09-24 16:00:00", false, {}}},
                                            clock.now(),
                                            true}));
            ports::DeliveryMark mark;
            mark.id = works[0].delivery.id;
            mark.state = DeliveryState::parked;
            mark.held_reason = reason;
            mark.outcome_unknown = true;
            mark.known.left_by = clock.now();
            mark.at = mark.next_at = clock.now();
            mark.reason = "省平台有 2 条“项目登记办结”，本中心发送了 1 条";
            mark.evaluation_id = works[0].evaluation.id;
            return rows.deliveries().mark(1, std::span{&mark, 1});
        }));
    }
};

}  // namespace

// It is not said that the province has it, only that it cannot be said again as it was.
SCENARIO("a service that has changed since it was sent is put back and asked for, not adopted", "[ctl]") {
    Doubled desk{HeldReason::changed};
    CHECK(has(desk.ctl({"deliveries", "show", id_text(desk.deliveries().front())}).out, "会先查到"));
    CHECK(has(desk.ctl({"deliveries", "adopt", "A1", "2"}).err, "没有待认定的推送"));
    CHECK(desk.deliveries().front().service_number == 0);
}

SCENARIO("a doubling is shown with both lists, and a person's word settles it", "[ctl]") {
    Doubled desk;
    const auto id = id_text(desk.deliveries().front());
    const auto shown = desk.ctl({"deliveries", "show", id}).out;
    for (const auto* part : {"可能已到达", "本中心已发送的服务", "省平台的清单", "开标办结", "adopt", "本条"})
        CHECK(has(shown, part));
    CHECK(desk.ctl({"deliveries", "show", id, "--json"}).json().at("dossier").at("listed").as_array().size() == 3);
    CHECK(has(desk.ctl({"deliveries", "adopt", "A1", "9"}).err, "清单中没有编号 9"));
    CHECK(has(desk.ctl({"deliveries", "adopt", "A1", "3"}).err, "编号 3 是“开标办结”"));
    const auto said = desk.ctl({"deliveries", "adopt", "A1", "2"});
    INFO(said.err);
    CHECK(said.code == 0);
    CHECK(has(said.out, "第 2 号"));
    const auto after = desk.deliveries().front();
    CHECK(after.delivery.state == DeliveryState::queued);
    CHECK(after.service_number == 2);
    const auto listing =
        desk.ask([&](ports::Snapshot& rows) { return rows.dossiers().listing(after.delivery.dossier_id); });
    CHECK(listing.surplus == std::vector<std::int32_t>{1});
}
