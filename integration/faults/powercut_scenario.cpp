#include "integration/faults/powercut_scenario.hpp"

#include "adapters/gm/sm2_key.hpp"
#include "adapters/journal/anchor_file.hpp"
#include "adapters/journal/journal.hpp"
#include "adapters/store/sql_store.hpp"
#include "integration/faults/powercut_judge.hpp"
#include "integration/faults/powercut_vfs.hpp"
#include "plugin/app/figures/compare_figures.hpp"
#include "plugin/app/intake/apply_events.hpp"
#include "plugin/app/intake/drain_journal.hpp"
#include "plugin/app/ledger/anchor_ledger.hpp"
#include "plugin/app/ledger/verify_ledger.hpp"
#include "plugin/app/rating/record_rating.hpp"
#include "plugin/app/rating/settle_defaults.hpp"
#include "plugin/compose/key_set.hpp"
#include "plugin/compose/rule_files.hpp"
#include "tests/support/drain_all.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/project_root.hpp"
#include "tests/support/temp_directory.hpp"

#include <sys/stat.h>

#include <fstream>
#include <random>
#include <stdexcept>

namespace hcp::faults {
namespace {

namespace fs = std::filesystem;
using namespace domain;
using namespace std::chrono_literals;

constexpr Day first_day{std::chrono::local_days{std::chrono::year{2026} / 9 / 1}};

class Clock final : public ports::Clock {
public:
    [[nodiscard]] Instant now() const noexcept override { return now_; }
    void advance(std::chrono::microseconds by) { now_ += by; }

private:
    Instant now_ = start_of(first_day) + 9h;
};

class NoLog final : public ports::Log {
public:
    void write(ports::LogLevel, std::string_view) noexcept override {}
};

// Made once: keys and rules do not differ between lives.
struct Materials {
    Materials() {
        const auto owner_only = [&](const char* name, std::string_view text) {
            std::ofstream{directory.path() / name} << text;
            ::chmod((directory.path() / name).c_str(), S_IRUSR | S_IWUSR);
            return directory.path() / name;
        };
        const auto pem = gm::new_sm2_private_pem();
        if (!pem) throw std::runtime_error{"no anchor key"};
        std::string why;
        ports::KeySettings files;
        files.master_key_file = owner_only("master.key", std::string(64, '7'));
        files.anchor_key_file = owner_only("anchor.pem", ports::as_text(pem->view()));
        keys = compose::KeySet::load(files, why);
        if (!keys) throw std::runtime_error{why};
        const fs::path config = test::project_root() / "config";
        auto loaded = compose::load_rules({config / "policy.ini", config / "calendar", config / "items/tags.csv",
                                           config / "items/items.csv", config / "items/nodes.csv"});
        if (!std::holds_alternative<app::RuleFiles>(loaded)) throw std::runtime_error{"rules have faults"};
        rules = std::get<app::RuleFiles>(loaded).rules;
    }

    test::TempDirectory directory;
    std::unique_ptr<compose::KeySet> keys;
    std::shared_ptr<const record::Rules> rules;
};

const Materials& materials() {
    static const Materials made;
    return made;
}

// What outlives a cut outside the disk: what was promised, the clock, and the anchors, which are no SQLite file.
struct Memory {
    Promises promises;
    Clock clock;
    std::vector<Completion> completions;  // all that were tried
    std::size_t numbers = 0;
};

// One life between two cuts.
class Life {
public:
    Life(Memory& memory, const fs::path& directory, const fs::path& anchors, const std::string& vfs, bool synced)
        : memory_{memory}, directory_{directory}, anchors_{anchors}, vfs_{vfs}, synced_{synced} {}

    [[nodiscard]] bool open() {
        const auto& made = materials();
        journal::Options journal_options;
        journal_options.path = directory_ / "journal.db";
        journal_options.vfs_name = vfs_;
        journal_options.sync_every_commit = synced_;
        auto journal = journal::open(journal_options, made.keys->journal(), log_);
        if (!journal) return false;
        journal_ = *std::move(journal);

        store::StoreOptions store_options;
        store_options.path = directory_ / "store.db";
        store_options.vfs_name = vfs_;
        store_options.readers = 1;
        const auto now = memory_.clock.now();
        if (!store::migrate(store_options, now)) return false;
        auto store = store::open_store(store_options);
        if (!store) return false;
        store_ = *std::move(store);
        const auto number = store_->lease_instance("powercut", now, now + 1h);
        if (!number) return false;
        owner_ = number->value();
        books_.emplace(*store_, made.keys->digests(), made.keys->ledger(), memory_.clock, id_clock_);
        books_->adopt(*number);
        const auto freed = books_->write([&](ports::Transaction& rows, record::Pen&) -> ports::result<void> {
            return rows.deliveries().expire_claims(owner_, now);
        });
        if (!freed) return false;
        follow_.emplace(rules_, texts_, log_, alarms_, nobody_);
        opener_.emplace(*books_, keys_, *follow_, terms_, nobody_, log_);
        recorder_.emplace(*books_, keys_, rules_, terms_, nobody_);
        settler_.emplace(*books_, keys_, rules_, terms_, 60s, nobody_);
        drain_.emplace(
            app::DrainJournal::Means{*journal_, *opener_, *store_, memory_.clock, steady_, log_, alarms_, nobody_}, 7);
        anchor_.emplace(*store_, anchors_, made.keys->digests(), made.keys->anchors(), memory_.clock, alarms_, nobody_);
        return true;
    }

    void step(std::mt19937_64& dice) {
        memory_.clock.advance(std::chrono::seconds{1 + dice() % 600});
        switch (dice() % 16) {
            case 0:
            case 1:
            case 2:
            case 3:
                return report_completions(dice);
            case 4:
                return report_withdrawal(dice);
            case 5:
                return report_opening(dice);
            case 6:
                return report_visit();
            case 7:
            case 8:
            case 9:
                return rate(dice);
            case 10:
                memory_.clock.advance(std::chrono::hours{24 * (dice() % 3)});
                return static_cast<void>(settler_->sweep(memory_.clock.now(), 20));
            case 11:
            case 12:
                return deliver(dice);
            case 13:
                return anchor_->anchor();
            case 14:
                (void)test::drain_all(*drain_);
                return static_cast<void>(journal_->purge());
            default:
                return static_cast<void>(test::drain_all(*drain_));
        }
    }

    // Everything accepted goes into the store, then the judges look.
    void judge(std::vector<std::string>& faults) {
        if (!test::drain_all(*drain_)) faults.push_back("the journal cannot be drained");
        if (const auto stats = journal_->stats(); !stats || stats->events != 0 || stats->set_aside != 0)
            faults.push_back("events stay in the journal");
        const auto& keys = *materials().keys;
        const auto report = app::verify_ledger(*store_, anchors_, {keys.digests(), keys.anchors(), &keys.ledger()}, {});
        if (!report) faults.push_back("the ledger cannot be read");
        if (report)
            for (const auto& finding : report->findings) faults.push_back("ledger: " + finding.text);
        const auto differences =
            app::compare_figures(*store_, first_day - std::chrono::days{30}, first_day + std::chrono::days{3000});
        if (!differences) faults.push_back("the figures cannot be read");
        if (differences)
            for (const auto& difference : *differences) faults.push_back("figures: " + difference);
        judge_store(directory_ / "store.db", memory_.promises, faults);
    }

private:
    ports::result<void> report(const std::vector<Event>& events) {
        return journal_->append(std::span<const Event>{events}, memory_.clock.now());
    }

    Completion completion(std::mt19937_64& dice) {
        static constexpr const char* nodes[] = {"项目登记", "招标公告", "保证金", "中标公示"};
        const auto number = memory_.numbers++;
        Completion one;
        one.key = {"H1", "C-" + std::to_string(number), "1"};
        one.line = Line::government;
        one.project_no = "P-" + std::to_string(number / 4);
        one.node = nodes[number % 4];
        one.item_code = dice() % 8 == 0 ? "XX-" + std::to_string(dice() % 3) : "ZC-01";
        one.department_id = "D1";
        one.department_name = "交易一部";
        one.completed_at = memory_.clock.now() - 1min;
        one.mode = Mode::online;
        one.secrecy = domain::Secrecy::from_flag(number / 4 % 3 == 0);
        for (std::size_t i = 0; i <= dice() % 3; ++i)
            one.subjects.push_back({i == 2 ? SubjectType::person : SubjectType::legal,
                                    Role::bidder,
                                    "9900" + std::to_string(number / 4 * 3 + i),
                                    "",
                                    "示例有限公司",
                                    "",
                                    "",
                                    "",
                                    {}});
        one.handlers.push_back({"S1", "示例经办"});
        return one;
    }

    void report_completions(std::mt19937_64& dice) {
        std::vector<Event> events;
        std::vector<std::string> names;
        for (std::size_t i = 0; i <= dice() % 4; ++i) {
            auto one = completion(dice);
            memory_.promises.tried_cases[one.key.case_no] = one.subjects.size();
            names.push_back(one.key.case_no);
            memory_.completions.push_back(one);
            events.emplace_back(std::move(one));
        }
        memory_.promises.calls.push_back(names);
        if (report(events)) memory_.promises.cases.insert(names.begin(), names.end());
    }

    // Now and then of a case that has not come yet.
    void report_withdrawal(std::mt19937_64& dice) {
        const auto number = dice() % 8 == 0 ? memory_.numbers : dice() % (memory_.numbers + 1);
        const auto case_no = "C-" + std::to_string(number);
        const Withdrawal one{{"H1", case_no, "1"}, memory_.clock.now(), "示例撤回"};
        if (report({one})) memory_.promises.withdrawals.insert(case_no);
    }

    void report_opening(std::mt19937_64& dice) {
        const auto project = "P-" + std::to_string(dice() % (memory_.numbers / 4 + 1));
        if (report({BidsOpened{"H1", project, "", memory_.clock.now()}})) memory_.promises.openings.insert(project);
    }

    void report_visit() {
        Visit one;
        one.host_id = "H1";
        one.visit_no = "V-" + std::to_string(memory_.numbers++);
        one.line = Line::government;
        one.visited_at = memory_.clock.now();
        one.subject = SubjectFacts{SubjectType::person, Role::unknown, "990000", "", "示例自然人", "", "", "", {}};
        if (report({one})) memory_.promises.visits.insert(one.visit_no);
    }

    // A draft or an answer of the first subject of some case.
    void rate(std::mt19937_64& dice) {
        if (memory_.completions.empty()) return;
        const auto& one = memory_.completions[dice() % memory_.completions.size()];
        const auto& subject = one.subjects.front();
        app::RatingRequest request;
        request.token_digest =
            *record::token_digest(keys_, record::link_token(keys_, one.key, subject.type, subject.certificate_no));
        const auto level = static_cast<Level>(1 + dice() % 5);
        request.answer = {level,
                          {},
                          is_bad(level) ? "排队时间太长，希望增加窗口" : "",
                          Channel::mobile,
                          std::to_string(dice()),
                          memory_.clock.now()};
        request.intent = dice() % 4 == 0 ? app::Intent::draft : app::Intent::submit;
        const auto replies = recorder_->record(std::span<const app::RatingRequest>{&request, 1});
        if (!replies || replies->front().kind != app::RatingReply::Kind::decided) return;
        const auto fate = replies->front().fate;
        if (fate == AnswerFate::accepted || fate == AnswerFate::replaces_default)
            memory_.promises.ratings[one.key.case_no] = static_cast<std::int32_t>(level);
    }

    // Claim and receipt as the bridge writes them, without a province in between; some claims stay open.
    void deliver(std::mt19937_64& dice) {
        const auto now = memory_.clock.now();
        std::vector<ports::DeliveryWork> works;
        const auto claimed = books_->write([&](ports::Transaction& rows, record::Pen&) -> ports::result<void> {
            HCP_TRY(works, rows.deliveries().claim({owner_, now, now + 60s, 8}));
            return {};
        });
        if (!claimed || works.empty() || dice() % 4 == 0) return;
        std::vector<ports::DeliveryMark> marks;
        for (const auto& work : works) {
            ports::DeliveryMark mark;
            mark.id = work.delivery.id;
            mark.state = DeliveryState::delivered;
            mark.at = mark.next_at = now;
            mark.evaluation_id = work.evaluation.id;
            mark.service_number = work.evaluation.service_ordinal;
            marks.push_back(std::move(mark));
        }
        const auto marked = books_->write([&](ports::Transaction& rows, record::Pen& pen) -> ports::result<void> {
            for (const auto& mark : marks)
                pen.enter(open_to_all, entries::Delivered{mark.id, mark.evaluation_id, mark.service_number, {}});
            return rows.deliveries().mark(owner_, marks);
        });
        if (!marked) return;
        for (const auto& mark : marks) memory_.promises.delivered.insert(mark.id.value());
    }

    Memory& memory_;
    fs::path directory_;
    journal::AnchorFile anchors_;
    std::string vfs_;
    bool synced_;
    NoLog log_;
    run::Alarms alarms_{log_};
    const ports::SystemClock id_clock_;
    const test::ManualSteadyClock steady_;
    const run::Workers nobody_{0, log_};  // there is one thread, and it is everybody's
    record::Keys keys_ = materials().keys->keys();
    record::BridgeTerms terms_;
    std::int32_t owner_ = 0;
    std::unique_ptr<ports::Journal> journal_;
    std::unique_ptr<ports::Store> store_;
    std::optional<record::Books> books_;
    record::RuleBook rules_{materials().rules};
    const compose::StoredRuleTexts texts_;
    std::optional<record::FollowRules> follow_;
    std::optional<app::ApplyEvents> opener_;
    std::optional<app::RecordRating> recorder_;
    std::optional<app::SettleDefaults> settler_;
    std::optional<app::DrainJournal> drain_;
    std::optional<app::AnchorLedger> anchor_;
};

// In the first life a cut may meet the migrations; later ones begin in the middle of things.
std::uint64_t moment(std::mt19937_64& dice, bool first) {
    if (first && dice() % 4 == 0) return 1 + dice() % 300;
    return (first ? 300 : 1) + dice() % 1200;
}

void recover_and_judge(Memory& memory, const fs::path& image, const fs::path& anchors, const fs::path& copy,
                       std::vector<std::string>& faults) {
    fs::create_directory(copy);
    fs::copy(image, copy);
    {
        Life after{memory, copy, anchors, "", true};
        if (!after.open()) {
            faults.push_back("what survived cannot be opened");
            return;
        }
        after.judge(faults);
    }
    judge_file(copy / "journal.db", faults);
    judge_file(copy / "store.db", faults);
}

}  // namespace

PowercutReport run_powercut(const PowercutTerms& terms) {
    std::mt19937_64 dice{terms.seed};
    PowerCutVfs vfs{"hcp-powercut"};
    test::TempDirectory directory;
    Memory memory;
    PowercutReport report;
    const auto anchors = directory.path() / "anchors.log";
    auto disk = directory.path() / "0";
    fs::create_directory(disk);
    while (report.cuts < terms.cuts) {
        vfs.power_on(disk, moment(dice, report.cuts == 0));
        {
            Life life{memory, disk, anchors, vfs.name(), terms.sync_every_commit};
            const bool opened = life.open();
            if (!opened && !vfs.is_off()) throw std::runtime_error{"a disk under power cannot be opened"};
            while (opened && !vfs.is_off()) life.step(dice);
        }
        const auto image = directory.path() / std::to_string(++report.cuts);
        fs::create_directory(image);
        vfs.surviving_image(image, dice);
        recover_and_judge(memory, image, anchors, directory.path() / ("copy-" + std::to_string(report.cuts)),
                          report.faults);
        disk = image;
    }
    report.promised = memory.promises.count();
    return report;
}

}  // namespace hcp::faults
