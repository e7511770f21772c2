#include "plugin/domain/fellow_clocks.hpp"

#include <algorithm>

namespace hcp::domain {

void FellowClocks::look(std::span<const Told> told, Instant before, Instant after) {
    std::erase_if(fellows_, [&](const auto& known) {
        return std::ranges::none_of(told, [&](const Told& one) { return one.instance_no == known.first; });
    });
    for (const auto& one : told) {
        const auto [at, is_new] = fellows_.try_emplace(one.instance_no, Fellow{one.at, before, Stands::unheard, 0});
        auto& fellow = at->second;
        // However long ago it was told, it was not later than now.
        const bool ahead = one.at - after > allowed_;
        const bool told_anew = !is_new && fellow.told_at != one.at;
        if (told_anew) {
            const bool seems_behind = fellow.not_before - one.at > allowed_;
            fellow.behind = seems_behind ? fellow.behind + 1 : 0;
            if (!seems_behind) fellow.stands = Stands::as_ours;
            if (fellow.behind >= behind_in_a_row) fellow.stands = Stands::behind;
        }
        if (ahead) fellow.stands = Stands::ahead;
        fellow.told_at = one.at;
        fellow.not_before = before;
    }
}

std::map<std::int32_t, FellowClocks::Stands> FellowClocks::stands() const {
    std::map<std::int32_t, Stands> all;
    for (const auto& [number, fellow] : fellows_) all.emplace(number, fellow.stands);
    return all;
}

bool FellowClocks::is_off() const {
    const auto count = [&](Stands stands) {
        return std::ranges::count_if(fellows_, [&](const auto& one) { return one.second.stands == stands; });
    };
    const auto behind = count(Stands::behind), ahead = count(Stands::ahead);
    const auto like_us = 1 + count(Stands::as_ours);
    return behind + ahead > like_us || (behind + ahead == like_us && behind > 0);
}

bool FellowClocks::has_heard_all() const {
    return std::ranges::none_of(fellows_, [](const auto& one) { return one.second.stands == Stands::unheard; });
}

}  // namespace hcp::domain
