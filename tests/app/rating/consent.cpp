#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

struct Rating : MemoryDesk {
    Rating() { apply({event}); }
    app::RatingReply give(Level level, Consent consent, const std::string& key = "k") {
        app::RatingRequest request{token(event),
                                   {level, {}, "等了三个小时，没有人理会", Channel::mobile, key, clock.now()}};
        request.answer.consent = std::move(consent);
        request.answer = normal(std::move(request.answer));
        const auto replies = recorder->record(std::span{&request, 1});
        REQUIRE(replies.has_value());
        return replies->front();
    }
    [[nodiscard]] Consent stored() {
        const auto facts = show->by_token(token(event), clock.now());
        REQUIRE(facts.has_value());
        return (*facts)->rating->consent;
    }
    [[nodiscard]] std::vector<ports::RatingConsentRow> rows_of_it() {
        return ask([](ports::Snapshot& all) { return all.ratings().consents_after(RatingId{}, 10); });
    }

    const Completion event = Desk::completion("C1");
};

}  // namespace

SCENARIO("nobody agrees to anything by silence (E7)", "[rating]") {
    Rating desk;
    CHECK(desk.give(Level::dissatisfied, {}).fate == AnswerFate::accepted);
    CHECK(desk.rows_of_it().empty());
    CHECK(desk.stored() == Consent{});
}

SCENARIO("a rater may be called about a bad review, at a number that is sealed (E7)", "[rating]") {
    Rating desk;
    GIVEN("a number of his own, in the width of his keyboard") {
        CHECK(desk.give(Level::dissatisfied, {true, true, "１３９ 0000 0000"}).consent ==
              Consent{true, true, "13900000000"});
        CHECK(desk.stored() == Consent{true, true, "13900000000"});
        const auto row = desk.rows_of_it().at(0);
        const std::string sealed{row.sealed_phone.begin(), row.sealed_phone.end()};
        CHECK_FALSE(sealed.empty());
        CHECK(row.phone_digest != no_digest);
    }
    GIVEN("none: at the one that came with the completion") {
        desk.give(Level::dissatisfied, {false, true, ""});
        CHECK(desk.stored() == Consent{false, true, ""});
    }
    GIVEN("what is no number, or one without the word that it may be used") {
        for (const Consent& wrong :
             {Consent{false, true, "call me"}, Consent{false, true, "12345"},
              Consent{false, true, "139000000001390000000013900000000"}, Consent{false, false, "13900000000"}}) {
            const auto reply = desk.give(Level::dissatisfied, wrong);
            REQUIRE(reply.fault);
            CHECK(reply.fault->field == "phone");
        }
    }
    GIVEN("a good review: there is nothing to call about, and no number is kept") {
        desk.give(Level::satisfied, {true, true, "13900000000"});
        CHECK(desk.stored() == Consent{true, false, ""});
    }
}

SCENARIO("the same answer with another consent is another answer (E12)", "[rating]") {
    Rating desk;
    desk.give(Level::dissatisfied, {false, true, ""});
    CHECK(desk.give(Level::dissatisfied, {false, true, ""}).fate == AnswerFate::repeated);
    CHECK(desk.give(Level::dissatisfied, {true, true, ""}).fate == AnswerFate::already_rated);
}
