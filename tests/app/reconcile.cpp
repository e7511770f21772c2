#include "plugin/app/reconcile.hpp"

#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// Its completions, in pages of two.
class ScannedHost final : public ports::Host {
public:
    std::optional<ports::SignedOn> redeem(std::string_view) override { return std::nullopt; }
    std::optional<ports::ScanPage> list_completed(Instant since, std::string_view cursor) override {
        asked_since = since;
        ++asked;
        if (failing) return std::nullopt;
        ports::ScanPage page;
        auto at = cursor.empty() ? std::size_t{0} : std::stoul(std::string{cursor});
        for (; at < completions.size() && page.completions.size() < 2; ++at)
            page.completions.push_back(completions[at]);
        if (at < completions.size())
            page.next_cursor = stuck && !cursor.empty() ? std::string{cursor} : std::to_string(at);
        return page;
    }
    [[nodiscard]] bool can_scan() const noexcept override { return true; }

    std::vector<Completion> completions;
    bool failing = false, stuck = false;
    Instant asked_since;
    int asked = 0;
};

class Reconciling : public MemoryDesk {
public:
    Reconciling() {
        journal = open_journal();
        drain.emplace(*journal, *opener, clock, nobody, log, alarms, 100, app::DrainJournal::Onward{});
        reconcile.emplace(host, *store, *journal, keys, clock, log, nobody, [this](const std::function<void()>& work) {
            work();
            std::exchange(after_reading, [] {})();
        });
        for (int i = 1; i <= 5; ++i) host.completions.push_back(completion("C" + std::to_string(i)));
        host.completions[4].secrecy = Secrecy::until_opening();
    }

    void accept(const std::vector<Event>& events) {
        REQUIRE(journal->append(std::span<const Event>{events}, clock.now()).has_value());
    }
    void accept(const std::string& case_no) { accept(std::vector<Event>{completion(case_no)}); }
    // What waits in the journal goes into the store, and is remembered in its order.
    void drain_all() {
        const auto events = journal->read(100);
        REQUIRE(events.has_value());
        for (const auto& one : *events) drained.push_back(std::get<Completion>(one.event).key.case_no);
        REQUIRE(drain->pass());
    }
    void set_aside(const std::string& case_no) {
        const auto events = journal->read(100);
        REQUIRE(events.has_value());
        for (const auto& one : *events)
            if (std::get<Completion>(one.event).key.case_no == case_no)
                REQUIRE(journal->set_aside(std::span{&one, 1}, "库拒绝", clock.now()).has_value());
        REQUIRE(journal->forget_through(events->back().at).has_value());
    }

    app::Reconcile::Step step() { return reconcile->step(std::chrono::days{3}); }
    // Scans to its end, drained whenever it waits for that; in how many pages.
    std::pair<app::Reconcile::Step, int> scan() {
        for (int pages = 1;;) {
            const auto step = this->step();
            if (step == app::Reconcile::Step::waiting)
                drain_all();
            else if (step == app::Reconcile::Step::more)
                ++pages;
            else
                return {step, pages};
        }
    }
    std::vector<std::string> taken_in() {
        drain_all();
        return drained;
    }
    bool said(std::string_view words) const {
        return std::any_of(log.lines.begin(), log.lines.end(),
                           [&](const auto& line) { return line.find(words) != std::string::npos; });
    }

    ScannedHost host;
    app::Alarms alarms{log};
    std::unique_ptr<ports::Journal> journal;
    std::optional<app::DrainJournal> drain;
    std::vector<std::string> drained;
    std::function<void()> after_reading = [] {};  // once, when the store has been asked
    std::optional<app::Reconcile> reconcile;
};

using Cases = std::vector<std::string>;
using Step = app::Reconcile::Step;

}  // namespace

SCENARIO("what the host finished and never reported is taken in, page by page", "[reconcile]") {
    Reconciling desk;
    desk.apply({Desk::completion("C2"), Desk::completion("C4")});
    CHECK(desk.scan() == std::pair{Step::complete, 3});
    CHECK(desk.host.asked_since == desk.clock.now() - std::chrono::days{3});
    CHECK(desk.taken_in() == Cases{"C1", "C3", "C5"});
    // C5 is under bid secrecy and counted nowhere.
    CHECK(desk.said("核对 4 件，补收 2 件"));
}

SCENARIO("what the journal still holds is not lost: the page waits for the drain", "[reconcile]") {
    Reconciling desk;
    for (const auto& one : desk.host.completions) desk.accept({Event{one}});
    desk.accept("OTHER");
    CHECK(desk.step() == Step::waiting);
    const auto asked = desk.host.asked;
    CHECK(desk.step() == Step::waiting);
    CHECK(desk.host.asked == asked);
    CHECK(desk.scan() == std::pair{Step::complete, 3});
    CHECK(desk.taken_in() == Cases{"C1", "C2", "C3", "C4", "C5", "OTHER"});
    CHECK(desk.said("核对 4 件，补收 0 件"));
}

SCENARIO("a drain that has stored an event and not yet made the journal forget it is waited for too", "[reconcile]") {
    Reconciling desk;
    desk.accept("C1");
    CHECK(desk.drain->step() == app::DrainJournal::Step::more);
    CHECK(desk.step() == Step::waiting);
    REQUIRE(desk.drain->forget_stored());
    CHECK(desk.step() == Step::more);
}

SCENARIO("what is reported while its page waits is not taken in again", "[reconcile]") {
    Reconciling desk;
    WHEN("it comes before the page is judged") {
        desk.accept("OTHER");
        CHECK(desk.step() == Step::waiting);
        const auto other = desk.journal->read(1);
        REQUIRE(other.has_value());
        desk.apply({Desk::completion("OTHER")});
        desk.accept("C1");
        REQUIRE(desk.journal->forget_through(other->back().at).has_value());
        CHECK(desk.step() == Step::waiting);  // C1 and C2 are not in the store; the journal may hold them
    }
    WHEN("it comes when the store has just been asked") {
        desk.after_reading = [&] { desk.accept("C1"); };
        CHECK(desk.step() == Step::waiting);
    }
    CHECK(desk.scan() == std::pair{Step::complete, 3});
    CHECK(desk.taken_in() == Cases{"C1", "C2", "C3", "C4", "C5"});
    CHECK(desk.said("补收 3 件"));
}

SCENARIO("what is set aside waits for a person and does not come back by the scan", "[reconcile]") {
    Reconciling desk;
    desk.accept("C1");
    WHEN("it was before the scan") {
        desk.set_aside("C1");
    }
    WHEN("it is while its page waits") {
        CHECK(desk.step() == Step::waiting);
        desk.set_aside("C1");
    }
    CHECK(desk.scan().first == Step::complete);
    CHECK(desk.taken_in() == Cases{"C2", "C3", "C4", "C5"});
    CHECK(desk.said("补收 3 件"));
}

SCENARIO("a completion that the host lists twice is taken in once", "[reconcile]") {
    Reconciling desk;
    auto& listed = desk.host.completions;
    listed = {Desk::completion("C1"), Desk::completion("C1"), Desk::completion("C2"), Desk::completion("C1")};
    CHECK(desk.scan() == std::pair{Step::complete, 2});
    CHECK(desk.taken_in() == Cases{"C1", "C2"});
    CHECK(desk.said("核对 4 件，补收 2 件"));
}

SCENARIO("a scan that breaks off begins anew, and a cursor that stands still ends it", "[reconcile]") {
    Reconciling desk;
    CHECK(desk.step() == Step::more);
    desk.host.failing = true;
    CHECK(desk.step() == Step::broken_off);
    CHECK(desk.said("主机的办结清单不可用"));
    desk.host.failing = false;
    CHECK(desk.scan() == std::pair{Step::complete, 3});

    desk.host.stuck = true;
    CHECK(desk.scan().first == Step::broken_off);
    CHECK(desk.said("翻页游标没有前进"));
}
