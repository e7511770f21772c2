#include "plugin/app/show_evaluation.hpp"

#include "plugin/domain/ledger_entries.hpp"

namespace hcp::app {

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
    const auto& of = view.of;
    const auto& policy = rules->policy_of(of);
    EvaluationFacts facts;
    facts.case_no = of.case_no;
    facts.project_name = of.project_name;
    facts.project_no = of.project_no;
    facts.section = of.section;
    facts.node = of.node;
    if (const auto* item = rules->item(of.item_code)) facts.item_name = item->name;
    facts.department_name = of.department_name;
    facts.line = of.line;
    facts.role = view.evaluation.role;
    facts.completed_at = of.completed_at;
    facts.deadline = view.evaluation.deadline;
    facts.provisional = view.evaluation.provisional;
    const auto counted = window(rules->calendar, of.completed_at, view.evaluation.opened_at, policy.window(of.mode));
    // A calendar that came later may only extend, and only what is open: then the stored deadline is another's count.
    facts.why = counted.effective.at == view.evaluation.deadline
                    ? explain(rules->calendar, of.completed_at, view.evaluation.opened_at, counted)
                    : "按当时有效的工作日历（" + of.calendar_version + "）计算，此后日历的变动没有缩短或改动它";
    facts.clause = policy.clause(of.mode == Mode::on_site ? Rule::on_site : Rule::window);
    facts.window_days = policy.window_days;
    facts.default_level = policy.default_level;
    facts.bad_review_min_characters = policy.bad_review_min_characters;
    facts.state = view.evaluation.state;
    facts.withdrawn = view.evaluation.withdrawn || of.withdrawn;
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
    std::vector<ListedEvaluation> listed;
    for (const auto& view : views) {
        HCP_TRY(auto facts, facts_of(view, now));
        const CompletionKey key{view.of.host_id, view.of.case_no, view.of.completion_no};
        listed.push_back({view.evaluation.id, link_token(keys_, key, type, certificate_no), std::move(facts)});
    }
    return listed;
}

}  // namespace hcp::app
