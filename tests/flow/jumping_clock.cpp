#include "plugin/compose/jobs.hpp"
#include "tests/support/file_desk.hpp"
#include "tests/support/memory_anchors.hpp"

#include <array>

using namespace hcp;
using namespace hcp::test;

namespace {

constexpr auto year = std::chrono::days{365};

class OpenDoor final : public ports::StoreDoor {
public:
    ports::result<void> open(std::string&) override { return {}; }
    void shut() noexcept override {}
};

ports::Settings settings_of_it() {
    ports::Settings settings;
    settings.instance = {{}, "flow", 60s};
    settings.journal.drain_batch = 20;
    settings.sweep = {1s, 60s, 50};
    settings.secrecy_alarm_after = std::chrono::days{90};
    settings.max_clock_skew = 2s;
    settings.max_clock_jump = 10min;
    settings.web.emplace();  // an entrance (E51)
    return settings;
}

// An instance of one thread, on a real SQLite store, and the machine that it runs on.
class Running {
public:
    explicit Running(FileDesk& on) : desk{on}, journal_{on.open_journal()} {
        REQUIRE(jobs.join().joined == app::JoinStore::Joined::yes);
        jobs.begin();
        work();
    }
    void pass(std::chrono::microseconds by) {
        desk.clock.set(desk.clock.now() + by);
        desk.steady.advance(by);
        boot_.advance(by);
        (void)jobs.beat();
        work();
    }
    // And what comes of it within seconds.
    void set_clock(std::chrono::microseconds by) {
        desk.clock.set(desk.clock.now() + by);
        for (int i = 0; i < 5; ++i) pass(1s);
    }
    [[nodiscard]] bool alarms_of_it() const { return use.alarms.standing("clock_jump"); }

private:
    void work() {
        const auto all = crew_.all();
        while (std::any_of(all.begin(), all.end(), [](auto* workers) { return workers->run_next(); })) continue;
    }

    FileDesk& desk;
    const std::unique_ptr<ports::Journal> journal_;
    ports::NoHost host_;
    OpenDoor door_;
    ManualBootClock boot_;
    ports::SeededChance chance_{1};
    const compose::StoredRuleTexts texts_;
    MemoryAnchorFile anchor_file_;
    MemoryAnchors anchors_{anchor_file_};
    const ports::Settings settings_ = settings_of_it();
    const std::optional<ports::ProvinceProfile> profile_;
    const compose::Ground ground_{.log = desk.log,
                                  .host = host_,
                                  .clock = desk.clock,
                                  .id_clock = desk.id_clock,
                                  .steady = desk.steady,
                                  .boot = boot_,
                                  .chance = chance_,
                                  .meter = desk.meter,
                                  .keys = desk.keys,
                                  .ledger_seal = desk.ledger_seal,
                                  .anchor_key = desk.key_set->anchors(),
                                  .rule_texts = texts_,
                                  .journal = *journal_,
                                  .anchors = anchors_,
                                  .store_door = door_,
                                  .store = *desk.store,
                                  .province = nullptr};
    const compose::Terms terms_{settings_, profile_, "running", false};
    compose::Crew crew_{0, 0, 0, desk.log};

public:
    compose::UseCases use{ground_, terms_, desk.rule_files, crew_};
    compose::Jobs jobs{use, crew_, [](InstanceNo) {}};
};

EvaluationState state_of(FileDesk& desk, const Completion& event) {
    return desk.view(event).evaluation.state;
}

}  // namespace

SCENARIO("nobody is defaulted by a clock that jumped, until it is confirmed or back (E24)", "[flow]") {
    FileDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    std::optional<Running> running{std::in_place, desk};
    running->set_clock(year);
    CHECK(state_of(desk, event) == EvaluationState::open);
    CHECK(running->alarms_of_it());
    WHEN("it is put back") {
        running->set_clock(-year);
        CHECK_FALSE(running->alarms_of_it());
        CHECK(state_of(desk, event) == EvaluationState::open);
        CHECK(desk.rate(event, Level::satisfied, desk.clock.now()).fate == AnswerFate::accepted);
    }
    WHEN("the instance is started again") {
        running.reset();
        running.emplace(desk);
        running->pass(5s);
        CHECK(state_of(desk, event) == EvaluationState::open);
        CHECK(running->alarms_of_it());
    }
    WHEN("an operator confirms it") {
        REQUIRE(desk.store->write([&](ports::Transaction& tx) -> ports::result<void> {
            HCP_CHECK(tx.clock_marks().confirm(desk.clock.now()));
            return {};
        }));
        for (int i = 0; i < 5; ++i) running->pass(1s);
        CHECK_FALSE(running->alarms_of_it());
        CHECK(state_of(desk, event) == EvaluationState::defaulted);
    }
    running.reset();
}
