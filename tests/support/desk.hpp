#pragma once
#include "plugin/app/intake/apply_events.hpp"
#include "plugin/app/intake/drain_journal.hpp"
#include "plugin/app/rating/record_rating.hpp"
#include "plugin/app/rating/settle_defaults.hpp"
#include "plugin/app/rating/show_evaluation.hpp"
#include "plugin/compose/rule_files.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/workers.hpp"
#include "tests/support/counting_meter.hpp"
#include "tests/support/drain_all.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/project_root.hpp"
#include "tests/support/recorded_log.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <memory>
#include <vector>

namespace hcp::test {

using namespace domain;
using namespace std::chrono_literals;

// The use cases at work under the shipped rules, with a clock that the test moves. Where their rows and keys are is the
// derived desk's: in memory (memory_desk.hpp) or in files (file_desk.hpp).
class Desk {
public:
    app::Applied apply(std::vector<Event> events) {
        std::vector<ports::Journaled> journaled;
        for (auto& event : events)
            journaled.push_back({{1, static_cast<std::int32_t>(journaled.size())}, clock.now(), std::move(event)});
        const auto applied = opener->apply(std::span<const ports::Journaled>{journaled});
        REQUIRE(applied.has_value());
        return *applied;
    }

    static Completion completion(const std::string& case_no,
                                 std::vector<std::string> certificates = {"91370000AAAAAAAA1X"}) {
        Completion event;
        event.key = {"H1", case_no, "1"};
        event.line = Line::government;
        event.project_no = "P-" + case_no;
        event.node = "项目登记";
        event.item_code = "ZC-01";
        event.department_id = "D1";
        event.department_name = "交易一部";
        event.completed_at = at(2026, 9, 24, 15h);
        event.mode = Mode::online;
        for (auto& certificate : certificates)
            event.subjects.push_back(
                {SubjectType::legal, Role::bidder, certificate, "001", "甲公司", "13800000000", "", "", {}});
        event.handlers.push_back({"S1", "某经办"});
        return event;
    }

    record::Digest token(const Completion& event, std::size_t subject = 0) const {
        return *record::token_digest(keys, record::link_token(keys, event.key, event.subjects[subject].type,
                                                              event.subjects[subject].certificate_no));
    }

    app::RatingReply rate(const Completion& event, Level level, Instant received, std::string text = {},
                          std::vector<std::string> tags = {}, std::string key = "k",
                          app::Intent intent = app::Intent::submit) {
        app::RatingRequest request{token(event),
                                   {level, std::move(tags), std::move(text), Channel::mobile, std::move(key), received},
                                   intent,
                                   true};
        auto replies = recorder->record(std::span<const app::RatingRequest>{&request, 1});
        REQUIRE(replies.has_value());
        return replies->front();
    }

    // What the store answers.
    template <class Question>
    auto ask(Question question) {
        auto answer = ports::ask(*store, question);
        REQUIRE(answer.has_value());
        return *std::move(answer);
    }

    ports::EvaluationView view(const Completion& event, std::size_t subject = 0) {
        const auto found =
            ask([&](ports::Snapshot& rows) { return rows.evaluations().by_token(token(event, subject)); });
        REQUIRE(found);
        return *found;
    }

    app::DrainJournal drain_of(ports::Journal& journal, std::size_t batch = 100) {
        return {{journal, *opener, *store, clock, steady, log, alarms, nobody}, batch};
    }

    std::vector<ports::DeliverySummary> deliveries() {
        return ask([](ports::Snapshot& rows) { return rows.deliveries().list({}); });
    }

    std::vector<ports::TicketRow> tickets() {
        return ask([](ports::Snapshot& rows) { return rows.tickets().after(TicketId{}, 1000); });
    }

    std::int64_t figure(Metric metric) {
        const auto counts = ask([](ports::Snapshot& rows) {
            return rows.figures().counts(Day{std::chrono::local_days{std::chrono::year{2020} / 1 / 1}},
                                         Day{std::chrono::local_days{std::chrono::year{2030} / 1 / 1}});
        });
        std::int64_t sum = 0;
        for (const auto& count : counts)
            if (count.metric == metric) sum += count.n;
        return sum;
    }

    ManualClock clock;
    const ports::SystemClock id_clock;
    ManualSteadyClock steady;
    CountingMeter meter;
    RecordedLog log;
    const run::Workers nobody{0, log};  // whoever tests acts for the writer and the readers
    record::BridgeTerms terms;
    const record::Keys keys;
    const ports::Digests& digests;
    const ports::KeyedDigest& ledger_seal;
    app::RuleFiles rule_files;
    std::optional<record::RuleBook> rules;
    std::unique_ptr<ports::Store> store;
    std::optional<record::Books> books;
    run::Alarms alarms{log};
    const compose::StoredRuleTexts rule_texts;
    std::optional<record::FollowRules> follow;
    std::optional<app::ApplyEvents> opener;
    std::optional<app::RecordRating> recorder;
    std::optional<app::SettleDefaults> settler;
    std::optional<app::ShowEvaluation> show;

protected:
    // All of it outlives the desk.
    Desk(std::unique_ptr<ports::Store> opened, const record::Keys& own_keys, const ports::KeyedDigest& own_ledger_seal)
        : keys{own_keys}, digests{own_keys.digests}, ledger_seal{own_ledger_seal}, store{std::move(opened)} {
        const std::filesystem::path config = project_root() / "config";
        auto loaded = compose::load_rules({config / "policy.ini", config / "calendar", config / "items/tags.csv",
                                           config / "items/items.csv", config / "items/nodes.csv"});
        REQUIRE(std::holds_alternative<app::RuleFiles>(loaded));
        rule_files = std::get<app::RuleFiles>(std::move(loaded));
        rules.emplace(rule_files.rules);

        const auto number = store->lease_instance("test", clock.now(), clock.now() + 1h);
        REQUIRE(number.has_value());
        books.emplace(*store, digests, ledger_seal, clock, id_clock);
        books->adopt(*number);
        follow.emplace(*rules, rule_texts, log, alarms, nobody);
        opener.emplace(*books, keys, *follow, terms, nobody, log);
        recorder.emplace(*books, keys, *rules, terms, nobody);
        settler.emplace(*books, keys, *rules, terms, 60s, nobody);
        show.emplace(*store, keys, *rules, nobody);
    }
    ~Desk() = default;
};

}  // namespace hcp::test
