// Completions at any microsecond of 2020 to 2026, on site and online, in a centre whose instance dies, loses its
// database and learns of new notices: when is each of them defaulted, and when may it be, by the text of the rulings?
//
// fair_clocks SECONDS [REPORT [SEED]]   one seed after the other, for so long
#include "plugin/domain/day_text.hpp"
#include "plugin/record/keys.hpp"
#include "tests/support/counting_meter.hpp"
#include "tests/support/memory_anchors.hpp"
#include "tests/support/memory_ground.hpp"
#include "tests/world/clock_oracle.hpp"
#include "tests/world/flaky.hpp"
#include "tests/world/life.hpp"
#include "tests/world/trace.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace hcp::world {
namespace {

using namespace domain;
using std::chrono::days;

// The texts of rules are names here, for the calendars of a test are in no file.
class NamedTexts final : public ports::RuleTexts {
public:
    void know(const PolicyBook& policies) { policies_ = policies; }
    void know(const Calendar& calendar) { calendars_.emplace(calendar.version(), calendar); }
    [[nodiscard]] std::optional<PolicyBook> policies(std::string_view) const override { return policies_; }
    [[nodiscard]] std::optional<Calendar> calendar(std::string_view name) const override {
        const auto found = calendars_.find(name);
        return found == calendars_.end() ? std::nullopt : std::optional{found->second};
    }
    [[nodiscard]] std::optional<TagBook> tags(std::string_view) const override { return std::nullopt; }
    std::vector<ports::RuleLine> lines_of(const PolicyVersion&) const override { return {}; }
    [[nodiscard]] std::string text_of(const Calendar& calendar) const override { return calendar.version(); }

private:
    PolicyBook policies_;
    std::map<std::string, Calendar, std::less<>> calendars_;
};

struct Span {
    Instant from, until;
};

// What is told of one completion, and what became of it.
struct Told {
    OracleCase as;
    Completion event;
    Instant stored, defaulted;
};

// Two months of a centre, of which five weeks have completions.
class Block : test::MemoryGround {
public:
    explicit Block(std::uint64_t seed) : MemoryGround{seed}, dice_{seed} {
        const auto first = sys_day(2020, 1, 1), last = sys_day(2026, 12, 20);
        begins_ = Day{first.time_since_epoch() + days{dice_.below(static_cast<std::uint64_t>((last - first).count()))}};
        natural_ = dice_.one_in(4);
        store_.dependable = true;
        make_policies();
        make_notices();
        time_.clock.set(start_of(begins_));
        make_outages();
        make_completions();
    }

    // Nothing: a day of it was lost or not by minutes, which no outside view can tell.
    std::optional<std::vector<std::string>> live() {
        const auto all_opened = start_of(begins_) + days{35}, end = start_of(begins_) + days{62};
        auto outage = outages_.begin();
        auto next_load = start_of(begins_);
        bool is_down = false;
        load(rules_of(begins_));
        begin();
        while (now() < end) {
            auto until = std::min(now() + stride(), start_of(day_of(now()) + days{1}));
            if (outage != outages_.end()) until = std::min(until, is_down ? outage->until : outage->from);
            // What is due while there is no process is reported to the next one.
            if (report_ != told_.end() && due(*report_) > now()) until = std::min(until, due(*report_));
            time_.pass(until - now());
            if (until == start_of(day_of(until))) fine_until_ = until + 6min;
            beat();
            if (outage != outages_.end() && now() >= (is_down ? outage->until : outage->from)) {
                is_down ? come_back() : go_down();
                if (is_down) ++outage;
                is_down = !is_down;
                fine_until_ = now() + 6min;
            }
            if (now() >= next_load && life_ && !store_.away) {
                load(rules_of(day_of(now())));
                next_load = now() < all_opened ? now() + days{1} + dice_.between(1h, 200h) : now() + days{1};
                fine_until_ = now() + 6min;
            }
            while (report_ != told_.end() && due(*report_) <= now() && life_) report(*report_++);
            beat();
        }
        read_what_became();
        life_.reset();
        return judged();
    }

    [[nodiscard]] std::size_t completions() const { return told_.size(); }
    [[nodiscard]] std::size_t lost_days() const { return lost_.size(); }

private:
    static std::chrono::local_days sys_day(int year, int month, int day) {
        return std::chrono::local_days{std::chrono::year{year} / month / day};
    }
    [[nodiscard]] Instant now() const { return time_.now(); }
    [[nodiscard]] microseconds stride() {
        if (now() < fine_until_) return 50s;
        const auto since_midnight = now() - start_of(day_of(now()));
        return since_midnight < 7h ? microseconds{3h} : dice_.between(20min, 70min);
    }
    [[nodiscard]] static Instant due(const Told& told) { return instant_from_us(told.as.accepted_us); }

    void make_policies() {
        files_ = shipped_rules();
        PolicyVersion policy = *files_.rules->policies.in_force(start_of(begins_)).version;
        policy.valid_from = Day{sys_day(2020, 1, 1)};
        policy.valid_to = std::nullopt;
        if (natural_) policy.window_kind = DayKind::natural, policy.window_days = 7;
        policies_ = PolicyBook{{policy}};
        texts_.know(policies_);
        window_days_ = policy.window_days;
        hours_ = policy.office_hours;
    }

    // Those that were published, and some that might have been: closures, and the centre's own days.
    void make_notices() {
        for (const auto& notice : files_.rules->calendar.notices())
            if (notice.scope == Scope::national) notices_.push_back(notice);
        const auto around = [&](std::uint64_t from, std::uint64_t range) {
            return begins_ + days{from + dice_.below(range)};
        };
        if (dice_.one_in(2)) {
            const auto first = around(5, 30), last = first + days{dice_.below(3)};
            notices_.push_back({Scope::national,
                                year_of(last),
                                first - days{1 + dice_.below(6)},
                                {},
                                {},
                                {{first, last, false, "示例假"}}});
        }
        for (std::uint64_t i = dice_.below(3); i > 0; --i) {
            const auto day = around(1, 40);
            notices_.push_back({Scope::centre,
                                {},
                                day - days{1 + dice_.below(9)},
                                {},
                                {},
                                {{day, day, dice_.one_in(2), "示例本地日"}}});
        }
        // 2027 is arranged at last.
        if (begins_ + days{50} >= Day{sys_day(2027, 1, 1)}) {
            const auto published = begins_ + days{10 + dice_.below(40)};
            notices_.push_back({Scope::national,
                                std::chrono::year{2027},
                                published,
                                {},
                                {},
                                {{Day{sys_day(2027, 1, 1)}, Day{sys_day(2027, 1, 3)}, false, "元旦"},
                                 {Day{sys_day(2027, 2, 5)}, Day{sys_day(2027, 2, 11)}, false, "春节"},
                                 {Day{sys_day(2027, 1, 30)}, Day{sys_day(2027, 1, 30)}, true, "春节"}}});
        }
    }

    void make_outages() {
        auto at = start_of(begins_) + 30h;
        const auto last = start_of(begins_) + days{45};
        while (true) {
            at += dice_.between(2h, 160h);
            const auto lasts = dice_.one_in(3)   ? dice_.between(10min, 2h)
                               : dice_.one_in(4) ? dice_.between(24h, 130h)
                                                 : dice_.between(2h, 14h);
            if (at + lasts > last) return;
            outages_.push_back({at, at + lasts});
            at += lasts;
        }
    }

    void make_completions() {
        const auto count = 25 + dice_.below(10);
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto completed = start_of(begins_) + dice_.between(0us, days{34});
            const auto late = dice_.one_in(5) ? dice_.between(0us, 90h) : dice_.between(0us, 3min);
            Told told;
            told.as = {to_us(completed), to_us(completed + late), dice_.one_in(2), natural_, window_days_};
            told.event.key = {"H1", std::to_string(i), "1"};
            told.event.line = Line::government;
            told.event.project_no = "P" + std::to_string(i);
            told.event.node = "项目登记";
            told.event.item_code = "ZC-01";
            told.event.department_id = "D1";
            told.event.completed_at = completed;
            told.event.mode = told.as.on_site ? Mode::on_site : Mode::online;
            told.event.subjects.push_back(
                {SubjectType::legal, Role::bidder, "9900" + std::to_string(i), "001", "示例有限公司", "", "", "", {}});
            told_.push_back(std::move(told));
        }
        std::sort(told_.begin(), told_.end(),
                  [](const auto& a, const auto& b) { return a.as.accepted_us < b.as.accepted_us; });
        report_ = told_.begin();
    }

    [[nodiscard]] app::RuleFiles rules_of(Day day) {
        std::vector<Notice> known;
        for (const auto& notice : notices_)
            if (notice.published <= day) known.push_back(notice);
        auto files = files_;
        auto rules = std::make_shared<record::Rules>(*files_.rules);
        rules->calendar = Calendar{known};
        rules->policies = policies_;
        texts_.know(rules->calendar);
        const auto& version = rules->calendar.version();
        files.references = {{ports::ReferenceKind::policy, policies_.versions().front().name, "policy"},
                            {ports::ReferenceKind::calendar, version, version}};
        files.rules = rules;
        if (!calendars_.contains(version)) calendars_.emplace(version, OracleDays{known});
        return files;
    }

    void load(app::RuleFiles files) {
        if (life_) {
            const auto conflicts = life_->use.load_rules.replace_by(files);
            if (!conflicts || !conflicts->empty()) return wrong("a calendar cannot be loaded");
        }
        loads_.push_back({now(), files.rules->calendar.version()});
        on_disk_ = std::move(files);
    }

    // By the files that it finds, or by those that it still had: what is in force is the store's newest (E50).
    void begin() {
        if (first_files_.references.empty()) first_files_ = on_disk_;
        life_.emplace(ground_, terms_, dice_.one_in(2) ? on_disk_ : first_files_, has_joined_);
    }
    void go_down() {
        if (dice_.one_in(2)) {
            store_.away = true;
        } else {
            life_.reset();
        }
    }
    void come_back() {
        store_.away = false;
        if (!life_) begin();
    }
    void beat() {
        if (!life_) return;
        (void)life_->jobs.beat();
        const auto crew = life_->crew.all();
        while (std::any_of(crew.begin(), crew.end(), [](auto* workers) { return workers->run_next(); })) continue;
    }
    void report(Told& told) {
        app::AcceptEvents::Call call{life_->accept};
        const Event event{told.event};
        if (!call.take(std::span{&event, 1})) return wrong("an event was not accepted");
        told.as.accepted_us = to_us(now());
    }

    void read_what_became() {
        const auto read = memory_.read([&](ports::Snapshot& stored) -> ports::result<void> {
            for (auto& told : told_) {
                const auto key = record::case_key(keys_, told.event.key);
                HCP_TRY(const auto cases, stored.cases().by_key(std::span{&key, 1}));
                if (!cases[0]) return wrong("a case was lost"), ports::result<void>{};
                HCP_TRY(const auto views, stored.evaluations().of_case(cases[0]->id));
                told.stored = cases[0]->opened_at;
                if (views.at(0).rating) told.defaulted = views[0].rating->stored_at;
            }
            return {};
        });
        if (!read) wrong("the store cannot be read");
    }

    [[nodiscard]] Instant::duration absent(Instant from, Instant until) const {
        Instant::duration sum{};
        for (const auto& outage : outages_)
            sum += std::max(Instant::duration{}, std::min(until, outage.until) - std::max(from, outage.from));
        return sum;
    }
    // E51. False: it cannot be told.
    [[nodiscard]] bool find_lost_days() {
        for (Day day = begins_ + days{1}; day < begins_ + days{61}; day += days{1}) {
            Instant::duration open{}, away{};
            for (const auto& span : hours_) {
                open += span.until - span.from;
                away += absent(start_of(day) + span.from, start_of(day) + span.until);
            }
            if (away + 5min > open / 2 && away - 5min < open / 2) return false;
            if (away >= open / 2) lost_.insert(day.time_since_epoch().count());
        }
        return true;
    }
    // Whether, and until when, it may not be settled as far as was known then (E20: what was counted once may only
    // grow).
    [[nodiscard]] OracleEnd end_by(const Told& told, Instant when) const {
        OracleEnd end;
        std::set<DayNumber> lost;
        for (const auto day : lost_)
            if (day < day_number(to_us(when)) && works_nationally(day, when)) lost.insert(day);
        for (std::size_t i = 0; i < loads_.size() && loads_[i].at <= when; ++i) {
            const bool replaced_before = i + 1 < loads_.size() && loads_[i + 1].at <= told.stored;
            if (replaced_before) continue;
            const auto by = end_of_window(told.as, calendars_.at(loads_[i].version), lost);
            end.us = std::max(end.us, by.us);
            end.provisional = by.provisional;
        }
        return end;
    }
    [[nodiscard]] bool works_nationally(DayNumber day, Instant when) const {
        const Loaded* in_force = &loads_.front();
        const auto judged = instant_from_us(start_us(day)) + 17h;
        for (const auto& load : loads_)
            if (load.at <= std::min(judged, when)) in_force = &load;
        return calendars_.at(in_force->version).works(day, false);
    }

    std::optional<std::vector<std::string>> judged() {
        if (!find_lost_days()) return std::nullopt;
        for (const auto& told : told_) judge(told);
        return trace_.wrongs;
    }
    void judge(const Told& told) {
        const auto where = text_of(begins_) + " " + told.event.key.case_no + ": completed " +
                           std::to_string(told.as.completed_us) + (told.as.on_site ? " on site" : " online") +
                           (natural_ ? ", natural days" : "") + ", accepted " + std::to_string(told.as.accepted_us) +
                           ", stored " + std::to_string(to_us(told.stored));
        if (told.defaulted == Instant{}) return wrong("nobody settled " + where);
        const auto end = end_by(told, told.defaulted);
        const auto when =
            ", defaulted " + std::to_string(to_us(told.defaulted)) + ", may be from " + std::to_string(end.us);
        if (end.provisional) wrong("settled while it was provisional: " + where + when);
        if (to_us(told.defaulted) < end.us) wrong("settled too early: " + where + when);
        // How long it ran while it might have settled it.
        Instant::duration could{};
        std::vector<Instant> edges{told.stored, told.defaulted};
        for (const auto& load : loads_) edges.push_back(load.at);
        for (const auto& outage : outages_) edges.push_back(outage.from), edges.push_back(outage.until);
        for (auto day = day_of(told.stored); day <= day_of(told.defaulted); day += days{1})
            edges.push_back(start_of(day));
        std::sort(edges.begin(), edges.end());
        for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
            const auto from = edges[i], until = edges[i + 1];
            if (from < told.stored || until > told.defaulted || absent(from, until) > Instant::duration{}) continue;
            const auto then = end_by(told, from);
            if (!then.provisional && to_us(from) >= then.us) could += until - from;
        }
        if (could > 5min) wrong("settled too late: " + where + when);
    }
    void wrong(std::string what) { trace_.wrong(std::move(what)); }

    struct Loaded {
        Instant at;
        std::string version;
    };

    Time time_;
    Dice dice_;
    Trace trace_{time_};
    Day begins_;
    bool natural_ = false;
    int window_days_ = 0;
    OfficeHours hours_;
    app::RuleFiles files_, on_disk_, first_files_;
    PolicyBook policies_;
    NamedTexts texts_;
    std::vector<Notice> notices_;
    std::map<std::string, OracleDays> calendars_;  // by version
    std::vector<Loaded> loads_;
    std::vector<Span> outages_;
    std::vector<Told> told_;
    std::vector<Told>::iterator report_;
    std::set<DayNumber> lost_;
    Instant fine_until_;

    test::MemoryStore memory_{rows};
    FlakyStore store_{memory_, dice_};
    test::MemoryAnchorFile anchor_file_;
    test::PlainSigner signer_ = ring.signer();
    const record::Keys keys_{sm3, lookup, link, content, records, *vault};
    test::MemoryJournal journal_{journal_file, journal_records};
    test::MemoryAnchors anchors_{anchor_file_};
    ports::NoHost host_;
    test::CountingMeter meter_;
    ports::SeededChance chance_{1};
    const ports::Settings settings_ = [] {
        ports::Settings settings;
        settings.instance = {{}, "fair", 60s};
        settings.journal.drain_batch = 20;
        settings.sweep = {1s, 60s, 50};
        settings.secrecy_alarm_after = days{90};
        settings.max_clock_skew = 5s;
        settings.web.emplace();  // an entrance (E51)
        return settings;
    }();
    const std::optional<ports::ProvinceProfile> profile_;
    const compose::Ground ground_{.log = trace_,
                                  .host = host_,
                                  .clock = time_.clock,
                                  .id_clock = time_.clock,
                                  .steady = time_.steady,
                                  .boot = time_.boot,
                                  .chance = chance_,
                                  .meter = meter_,
                                  .keys = keys_,
                                  .ledger_seal = ledger,
                                  .anchor_key = signer_,
                                  .rule_texts = texts_,
                                  .journal = journal_,
                                  .anchors = anchors_,
                                  .store_door = store_,
                                  .store = store_,
                                  .province = nullptr};
    const compose::Terms terms_{settings_, profile_, "fair", true};
    bool has_joined_ = false;
    std::optional<Life> life_;
};

}  // namespace
}  // namespace hcp::world

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: fair_clocks SECONDS [REPORT [SEED]]\n";
        return 2;
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{std::strtol(argv[1], nullptr, 10)};
    std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) - 1 : 0;
    std::size_t blocks = 0, bad = 0, unclear = 0, completions = 0, lost = 0;
    do {
        hcp::world::Block block{++seed};
        ++blocks;
        const auto wrongs = block.live();
        if (!wrongs) {
            ++unclear;
            continue;
        }
        completions += block.completions();
        lost += block.lost_days();
        for (const auto& what : *wrongs) std::cout << "seed " << seed << ": " << what << '\n';
        if (!wrongs->empty() && ++bad == 5) break;
    } while (std::chrono::steady_clock::now() < until);
    const auto report = "fair_clocks: " + std::to_string(completions) + " completions in " +
                        std::to_string(blocks - unclear) + " blocks of two months with " + std::to_string(lost) +
                        " lost days, " + std::to_string(bad) + " of them not as they should be; " +
                        std::to_string(unclear) + " set aside, since a day of theirs was lost or not by minutes";
    std::cout << report << '\n';
    if (argc > 2) std::ofstream{argv[2]} << report << '\n';
    return bad == 0 && completions > 0 ? 0 : 1;
}
