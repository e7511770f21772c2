#include "plugin/app/reconcile.hpp"

#include "tests/app/desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// Its completions, in pages of two.
class ScannedHost final : public ports::Host {
public:
    std::optional<ports::SignedOn> redeem(std::string_view) override { return std::nullopt; }
    std::optional<ports::ScanPage> list_completed(Instant since, std::string_view cursor) override {
        asked_since = since;
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
};

class Reconciling : public Desk {
public:
    Reconciling() {
        journal = open_journal();
        reconcile.emplace(host, *store, *journal, *keys, clock, log, [](const std::function<void()>& work) {
            work();
            return true;
        });
        for (int i = 1; i <= 5; ++i) host.completions.push_back(completion("C" + std::to_string(i)));
        host.completions[4].secrecy = Secrecy::until_opening();
    }

    // Scans to its end; in how many steps.
    std::pair<app::Reconcile::Step, int> scan() {
        for (int steps = 1;; ++steps)
            if (const auto step = reconcile->step(std::chrono::days{3}); step != app::Reconcile::Step::more)
                return {step, steps};
    }
    std::vector<std::string> taken_in() {
        std::vector<std::string> cases;
        const auto events = journal->read(100);
        REQUIRE(events.has_value());
        for (const auto& one : *events) cases.push_back(std::get<Completion>(one.event).key.case_no);
        return cases;
    }
    bool said(std::string_view words) const {
        return std::any_of(log.lines.begin(), log.lines.end(),
                           [&](const auto& line) { return line.find(words) != std::string::npos; });
    }

    ScannedHost host;
    std::unique_ptr<ports::Journal> journal;
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

SCENARIO("what is set aside waits for a person and does not come back by the scan", "[reconcile]") {
    Reconciling desk;
    const std::vector<Event> poison{desk.host.completions[0]};
    REQUIRE(desk.journal->append(poison, desk.clock.now()).has_value());
    const auto read = desk.journal->read(10);
    REQUIRE(read.has_value());
    REQUIRE(desk.journal->set_aside(*read, "库拒绝", desk.clock.now()).has_value());
    REQUIRE(desk.journal->forget_through(read->back().at).has_value());
    CHECK(desk.scan().first == Step::complete);
    CHECK(desk.taken_in() == Cases{"C2", "C3", "C4", "C5"});
}

SCENARIO("a scan that breaks off begins anew, and a cursor that stands still ends it", "[reconcile]") {
    Reconciling desk;
    CHECK(desk.reconcile->step(std::chrono::days{3}) == Step::more);
    desk.host.failing = true;
    CHECK(desk.reconcile->step(std::chrono::days{3}) == Step::broken_off);
    CHECK(desk.said("主机的办结清单不可用"));
    desk.host.failing = false;
    CHECK(desk.scan() == std::pair{Step::complete, 3});

    desk.host.stuck = true;
    CHECK(desk.scan().first == Step::broken_off);
    CHECK(desk.said("翻页游标没有前进"));
}
