#include "adapters/host/reporting.hpp"

#include "plugin/ports/journal.hpp"

#include <algorithm>
#include <utility>

namespace hcp::host {

Reporting::Reporting(Intake& intake, const Results& results, std::size_t count)
    : intake_{intake}, results_{results}, count_{count}, first_refused_{count} {
    piece_.reserve(std::min(count, domain::most_events_at_once));
    places_.reserve(std::min(count, domain::most_events_at_once));
}

void Reporting::take(domain::Event event) {
    const auto brings = domain::evaluations_of(event);
    if (piece_.size() == domain::most_events_at_once ||
        (!piece_.empty() && evaluations_ + brings > domain::most_evaluations_at_once))
        hand_over();
    if (broken_off_) return;
    piece_.push_back(std::move(event));
    places_.push_back(next_++);
    evaluations_ += brings;
}

void Reporting::refuse(const Fault& fault) {
    answer(next_++, HCP_E_INVALID, &fault);
}

void Reporting::finish() {
    if (!piece_.empty()) hand_over();
}

void Reporting::hand_over() {
    const auto stored = intake_.take(piece_);
    if (!stored) return break_off(stored.error() == ports::journal_errc::full ? HCP_E_FULL : HCP_E_INTERNAL);
    for (const auto place : places_) answer(place, HCP_OK);
    piece_.clear();
    places_.clear();
    evaluations_ = 0;
}

void Reporting::break_off(hcp_status status) noexcept {
    broken_off_ = true;
    for (const auto place : places_) answer(place, status);
    for (; next_ < count_; ++next_) answer(next_, status);
    piece_.clear();
    places_.clear();
}

void Reporting::answer(std::size_t place, hcp_status status, const Fault* fault) noexcept {
    results_.set(place, status, fault);
    if (status == HCP_OK || place >= first_refused_) return;
    first_refused_ = place;
    status_ = status;
}

}  // namespace hcp::host
