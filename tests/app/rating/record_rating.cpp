#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// As if the bridge had sent the one service that is owed.
void deliver_service(Desk& desk) {
    const auto done = desk.store->write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_TRY(const auto works, tx.deliveries().claim({1, desk.clock.now(), desk.clock.now() + 60s, 1}));
        ports::DeliveryMark mark;
        mark.id = works.at(0).delivery.id;
        mark.evaluation_id = works[0].evaluation.id;
        mark.state = DeliveryState::delivered;
        mark.at = mark.next_at = desk.clock.now();
        return tx.deliveries().mark(1, std::span{&mark, 1});
    });
    REQUIRE(done.has_value());
}

}  // namespace

SCENARIO("one microsecond before the deadline an answer counts, at the deadline it does not (E3)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto deadline = desk.view(event).evaluation.deadline;
    WHEN("received one microsecond before") {
        const auto reply = desk.rate(event, Level::satisfied, deadline - 1us);
        CHECK(reply.fate == AnswerFate::accepted);
        CHECK(desk.view(event).evaluation.state == EvaluationState::rated);
    }
    WHEN("received at the deadline") {
        const auto reply = desk.rate(event, Level::satisfied, deadline);
        CHECK(reply.fate == AnswerFate::late);
        CHECK(desk.view(event).evaluation.state == EvaluationState::open);
        CHECK(desk.figure(Metric::comment_late) == 1);
        CHECK(desk.figure(Metric::authored_4) == 0);
    }
}

SCENARIO("an answer received in time but committed after the default replaces it, and both stay in the store (E3)",
         "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto deadline = desk.view(event).evaluation.deadline;
    desk.clock.set(deadline + 60s);
    REQUIRE(desk.settler->sweep(desk.clock.now(), 100)->defaulted == 1);
    CHECK(desk.figure(Metric::default_5) == 1);

    const auto reply = desk.rate(event, Level::dissatisfied, deadline - 1us, "窗口排队时间太长，请改进。");
    CHECK(reply.fate == AnswerFate::replaces_default);
    const auto view = desk.view(event);
    CHECK(view.evaluation.state == EvaluationState::rated);
    REQUIRE(view.rating);
    CHECK(view.rating->origin == Origin::authored);
    CHECK(view.rating->revision == 2);
    CHECK(desk.figure(Metric::default_5) == 0);
    CHECK(desk.figure(Metric::authored_2) == 1);
    CHECK(desk.figure(Metric::ticket_opened) == 1);
    THEN("a second late one does not") {
        CHECK(desk.rate(event, Level::satisfied, deadline - 2us, "", {}, "other").fate == AnswerFate::already_rated);
    }
}

SCENARIO("the first valid answer wins; the identical request gets the same answer (E12)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto now = desk.clock.now();
    CHECK(desk.rate(event, Level::satisfied, now, "", {}, "k1").fate == AnswerFate::accepted);
    CHECK(desk.rate(event, Level::satisfied, now + 5s, "", {}, "k1").fate == AnswerFate::repeated);
    CHECK(desk.rate(event, Level::very_satisfied, now, "", {}, "k1").fate == AnswerFate::already_rated);
    CHECK(desk.rate(event, Level::satisfied, now, "", {}, "k2").fate == AnswerFate::already_rated);
    CHECK(desk.view(event).rating->level == Level::satisfied);
    CHECK(desk.deliveries().size() == 2);
}

SCENARIO("two answers to one evaluation in one batch: the first stands", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    std::vector<app::RatingRequest> both(
        2, app::RatingRequest{desk.token(event), {Level::satisfied, {}, {}, Channel::mobile, "a", desk.clock.now()}});
    both[1].answer.request_key = "b";
    const auto replies = desk.recorder->record(std::span<const app::RatingRequest>{both});
    REQUIRE(replies.has_value());
    CHECK((*replies)[0].fate == AnswerFate::accepted);
    CHECK((*replies)[1].fate == AnswerFate::already_rated);
}

SCENARIO("a late answer twice in one batch is one comment with one care ticket (E12, E13)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto late = desk.view(event).evaluation.deadline;
    const std::vector<app::RatingRequest> both(
        2, app::RatingRequest{desk.token(event), {Level::dissatisfied, {"209"}, {}, Channel::mobile, "a", late}});
    REQUIRE(desk.recorder->record(std::span<const app::RatingRequest>{both}).has_value());
    CHECK(desk.figure(Metric::comment_late) == 1);
    CHECK(desk.figure(Metric::care_ticket_opened) == 1);
}

SCENARIO("a first tap in time that comes behind the default replaces it as it is (E3, E9)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto deadline = desk.view(event).evaluation.deadline;
    REQUIRE(desk.settler->sweep(deadline + 60s, 100)->defaulted == 1);
    CHECK(desk.rate(event, Level::dissatisfied, deadline - 1us, "", {}, "d1", app::Intent::draft).fate ==
          AnswerFate::replaces_default);
    const auto view = desk.view(event);
    CHECK(view.evaluation.state == EvaluationState::rated);
    REQUIRE(view.rating);
    CHECK(view.rating->origin == Origin::authored);
    CHECK(view.rating->incomplete);
    CHECK(desk.figure(Metric::default_5) == 0);
}

SCENARIO("a bad review must be concrete, and opens exactly one ticket with its two deadlines (M8.2, M2.3, E6)",
         "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto friday = at(2026, 9, 25, 10h);  // Mid-Autumn: a day off
    const auto bare = desk.rate(event, Level::dissatisfied, friday);
    REQUIRE(bare.fault);
    CHECK(bare.fault->field == "tags");
    CHECK(desk.view(event).evaluation.state == EvaluationState::open);
    const auto wrong = desk.rate(event, Level::dissatisfied, friday, "", {"510"});
    REQUIRE(wrong.fault);
    CHECK(wrong.fault->field == "tags");

    CHECK(desk.rate(event, Level::dissatisfied, friday, "", {"209"}).fate == AnswerFate::accepted);
    const auto tickets = desk.tickets();
    REQUIRE(tickets.size() == 1);
    const auto* ticket = &tickets.front();
    CHECK(ticket->evaluation_id == desk.view(event).evaluation.id);
    CHECK(ticket->contact_deadline == at(2026, 9, 29, 0h));   // 09-28 24:00
    CHECK(ticket->rectify_deadline == at(2026, 10, 10, 0h));  // 09-28, 29, 30, 10-08, 10-09
}

SCENARIO("基本满意 is no bad review (M8.1)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    CHECK(desk.rate(event, Level::basically_satisfied, desk.clock.now()).fate == AnswerFate::accepted);
    CHECK(desk.figure(Metric::ticket_opened) == 0);
}

SCENARIO("nobody but a subject of the case has a link to it (M3.2)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    auto stranger = event;
    stranger.subjects[0].certificate_no = "91370000CCCCCCCC3X";
    CHECK(desk.rate(stranger, Level::satisfied, desk.clock.now()).kind == app::RatingReply::Kind::no_such_evaluation);
}

SCENARIO("what was said can be read again by its author", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const std::string said = "工作人员耐心细致独一无二";
    desk.rate(event, Level::very_satisfied, desk.clock.now(), said, {"517"});
    const auto facts = desk.show->by_token(desk.token(event), desk.clock.now());
    REQUIRE(facts.has_value());
    REQUIRE(*facts);
    REQUIRE((*facts)->rating);
    CHECK((*facts)->rating->text == said);
    CHECK((*facts)->rating->tags == std::vector<std::string>{"服务热情效率高"});
    CHECK((*facts)->rating->receipt.size() == 14);
}

SCENARIO("a default is replaced within 24 hours of its deadline, and is final then (E53)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto deadline = desk.view(event).evaluation.deadline;
    REQUIRE(desk.settler->sweep(deadline + 60s, 100)->defaulted == 1);
    WHEN("a bad one is committed in time, its ticket's clocks start when the centre could first know") {
        desk.clock.set(deadline + 23h);
        CHECK(desk.rate(event, Level::dissatisfied, deadline - 1h, "", {"209"}).fate == AnswerFate::replaces_default);
        const auto tickets = desk.tickets();
        REQUIRE(tickets.size() == 1);
        CHECK(tickets[0].received_at == desk.clock.now());
        CHECK(*tickets[0].contact_deadline > desk.clock.now());
    }
    WHEN("it is committed 100 days later, it is a comment with a care ticket") {
        desk.clock.set(deadline + std::chrono::days{100});
        const auto reply = desk.rate(event, Level::dissatisfied, deadline - 1h, "", {"209"});
        CHECK(reply.fate == AnswerFate::late);
        CHECK(reply.comment_kept);
        CHECK(desk.view(event).evaluation.state == EvaluationState::defaulted);
        CHECK(desk.figure(Metric::ticket_opened) == 0);
        CHECK(desk.figure(Metric::care_ticket_opened) == 1);
        CHECK_FALSE(desk.tickets().at(0).contact_deadline);
    }
}

SCENARIO("what comes late is one comment, which its author may say anew, with one care ticket (E13)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto deadline = desk.view(event).evaluation.deadline;
    REQUIRE(desk.settler->sweep(deadline + 60s, 100)->defaulted == 1);
    desk.clock.set(deadline + 1h);
    const auto say = [&](std::optional<Level> level, const std::string& text, const std::string& key) {
        const app::RatingRequest request{desk.token(event), {level, {}, text, Channel::mobile, key, desk.clock.now()}};
        const auto replies = desk.recorder->record(std::span{&request, 1});
        REQUIRE(replies.has_value());
        return replies->front();
    };
    const auto stands = [&] {
        const auto facts = desk.show->by_token(desk.token(event), desk.clock.now());
        REQUIRE(facts.has_value());
        REQUIRE((*facts)->comments.size() == 1);
        return (*facts)->comments.front();
    };
    CHECK(say(Level::satisfied, "", "a").comment_kept);
    CHECK(desk.figure(Metric::care_ticket_opened) == 0);
    for (int i = 0; i < 28; ++i) CHECK(say(Level::dissatisfied, "又想起一点", std::to_string(i)).comment_kept);
    CHECK(desk.figure(Metric::comment_late) == 1);
    CHECK(desk.figure(Metric::care_ticket_opened) == 1);
    CHECK(desk.tickets().size() == 1);
    CHECK(stands().revision == 29);

    THEN("words alone will do") {
        CHECK(say({}, "不再补充", "w").comment_kept);
        CHECK_FALSE(stands().level);
        CHECK(stands().text == "不再补充");
        CHECK(desk.tickets().size() == 1);
    }
    THEN("nothing at all will not, nor a reason without its level") {
        CHECK(say({}, " ​ ", "w").fault->field == "comment");
        const app::RatingRequest tagged{desk.token(event), {{}, {"209"}, "x", Channel::mobile, "t", desk.clock.now()}};
        const auto replies = desk.recorder->record(std::span{&tagged, 1});
        REQUIRE(replies.has_value());
        CHECK(replies->front().fault->field == "level");
    }
    THEN("the same again is no revision, also when others came between (E12)") {
        say(Level::dissatisfied, "又想起一点", "3");
        CHECK(stands().revision == 29);
    }
}

SCENARIO("a rating has a level, whatever a comment may do without", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    for (const auto intent : {app::Intent::submit, app::Intent::draft}) {
        const app::RatingRequest bare{
            desk.token(event), {{}, {}, "只有话", Channel::mobile, "k", desk.clock.now()}, intent};
        const auto replies = desk.recorder->record(std::span{&bare, 1});
        REQUIRE(replies.has_value());
        REQUIRE(replies->front().fault);
        CHECK(replies->front().fault->field == "level");
    }
}

SCENARIO("while a window is provisional an answer counts, however late (E50)", "[rating]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1");
    event.completed_at = at(2027, 2, 3);
    desk.clock.set(event.completed_at);
    desk.apply({event});
    const auto& evaluation = desk.view(event).evaluation;
    REQUIRE(evaluation.provisional);
    desk.clock.set(evaluation.deadline + std::chrono::days{20});
    CHECK(desk.settler->sweep(desk.clock.now(), 100)->defaulted == 0);
    CHECK(desk.rate(event, Level::satisfied, desk.clock.now()).fate == AnswerFate::accepted);
}

SCENARIO("an answer that was received before a withdrawal and is written after it is kept, and marked (E56)",
         "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto received = desk.clock.now();
    const auto withdrawn = received + 10s;
    GIVEN("nobody had answered") {
        desk.clock.set(withdrawn + 1min);
        desk.apply({Withdrawal{event.key, withdrawn, "重新办理"}});
        CHECK(desk.view(event).evaluation.state == EvaluationState::voided);
        CHECK(desk.rate(event, Level::dissatisfied, received, "", {"209"}).fate == AnswerFate::accepted);
        const auto view = desk.view(event);
        CHECK(view.evaluation.state == EvaluationState::rated);
        CHECK(view.evaluation.withdrawn);
        CHECK(view.rating->level == Level::dissatisfied);
        CHECK(desk.figure(Metric::authored_2) == 0);
        CHECK(desk.figure(Metric::withdrawn_after_rating) == 1);
        CHECK(desk.figure(Metric::voided) == 0);
        CHECK(desk.figure(Metric::ticket_opened) == 1);  // never off the desk (E40)
        THEN("neither message leaves, for nothing had left") {
            for (const auto& one : desk.deliveries())
                if (one.delivery.kind != DeliveryKind::withdrawal)
                    CHECK(one.delivery.held_reason == HeldReason::withdrawn);
        }
        THEN("what comes after it is a comment") {
            CHECK(desk.rate(event, Level::satisfied, withdrawn, "", {}, "k2").fate == AnswerFate::already_rated);
        }
    }
    GIVEN("a default stood") {
        const auto deadline = desk.view(event).evaluation.deadline;
        desk.clock.set(deadline + 1h);
        REQUIRE(desk.settler->sweep(desk.clock.now(), 100)->defaulted == 1);
        desk.apply({Withdrawal{event.key, desk.clock.now(), "重新办理"}});
        CHECK(desk.figure(Metric::withdrawn_after_rating) == 0);  // nobody had rated
        WHEN("it comes within 24 hours of the deadline") {
            CHECK(desk.rate(event, Level::satisfied, deadline - 1us).fate == AnswerFate::replaces_default);
            CHECK(desk.view(event).evaluation.withdrawn);
            CHECK(desk.figure(Metric::withdrawn_after_rating) == 1);
        }
        WHEN("it comes later") {
            desk.clock.set(deadline + 24h);
            CHECK(desk.rate(event, Level::satisfied, deadline - 1us).fate == AnswerFate::late);
        }
    }
    GIVEN("the service had left") {
        deliver_service(desk);
        desk.clock.set(withdrawn + 1min);
        desk.apply({Withdrawal{event.key, withdrawn, "重新办理"}});
        CHECK(desk.rate(event, Level::satisfied, received).fate == AnswerFate::accepted);
        const auto all = desk.deliveries();
        CHECK(std::count_if(all.begin(), all.end(), [](const auto& one) {
                  return one.delivery.kind == DeliveryKind::rating && one.delivery.state == DeliveryState::queued;
              }) == 1);
    }
}

SCENARIO("what was begun and is bad is not lost with a withdrawal (E40)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    for (const auto level : {Level::satisfied, Level::very_dissatisfied})
        WHEN("the draft says " + std::string{text_of(level)}) {
            desk.rate(event, level, desk.clock.now(), "", {}, "", app::Intent::draft);
            desk.apply({Withdrawal{event.key, desk.clock.now() + 1s, "重新办理"}});
            const auto view = desk.view(event);
            CHECK(view.evaluation.state == EvaluationState::voided);
            CHECK_FALSE(view.draft);
            CHECK(desk.figure(Metric::care_ticket_opened) == is_bad(level));
            CHECK(desk.figure(Metric::comment_late) == is_bad(level));
            CHECK(desk.figure(Metric::ticket_opened) == 0);
        }
    WHEN("it was tapped before the withdrawal and is written after it") {
        desk.apply({Withdrawal{event.key, desk.clock.now() + 1s, "重新办理"}});
        const auto reply = desk.rate(event, Level::dissatisfied, desk.clock.now(), "", {}, "", app::Intent::draft);
        CHECK(reply.fate == AnswerFate::voided);
        CHECK(reply.comment_kept);
        CHECK(desk.figure(Metric::care_ticket_opened) == 1);
    }
}

SCENARIO("a draft that changed carries its last tap, and is as if never tapped once it is taken back (E55)",
         "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto tapped = desk.clock.now();
    const auto tap = [&](Level level, std::chrono::seconds later) {
        CHECK(desk.rate(event, level, tapped + later, "", {}, "", app::Intent::draft).kind ==
              app::RatingReply::Kind::drafted);
    };
    tap(Level::very_satisfied, 0s), tap(Level::very_dissatisfied, 1s), tap(Level::very_satisfied, 2s);
    const auto deadline = desk.view(event).evaluation.deadline;
    WHEN("it is left so") {
        REQUIRE(desk.settler->sweep(deadline + 60s, 100)->from_drafts == 1);
        const auto rating = *desk.view(event).rating;
        CHECK(rating.received_at == tapped + 2s);
        CHECK(rating.unsubmitted);
        CHECK(desk.figure(Metric::unsubmitted_5) == 1);
        CHECK(desk.figure(Metric::authored_5) == 0);
        CHECK(desk.figure(Metric::default_5) == 0);
    }
    WHEN("it is taken back") {
        CHECK(desk.rate(event, {}, tapped + 3s, "", {}, "", app::Intent::take_back).kind ==
              app::RatingReply::Kind::drafted);
        CHECK_FALSE(desk.view(event).draft);
        REQUIRE(desk.settler->sweep(deadline + 60s, 100)->defaulted == 1);
        CHECK(desk.figure(Metric::default_5) == 1);
    }
}

SCENARIO("where raters must give their name, an answer without one is refused, naming what to do (E7)", "[rating]") {
    MemoryDesk desk;
    auto strict = *desk.rules->current();
    auto policy = strict.policies.versions().front();
    policy.identity = Identity::real_name;
    strict.policies = PolicyBook{{policy}};
    desk.rules->replace(std::make_shared<const record::Rules>(strict));
    const auto event = Desk::completion("C1");
    desk.apply({event});
    app::RatingRequest request{desk.token(event), {Level::satisfied, {}, {}, Channel::qr, "k", desk.clock.now()}};
    request.real_name = false;
    const auto refused = desk.recorder->record(std::span{&request, 1});
    REQUIRE(refused.has_value());
    REQUIRE(refused->at(0).fault);
    CHECK(refused->at(0).fault->field == "real_name");
    CHECK(desk.view(event).evaluation.state == EvaluationState::open);
    request.real_name = true;
    CHECK(desk.recorder->record(std::span{&request, 1})->at(0).fate == AnswerFate::accepted);
}
