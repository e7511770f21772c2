#include "plugin/app/rating/show_evaluation.hpp"

#include "plugin/domain/day_text.hpp"
#include "plugin/domain/ledger_entries.hpp"

#include <algorithm>
#include <span>

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

namespace {

std::vector<std::string> texts_of(const std::vector<std::string>& codes, const TagBook& tags) {
    std::vector<std::string> texts;
    for (const auto& code : codes) {
        const auto* tag = tags.find(code);
        texts.push_back(tag == nullptr ? code : tag->text);
    }
    return texts;
}

}  // namespace

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
    if (const auto* item = rules->catalogue->item(case_row.item_code, case_row.completed_at))
        facts.item_name = item->name;
    else if (const auto* listed = rules->item(case_row.item_code))
        facts.item_name = listed->name;
    if (const auto* guide = rules->catalogue->guide(case_row.item_code, case_row.completed_at))
        facts.guide = {case_row.item_code, guide->content.version, guide->edition.revision};
    facts.department_name = case_row.department_name;
    facts.line = case_row.line;
    facts.role = view.evaluation.role;
    facts.completed_at = case_row.completed_at;
    facts.deadline = view.evaluation.deadline;
    facts.provisional = view.evaluation.provisional;
    const auto counted = window(rules->calendar, case_row.completed_at, view.evaluation.opened_at,
                                policy.window(case_row.mode), rules->lost_days);
    // A calendar that came later may only extend, and only what is open: then the stored deadline is another's count.
    facts.why =
        counted.effective.at == view.evaluation.deadline
            ? explain(rules->calendar, case_row.completed_at, view.evaluation.opened_at, counted, rules->lost_days)
            : "按当时有效的工作日历（" + view.evaluation.calendar_version + "）计算，此后日历的变动没有缩短或改动它";
    if (counted.effective.at == view.evaluation.deadline) facts.counted_days = counted.effective.counted;
    facts.clause = policy.clause(counted.effective.local ? Rule::on_site : Rule::window);
    if (rules->policies.in_force(now).version == &policy && rules->policies.in_force(now).continued_past_end)
        facts.clause_validity = "这项规定的有效期至 " + text_of(*policy.valid_to - std::chrono::days{1}) +
                                "，期满后没有新的规定，继续沿用（第22条）";
    facts.window_days = policy.window_days;
    facts.default_level = policy.default_level;
    facts.bad_review_min_characters = policy.bad_review_min_characters;
    facts.state = view.evaluation.state;
    facts.withdrawn = view.evaluation.withdrawn || case_row.withdrawn;
    facts.bids_secret = view.evaluation.secrecy.shown_to_its_rater();
    facts.erased = view.subject.is_erased();
    facts.over = now >= view.evaluation.deadline && !view.evaluation.provisional;

    // Nearly nobody writes words, and each key costs more than all else here.
    const auto opened = [&](View sealed, View bound) -> ports::result<std::string> {
        HCP_TRY(const auto key, keys_.vault.unwrap(View{view.subject.wrapped_key}));
        HCP_TRY(const auto text, key->open(sealed, bound));
        return std::string{ports::as_text(View{text})};
    };
    if (view.draft && !facts.erased) {
        Draft draft{view.draft->level, view.draft->tags, {}, view.draft->channel, view.draft->last_tapped_at};
        if (!view.draft->sealed_text.empty()) {
            HCP_TRY(draft.text, opened(View{view.draft->sealed_text}, View{view.evaluation.token_digest}));
        }
        facts.draft = std::move(draft);
    }
    if (view.rating) {
        const auto& row = *view.rating;
        RatingFacts rating;
        rating.level = row.level;
        rating.origin = row.origin;
        rating.incomplete = row.incomplete;
        rating.unsubmitted = row.unsubmitted;
        // Nobody gave a default, so there is no receipt for it, nor a time.
        if (row.origin == Origin::authored) {
            rating.received_at = row.received_at;
            rating.receipt = receipt_of(keys_, row.id);
        }
        if (secrecy_of_lane(row.ledger_lane).may_be_told()) rating.ledger = {row.ledger_lane, row.ledger_seq};
        rating.tags = texts_of(row.tags, rules->tags);
        if (!row.sealed_text.empty() && !facts.erased) {
            HCP_TRY(rating.text, opened(View{row.sealed_text}, View{row.text_digest}));
        }
        facts.rating = std::move(rating);
    }
    return facts;
}

// An evaluation, and what was said of it that is no rating.
struct ShowEvaluation::Commented {
    ports::EvaluationView view;
    std::vector<ports::CommentRow> comments{};
    std::optional<ports::RatingConsentRow> consent{};  // of its rating
    std::optional<ports::TicketRow> ticket{};

    static ports::result<std::vector<Commented>> read(ports::Snapshot& rows, std::vector<ports::EvaluationView> views) {
        std::vector<EvaluationId> ids;
        ids.reserve(views.size());
        for (const auto& view : views) ids.push_back(view.evaluation.id);
        HCP_TRY(auto comments, rows.comments().of(ids));
        std::vector<Commented> all;
        all.reserve(views.size());
        for (auto& view : views) {
            auto& one = all.emplace_back(Commented{.view = std::move(view)});
            for (auto& comment : comments)
                if (comment.evaluation_id == one.view.evaluation.id) one.comments.push_back(std::move(comment));
        }
        return all;
    }
};

ports::result<EvaluationFacts> ShowEvaluation::facts_of(const Commented& one, Instant now) const {
    HCP_TRY(auto facts, facts_of(one.view, now));
    if (one.ticket) {
        auto& follows = facts.follow_up.emplace();
        follows.clause = rules_.current()->policy_of(one.view.case_row).clause(Rule::rectification);
        if (facts.rating && facts.rating->ledger && one.ticket->contact_deadline && one.ticket->rectify_deadline)
            follows.deadlines = {*one.ticket->contact_deadline, *one.ticket->rectify_deadline};
    }
    if (one.comments.empty() && !one.consent) return facts;
    std::shared_ptr<const ports::SubjectKey> key;  // none: erased, and its words with it
    if (!facts.erased) {
        HCP_TRY(key, keys_.vault.unwrap(View{one.view.subject.wrapped_key}));
    }
    if (const auto& row = one.consent; row && facts.rating) {
        facts.rating->consent = {row->shown_to_rated, row->may_be_contacted, {}};
        if (!row->sealed_phone.empty() && key) {
            HCP_TRY(const auto phone, key->open(View{row->sealed_phone}, View{row->phone_digest}));
            facts.rating->consent.phone = std::string{ports::as_text(View{phone})};
        }
    }
    if (one.comments.empty()) return facts;
    const auto rules = rules_.current();
    const auto stands = std::ranges::max(one.comments, {}, &ports::CommentRow::revision).revision;
    for (const auto& row : one.comments) {
        if (row.revision != 0 && row.revision != stands) continue;
        CommentFacts comment{row.revision, row.level, row.tags, texts_of(row.tags, rules->tags), {}, row.received_at};
        if (!row.sealed_text.empty() && key) {
            HCP_TRY(const auto text, key->open(View{row.sealed_text}, View{row.text_digest}));
            comment.text = std::string{ports::as_text(View{text})};
        }
        facts.comments.push_back(std::move(comment));
    }
    return facts;
}

ports::result<std::optional<EvaluationFacts>> ShowEvaluation::by_token(const Digest& token_digest, Instant now) {
    readers_.assert_here();
    HCP_TRY(const auto found, ports::ask(store_, [&](ports::Snapshot& rows) -> ports::result<std::vector<Commented>> {
                HCP_TRY(auto view, rows.evaluations().by_token(token_digest));
                if (!view) return std::vector<Commented>{};
                const auto rating = view->rating;
                HCP_TRY(auto all, Commented::read(rows, {*std::move(view)}));
                if (!rating) return all;
                if (is_bad(rating->level)) {
                    HCP_TRY(all.front().ticket, rows.tickets().of_rating(rating->id));
                }
                HCP_TRY(const auto consents, rows.ratings().consents_of(std::span{&rating->id, 1}));
                if (!consents.empty()) all.front().consent = consents.front();
                return all;
            }));
    if (found.empty()) return std::optional<EvaluationFacts>{};
    HCP_TRY(auto facts, facts_of(found.front(), now));
    return std::optional{std::move(facts)};
}

ports::result<std::vector<ListedEvaluation>> ShowEvaluation::of_subject(SubjectType type,
                                                                        std::string_view certificate_no,
                                                                        EvaluationId before, std::size_t limit,
                                                                        Instant now) {
    readers_.assert_here();
    const auto lookup = subject_lookup(keys_, type, certificate_no);
    HCP_TRY(const auto views, ports::ask(store_, [&](ports::Snapshot& rows) -> ports::result<std::vector<Commented>> {
                HCP_TRY(auto found, rows.evaluations().of_subject(lookup, before, limit));
                return Commented::read(rows, std::move(found));
            }));
    return listed(views, type, certificate_no, now);
}

ports::result<UnansweredPage> ShowEvaluation::unanswered_of_subject(SubjectType type, std::string_view certificate_no,
                                                                    const std::optional<ports::UnansweredPlace>& after,
                                                                    Instant now) {
    readers_.assert_here();
    const auto place = after.value_or(ports::UnansweredPlace{});
    const auto lookup = subject_lookup(keys_, type, certificate_no);
    HCP_TRY(auto views, ports::ask(store_, [&](ports::Snapshot& rows) -> ports::result<std::vector<Commented>> {
                HCP_TRY(auto found,
                        rows.evaluations().unanswered_of_subject(lookup, place, now, most_unanswered_in_page + 1));
                return Commented::read(rows, std::move(found));
            }));
    UnansweredPage page;
    if (views.size() > most_unanswered_in_page) {
        views.pop_back();
        page.next = {views.back().view.evaluation.deadline, views.back().view.evaluation.id};
    }
    HCP_TRY(page.evaluations, listed(views, type, certificate_no, now));
    std::erase_if(page.evaluations, [](const auto& one) { return !one.facts.may_be_rated(); });
    return page;
}

ports::result<std::vector<ListedEvaluation>> ShowEvaluation::listed(const std::vector<Commented>& views,
                                                                    SubjectType type, std::string_view certificate_no,
                                                                    Instant now) const {
    std::vector<ListedEvaluation> all;
    all.reserve(views.size());
    for (const auto& one : views) {
        HCP_TRY(auto facts, facts_of(one, now));
        const auto& row = one.view.case_row;
        const CompletionKey key{row.host_id, row.case_no, row.completion_no};
        all.push_back({one.view.evaluation.id, link_token(keys_, key, type, certificate_no), std::move(facts)});
    }
    return all;
}

}  // namespace hcp::app
