#include "plugin/app/rating_desk.hpp"

#include <algorithm>

namespace hcp::app {

void RatingDesk::rate(RatingRequest request, Done done) {
    {
        const std::lock_guard lock{mutex_};
        waiting_.emplace_back(std::move(request), std::move(done));
    }
    pass_.poke();
}

void RatingDesk::pass() {
    std::vector<RatingRequest> requests;
    std::vector<Done> waiters;
    bool more = false;
    {
        const std::lock_guard lock{mutex_};
        const auto taken = std::min(waiting_.size(), batch_limit);
        for (std::size_t i = 0; i < taken; ++i) {
            requests.push_back(std::move(waiting_[i].first));
            waiters.push_back(std::move(waiting_[i].second));
        }
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(taken));
        more = !waiting_.empty();
    }
    if (requests.empty()) return;
    record(std::span<const RatingRequest>{requests}, std::span<const Done>{waiters});
    if (more) pass_.poke();
}

void RatingDesk::record(std::span<const RatingRequest> requests, std::span<const Done> waiters) {
    auto replies = record_.record(requests);
    if (!replies) {
        // One of them is the poison; the others must not fall with it.
        for (std::size_t i = 0; i < waiters.size(); ++i) {
            if (is_poison(replies.error()) && waiters.size() > 1)
                record(requests.subspan(i, 1), waiters.subspan(i, 1));
            else
                waiters[i](replies.error());
        }
        return;
    }
    const auto decided = [](const RatingReply& reply) { return reply.kind == RatingReply::Kind::decided; };
    std::int64_t ratings = 0;
    for (const auto& reply : *replies)
        if (decided(reply) &&
            (reply.fate == domain::AnswerFate::accepted || reply.fate == domain::AnswerFate::replaces_default))
            ratings += reply.view->evaluation.secrecy.counts();
    if (std::any_of(replies->begin(), replies->end(), decided)) recorded_(ratings);
    for (std::size_t i = 0; i < waiters.size(); ++i) waiters[i](std::move((*replies)[i]));
}

}  // namespace hcp::app
