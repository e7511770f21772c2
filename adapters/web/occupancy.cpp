#include "adapters/web/occupancy.hpp"

#include <algorithm>

namespace hcp::web {
namespace {

constexpr std::size_t least_share = 8;  // what one browser opens, and a reload of its page

}  // namespace

bool Occupancy::has_its_share(const std::string& group) const {
    const auto found = groups_.find(group);
    if (group.empty() || found == groups_.end()) return false;
    const auto free = places_ - std::min(places_, ones_.size());
    return found->second.size >= least_share && found->second.size * 3 >= free;
}

std::optional<Occupancy::Id> Occupancy::evict_from(const Waiting& waiting) {
    if (waiting.empty()) return std::nullopt;
    const auto id = waiting.front();
    leaves(id);
    return id;
}

std::optional<Occupancy::Id> Occupancy::evict() {
    return evict_from(waiting_);
}

Occupancy::Arrival Occupancy::arrive(const std::string& group, Doing doing) {
    Arrival arrival;
    if (has_its_share(group)) {
        arrival.evicted = evict_from(groups_.find(group)->second.waiting);
        if (!arrival.evicted) arrival.refusal = Refusal::share;
    } else if (ones_.size() >= places_) {
        arrival.evicted = evict();
        if (!arrival.evicted) arrival.refusal = Refusal::full;
    }
    if (arrival.refusal != Refusal::none) return arrival;
    arrival.id = ++last_;
    const auto of = groups_.try_emplace(group).first;
    ++of->second.size;
    ++doing_[static_cast<std::size_t>(doing)];
    auto& one = ones_.emplace(arrival.id, One{doing, of, {}, {}}).first->second;
    if (doing != Doing::request) waits(arrival.id, one);
    return arrival;
}

void Occupancy::becomes(Id id, Doing doing) {
    const auto found = ones_.find(id);
    if (found == ones_.end()) return;
    auto& one = found->second;
    if (one.doing != Doing::request) waits_no_more(one);
    --doing_[static_cast<std::size_t>(one.doing)];
    ++doing_[static_cast<std::size_t>(doing)];
    one.doing = doing;
    if (doing != Doing::request) waits(id, one);
}

void Occupancy::leaves(Id id) {
    const auto found = ones_.find(id);
    if (found == ones_.end()) return;
    auto& one = found->second;
    if (one.doing != Doing::request) waits_no_more(one);
    --doing_[static_cast<std::size_t>(one.doing)];
    if (--one.group->second.size == 0) groups_.erase(one.group);
    ones_.erase(found);
}

void Occupancy::waits(Id id, One& one) {
    one.of_all = waiting_.insert(waiting_.end(), id);
    one.of_group = one.group->second.waiting.insert(one.group->second.waiting.end(), id);
}

void Occupancy::waits_no_more(One& one) {
    waiting_.erase(one.of_all);
    one.group->second.waiting.erase(one.of_group);
}

}  // namespace hcp::web
