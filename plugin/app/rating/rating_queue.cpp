#include "plugin/app/rating/rating_queue.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace hcp::app {

using namespace record;
using namespace run;

namespace {

void tell(RatingQueue::Done& waiter, RatingOutcome outcome) noexcept {
    const auto done = std::exchange(waiter, nullptr);
    if (!done) return;
    try {
        done(std::move(outcome));
    } catch (...) {
        return;  // no memory for its answer; the others get theirs
    }
}

}  // namespace

// Those of one transaction. Whoever an exception leaves without an outcome does not know what is stored, and nobody is
// left without an answer.
class RatingQueue::Begun {
public:
    Begun() { waiters_.reserve(batch_limit), requests_.reserve(batch_limit), outcomes_.reserve(batch_limit); }
    Begun(const Begun&) = delete;
    Begun& operator=(const Begun&) = delete;
    ~Begun() { tell_all(); }
    void take(Waiting&& one) {
        requests_.push_back(std::move(one.request));
        waiters_.push_back(std::move(one.done));
        outcomes_.emplace_back(InDoubt{});
    }
    void tell_all() noexcept {
        for (std::size_t i = 0; i < waiters_.size(); ++i) tell(waiters_[i], std::move(outcomes_[i]));
    }
    [[nodiscard]] std::span<const RatingRequest> requests() const { return requests_; }
    [[nodiscard]] std::span<RatingOutcome> outcomes() { return outcomes_; }

private:
    std::vector<RatingRequest> requests_;
    std::vector<Done> waiters_;
    std::vector<RatingOutcome> outcomes_;
};

RatingQueue::Place RatingQueue::rate(RatingRequest request, Done done) {
    request.answer = domain::normal(std::move(request.answer));
    Place place = 0;
    bool closed = false;
    {
        const run::Lock lock{mutex_};
        place = next_place_++;
        closed = closed_;
        if (!closed) waiting_.push_back({place, std::move(request), std::move(done)});
    }
    if (closed)
        tell(done, DidNotHappen{});
    else
        pass_.poke();
    return place;
}

bool RatingQueue::take_back(Place place) {
    const run::Lock lock{mutex_};
    const auto found = std::lower_bound(waiting_.begin(), waiting_.end(), place,
                                        [](const Waiting& one, Place sought) { return one.place < sought; });
    if (found == waiting_.end() || found->place != place) return false;
    waiting_.erase(found);
    return true;
}

RatingQueue::Asked RatingQueue::ask(RatingRequest request) {
    auto answer = std::make_shared<std::promise<RatingOutcome>>();
    auto known = answer->get_future();
    const auto place =
        rate(std::move(request), [answer](RatingOutcome outcome) { answer->set_value(std::move(outcome)); });
    return {place, std::move(known)};
}

RatingOutcome RatingQueue::answer_within(Asked& asked, std::chrono::milliseconds limit) {
    using std::future_status;
    if (asked.answer.wait_for(limit) == future_status::ready) return asked.answer.get();
    if (take_back(asked.place)) return DidNotHappen{};
    // It may have ended between the two.
    if (asked.answer.wait_for(std::chrono::milliseconds{0}) == future_status::ready) return asked.answer.get();
    return InDoubt{};
}

void RatingQueue::close() {
    std::deque<Waiting> dropped;
    {
        const run::Lock lock{mutex_};
        closed_ = true;
        dropped.swap(waiting_);
    }
    for (auto& one : dropped) tell(one.done, DidNotHappen{});
}

void RatingQueue::pass() {
    const auto begun = std::make_shared<Begun>();
    bool more = false;
    {
        const run::Lock lock{mutex_};
        for (std::size_t taken = 0; taken < batch_limit && !waiting_.empty(); ++taken) {
            begun->take(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        more = !waiting_.empty();
    }
    if (more) pass_.poke();
    if (begun->requests().empty()) return;
    record(begun->requests(), begun->outcomes());
    tellers_.post([begun] { begun->tell_all(); });
}

void RatingQueue::record(std::span<const RatingRequest> requests, std::span<RatingOutcome> outcomes) {
    auto replies = record_.record(requests);
    if (!replies) {
        // One of them is the poison; the others must not fall with it.
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            if (is_poison(replies.error()) && outcomes.size() > 1)
                record(requests.subspan(i, 1), outcomes.subspan(i, 1));
            else
                outcomes[i] = rating_outcome(replies.error());
        }
        return;
    }
    const auto decided = [](const RatingReply& reply) { return reply.kind == RatingReply::Kind::decided; };
    std::int64_t ratings = 0;
    for (const auto& reply : *replies)
        if (decided(reply) &&
            (reply.fate == domain::AnswerFate::accepted || reply.fate == domain::AnswerFate::replaces_default))
            ratings += reply.view->evaluation.secrecy.counts();
    const bool any_decided = std::any_of(replies->begin(), replies->end(), decided);
    std::move(replies->begin(), replies->end(), outcomes.begin());
    if (any_decided) recorded_(ratings);
}

}  // namespace hcp::app
