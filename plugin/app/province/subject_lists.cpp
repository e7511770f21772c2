#include "plugin/app/province/subject_lists.hpp"

#include <algorithm>
#include <utility>

namespace hcp::app {
namespace {

constexpr std::chrono::minutes kept_for{10};
constexpr std::size_t most_services = 20'000;  // a few MiB

}  // namespace

bool SubjectLists::ask(const ports::Digest& question, const Waiting& errand, domain::Instant now) {
    const run::Lock lock{mutex_};
    const auto [asked, is_new] = under_way_.try_emplace(question, Question{now, {}});
    errand->asked_at = asked->second.asked_at;
    asked->second.waiting.push_back(errand);
    return is_new;
}

std::vector<SubjectLists::Waiting> SubjectLists::answered(const ports::Digest& question,
                                                          const ports::Exchange& answer) {
    const run::Lock lock{mutex_};
    if (answer.verdict == domain::Verdict::delivered) {
        auto services = std::make_shared<const std::vector<ports::KnownService>>(answer.services);
        auto& kept = kept_[question];
        kept_services_ += services->size() - (kept.services ? kept.services->size() : 0);
        kept = {std::move(services), steady_.now()};
        forget_some();
    }
    auto asked = under_way_.extract(question);
    return asked ? std::move(asked.mapped().waiting) : std::vector<Waiting>{};
}

SubjectLists::Services SubjectLists::kept(const ports::Digest& question) {
    const run::Lock lock{mutex_};
    const auto found = kept_.find(question);
    const bool serves = found != kept_.end() && steady_.now() < found->second.since + kept_for;
    return serves ? found->second.services : nullptr;
}

void SubjectLists::forget_some() {
    constexpr std::size_t most_lists = 256;
    while (kept_services_ > most_services || kept_.size() > most_lists) {
        const auto oldest = std::min_element(
            kept_.begin(), kept_.end(), [](const auto& a, const auto& b) { return a.second.since < b.second.since; });
        kept_services_ -= oldest->second.services->size();
        kept_.erase(oldest);
    }
}

}  // namespace hcp::app
