#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

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
    CHECK(desk.figure(Metric::ticket_opened) == 1);
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
