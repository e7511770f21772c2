#include "integration/province_sim/stats.hpp"

#include <boost/json/value_from.hpp>

namespace province_sim {

void Stats::count(const std::string& kind, const std::string& outcome, const std::string& fault,
                  const std::string& reason) {
    const std::lock_guard lock{mutex_};
    ++requests_;
    ++messages_[kind][outcome];
    if (!fault.empty()) ++faults_[fault];
    if (!reason.empty()) ++refusals_[kind][reason];
}

std::shared_ptr<void> Stats::enter(const std::string& kind, const std::string& project_no) {
    const std::lock_guard lock{mutex_};
    for (const auto& group : {kind, std::string{"any"}}) {
        auto& peak = peaks_[group];
        const int under_way = ++peak.now[project_no];
        if (under_way > peak.most) {
            peak.most = under_way;
            peak.most_in = project_no;
        }
    }
    return {this, [kind, project_no](Stats* stats) { stats->leave(kind, project_no); }};
}

void Stats::leave(const std::string& kind, const std::string& project_no) {
    const std::lock_guard lock{mutex_};
    for (const auto& group : {kind, std::string{"any"}}) {
        auto& now = peaks_[group].now;
        const auto found = now.find(project_no);
        if (found != now.end() && --found->second == 0) now.erase(found);
    }
}

void Stats::clear() {
    const std::lock_guard lock{mutex_};
    requests_ = 0;
    messages_.clear();
    refusals_.clear();
    faults_.clear();
    for (auto& [group, peak] : peaks_) {
        peak.most = 0;
        peak.most_in.clear();
    }
}

boost::json::object Stats::report() {
    const std::lock_guard lock{mutex_};
    boost::json::object under_way;
    for (const auto& [group, peak] : peaks_)
        under_way[group] = {{"most", peak.most}, {"most_in", peak.most_in}, {"now", peak.now.size()}};
    return {{"requests", requests_},
            {"messages", boost::json::value_from(messages_)},
            {"refusals", boost::json::value_from(refusals_)},
            {"faults", boost::json::value_from(faults_)},
            {"in_flight_per_project", std::move(under_way)}};
}

}  // namespace province_sim
