#include "adapters/host/line_limit.hpp"

#include <algorithm>

namespace hcp::host {

bool LineLimit::admits(std::string_view kind, Time now) {
    auto found = minutes_.find(kind);
    if (found == minutes_.end()) {
        if (minutes_.size() == most_kinds) return true;
        found = minutes_.emplace(kind, Minute{now + span}).first;
    }
    return ++found->second.lines <= most_of_a_kind;
}

std::vector<LineLimit::LeftOut> LineLimit::over_by(Time now) {
    std::vector<LeftOut> over;
    for (auto at = minutes_.begin(); at != minutes_.end();) {
        const auto& [kind, minute] = *at;
        if (minute.ends > now) {
            ++at;
            continue;
        }
        if (minute.lines > most_of_a_kind) over.push_back({kind, minute.lines - most_of_a_kind});
        at = minutes_.erase(at);
    }
    return over;
}

LineLimit::Time LineLimit::next_end() const {
    auto next = Time::max();
    for (const auto& [kind, minute] : minutes_) next = std::min(next, minute.ends);
    return next;
}

}  // namespace hcp::host
