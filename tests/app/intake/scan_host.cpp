#include "plugin/app/intake/scan_host.hpp"

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
    bool notify_staff(std::string_view, std::string_view, std::string_view) override { return false; }
    [[nodiscard]] bool can_notify_staff() const noexcept override { return false; }

    std::vector<Completion> completions;
    bool failing = false, stuck = false;
    Instant asked_since;
    int asked = 0;
};

using Next = app::ScanHost::Next;

// The store, with something that happens just behind a read of it.
class ReadStore final : public ports::Store {
public:
    ReadStore(ports::Store& store, std::function<void()>& after) : store_{store}, after_{after} {}
    ports::result<void> read(const std::function<ports::result<void>(ports::Snapshot&)>& work) override {
        auto done = store_.read(work);
        std::exchange(after_, [] {})();
        return done;
    }
    ports::result<void> write(const std::function<ports::result<void>(ports::Transaction&)>& work) override {
        return store_.write(work);
    }
    ports::result<ports::InstanceNo> lease_instance(std::string_view token, Instant now, Instant until) override {
        return store_.lease_instance(token, now, until);
    }
    ports::result<std::optional<Instant>> server_time() override { return store_.server_time(); }
    ports::result<std::optional<std::int64_t>> tend_wal() override { return store_.tend_wal(); }

private:
    ports::Store& store_;
    std::function<void()>& after_;
};

class Reconciling : public MemoryDesk {
public:
    Reconciling() {
        journal = open_journal();
        drain.emplace(drain_of(*journal));
        scan_host.emplace(app::ScanHost::Means{host, asked_store, *journal, keys, *rules, clock, log, nobody, nobody},
                          std::chrono::days{3});
        for (int i = 1; i <= 5; ++i) host.completions.push_back(completion("C" + std::to_string(i)));
        host.completions[4].secrecy = Secrecy::until_opening();
    }

    void accept(const std::vector<Event>& events) {
        REQUIRE(journal->append(std::span<const Event>{events}, clock.now()).has_value());
    }
    void accept(const std::string& case_no) { accept(std::vector<Event>{completion(case_no)}); }
    // What waits in the journal goes into the store, and is remembered in its order.
    void drain_everything() {
        const auto events = journal->read(100);
        REQUIRE(events.has_value());
        for (const auto& one : *events) drained.push_back(std::get<Completion>(one.event).key.case_no);
        REQUIRE(test::drain_all(*drain));
    }
    void set_aside(const std::string& case_no) {
        const auto events = journal->read(100);
        REQUIRE(events.has_value());
        for (const auto& one : *events)
            if (std::get<Completion>(one.event).key.case_no == case_no)
                REQUIRE(journal->set_aside(std::span{&one, 1}, "库拒绝", clock.now()).has_value());
        REQUIRE(journal->forget_through(events->back().at).has_value());
    }

    // Until a page has been judged, or there is no page; answers what comes next.
    Next step() {
        if (scan_host->next() == Next::nothing) scan_host->ask_for_scan();
        const auto next = scan_host->next();
        if (next == Next::fetch || next == Next::again_later)
            if (const auto fetched = scan_host->fetch(); fetched != Next::judge) return fetched;
        return scan_host->judge();
    }
    // Scans to its end, drained whenever it waits for that; in how many pages.
    std::pair<Next, int> scan() {
        for (int pages = 1;;) {
            const auto next = step();
            if (next == Next::wait)
                drain_everything();
            else if (next == Next::fetch)
                ++pages;
            else
                return {next, pages};
        }
    }
    std::vector<std::string> taken_in() {
        drain_everything();
        return drained;
    }
    [[nodiscard]] bool said(std::string_view words) const { return log.said(words); }

    ScannedHost host;
    std::unique_ptr<ports::Journal> journal;
    std::optional<app::DrainJournal> drain;
    std::vector<std::string> drained;
    std::function<void()> after_reading = [] {};  // once, when the store has been asked
    ReadStore asked_store{*store, after_reading};
    std::optional<app::ScanHost> scan_host;
};

using Cases = std::vector<std::string>;

}  // namespace

SCENARIO("what the host finished and never reported is taken in, page by page", "[reconcile]") {
    Reconciling desk;
    desk.apply({Desk::completion("C2"), Desk::completion("C4")});
    CHECK(desk.scan() == std::pair{Next::nothing, 3});
    CHECK(desk.host.asked_since == desk.clock.now() - std::chrono::days{3});
    CHECK(desk.taken_in() == Cases{"C1", "C3", "C5"});
    // C5 is under bid secrecy and counted nowhere.
    CHECK(desk.said("核对 4 件，补收 2 件"));
}

SCENARIO("what the journal still holds is not lost: the page waits for the drain", "[reconcile]") {
    Reconciling desk;
    for (const auto& one : desk.host.completions) desk.accept({Event{one}});
    desk.accept("OTHER");
    CHECK(desk.step() == Next::wait);
    const auto asked = desk.host.asked;
    CHECK(desk.step() == Next::wait);
    CHECK(desk.host.asked == asked);
    CHECK(desk.scan() == std::pair{Next::nothing, 3});
    CHECK(desk.taken_in() == Cases{"C1", "C2", "C3", "C4", "C5", "OTHER"});
    CHECK(desk.said("核对 4 件，补收 0 件"));
}

SCENARIO("a drain that has stored an event and not yet made the journal forget it is waited for too", "[reconcile]") {
    Reconciling desk;
    desk.accept("C1");
    CHECK(desk.drain->step().step == app::DrainJournal::Step::more);
    CHECK(desk.step() == Next::wait);
    REQUIRE(desk.drain->forget_stored());
    CHECK(desk.step() == Next::fetch);
}

SCENARIO("what is reported while its page waits is not taken in again", "[reconcile]") {
    Reconciling desk;
    WHEN("it comes before the page is judged") {
        desk.accept("OTHER");
        CHECK(desk.step() == Next::wait);
        const auto other = desk.journal->read(1);
        REQUIRE(other.has_value());
        desk.apply({Desk::completion("OTHER")});
        desk.accept("C1");
        REQUIRE(desk.journal->forget_through(other->back().at).has_value());
        CHECK(desk.step() == Next::wait);  // C1 and C2 are not in the store; the journal may hold them
    }
    WHEN("it comes when the store has just been asked") {
        desk.after_reading = [&] { desk.accept("C1"); };
        CHECK(desk.step() == Next::wait);
    }
    CHECK(desk.scan() == std::pair{Next::nothing, 3});
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
        CHECK(desk.step() == Next::wait);
        desk.set_aside("C1");
    }
    CHECK(desk.scan().first == Next::nothing);
    CHECK(desk.taken_in() == Cases{"C2", "C3", "C4", "C5"});
    CHECK(desk.said("补收 3 件"));
}

SCENARIO("a completion that the host lists twice is taken in once", "[reconcile]") {
    Reconciling desk;
    auto& listed = desk.host.completions;
    listed = {Desk::completion("C1"), Desk::completion("C1"), Desk::completion("C2"), Desk::completion("C1")};
    CHECK(desk.scan() == std::pair{Next::nothing, 2});
    CHECK(desk.taken_in() == Cases{"C1", "C2"});
    CHECK(desk.said("核对 4 件，补收 2 件"));
}

SCENARIO("a scan that breaks off begins anew, and a cursor that stands still ends it", "[reconcile]") {
    Reconciling desk;
    CHECK(desk.step() == Next::fetch);
    desk.host.failing = true;
    CHECK(desk.step() == Next::again_later);
    CHECK(desk.said("主机的办结清单不可用"));
    desk.host.failing = false;
    CHECK(desk.scan() == std::pair{Next::nothing, 3});

    desk.host.stuck = true;
    CHECK(desk.scan().first == Next::again_later);
    CHECK(desk.said("翻页游标没有前进"));
}
