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
    auto replies = record_.record(std::span<const RatingRequest>{requests});
    if (replies) {
        const auto decided = [](const RatingReply& reply) { return reply.kind == RatingReply::Kind::decided; };
        const auto counts = [&](const RatingReply& reply) {
            return decided(reply) &&
                   (reply.fate == domain::AnswerFate::accepted || reply.fate == domain::AnswerFate::replaces_default) &&
                   !reply.view->evaluation.embargoed;
        };
        if (std::any_of(replies->begin(), replies->end(), decided))
            recorded_(static_cast<std::size_t>(std::count_if(replies->begin(), replies->end(), counts)));
    }
    for (std::size_t i = 0; i < waiters.size(); ++i) {
        if (replies) {
            waiters[i](std::move((*replies)[i]));
        } else {
            waiters[i](replies.error());
        }
    }
    if (more) pass_.poke();
}

}  // namespace hcp::app
