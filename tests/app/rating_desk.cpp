#include "plugin/app/rating_desk.hpp"

#include "tests/app/lost_keys.hpp"

#include <future>

using namespace hcp;
using namespace hcp::test;

SCENARIO("of answers that share a transaction, one that cannot be stored fails alone", "[rating]") {
    Desk desk;
    const auto broken = Desk::completion("C1"), sound = Desk::completion("C2", {"91370000BBBBBBBB2X"});
    desk.apply({broken, sound});
    lose_keys(desk, "C1");

    app::Workers workers{1, desk.log};
    std::atomic<std::size_t> recorded = 0;
    app::RatingDesk rating{*desk.recorder, workers, [&](std::size_t n) { recorded += n; }};
    std::promise<void> gathered;
    workers.post([&] { gathered.get_future().wait(); });
    std::vector<std::future<ports::result<app::RatingReply>>> replies;
    for (const auto* event : {&broken, &sound}) {
        auto answer = std::make_shared<std::promise<ports::result<app::RatingReply>>>();
        replies.push_back(answer->get_future());
        rating.rate({desk.token(*event), {Level::satisfied, {}, "", Channel::mobile, "k", desk.clock.now()}},
                    [answer](ports::result<app::RatingReply> reply) { answer->set_value(std::move(reply)); });
    }
    gathered.set_value();

    const auto failed = replies[0].get();
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().category() == ports::crypto_category());
    const auto stored = replies[1].get();
    REQUIRE(stored.has_value());
    CHECK(stored->fate == AnswerFate::accepted);
    CHECK(recorded == 1);
    CHECK(desk.view(sound).evaluation.state == EvaluationState::rated);
    CHECK(desk.view(broken).evaluation.state == EvaluationState::open);
}
