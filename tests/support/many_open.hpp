#pragma once
#include "tests/support/desk.hpp"

#include <algorithm>
#include <string>

namespace hcp::test {

// So many open evaluations of one subject, that of `first` among them, straight into the store. Their deadlines are of
// fifty hours from the first one's on, so that many share one.
inline void open_many(Desk& desk, const Completion& first, std::size_t total) {
    desk.apply({first});
    const auto pattern = desk.view(first);
    constexpr std::size_t in_transaction = 500;
    for (std::size_t begun = 1; begun < total; begun += in_transaction) {
        const auto written = desk.store->write([&](ports::Transaction& tx) -> ports::result<void> {
            std::vector<ports::CaseRow> cases;
            std::vector<ports::EvaluationRow> evaluations;
            for (auto i = begun; i < std::min(begun + in_transaction, total); ++i) {
                const auto number = static_cast<std::int64_t>(i);
                const auto own = record::keyed(desk.keys.content, "many", {std::to_string(i)});
                auto case_row = pattern.case_row;
                case_row.id = CaseId{case_row.id.value() + number};
                case_row.key_digest = own;
                case_row.case_no = "M-" + std::to_string(i);
                auto evaluation = pattern.evaluation;
                evaluation.id = EvaluationId{evaluation.id.value() + number};
                evaluation.case_id = case_row.id;
                evaluation.token_digest = own;
                evaluation.deadline += std::chrono::hours{i % 50};
                cases.push_back(std::move(case_row));
                evaluations.push_back(std::move(evaluation));
            }
            HCP_CHECK(tx.cases().insert(std::span<const ports::CaseRow>{cases}));
            return tx.evaluations().insert(evaluations);
        });
        REQUIRE(written.has_value());
    }
}

struct Walked {
    std::size_t evaluations = 0, pages = 0;
    bool in_order = true;  // strictly by (deadline, id): so none comes twice
    std::size_t longest = 0;
};

// All pages of what the subject of `event` may rate.
inline Walked walk_open(Desk& desk, const Completion& event) {
    Walked walked;
    std::pair<Instant, EvaluationId> last;
    const auto& subject = event.subjects.front();
    for (std::optional<ports::UnansweredPlace> after; walked.pages == 0 || after; ++walked.pages) {
        auto page = desk.show->unanswered_of_subject(subject.type, subject.certificate_no, after, desk.clock.now());
        REQUIRE(page.has_value());
        for (const auto& one : page->evaluations) {
            const std::pair place{one.facts.deadline, one.id};
            walked.in_order &= last < place;
            last = place;
        }
        walked.evaluations += page->evaluations.size();
        walked.longest = std::max(walked.longest, page->evaluations.size());
        after = page->next;
    }
    return walked;
}

}  // namespace hcp::test
