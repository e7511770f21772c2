#include "plugin/app/intake/open_bids.hpp"

#include "plugin/record/evaluation_figures.hpp"
#include "plugin/record/ledger_facts.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::EvaluationView;

namespace {

std::vector<EvaluationId> ids_of(const std::vector<EvaluationView>& views) {
    std::vector<EvaluationId> ids;
    ids.reserve(views.size());
    for (const auto& view : views) ids.push_back(view.evaluation.id);
    return ids;
}

// All that an evaluation has brought to the figures while it was secret.
void count_lifted(Counts& counts, const EvaluationView& view) {
    count(counts, view, 1);
    if (view.rating && view.rating->origin == Origin::authored && is_bad(view.rating->level))
        counts.add(view.case_row, view.evaluation.secrecy, Metric::ticket_opened);
}

// What came late while it was secret, and the care tickets of it.
ports::result<void> count_comments(Batch& batch, const std::vector<EvaluationView>& views) {
    std::unordered_map<EvaluationId, const EvaluationView*> by_id;
    for (const auto& view : views) by_id.emplace(view.evaluation.id, &view);
    HCP_TRY(const auto comments, batch.tx.comments().of(ids_of(views)));
    std::unordered_set<EvaluationId> cared_for;
    for (const auto& comment : comments) {
        const auto& view = *by_id.at(comment.evaluation_id);
        if (comment.revision <= 1) batch.counts.add(view.case_row, view.evaluation.secrecy, Metric::comment_late);
        if (comment.level && is_bad(*comment.level) && cared_for.insert(comment.evaluation_id).second)
            batch.counts.add(view.case_row, view.evaluation.secrecy, Metric::care_ticket_opened);
    }
    return {};
}

}  // namespace

ports::result<void> open_bids(Batch& batch, const BidsOpened& opened) {
    auto& tx = batch.tx;
    HCP_TRY(const auto known, tx.openings().of_projects(std::span{&opened.project_no, 1}));
    const bool repeat = std::any_of(known.begin(), known.end(), [&](const ports::OpeningRow& row) {
        return row.section == opened.section && row.opened_at == opened.opened_at;
    });
    if (repeat) {
        ++batch.applied.repeats;
        return {};
    }
    const ports::OpeningRow row{opened.project_no, opened.section, opened.opened_at, batch.pen.now()};
    HCP_CHECK(tx.openings().insert(std::span{&row, 1}));
    HCP_TRY(const auto lifted, lift_secrecy(batch, row));
    batch.pen.enter(open_to_all, fact_of(row, lifted));
    return {};
}

ports::result<std::int64_t> lift_secrecy(Batch& batch, const ports::OpeningRow& opening) {
    auto& tx = batch.tx;
    const auto now = batch.pen.now();
    HCP_TRY(const auto cases, tx.cases().lift(opening, now));
    HCP_TRY(const auto views, tx.evaluations().lift(cases));
    HCP_CHECK(tx.deliveries().holds().lift(ids_of(views), now));
    for (const auto& view : views) count_lifted(batch.counts, view);
    HCP_CHECK(count_comments(batch, views));
    batch.applied.cases += std::ssize(cases);
    batch.applied.evaluations += std::ssize(views);
    return std::ssize(views);
}

}  // namespace hcp::app
