#include "plugin/app/rating/rating_queue.hpp"

#include "tests/support/memory_desk.hpp"

#include <semaphore>

using namespace hcp;
using namespace hcp::test;

namespace {

using run::DidNotHappen, run::Failed, run::InDoubt, app::RatingOutcome, app::RatingReply;

// The desk with one worker, which stands still where a test wants it to.
struct Queueing : MemoryDesk {
    Queueing() { apply({first, second}); }
    Queueing(const Queueing&) = delete;
    Queueing& operator=(const Queueing&) = delete;
    ~Queueing() { workers.stop(); }  // before the desk that they work for

    app::RatingRequest request(const Completion& event, const std::string& text = {}) {
        return {token(event), {Level::satisfied, {}, text, Channel::mobile, "k", clock.now()}};
    }
    std::future<RatingOutcome> rate(const Completion& event) { return rating.ask(request(event)).answer; }
    // From now until release() nothing that is posted begins.
    void occupy_worker() {
        workers.post([this] { released.acquire(); });
    }
    void release() { released.release(); }
    void let_worker_finish() {
        std::promise<void> behind;
        workers.post([&] { behind.set_value(); });
        behind.get_future().wait();
    }
    EvaluationState state(const Completion& event) { return view(event).evaluation.state; }

    Completion first = completion("C1"), second = completion("C2", {"91370000BBBBBBBB2X"});
    std::atomic<std::size_t> recorded = 0;
    std::function<void()> when_recorded = [] {};
    std::binary_semaphore released{0}, stored{0};
    run::Workers tellers{1, log}, workers{1, log};
    app::RatingQueue rating{*recorder, workers, tellers, [this](std::size_t n) {
                                recorded += n;
                                when_recorded();
                            }};
};

AnswerFate fate_of(const RatingOutcome& outcome) {
    REQUIRE(std::holds_alternative<RatingReply>(outcome));
    return std::get<RatingReply>(outcome).fate;
}

}  // namespace

SCENARIO("of answers that share a transaction, one that cannot be stored fails alone", "[rating]") {
    Queueing desk;
    desk.lose_key(desk.first);
    desk.occupy_worker();
    auto broken = desk.rating.ask(desk.request(desk.first, "窗口等候时间长")).answer;
    auto sound = desk.rate(desk.second);
    desk.release();

    const auto failed = broken.get();
    REQUIRE(std::holds_alternative<Failed>(failed));
    CHECK(std::get<Failed>(failed).why.category() == ports::crypto_category());
    CHECK(fate_of(sound.get()) == AnswerFate::accepted);
    CHECK(desk.recorded == 1);
    CHECK(desk.state(desk.second) == EvaluationState::rated);
    CHECK(desk.state(desk.first) == EvaluationState::open);
}

SCENARIO("a rating that still waits at its limit is taken back: it did not happen and never will", "[rating]") {
    Queueing desk;
    desk.occupy_worker();
    auto late = desk.rating.ask(desk.request(desk.first));
    const auto place = late.place;
    auto other = desk.rate(desk.second);
    CHECK(std::holds_alternative<DidNotHappen>(desk.rating.answer_within(late, 0ms)));
    CHECK_FALSE(desk.rating.take_back(place));
    desk.release();
    CHECK(fate_of(other.get()) == AnswerFate::accepted);
    desk.let_worker_finish();
    CHECK(desk.state(desk.first) == EvaluationState::open);
    CHECK(desk.recorded == 1);
}

SCENARIO("a rating that has begun and is not answered at its limit is in doubt", "[rating]") {
    Queueing desk;
    desk.when_recorded = [&] {
        desk.stored.release();
        desk.released.acquire();
    };
    auto asked = desk.rating.ask(desk.request(desk.first));
    const auto place = asked.place;
    desk.stored.acquire();
    CHECK_FALSE(desk.rating.take_back(place));
    CHECK(std::holds_alternative<InDoubt>(desk.rating.answer_within(asked, 0ms)));
    desk.release();
    desk.let_worker_finish();
    THEN("the same rating again tells what came of it") {
        desk.when_recorded = [] {};
        CHECK(fate_of(desk.rate(desk.first).get()) == AnswerFate::repeated);
    }
}

SCENARIO("a closed desk answers all that waits; what has begun ends as it ends", "[rating]") {
    Queueing desk;
    desk.when_recorded = [&] {
        desk.stored.release();
        desk.released.acquire();
    };
    auto begun = desk.rate(desk.first);
    desk.stored.acquire();
    auto waiting = desk.rate(desk.second);
    desk.rating.close();
    CHECK(std::holds_alternative<DidNotHappen>(waiting.get()));
    CHECK(std::holds_alternative<DidNotHappen>(desk.rate(desk.second).get()));
    desk.release();
    CHECK(fate_of(begun.get()) == AnswerFate::accepted);
    desk.workers.stop();
    CHECK(desk.state(desk.second) == EvaluationState::open);
}

SCENARIO("tellers that are stopped with answers in hand tell them all the same", "[rating]") {
    Queueing desk;
    std::binary_semaphore telling{0}, stopped{0};
    desk.tellers.post([&] {
        telling.release();
        stopped.acquire();
    });
    telling.acquire();
    auto stored = desk.rate(desk.first);
    desk.let_worker_finish();
    CHECK(desk.state(desk.first) == EvaluationState::rated);
    CHECK_FALSE(desk.tellers.stop_within(0ms));
    CHECK(fate_of(stored.get()) == AnswerFate::accepted);
    stopped.release();
}

SCENARIO("a desk that ends leaves nobody without an answer", "[rating]") {
    Queueing desk;
    desk.workers.stop();
    std::future<RatingOutcome> waiting;
    {
        app::RatingQueue ending{*desk.recorder, desk.workers, desk.tellers, [](std::size_t) {}};
        waiting = ending.ask(desk.request(desk.first)).answer;
    }
    CHECK(std::holds_alternative<DidNotHappen>(waiting.get()));
}

SCENARIO("an exception behind what is stored takes nobody's answer, and the next is served", "[rating]") {
    Queueing desk;
    desk.when_recorded = [] { throw std::runtime_error{"内存不足"}; };
    CHECK(fate_of(desk.rate(desk.first).get()) == AnswerFate::accepted);
    desk.when_recorded = [] {};
    CHECK(fate_of(desk.rate(desk.second).get()) == AnswerFate::accepted);
    CHECK(desk.state(desk.first) == EvaluationState::rated);
}

SCENARIO("what the store says decides whether it happened", "[rating]") {
    using ports::store_errc;
    const auto of = [](auto error) { return app::rating_outcome(make_error_code(error)); };
    CHECK(std::holds_alternative<DidNotHappen>(of(store_errc::unavailable)));
    CHECK(std::holds_alternative<DidNotHappen>(of(store_errc::conflict)));
    CHECK(std::holds_alternative<InDoubt>(of(store_errc::in_doubt)));
    CHECK(std::holds_alternative<Failed>(of(store_errc::refused)));
    CHECK(std::holds_alternative<Failed>(of(store_errc::corrupt)));
    CHECK(std::holds_alternative<Failed>(of(ports::crypto_errc::unauthentic)));
}
