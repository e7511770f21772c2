#include "plugin/app/rating/show_evaluation.hpp"

#include "plugin/domain/ledger_entries.hpp"

#include <limits>

namespace hcp::app {

using namespace record;

using namespace domain;

std::string receipt_of(const Keys& keys, RatingId id) {
    // No 0/O, 1/I/L: a receipt is read aloud over the telephone.
    constexpr std::string_view letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    const auto digest = keyed(keys.content, "receipt", {std::to_string(id.value())});
    std::string text;
    for (std::size_t i = 0; i < 12; ++i) {
        if (i == 4 || i == 8) text += '-';
        text += letters[digest[i] % letters.size()];
    }
    return text;
}

ports::result<EvaluationFacts> ShowEvaluation::facts_of(const ports::EvaluationView& view, Instant now) const {
    const auto rules = rules_.current();
    const auto& case_row = view.case_row;
    const auto& policy = rules->policy_of(case_row);
    EvaluationFacts facts;
    facts.case_no = case_row.case_no;
    facts.project_name = case_row.project_name;
    facts.project_no = case_row.project_no;
    facts.section = case_row.section;
    facts.node = case_row.node;
    if (const auto* item = rules->item(case_row.item_code)) facts.item_name = item->name;
    facts.department_name = case_row.department_name;
    facts.line = case_row.line;
    facts.role = view.evaluation.role;
    facts.completed_at = case_row.completed_at;
    facts.deadline = view.evaluation.deadline;
    facts.provisional = view.evaluation.provisional;
    const auto counted =
        window(rules->calendar, case_row.completed_at, view.evaluation.opened_at, policy.window(case_row.mode));
    // A calendar that came later may only extend, and only what is open: then the stored deadline is another's count.
    facts.why = counted.effective.at == view.evaluation.deadline
                    ? explain(rules->calendar, case_row.completed_at, view.evaluation.opened_at, counted)
                    : "按当时有效的工作日历（" + case_row.calendar_version + "）计算，此后日历的变动没有缩短或改动它";
    facts.clause = policy.clause(case_row.mode == Mode::on_site ? Rule::on_site : Rule::window);
    facts.window_days = policy.window_days;
    facts.default_level = policy.default_level;
    facts.bad_review_min_characters = policy.bad_review_min_characters;
    facts.state = view.evaluation.state;
    facts.withdrawn = view.evaluation.withdrawn || case_row.withdrawn;
    facts.bids_secret = view.evaluation.secrecy.shown_to_its_rater();
    facts.over = now >= view.evaluation.deadline;

    const auto key = keys_.vault.unwrap(View{view.subject.wrapped_key});
    if (view.draft) {
        Draft draft{view.draft->level, view.draft->tags, {}, view.draft->channel, view.draft->first_tapped_at};
        if (!view.draft->sealed_text.empty()) {
            if (!key) return key.error();
            HCP_TRY(const auto text, (*key)->open(View{view.draft->sealed_text}, View{view.evaluation.token_digest}));
            draft.text = std::string{ports::as_text(View{text})};
        }
        facts.draft = std::move(draft);
    }
    if (view.rating) {
        const auto& row = *view.rating;
        RatingFacts rating{row.level, row.origin, {}, {}, row.incomplete, row.received_at, receipt_of(keys_, row.id),
                           {}};
        if (secrecy_of_lane(row.ledger_lane).may_be_told()) rating.ledger = {row.ledger_lane, row.ledger_seq};
        for (const auto& code : row.tags) {
            const auto* tag = rules->tags.find(code);
            rating.tags.push_back(tag == nullptr ? code : tag->text);
        }
        if (!row.sealed_text.empty()) {
            if (!key) return key.error();
            HCP_TRY(const auto text, (*key)->open(View{row.sealed_text}, View{row.text_digest}));
            rating.text = std::string{ports::as_text(View{text})};
        }
        facts.rating = std::move(rating);
    }
    return facts;
}

ports::result<std::optional<EvaluationFacts>> ShowEvaluation::by_token(const Digest& token_digest, Instant now) {
    readers_.assert_here();
    HCP_TRY(const auto view,
            ports::ask(store_, [&](ports::Snapshot& rows) { return rows.evaluations().by_token(token_digest); }));
    if (!view) return std::optional<EvaluationFacts>{};
    HCP_TRY(auto facts, facts_of(*view, now));
    return std::optional{std::move(facts)};
}

ports::result<std::vector<ListedEvaluation>> ShowEvaluation::of_subject(SubjectType type,
                                                                        std::string_view certificate_no,
                                                                        EvaluationId before, std::size_t limit,
                                                                        Instant now) {
    readers_.assert_here();
    const auto lookup = subject_lookup(keys_, type, certificate_no);
    HCP_TRY(const auto views, ports::ask(store_, [&](ports::Snapshot& rows) {
                return rows.evaluations().of_subject(lookup, before, limit);
            }));
    return listed(views, type, certificate_no, now);
}

ports::result<UnansweredPage> ShowEvaluation::unanswered_of_subject(SubjectType type, std::string_view certificate_no,
                                                                    const std::optional<ports::UnansweredPlace>& after,
                                                                    Instant now) {
    readers_.assert_here();
    // What is due at this instant is late already.
    ports::UnansweredPlace place{now, EvaluationId{std::numeric_limits<std::int64_t>::max()}};
    if (after && after->deadline > now) place = *after;
    const auto lookup = subject_lookup(keys_, type, certificate_no);
    HCP_TRY(auto views, ports::ask(store_, [&](ports::Snapshot& rows) {
                return rows.evaluations().unanswered_of_subject(lookup, place, most_unanswered_in_page + 1);
            }));
    UnansweredPage page;
    if (views.size() > most_unanswered_in_page) {
        views.pop_back();
        page.next = {views.back().evaluation.deadline, views.back().evaluation.id};
    }
    HCP_TRY(page.evaluations, listed(views, type, certificate_no, now));
    std::erase_if(page.evaluations, [](const auto& one) { return !one.facts.may_be_rated(); });
    return page;
}

ports::result<std::vector<ListedEvaluation>> ShowEvaluation::listed(const std::vector<ports::EvaluationView>& views,
                                                                    SubjectType type, std::string_view certificate_no,
                                                                    Instant now) const {
    std::vector<ListedEvaluation> all;
    all.reserve(views.size());
    for (const auto& view : views) {
        HCP_TRY(auto facts, facts_of(view, now));
        const CompletionKey key{view.case_row.host_id, view.case_row.case_no, view.case_row.completion_no};
        all.push_back({view.evaluation.id, link_token(keys_, key, type, certificate_no), std::move(facts)});
    }
    return all;
}

}  // namespace hcp::app
