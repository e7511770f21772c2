#include "tests/world/judge.hpp"

#include "plugin/app/figures/compare_figures.hpp"
#include "plugin/app/ledger/verify_ledger.hpp"
#include "plugin/domain/deadline.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>

namespace hcp::world {

using namespace domain;

namespace {

class Judge {
public:
    explicit Judge(Centre& centre) : centre_{centre} {}

    void all() {
        const auto stats = centre_.journal.stats();
        if (!stats || stats->events != 0) wrong("events stay in the journal");
        if (!stats || stats->set_aside != 0) wrong("events were set aside");
        (void)centre_.memory.read([this](ports::Snapshot& rows) -> ports::result<void> {
            judge_deliveries(rows);
            HCP_TRY(lost_days_, rows.presences().lost_days());
            for (const auto& [case_no, completion] : centre_.promises.completions) judge_case(rows, completion);
            return {};
        });
        judge_ledger();
        const auto differences =
            app::compare_figures(centre_.memory, day_of(test::at(2026, 8, 1)), day_of(test::at(2027, 3, 1)));
        if (!differences) wrong("the figures cannot be read");
        if (differences)
            for (const auto& difference : *differences) wrong("figures: " + difference);
    }

private:
    void wrong(std::string what) { centre_.trace.wrong(std::move(what)); }

    void judge_case(ports::Snapshot& rows, const Completion& completion) {
        const auto& no = completion.key.case_no;
        const auto key = record::case_key(centre_.keys, completion.key);
        const auto found = rows.cases().by_key(std::span{&key, 1});
        if (!found || !(*found)[0]) return wrong("a case was lost: " + no);
        const auto& case_row = *(*found)[0];
        if (case_row.project_name != completion.project_name) wrong("the first report did not win: " + no);
        const bool opened = centre_.promises.opened.contains(completion.project_no);
        if (completion.secrecy != open_to_all && !opened && case_row.secrecy().may_be_told())
            wrong("a case is open before its bids: " + no);
        if (case_row.withdrawn != centre_.promises.withdrawn.contains(no)) wrong("withdrawn or not: " + no);
        const auto views = rows.evaluations().of_case(case_row.id);
        if (!views || views->size() != completion.subjects.size())
            return wrong("a case has " + std::to_string(views ? views->size() : 0) + " evaluations: " + no);
        for (std::size_t i = 0; i < completion.subjects.size(); ++i) {
            const auto& subject = completion.subjects[i];
            const auto token = *record::token_digest(
                centre_.keys, record::link_token(centre_.keys, completion.key, subject.type, subject.certificate_no));
            const auto view = std::find_if(views->begin(), views->end(),
                                           [&](const auto& one) { return one.evaluation.token_digest == token; });
            if (view == views->end()) {
                wrong("an evaluation was lost: " + no);
                continue;
            }
            judge_evaluation(rows, {no, i}, *view);
        }
    }

    void judge_evaluation(ports::Snapshot& rows, const Question& question, const ports::EvaluationView& view) {
        const auto where = question.first + "/" + std::to_string(question.second);
        const auto state = view.evaluation.state;
        judge_window(where, view);
        if (state == EvaluationState::open) wrong("nobody settled " + where);
        const auto promised = centre_.promises.rated.find(question);
        const auto drafted = centre_.promises.drafted.find(question);
        const auto& perhaps = centre_.promises.perhaps;
        const bool authored = view.rating && view.rating->origin == Origin::authored;
        if (promised != centre_.promises.rated.end()) {
            if (!authored || view.rating->level != promised->second) wrong("an accepted answer was lost: " + where);
        } else if (authored && !perhaps.contains(question)) {
            // Nobody was told that his answer counts, so it must be what he had begun.
            if (drafted == centre_.promises.drafted.end()) wrong("an answer of nobody: " + where);
            if (drafted != centre_.promises.drafted.end() && view.rating->level != drafted->second)
                wrong("another answer than the one begun: " + where);
        }
        if (state == EvaluationState::defaulted && drafted != centre_.promises.drafted.end())
            wrong("a default over an answer that was begun: " + where);
        if (view.rating) judge_rating(rows, where, view);
        judge_province(where, view);
    }

    void judge_window(const std::string& where, const ports::EvaluationView& view) {
        const auto& rules = *centre_.files.rules;
        const auto& policy = *rules.policies.in_force(view.case_row.completed_at).version;
        const auto counted = [&](LostDays lost) {
            return window(rules.calendar, view.case_row.completed_at, view.evaluation.opened_at,
                          policy.window(view.case_row.mode), lost)
                .effective.at;
        };
        // A day that is lost extends what is open then (E51).
        const auto last = counted(lost_days_);
        if (view.evaluation.deadline < counted({}) || view.evaluation.deadline > last)
            wrong("another deadline: " + where);
        if (view.evaluation.state != EvaluationState::defaulted) return;
        if (view.evaluation.deadline != last) wrong("a default without the days that were lost: " + where);
        if (view.rating->level != policy.default_level) wrong("another default: " + where);
        if (view.rating->stored_at < view.evaluation.deadline + 60s) wrong("a default before its time: " + where);
    }

    void judge_rating(ports::Snapshot& rows, const std::string& where, const ports::EvaluationView& view) {
        const auto tickets = rows.tickets().after(TicketId{}, 100'000);
        if (!tickets) return wrong("tickets cannot be read");
        const auto of_this = std::count_if(tickets->begin(), tickets->end(),
                                           [&](const auto& ticket) { return ticket.rating_id == view.rating->id; });
        const bool bad = view.rating->origin == Origin::authored && is_bad(view.rating->level);
        if (of_this != (bad ? 1 : 0))
            wrong(std::to_string(of_this) + " tickets of a " + (bad ? "bad review: " : "good one: ") + where);
        for (const auto& ticket : *tickets) {
            if (ticket.rating_id != view.rating->id) continue;
            const auto& rules = *centre_.files.rules;
            const auto& policy = rules.policy_of(view.case_row);
            const auto day = day_of(ticket.received_at);
            if (ticket.contact_deadline != deadline(rules.calendar, day, policy.contact()).at ||
                ticket.rectify_deadline != deadline(rules.calendar, day, policy.rectification()).at)
                wrong("a ticket with other deadlines: " + where);
        }
    }

    // What the province has of it.
    void judge_province(const std::string& where, const ports::EvaluationView& view) {
        const auto& evaluation = view.evaluation;
        if (!evaluation.secrecy.may_be_told() || evaluation.role == Role::expert || evaluation.service_ordinal == 0)
            return;
        const auto project_no = project_nos_.find(evaluation.id);
        // Withdrawn before it left: it stays here (E56).
        if (project_no == project_nos_.end() && view.case_row.withdrawn && view.service_kept_back) return;
        if (project_no == project_nos_.end()) return wrong("no service is owed for " + where);
        const auto& services = centre_.province.services(project_no->second);
        const auto at = static_cast<std::size_t>(evaluation.service_ordinal) - 1;
        if (at >= services.size()) return wrong("the province lacks the service of " + where);
        const auto owed = owed_by_project_no_[project_no->second];
        if (services.size() != owed)
            wrong("the province has " + std::to_string(services.size()) + " services where " + std::to_string(owed) +
                  " are owed: " + where);
        const auto& service = services[at];
        const auto* node = centre_.files.rules->node(view.case_row.node);
        if (node == nullptr || service.name != node->service_name) wrong("services out of order: " + where);
        if (owed > 3) wrong("a dossier that ran over: " + where);
        if (evaluation.withdrawn || evaluation.state == EvaluationState::voided) return;
        const bool authored = view.rating && view.rating->origin == Origin::authored;
        if (authored && service.rated != view.rating->level) wrong("the province has another rating of " + where);
        if (!authored && service.rated) wrong("the province has a rating that nobody gave: " + where);
    }

    void judge_deliveries(ports::Snapshot& rows) {
        ports::DeliveryFilter every;
        every.limit = 100'000;
        const auto all = rows.deliveries().list(every);
        if (!all) return wrong("deliveries cannot be read");
        for (const auto& one : *all) {
            const auto state = one.delivery.state;
            if (one.delivery.kind == DeliveryKind::service && one.delivery.held_reason != HeldReason::withdrawn) {
                project_nos_[one.delivery.evaluation_id] = one.project_no;
                ++owed_by_project_no_[one.project_no];
            }
            if (state == DeliveryState::delivered) continue;
            const auto reason = one.delivery.held_reason;
            if (state != DeliveryState::held)
                wrong("a delivery is left " + std::string{text_of(state)} + ": " + one.case_no + " " +
                      std::string{text_of(one.delivery.kind)} + ", " + std::to_string(one.delivery.attempts) +
                      " attempts, waits for " + std::to_string(one.delivery.waits_for.value()) + " " +
                      one.delivery.last_reason);
            if (reason == HeldReason::secrecy || reason == HeldReason::unclassified)
                wrong("a delivery is held: " + std::string{text_of(reason)} + " " + one.case_no);
        }
    }

    void judge_ledger() {
        const auto report =
            app::verify_ledger(centre_.memory, centre_.anchors, {centre_.sm3, centre_.signer, &centre_.ledger}, {});
        if (!report) return wrong("the ledger cannot be read");
        for (const auto& finding : report->findings) wrong("ledger: " + finding.text);
        if (report->not_anchored != 0) wrong("the end of the ledger is not anchored");
    }

    Centre& centre_;
    std::vector<Day> lost_days_;
    std::map<EvaluationId, std::string> project_nos_;        // of the province
    std::map<std::string, std::size_t> owed_by_project_no_;  // services
};

}  // namespace

void judge(Centre& centre) {
    Judge{centre}.all();
}

}  // namespace hcp::world
