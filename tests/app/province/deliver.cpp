#include "plugin/app/province/deliver.hpp"
#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"
#include "tests/support/written_plainly.hpp"

#include <condition_variable>
#include <deque>
#include <future>

using namespace hcp;
using namespace hcp::test;

namespace {

// A province that answers as it is told, and remembers what it was asked.
class ScriptedProvince final : public ports::Province {
public:
    [[nodiscard]] ports::WireRecord written(const ports::ProvinceMessage& message, Instant at) const override {
        return written_plainly(message, at);
    }
    void exchange(ports::ProvinceMessage message, ports::WireRecord, Instant,
                  std::function<void(ports::Exchange)> done) override {
        ports::Exchange answer;
        {
            const std::lock_guard lock{mutex_};
            said.push_back(message);
            answer.verdict = Verdict::delivered;
            if (std::holds_alternative<ports::ServiceQuery>(message)) answer.services = services;
            if (!answers.empty()) {
                answer = answers.front();
                answers.pop_front();
            }
        }
        if (holding) {
            held = [done = std::move(done), answer = std::move(answer)]() mutable { done(std::move(answer)); };
            return;
        }
        done(std::move(answer));
    }
    [[nodiscard]] std::size_t parallel() const noexcept override { return 4; }
    std::atomic<bool> holding{false};  // the answer waits in `held` until it is called
    std::function<void()> held;
    std::mutex mutex_;
    std::vector<ports::ProvinceMessage> said;
    std::deque<ports::Exchange> answers;  // before the usual ones
    std::vector<ports::KnownService> services;
};

ports::Exchange ending(Verdict verdict, std::string reason = "测试") {
    ports::Exchange exchange;
    exchange.verdict = verdict;
    exchange.reason = std::move(reason);
    return exchange;
}

// Runs the deliverer until it has nothing to do.
class Bridge {
public:
    explicit Bridge(
        Desk& desk, std::uint32_t breaker_failures = 100, std::chrono::milliseconds open_for = 1h,
        record::BridgeTerms terms = {}, std::function<bool()> clock_is_right = [] { return true; })
        : desk_{desk} {
        app::DeliverOptions options;
        options.terms = std::move(terms);
        options.breaker = {breaker_failures, open_for};
        deliver.emplace(
            app::Deliver::Means{*desk.books, province, desk.keys, *desk.rules, desk.clock, desk.steady, chance,
                                desk.meter, desk.log, alarms, writer, others, std::move(clock_is_right)},
            options);
    }
    ~Bridge() {
        deliver->close();
        others.stop();
        writer.stop();
    }
    // A pass that finds nothing due ends it, and none that was asked for is still to come.
    void settle() {
        for (int quiet = 0; quiet < 3;) {
            deliver->wake();
            // One that was running when it was woken runs once more, behind what was posted meanwhile.
            for (int turn = 0; turn < 2; ++turn) wait_for_writer();
            wait_until_judged();
            quiet = deliver->idle_within(0ms) ? quiet + 1 : 0;
        }
    }
    // One pass, all of whose answers are judged before the next pass begins.
    void pass_and_judge() {
        std::promise<void> sent, judged;
        others.post([until = sent.get_future().share()] { until.wait(); });
        deliver->wake();
        wait_for_writer();
        writer.post([until = judged.get_future().share()] { until.wait(); });
        sent.set_value();
        wait_until_judged();
        judged.set_value();
    }
    void wait_for_writer() {
        std::promise<void> passed;
        writer.post([&] { passed.set_value(); });
        passed.get_future().wait();
    }
    void wait_until_judged() {
        std::promise<void> judged;
        others.post([&] { judged.set_value(); });
        judged.get_future().wait();
    }
    // `what` happens while no pass runs.
    void between_passes(const std::function<void()>& what) {
        std::promise<void> here, done;
        writer.post([&, until = done.get_future().share()] {
            here.set_value();
            until.wait();
        });
        here.get_future().wait();
        what();
        done.set_value();
    }
    // The first message is out and its answer still to come.
    void send_and_hold() {
        province.holding = true;
        deliver->wake();
        wait_for_writer();
        province.holding = false;
    }

private:
    Desk& desk_;

public:
    ScriptedProvince province;
    ports::SeededChance chance{1};
    run::Alarms alarms{desk_.log};
    run::Workers writer{1, desk_.log}, others{1, desk_.log};
    std::optional<app::Deliver> deliver;
};

// The service of the desk's first delivery, as the province lists it.
ports::KnownService listed(Desk& desk, std::int32_t number = 1) {
    return {desk.deliveries().at(0).project_no, number, "项目登记办结", "2026-09-24 15:00:00", false, {}};
}

void rename_step(Desk& desk, const std::string& node, const std::string& service_name) {
    auto rules = *desk.rules->current();
    rules.nodes.at(node).service_name = service_name;
    desk.rules->replace(std::make_shared<const record::Rules>(rules));
}

template <class Message>
std::size_t count(const ScriptedProvince& province) {
    return static_cast<std::size_t>(std::count_if(province.said.begin(), province.said.end(), [](auto& message) {
        return std::holds_alternative<Message>(message);
    }));
}

}  // namespace

SCENARIO("a service goes first, its number is asked for, then the rating goes", "[delivery]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    desk.rate(event, Level::satisfied, desk.clock.now());
    Bridge bridge{desk};
    bridge.province.services = {listed(desk)};
    bridge.settle();
    REQUIRE(bridge.province.said.size() == 3);
    CHECK(std::holds_alternative<ports::ServiceMessage>(bridge.province.said[0]));
    CHECK(std::holds_alternative<ports::ServiceQuery>(bridge.province.said[1]));
    const auto* rating = std::get_if<ports::RatingMessage>(&bridge.province.said[2]);
    REQUIRE(rating != nullptr);
    CHECK(rating->service_number == 1);
    CHECK(rating->level == Level::satisfied);
    for (const auto& one : desk.deliveries()) CHECK(one.delivery.state == DeliveryState::delivered);
    CHECK(desk.view(event).evaluation.service_number == 1);
}

SCENARIO("what a transaction queues is claimed in it and leaves once it is committed", "[delivery]") {
    MemoryDesk desk;
    Bridge bridge{desk};
    const ports::Journaled event{{1, 0}, desk.clock.now(), Desk::completion("C1")};
    // On the writer, as the drain does it; a pass before it would have nothing to claim.
    const auto apply = [&](bool store_fails) {
        std::promise<void> departed;
        bridge.writer.post([&] {
            auto boarding = bridge.deliver->board();
            const app::ApplyEvents::Within claim = [&](ports::Transaction& tx, Instant now) {
                return bridge.deliver->claim(tx, now, boarding);
            };
            const auto applied = store_fails
                                     ? ports::result<app::Applied>{ports::store_errc::unavailable}
                                     : desk.opener->apply(std::span{&event, 1}, boarding.has_room() ? claim : nullptr);
            CHECK(applied.has_value() == !store_fails);
            bridge.deliver->depart(std::move(boarding), applied.has_value());
            departed.set_value();
        });
        departed.get_future().wait();
    };
    WHEN("it is committed") {
        bridge.province.holding = true;
        apply(false);
        THEN("the message is out, and its delivery claimed for it alone") {
            CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
            CHECK(desk.deliveries()[0].delivery.state == DeliveryState::claimed);
            bridge.province.holding = false;
            bridge.province.held();
            bridge.settle();
            CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
            CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
        }
    }
    WHEN("it fails") {
        apply(true);
        THEN("nothing is out, nothing is thought to be, and a later try sends it") {
            CHECK(bridge.province.said.empty());
            CHECK(bridge.deliver->idle_within(0ms));
            CHECK(desk.deliveries().empty());
            apply(false);
            bridge.settle();
            CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
        }
    }
    WHEN("the bridge is closing") {
        bridge.deliver->close();
        apply(false);
        THEN("it stays queued for the next start") {
            CHECK(bridge.province.said.empty());
            CHECK(bridge.deliver->idle_within(0ms));
            CHECK(desk.deliveries()[0].delivery.state == DeliveryState::queued);
        }
    }
}

SCENARIO("after a lost answer the province is asked before an M1 is repeated", "[delivery]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    Bridge bridge{desk};
    bridge.province.answers = {ending(Verdict::ask_first)};
    bridge.settle();
    CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
    desk.clock.set(desk.clock.now() + 1h);
    const auto ask_twice = [&] {
        bridge.settle();
        desk.clock.set(desk.clock.now() + 1h);
        bridge.settle();
    };
    WHEN("it had arrived") {
        bridge.province.services = {listed(desk)};
        bridge.settle();
        CHECK(count<ports::ServiceQuery>(bridge.province) == 1);
        CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
        CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
        CHECK(desk.view(event).evaluation.service_number == 1);
    }
    WHEN("it had not") {
        bridge.settle();
        CHECK(count<ports::ServiceMessage>(bridge.province) == 1);  // once may be a list that lags
        desk.clock.set(desk.clock.now() + 1h);
        bridge.settle();
        CHECK(count<ports::ServiceQuery>(bridge.province) == 2);
        CHECK(count<ports::ServiceMessage>(bridge.province) == 2);
        CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
    }
    WHEN("its questions are not answered") {
        for (int i = 0; i < 5; ++i) bridge.province.answers.push_back(ending(Verdict::again, "超时"));
        for (int i = 0; i < 5; ++i) {
            bridge.settle();
            desk.clock.set(desk.clock.now() + 1h);
        }
        CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
        ask_twice();
        CHECK(count<ports::ServiceMessage>(bridge.province) == 2);
    }
    WHEN("it came twice") {
        bridge.province.services = {listed(desk), listed(desk, 2)};
        bridge.settle();
        const auto parked = desk.deliveries()[0].delivery;
        CHECK(parked.state == DeliveryState::parked);
        CHECK(parked.held_reason == HeldReason::doubled);
        const auto listing =
            desk.ask([&](ports::Snapshot& rows) { return rows.dossiers().listing(parked.dossier_id); });
        CHECK(listing.sent.size() == 1);
        CHECK(listing.listed.size() == 2);
        THEN("its rating waits until a person says which it is, and then goes there") {
            desk.rate(event, Level::satisfied, desk.clock.now());
            bridge.settle();
            CHECK(count<ports::RatingMessage>(bridge.province) == 0);
            REQUIRE(desk.store->write([&](ports::Transaction& rows) {
                return rows.deliveries().holds().adopt(
                    {parked.evaluation_id, parked.dossier_id, 2, {1}, desk.clock.now(), desk.clock.now() + 24h});
            }));
            bridge.settle();
            REQUIRE(count<ports::RatingMessage>(bridge.province) == 1);
            CHECK(std::get<ports::RatingMessage>(bridge.province.said.back()).service_number == 2);
            for (const auto& one : desk.deliveries()) CHECK(one.delivery.state == DeliveryState::delivered);
        }
    }
    WHEN("another of its name is there, at another time") {
        auto other = listed(desk);
        other.service_time = "2026-09-24 14:00:00";
        bridge.province.services = {other};
        bridge.settle();
        CHECK(desk.deliveries()[0].delivery.held_reason == HeldReason::unclear);
        CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
    }
    WHEN("the step is called otherwise since") {
        rename_step(desk, "项目登记", "项目登记（新）");
        AND_WHEN("it had arrived under the old name") {
            bridge.province.services = {listed(desk)};
            bridge.settle();
            CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
        }
        AND_WHEN("it had not") {
            ask_twice();
            REQUIRE(count<ports::ServiceMessage>(bridge.province) == 2);
            CHECK(std::get<ports::ServiceMessage>(bridge.province.said.back()).item.service_name == "项目登记办结");
        }
    }
    WHEN("its item is told otherwise since") {
        auto rules = *desk.rules->current();
        rules.items.at("ZC-01").task_code = "3708000000020117003000000000009";
        desk.rules->replace(std::make_shared<const record::Rules>(rules));
        ask_twice();
        THEN("it is not repeated in other words") {
            CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
            CHECK(desk.deliveries()[0].delivery.held_reason == HeldReason::changed);
        }
    }
}

SCENARIO("what a definite refusal concerned may be said otherwise when it is put back, and is asked for first",
         "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    Bridge bridge{desk};
    bridge.province.answers = {ending(Verdict::refused, "参数taskCode格式不正确")};
    bridge.settle();
    auto rules = *desk.rules->current();
    rules.items.at("ZC-01").task_code = "3708000000020117003000000000009";
    desk.rules->replace(std::make_shared<const record::Rules>(rules));
    const auto id = desk.deliveries()[0].delivery.id;
    REQUIRE(desk.store->write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_TRY(const auto n, tx.deliveries().holds().requeue(id, desk.clock.now(), desk.clock.now() + 24h));
        CHECK(n == 1);
        return {};
    }));
    bridge.settle();
    CHECK(count<ports::ServiceQuery>(bridge.province) == 1);
    REQUIRE(count<ports::ServiceMessage>(bridge.province) == 2);
    CHECK(std::get<ports::ServiceMessage>(bridge.province.said.back()).item.task_code ==
          "3708000000020117003000000000009");
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
}

SCENARIO("what was denied is repeated after one list without it", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    Bridge bridge{desk};
    auto denied = ending(Verdict::ask_first, "省平台限制频次");
    denied.denied = true;
    bridge.province.answers = {denied};
    bridge.settle();
    const auto left = desk.clock.now();
    desk.clock.set(left + 59s);
    bridge.settle();
    CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
    desk.clock.set(left + 60s);
    bridge.settle();
    CHECK(count<ports::ServiceMessage>(bridge.province) == 2);
}

SCENARIO("what a dead process may have sent is unknown from the last instant it could have left", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    const auto died = desk.clock.now();
    {
        Bridge bridge{desk};
        bridge.send_and_hold();
        bridge.deliver->close();
        bridge.province.held = {};
    }
    REQUIRE(desk.store->write([&](ports::Transaction& tx) {
        return tx.deliveries().expire_claims(desk.books->instance().value(), died + 1s);
    }));
    desk.clock.set(died + 1s);
    Bridge next{desk};
    const auto asked_at = [&](std::chrono::seconds after) {
        desk.clock.set(died + 1s + after);
        next.settle();
        return count<ports::ServiceMessage>(next.province);
    };
    CHECK(asked_at(0s) == 0);
    CHECK(asked_at(299s) == 0);
    CHECK(asked_at(300s) == 0);  // absence counted
    CHECK(asked_at(599s) == 0);
    CHECK(asked_at(600s) == 1);
}

SCENARIO("a duplicate that should be none is held against the province's list", "[delivery]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    Bridge bridge{desk};
    bridge.settle();
    auto duplicate = ending(Verdict::delivered, "");
    duplicate.duplicate = true;
    const auto rating = [&] {
        for (const auto& one : desk.deliveries())
            if (one.delivery.kind == DeliveryKind::rating) return one.delivery;
        return ports::DeliveryRow{};
    };
    const auto list = [&](bool rated, std::optional<Level> level) {
        auto answer = ending(Verdict::delivered, "");
        answer.services = {listed(desk)};
        answer.services[0].rated = rated;
        answer.services[0].level = level;
        return answer;
    };
    const auto number = list(false, std::nullopt);
    const auto rate_and_answer = [&](std::deque<ports::Exchange> answers) {
        bridge.between_passes([&] {
            desk.rate(event, Level::satisfied, desk.clock.now());
            bridge.province.services = {listed(desk)};
            bridge.province.answers = std::move(answers);
        });
        bridge.settle();
    };
    WHEN("the list shows the same level") {
        rate_and_answer({number, duplicate, list(true, Level::satisfied)});
        CHECK(rating().state == DeliveryState::delivered);
    }
    WHEN("the list shows another") {
        rate_and_answer({number, duplicate, list(true, Level::very_dissatisfied)});
        CHECK(rating().state == DeliveryState::parked);
        CHECK(rating().held_reason == HeldReason::difference);
    }
    WHEN("the list shows none, and nothing of ours had left before") {
        rate_and_answer({number, duplicate, list(true, std::nullopt)});
        CHECK(rating().held_reason == HeldReason::difference);
    }
    WHEN("the list shows none, and one of ours had") {
        rate_and_answer({number, ending(Verdict::ask_first, "超时")});
        desk.clock.set(desk.clock.now() + 1h);
        bridge.province.answers = {duplicate, list(true, std::nullopt)};
        bridge.settle();
        CHECK(rating().state == DeliveryState::delivered);
    }
}

SCENARIO("a service that is called a duplicate though it is the first is looked for in the list", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    Bridge bridge{desk};
    auto duplicate = ending(Verdict::delivered, "");
    duplicate.duplicate = true;
    bridge.province.answers = {duplicate};
    bridge.settle();
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::queued);
    desk.clock.set(desk.clock.now() + 1h);
    WHEN("it is there") {
        bridge.province.services = {listed(desk)};
        bridge.settle();
        CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
    }
    WHEN("it is not, and the repetition is a duplicate as well") {
        bridge.settle();
        desk.clock.set(desk.clock.now() + 1h);
        bridge.province.answers = {ending(Verdict::delivered, ""), duplicate};
        bridge.settle();
        CHECK(desk.deliveries()[0].delivery.held_reason == HeldReason::unclear);
    }
}

SCENARIO("an open breaker is probed by a question, never by a service", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    Bridge bridge{desk, 1, 0ms};
    bridge.province.answers = {ending(Verdict::again, "连接被拒绝")};
    bridge.pass_and_judge();
    REQUIRE(bridge.deliver->figures().breaker_open);
    desk.clock.set(desk.clock.now() + 1h);
    bridge.settle();
    REQUIRE(bridge.province.said.size() == 3);
    CHECK(std::holds_alternative<ports::ServiceQuery>(bridge.province.said[1]));
    CHECK(std::holds_alternative<ports::ServiceMessage>(bridge.province.said[2]));
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
}

SCENARIO("one list serves all of a subject's dossiers", "[delivery]") {
    MemoryDesk desk;
    std::vector<Event> events;
    for (int i = 0; i < 8; ++i) events.emplace_back(Desk::completion("C" + std::to_string(i)));
    desk.apply(events);
    Bridge bridge{desk};
    bridge.settle();
    std::vector<ports::KnownService> all;
    for (const auto& one : desk.deliveries())
        if (one.delivery.kind == DeliveryKind::service)
            all.push_back({one.project_no, 1, "项目登记办结", "2026-09-24 15:00:00", false, {}});
    bridge.between_passes([&] {
        for (const auto& event : events) desk.rate(std::get<Completion>(event), Level::satisfied, desk.clock.now());
        bridge.province.services = all;
    });
    bridge.settle();
    CHECK(count<ports::RatingMessage>(bridge.province) == 8);
    CHECK(count<ports::ServiceQuery>(bridge.province) == 1);
}

SCENARIO("a trouble of one message parks that one, a trouble of two is the channel's", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    Bridge bridge{desk, 100, 1h};
    const auto stop = ending(Verdict::stop_channel, "省平台不接受签名或身份");
    bridge.province.answers = {stop};
    bridge.settle();
    CHECK_FALSE(bridge.deliver->figures().breaker_open);
    WHEN("another gets through") {
        desk.apply({Desk::completion("C2", {"91370000BBBBBBBB2X"})});
        bridge.settle();
        desk.clock.set(desk.clock.now() + 1h);
        bridge.province.answers = {stop};
        bridge.settle();
        CHECK(desk.deliveries()[0].delivery.held_reason == HeldReason::own_trouble);
        CHECK(desk.deliveries()[1].delivery.state == DeliveryState::delivered);
        CHECK_FALSE(bridge.deliver->figures().breaker_open);
    }
    WHEN("another meets it as well") {
        bridge.between_passes([&] {
            desk.apply({Desk::completion("C2", {"91370000BBBBBBBB2X"})});
            bridge.province.answers = {stop};
        });
        bridge.settle();
        CHECK(bridge.deliver->figures().breaker_open);
        for (const auto& one : desk.deliveries()) CHECK(one.delivery.state == DeliveryState::queued);
    }
}

SCENARIO("a province whose clock is behind gets it later, with an alarm", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    Bridge bridge{desk};
    bridge.province.answers = {ending(Verdict::too_early, "参数serviceTime不能晚于当前时间")};
    bridge.settle();
    CHECK(bridge.alarms.standing("province_clock"));
    CHECK(desk.deliveries()[0].delivery.next_at >= desk.clock.now() + 60s);
    CHECK_FALSE(desk.deliveries()[0].delivery.outcome_unknown);
    desk.clock.set(desk.clock.now() + 1h);
    bridge.settle();
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
    CHECK_FALSE(bridge.alarms.standing("province_clock"));
}

SCENARIO("the second service of a dossier is not sent before the first is there", "[delivery]") {
    MemoryDesk desk;
    auto first = Desk::completion("C1"), second = Desk::completion("C2");
    second.project_no = first.project_no;
    second.node = "开标";
    desk.apply({first, second});
    Bridge bridge{desk};
    bridge.province.answers = {ending(Verdict::again)};
    bridge.settle();
    CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
    desk.clock.set(desk.clock.now() + 1h);
    bridge.settle();
    REQUIRE(count<ports::ServiceMessage>(bridge.province) == 3);
    CHECK(std::get<ports::ServiceMessage>(bridge.province.said[1]).item.service_name == "项目登记办结");
    CHECK(std::get<ports::ServiceMessage>(bridge.province.said[2]).item.service_name == "开标办结");
}

SCENARIO("what the province refuses is parked with its reason; what follows in the dossier waits", "[delivery]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    desk.rate(event, Level::satisfied, desk.clock.now());
    Bridge bridge{desk};
    bridge.province.answers = {ending(Verdict::refused, "必填参数 taskCode 为空")};
    bridge.settle();
    const auto owed = desk.deliveries();
    CHECK(std::count_if(owed.begin(), owed.end(), [](auto& one) {
              return one.delivery.state == DeliveryState::parked &&
                     one.delivery.last_reason == "必填参数 taskCode 为空";
          }) == 1);
    CHECK(bridge.province.said.size() == 1);
}

SCENARIO("an open breaker claims nothing more, and parks nothing however long it lasts", "[delivery]") {
    MemoryDesk desk;
    std::vector<Event> events;
    for (int i = 0; i < 20; ++i)
        events.emplace_back(Desk::completion("C" + std::to_string(i), {"9137" + std::to_string(i)}));
    desk.apply(events);
    Bridge bridge{desk, 2};
    for (int i = 0; i < 40; ++i) bridge.province.answers.push_back(ending(Verdict::again, "连接被拒绝"));
    bridge.pass_and_judge();
    bridge.settle();
    const auto tried = bridge.province.said.size();
    CHECK(tried <= 8);
    CHECK(bridge.deliver->figures().breaker_open);
    desk.clock.set(desk.clock.now() + std::chrono::days{30});
    bridge.settle();
    CHECK(bridge.province.said.size() == tried);
    for (const auto& one : desk.deliveries()) CHECK(one.delivery.state != DeliveryState::parked);
}

SCENARIO("one subject that is refused for ever holds up nobody else", "[delivery]") {
    MemoryDesk desk;
    std::vector<Event> events;
    for (int i = 0; i < 10; ++i) events.emplace_back(Desk::completion("C" + std::to_string(i)));
    desk.apply(events);
    Bridge bridge{desk, 5, 1h};
    for (int i = 0; i < 30; ++i) bridge.province.answers.push_back(ending(Verdict::ask_first, "省平台内部错误"));
    bridge.settle();
    CHECK_FALSE(bridge.deliver->figures().breaker_open);
    bridge.province.answers.clear();
    const auto other = Desk::completion("D1", {"91370000BBBBBBBB2X"});
    desk.apply({other});
    bridge.settle();
    CHECK(desk.view(other).undelivered_service == DeliveryId{});
}

SCENARIO("a probe that has nothing to say does not end the probing", "[delivery]") {
    MemoryDesk desk;
    const auto first = Desk::completion("C1");
    auto of_an_expert = Desk::completion("C2");
    of_an_expert.subjects[0].role = Role::expert;
    of_an_expert.secrecy = Secrecy::until_opening();
    desk.apply({first, of_an_expert});
    Bridge bridge{desk, 1, 0ms};
    bridge.province.answers = {ending(Verdict::again, "连接被拒绝")};
    bridge.pass_and_judge();
    REQUIRE(bridge.deliver->figures().breaker_open);
    // Of all that is due, what was lifted comes first, and it stays held: experts' identities are closed.
    desk.apply({BidsOpened{"H1", of_an_expert.project_no, "", desk.clock.now()}});
    bridge.settle();
    desk.clock.set(desk.clock.now() + 1h);
    bridge.settle();
    CHECK(desk.view(first).undelivered_service == DeliveryId{});
    CHECK_FALSE(bridge.deliver->figures().breaker_open);
    CHECK(count<ports::ServiceMessage>(bridge.province) == 2);
}

SCENARIO("a message that was refused before it left says nothing of the province", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1"), Desk::completion("C2", {"91370000BBBBBBBB2X"})});
    Bridge bridge{desk, 1, 0ms};
    auto faulty = ending(Verdict::refused, "缺少申请人类型");
    faulty.left = false;
    bridge.province.answers = {ending(Verdict::again, "连接被拒绝"), faulty};
    bridge.pass_and_judge();
    REQUIRE(bridge.deliver->figures().breaker_open);
    CHECK(bridge.deliver->figures().breaker_reason == "连接被拒绝");
}

SCENARIO("what is on its way is not sent again when the clock jumps beyond its lease", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    Bridge bridge{desk};
    bridge.send_and_hold();
    desk.clock.set(desk.clock.now() + 2h);
    bridge.send_and_hold();
    CHECK(bridge.province.said.size() == 1);
    bridge.province.held();
    bridge.settle();
    CHECK(bridge.province.said.size() == 1);
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
}

SCENARIO("a default that was not sent before a timely rating replaced it is not sent any more", "[delivery]") {
    MemoryDesk desk;
    desk.terms.marks_defaults = true;
    desk.settler.emplace(*desk.books, desk.keys, *desk.rules, desk.terms, 60s, desk.nobody);
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto deadline = desk.view(event).evaluation.deadline;
    REQUIRE(desk.settler->sweep(deadline + 60s, 100)->defaulted == 1);
    REQUIRE(desk.rate(event, Level::dissatisfied, deadline - 1s, "", {"209"}).fate == AnswerFate::replaces_default);
    desk.clock.set(deadline + 2min);
    Bridge bridge{desk, 100, 1h, desk.terms};
    bridge.province.services = {listed(desk)};
    bridge.settle();
    REQUIRE(count<ports::RatingMessage>(bridge.province) == 1);
    CHECK(std::get<ports::RatingMessage>(bridge.province.said.back()).level == Level::dissatisfied);
    const auto owed = desk.deliveries();
    CHECK(std::count_if(owed.begin(), owed.end(),
                        [](auto& one) { return one.delivery.held_reason == HeldReason::superseded; }) == 1);
}

SCENARIO("a delivery past its give-up time is parked with its last reason", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    Bridge bridge{desk};
    // Nobody could send for a fortnight: it has its fast attempts all the same.
    desk.clock.set(desk.clock.now() + std::chrono::days{15});
    for (int attempt = 1; attempt <= Backoff{}.fast_attempts; ++attempt) {
        CHECK(desk.deliveries().at(0).delivery.state == DeliveryState::queued);
        bridge.province.answers = {ending(Verdict::again, "系统繁忙")};
        bridge.settle();
        desk.clock.set(desk.clock.now() + 1h);
    }
    const auto owed = desk.deliveries();
    REQUIRE(owed.size() == 1);
    CHECK(owed[0].delivery.state == DeliveryState::parked);
    CHECK(owed[0].delivery.attempts == Backoff{}.fast_attempts);
    CHECK(owed[0].delivery.last_reason.find("系统繁忙") != std::string::npos);
}

SCENARIO("what is still owed of a subject who was erased is parked with that reason (E29)", "[delivery]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event, Desk::completion("C2", {"91370000BBBBBBBB2X"})});
    const auto subject = desk.view(event).subject;
    REQUIRE(desk.store->write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_TRY(const auto erased, tx.subjects().erase(subject.id, subject.lookup, Digest{1}));
        CHECK(erased == 1);
        return {};
    }));
    Bridge bridge{desk};
    bridge.settle();
    for (const auto& one : desk.deliveries()) {
        const bool is_of_erased = one.case_no == "C1";
        CHECK(one.delivery.state == (is_of_erased ? DeliveryState::parked : DeliveryState::delivered));
        if (is_of_erased) CHECK(one.delivery.last_reason.find("已应要求删除") != std::string::npos);
    }
    CHECK(bridge.province.said.size() == 1);
}

SCENARIO("a default is not sent where the province has no mark for it", "[delivery]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    desk.clock.set(desk.view(event).evaluation.deadline + 60s);
    REQUIRE(desk.settler->sweep(desk.clock.now(), 10)->defaulted == 1);
    Bridge bridge{desk};
    bridge.settle();
    CHECK(count<ports::RatingMessage>(bridge.province) == 0);
    CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
}

SCENARIO("an opening of bids releases neither an expert nor an unmarked default", "[delivery]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1");
    event.secrecy = Secrecy::until_opening();
    WHEN("a default was written under the embargo") {
        desk.apply({event});
        desk.clock.set(desk.view(event).evaluation.deadline + 60s);
        REQUIRE(desk.settler->sweep(desk.clock.now(), 10).has_value());
        desk.apply({BidsOpened{"H1", event.project_no, "", desk.clock.now()}});
        Bridge bridge{desk};
        bridge.settle();
        CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
        CHECK(count<ports::RatingMessage>(bridge.province) == 0);
        const auto owed = desk.deliveries();
        CHECK(std::count_if(owed.begin(), owed.end(),
                            [](auto& one) { return one.delivery.held_reason == HeldReason::unmarked_default; }) == 1);
    }
    WHEN("the subject is an expert") {
        event.subjects.front().role = Role::expert;
        desk.apply({event});
        desk.apply({BidsOpened{"H1", event.project_no, "", desk.clock.now()}});
        Bridge bridge{desk};
        bridge.settle();
        CHECK(bridge.province.said.empty());
        REQUIRE(desk.deliveries().size() == 1);
        CHECK(desk.deliveries()[0].delivery.held_reason == HeldReason::expert);
    }
}

SCENARIO("a delivery whose claim another instance took over is left to it and holds up nothing else", "[delivery]") {
    GIVEN("an answer that comes when the lease is over and the other has claimed the delivery") {
        MemoryDesk desk;
        Bridge bridge{desk};
        desk.apply({Desk::completion("C1")});
        bridge.send_and_hold();
        const auto later = desk.clock.now() + 2h;
        REQUIRE(desk.store->write([&](ports::Transaction& rows) -> ports::result<void> {
            HCP_TRY(const auto works,
                    rows.deliveries().claim({desk.books->instance().value() + 1, later, later + 1h, 1}));
            return works.size() == 1 ? ports::result<void>{} : make_error_code(ports::store_errc::conflict);
        }));
        desk.apply({Desk::completion("C2")});
        WHEN("the answer is written down together with the next claim") {
            bridge.province.held();
            bridge.settle();
            THEN("the first stays the other's and the second is delivered") {
                const auto all = desk.deliveries();
                REQUIRE(all.size() == 2);
                CHECK(std::count_if(all.begin(), all.end(),
                                    [](auto& d) { return d.delivery.state == DeliveryState::claimed; }) == 1);
                CHECK(std::count_if(all.begin(), all.end(),
                                    [](auto& d) { return d.delivery.state == DeliveryState::delivered; }) == 1);
                CHECK(count<ports::ServiceMessage>(bridge.province) == 2);
            }
        }
    }
}

SCENARIO("what the province answered is written down however the store fails meanwhile, and nothing is sent twice",
         "[delivery]") {
    const auto error = GENERATE(ports::store_errc::unavailable, ports::store_errc::refused, ports::store_errc::corrupt);
    const int failures = GENERATE(1, 2, 3);
    MemoryDesk desk;
    FailingStore failing{*desk.store};
    failing.error = error;
    const auto number = desk.books->instance();
    desk.books.emplace(failing, desk.digests, desk.ledger_seal, desk.clock, desk.id_clock);
    desk.books->adopt(number);
    Bridge bridge{desk};
    desk.apply({Desk::completion("C1")});
    bridge.send_and_hold();
    desk.apply({Desk::completion("C2")});

    failing.failures = failures;
    bridge.province.held();
    bridge.settle();
    const auto all = desk.deliveries();
    REQUIRE(all.size() == 2);
    for (const auto& one : all) CHECK(one.delivery.state == DeliveryState::delivered);
    CHECK(count<ports::ServiceMessage>(bridge.province) == 2);
    CHECK(failing.failures == 0);
}

namespace {

// Two messages of a year when there was none: one that was tried then, one that was not.
struct AYearAhead : MemoryDesk {
    AYearAhead() {
        clock.set(real + std::chrono::days{365});
        apply({Desk::completion("C1")});
        bridge.emplace(*this);
        bridge->province.answers = {ending(Verdict::again)};
        bridge->settle();
        // Nobody tries the second while it may be tried.
        bridge->between_passes([this] {
            apply({Desk::completion("C2")});
            clock.set(real);
        });
    }
    void check(Bridge& by) {
        by.settle();
        for (const auto& one : deliveries()) {
            CHECK(one.delivery.next_at <= real + backoff.slow_cap);
            CHECK(one.delivery.give_up_at <= real + record::BridgeTerms{}.give_up_after);
        }
        clock.set(real + backoff.slow_cap);
        by.settle();
        for (const auto& one : deliveries()) CHECK(one.delivery.state == DeliveryState::delivered);
    }

    const Instant real = clock.now();
    const domain::Backoff backoff;
    std::optional<Bridge> bridge;
};

}  // namespace

SCENARIO("what a clock that stood a year ahead made wait goes out at most slow_cap after it is put back (E24)",
         "[delivery]") {
    AYearAhead desk;
    desk.bridge->deliver->close();
    Bridge next{desk};
    desk.check(next);
}

SCENARIO("the same under a running instance (E24)", "[delivery]") {
    AYearAhead desk;
    desk.check(*desk.bridge);
}

SCENARIO("an answer judged before the clock was put back, and written down after, waits no longer for that (E24)",
         "[delivery]") {
    MemoryDesk desk;
    const auto real = desk.clock.now();
    desk.clock.set(real + std::chrono::days{365});
    desk.apply({Desk::completion("C1")});
    Bridge bridge{desk};
    bridge.province.answers = {ending(Verdict::again)};
    bridge.send_and_hold();
    bridge.between_passes([&] {
        bridge.province.held();
        bridge.wait_until_judged();
        desk.clock.set(real);
    });
    bridge.settle();
    CHECK(desk.deliveries()[0].delivery.next_at <= real + domain::Backoff{}.slow_cap);
}

SCENARIO("a service whose kind of certificate nobody knew goes out once the province's profile has it (E36)",
         "[delivery]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1");
    event.subjects[0].certificate_kind = "112";
    desk.apply({event});
    const auto put_back = [&] {
        const auto id = desk.deliveries()[0].delivery.id;
        REQUIRE(desk.store->write([&](ports::Transaction& tx) -> ports::result<void> {
            HCP_TRY(const auto n, tx.deliveries().holds().requeue(id, desk.clock.now(), desk.clock.now() + 24h));
            CHECK(n == 1);
            return {};
        }));
    };
    REQUIRE(desk.deliveries()[0].delivery.held_reason == HeldReason::unclassified);
    put_back();
    Bridge{desk}.settle();
    CHECK(desk.deliveries()[0].delivery.held_reason == HeldReason::unclassified);

    record::BridgeTerms terms;
    terms.mapped_certificate_kinds = {"112"};
    put_back();
    Bridge knowing{desk, 100, 1h, terms};
    knowing.settle();
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
    REQUIRE(count<ports::ServiceMessage>(knowing.province) == 1);
    CHECK(std::get<ports::ServiceMessage>(knowing.province.said[0]).subject.certificate_kind == "112");
}

SCENARIO("by a clock that may be wrong no service is said twice, and nothing is given up (E24)", "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    std::atomic<bool> right{true};
    Bridge bridge{desk, 100, 1h, {}, [&] { return right.load(); }};
    bridge.province.answers = {ending(Verdict::ask_first)};
    bridge.settle();
    REQUIRE(count<ports::ServiceMessage>(bridge.province) == 1);
    right = false;
    for (int hour = 1; hour <= 15; ++hour) {
        desk.clock.set(desk.clock.now() + std::chrono::days{1});
        bridge.settle();
    }
    CHECK(count<ports::ServiceMessage>(bridge.province) == 1);
    CHECK(count<ports::ServiceQuery>(bridge.province) == 15);  // asking repeats nothing
    const auto waits = desk.deliveries()[0].delivery;
    CHECK(waits.state == DeliveryState::queued);
    CHECK(waits.last_reason == "系统时钟未经确认，暂不重发办件");
    CHECK(waits.outcome_unknown);
    WHEN("the province has it after all") {
        bridge.province.services = {listed(desk)};
        desk.clock.set(desk.clock.now() + 1h);
        bridge.settle();
        CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
    }
    WHEN("the clock is right") {
        right = true;
        desk.clock.set(desk.clock.now() + 1h);
        bridge.settle();
        CHECK(count<ports::ServiceMessage>(bridge.province) == 2);
        CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
    }
}

SCENARIO("a clock that is set back by mistake makes nobody give up sooner when it is right again (E24)", "[delivery]") {
    MemoryDesk desk;
    const auto real = desk.clock.now();
    desk.apply({Desk::completion("C1")});
    std::atomic<bool> right{true};
    Bridge bridge{desk, 100, 1h, {}, [&] { return right.load(); }};
    bridge.province.answers = {ending(Verdict::again)};
    bridge.settle();
    const auto give_up_at = desk.deliveries()[0].delivery.give_up_at;
    right = false;
    desk.clock.set(real - std::chrono::days{365});
    bridge.settle();
    CHECK(desk.deliveries()[0].delivery.give_up_at == give_up_at);
    CHECK(desk.deliveries()[0].delivery.next_at <= desk.clock.now() + domain::Backoff{}.slow_cap);
    right = true;
    desk.clock.set(real + 1h);
    bridge.settle();
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
}

SCENARIO("how long a province is left alone, counted from a clock that was wrong, is forgotten when it is right (E24)",
         "[delivery]") {
    MemoryDesk desk;
    desk.apply({Desk::completion("C1")});
    std::atomic<bool> right{false};
    Bridge bridge{desk, 1, 30s, {}, [&] { return right.load(); }};
    auto busy = ending(Verdict::again, "系统繁忙");
    busy.retry_after = 24h;  // until a time of day, by a clock that is a year behind
    bridge.province.answers = {busy};
    bridge.pass_and_judge();
    REQUIRE(bridge.deliver->figures().breaker_open);
    desk.clock.set(desk.clock.now() + std::chrono::days{365});
    desk.steady.advance(1s);
    bridge.settle();
    REQUIRE(bridge.province.said.size() == 1);
    right = true;
    bridge.settle();
    desk.steady.advance(30s);
    bridge.settle();
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::delivered);
}
