#include "tests/chaos/chaos.hpp"

#include "adapters/config/load_profile.hpp"
#include "adapters/gm/sm2_cipher.hpp"
#include "integration/province_sim/sm2.hpp"
#include "plugin/compose/rule_files.hpp"
#include "tests/chaos/judge.hpp"
#include "tests/chaos/virtual_line.hpp"
#include "tests/support/counting_meter.hpp"
#include "tests/support/memory_anchors.hpp"
#include "tests/support/memory_ground.hpp"
#include "tests/support/project_root.hpp"
#include "tests/world/flaky.hpp"
#include "tests/world/life.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>
#include <variant>

namespace hcp::chaos {

using namespace domain;
using namespace std::chrono_literals;

namespace {

ports::ProvinceProfile profile_of(bool sm2) {
    auto loaded = config::load_profile(test::project_root() / "config/province" / (sm2 ? "shandong.ini" : "plain.ini"));
    if (!std::holds_alternative<ports::ProvinceProfile>(loaded)) throw std::runtime_error{"the profile has faults"};
    auto profile = std::get<ports::ProvinceProfile>(std::move(loaded));
    profile.per_attempt = 20s;
    return profile;
}

ports::Settings settings_of_chaos() {
    ports::Settings settings;
    settings.instance = {{}, "chaos", 60s};
    settings.journal.drain_batch = 50;
    settings.store.sessions = 1;
    settings.sweep = {1s, 60s, 50};
    settings.secrecy_alarm_after = std::chrono::days{90};
    settings.reconcile.reset();
    settings.max_clock_skew = 5s;
    settings.web.emplace();
    return settings;
}

// The keys of both sides, in the two implementations.
struct Keys {
    province_sim::KeyPair platform = province_sim::generate_key_pair(), client = province_sim::generate_key_pair();

    [[nodiscard]] province_sim::Crypto theirs() const {
        province_sim::Crypto crypto;
        crypto.own.emplace(platform.private_hex);
        crypto.client.emplace(client.public_hex);
        return crypto;
    }
    [[nodiscard]] gm::Sm2Cipher ours() const {
        auto to = gm::sm2_public_from_hex(platform.public_hex);
        auto own = gm::sm2_private_from_hex(client.private_hex);
        if (!to || !own) throw std::runtime_error{"the keys have faults"};
        return gm::Sm2Cipher{ports::Sm2Format{}, *std::move(to), *std::move(own)};
    }
};

// A sanitizer keeps what was freed.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_is_its_own = false;
#else
constexpr bool memory_is_its_own = true;
#endif

class Chaos final : public test::MemoryGround {
public:
    Chaos(std::uint64_t seed, std::size_t evaluations, bool sm2)
        : MemoryGround{seed},
          dice_{seed},
          trace{time_},
          files_{world::shipped_rules()},
          chance_{seed},
          settings_{settings_of_chaos()},
          profile_{profile_of(sm2)},
          far_end_{time_, [this, sm2] { return sm2 ? keys_of_line_.theirs() : province_sim::Crypto{}; }, seed},
          ground_{.log = trace,
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
                  .province = nullptr},
          terms_{settings_, profile_, "chaos", true},
          wanted_{evaluations} {
        time_.clock.set(test::at(2026, 9, 21, 9h));
        if (sm2) cipher_.emplace(keys_of_line_.ours());
        line_.emplace(
            VirtualLine::Means{time_, dice_, trace, far_end_, *profile_, cipher_ ? &*cipher_ : nullptr, content});
        ground_.province = &*line_;
    }

    Outcome live(std::uint64_t seed) {
        far_end_.be_moody();
        begin();
        while (made_ < wanted_ || time_.now() < quiet_from_) storm();
        calm();
        judge(memory_, far_end_, trace, outcome);
        outcome.seed = seed;
        outcome.hash = trace.hash();
        outcome.evaluations = made_;
        outcome.wrongs = std::move(trace.wrongs);
        outcome.lines = std::move(trace.lines);
        return std::move(outcome);
    }

    Outcome outlast(std::chrono::days down) {
        line_->is_calm = store_.dependable = true;
        trace.verbose = true;
        begin();
        far_end_.kill(down);
        while (made_ < wanted_) {
            time_.pass(dice_.between(1s, 10s));
            complete();
            rate();
            (void)life_->jobs.beat();
            work();
        }
        const auto back = time_.now() + down;
        std::int64_t at_first = 0;
        while (time_.now() < back) {
            time_.pass(10min);
            (void)life_->jobs.beat();
            work();
            if (at_first == 0 && time_.now() > back - down + 24h) at_first = resident_bytes();
        }
        const auto grown = resident_bytes() - at_first;
        if (memory_is_its_own && grown > (5 << 20))
            trace.wrong("memory has grown by " + std::to_string(grown >> 10) + " KiB");
        calm();
        judge(memory_, far_end_, trace, outcome);
        judge_order(memory_, trace);
        for (const std::string alarm : {"undelivered", "bridge"}) {
            const auto said = [&](const std::string& what) {
                return std::count_if(trace.lines.begin(), trace.lines.end(), [&](const std::string& line) {
                    return line.find(what + alarm) != std::string::npos;
                });
            };
            if (said("告警 ") != 1 || said("告警解除 ") != 1)
                trace.wrong("the alarm " + alarm + " was raised " + std::to_string(said("告警 ")) +
                            " times and ended " + std::to_string(said("告警解除 ")) + " times");
        }
        outcome.evaluations = made_;
        outcome.wrongs = std::move(trace.wrongs);
        return std::move(outcome);
    }

private:
    static std::int64_t resident_bytes() {
        std::int64_t pages = 0, resident = 0;
        std::ifstream{"/proc/self/statm"} >> pages >> resident;
        return resident * ::sysconf(_SC_PAGESIZE);
    }
    void begin() { life_.emplace(ground_, terms_, files_, has_joined_); }
    void die() {
        line_->hang_up();
        life_.reset();
        ++outcome.deaths;
    }
    // What is posted is run, now of these workers and now of those; some of it, where it is to die with work in hand.
    void work(std::uint64_t most = 1'000'000) {
        auto crew = life_->crew.all();
        for (std::uint64_t done = 0; done < most; ++done) {
            std::rotate(crew.begin(), crew.begin() + static_cast<std::ptrdiff_t>(dice_.below(crew.size())), crew.end());
            if (std::none_of(crew.begin(), crew.end(), [](auto* workers) { return workers->run_next(); })) return;
        }
    }

    void storm() {
        time_.pass(dice_.one_in(3) ? dice_.between(1ms, 300ms) : dice_.between(300ms, 8s));
        if (!life_) begin();
        if (made_ < wanted_) {
            complete();
            quiet_from_ = time_.now() + 15min;
        }
        for (auto n = dice_.below(3); n > 0; --n) rate();
        (void)life_->jobs.beat();
        if (dice_.one_in(120)) {
            work(dice_.below(25));
            return die();
        }
        work();
        if (dice_.one_in(200)) {
            far_end_.kill(dice_.between(1s, 60s));
            ++outcome.far_deaths;
        }
    }

    // Until everything has arrived or waits for a person.
    void calm() {
        far_end_.be_calm();
        line_->is_calm = store_.dependable = true;
        if (!life_) begin();
        const auto until = time_.now() + std::chrono::days{3};
        for (int still = 0; still < 3 && time_.now() < until;) {
            time_.pass(dice_.between(5s, 20s));
            (void)life_->jobs.beat();
            work();
            still = is_still() ? still + 1 : 0;
        }
        if (!is_still()) trace.wrong("three days of calm were not enough");
        life_->use.deliver->close();
        work();
        (void)life_->use.drain_journal.forget_stored();
        life_.reset();
    }
    [[nodiscard]] bool is_still() {
        const auto queues = ports::ask(memory_, [](ports::Snapshot& stored) { return stored.figures().queues(); });
        const auto journal = journal_.stats();
        if (!queues || !journal || journal->events != 0 || queues->claimed != 0) return false;
        // What waits for one that a person must look at waits with it.
        bool waits = true;
        (void)memory_.read([&](ports::Snapshot& stored) -> ports::result<void> {
            ports::DeliveryFilter queued;
            queued.state = DeliveryState::queued;
            queued.limit = 100'000;
            HCP_TRY(const auto all, stored.deliveries().list(queued));
            for (const auto& one : all) waits = waits && one.delivery.waits_for != DeliveryId{};
            return {};
        });
        return waits;
    }

    // Steps of projects, each of one to three subjects; a step may be taken twice, and subjects come back in other
    // projects.
    void complete() {
        static constexpr std::array nodes{"项目登记", "招标公告", "保证金", "中标公示", "项目登记"};
        Completion one;
        const auto project = cases_ / 6 * 3 + dice_.below(3);
        one.key = {"H1", "C" + std::to_string(cases_), "1"};
        one.line = Line::government;
        one.project_no = one.project_name = "P" + std::to_string(project);
        one.node = nodes[dice_.below(nodes.size())];
        one.item_code = "ZC-01";
        one.department_id = "D1";
        one.completed_at = time_.now() - dice_.between(1ms, 90s);
        one.mode = dice_.one_in(2) ? Mode::on_site : Mode::online;
        const auto subjects = std::min<std::size_t>(1 + dice_.below(3), wanted_ - made_);
        for (std::size_t i = 0; i < subjects; ++i)
            one.subjects.push_back({SubjectType::legal,
                                    Role::bidder,
                                    "9137080" + std::to_string(1'000'000'000 + (project + i * 7) % 40) + "X",
                                    "001",
                                    "示例投标人有限公司",
                                    "",
                                    "",
                                    "",
                                    {}});
        one.handlers.push_back({"S1", "示例经办"});
        app::AcceptEvents::Call call{life_->accept};
        const std::array<Event, 1> events{one};
        if (!call.take(std::span<const Event>{events})) return;
        ++cases_;
        made_ += subjects;
        finished_.push_back(std::move(one));
    }

    void rate() {
        if (finished_.empty()) return;
        const auto& one = finished_[dice_.below(finished_.size())];
        const auto& subject = one.subjects[dice_.below(one.subjects.size())];
        app::RatingRequest request;
        request.token_digest =
            *record::token_digest(keys_, record::link_token(keys_, one.key, subject.type, subject.certificate_no));
        const auto level = static_cast<Level>(1 + dice_.below(5));
        request.answer = {level,
                          {},
                          is_bad(level) ? "排队时间太长，CA电子签名不能用" : "",
                          Channel::mobile,
                          std::to_string(dice_.below(1000)),
                          time_.now()};
        (void)life_->use.rating_queue.rate(request, [](const app::RatingOutcome&) {});
    }

    world::Time time_;
    world::Dice dice_;

public:
    world::Trace trace;
    Outcome outcome;

private:
    app::RuleFiles files_;
    test::MemoryStore memory_{rows};
    world::FlakyStore store_{memory_, dice_};
    test::MemoryAnchorFile anchor_file_;
    test::PlainSigner signer_ = ring.signer();
    const record::Keys keys_{sm3, lookup, link, content, records, *vault};
    test::MemoryJournal journal_{journal_file, journal_records};
    test::MemoryAnchors anchors_{anchor_file_};
    ports::NoHost host_;
    test::CountingMeter meter_;
    ports::SeededChance chance_;
    const compose::StoredRuleTexts texts_;
    ports::Settings settings_;
    std::optional<ports::ProvinceProfile> profile_;
    Keys keys_of_line_;
    FarEnd far_end_;
    std::optional<gm::Sm2Cipher> cipher_;
    std::optional<VirtualLine> line_;
    compose::Ground ground_;
    const compose::Terms terms_;
    std::optional<world::Life> life_;
    bool has_joined_ = false;
    const std::size_t wanted_;
    std::size_t made_ = 0, cases_ = 0;
    Instant quiet_from_{};
    std::vector<Completion> finished_;
};

}  // namespace

Outcome outlasted(std::size_t evaluations, std::chrono::days down) {
    return std::make_unique<Chaos>(1, evaluations, false)->outlast(down);
}

Outcome lived(std::uint64_t seed, std::size_t evaluations, bool sm2, bool verbose) {
    const auto chaos = std::make_unique<Chaos>(seed, evaluations, sm2);
    chaos->trace.verbose = verbose;
    return chaos->live(seed);
}

}  // namespace hcp::chaos
