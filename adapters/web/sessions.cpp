#include "adapters/web/sessions.hpp"

#include "adapters/web/random_text.hpp"

#include <algorithm>

namespace hcp::web {

std::string Sessions::open(ports::SignedOn who, Time now) {
    auto secret = random_hex();
    const run::Lock lock{mutex_};
    if (sessions_.size() >= max_) {
        std::erase_if(sessions_, [&](const auto& entry) { return entry.second.ends <= now; });
        if (sessions_.size() >= max_)
            sessions_.erase(std::min_element(sessions_.begin(), sessions_.end(), [](const auto& a, const auto& b) {
                return a.second.ends < b.second.ends;
            }));
    }
    sessions_.insert_or_assign(secret, Session{std::move(who), now + lives_.idle, now + lives_.longest});
    return secret;
}

std::optional<ports::SignedOn> Sessions::find(std::string_view secret, Time now) {
    const run::Lock lock{mutex_};
    const auto found = sessions_.find(std::string{secret});
    if (found == sessions_.end()) return std::nullopt;
    if (found->second.ends <= now) {
        sessions_.erase(found);
        return std::nullopt;
    }
    found->second.ends = std::min(now + lives_.idle, found->second.ends_at_last);
    return found->second.who;
}

void Sessions::close(std::string_view secret) {
    const run::Lock lock{mutex_};
    sessions_.erase(std::string{secret});
}

}  // namespace hcp::web
