#include "plugin/app/membership/join_store.hpp"

#include "plugin/domain/ledger_entries.hpp"
#include "tests/support/failing_store.hpp"
#include "tests/support/memory_anchors.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

using Joined = app::JoinStore::Joined;

class Door final : public ports::StoreDoor {
public:
    ports::result<void> open(std::string& why) override {
        if (error) {
            why = words;
            return *error;
        }
        is_open = true;
        return {};
    }
    void shut() noexcept override {
        is_open = false;
        ++shut_times;
    }
    std::optional<ports::store_errc> error;
    std::string words;
    bool is_open = false;
    int shut_times = 0;
};

// An instance that has just started, before a store in which the desk has worked as number 1.
struct Arriving : MemoryDesk {
    app::JoinStore::Answer join(const std::string& token = "new", bool virtual_clock = false) {
        return join_under(keys, token, virtual_clock);
    }
    app::JoinStore::Answer join_under(const record::Keys& own, const std::string& token, bool virtual_clock = false) {
        return app::JoinStore{{door, faulty, anchors, arrived, own, clock, nobody}, {token, 90s, virtual_clock}}.join();
    }
    // The virtual clocks that number's open lane speaks of.
    std::ptrdiff_t virtual_clocks(InstanceNo number) {
        const auto entries =
            ask([&](ports::Snapshot& all) { return all.ledger().after(lane_of(number, Chain::open), 0, 100); });
        return std::count_if(entries.begin(), entries.end(), [](const ports::LedgerRow& row) {
            return row.kind == static_cast<std::int32_t>(LedgerKind::virtual_clock);
        });
    }

    MemoryAnchorFile anchor_file;
    MemoryAnchors anchors{anchor_file};
    Door door;
    FailingStore faulty{*store};
    record::Books arrived{faulty, digests, ledger_seal, clock, id_clock};
};

}  // namespace

SCENARIO("who joins has a number of its own under which it writes from then on", "[membership]") {
    Arriving desk;
    const auto answer = desk.join();
    CHECK(answer.joined == Joined::yes);
    CHECK(answer.number == InstanceNo{2});
    CHECK(answer.why.empty());
    CHECK(desk.arrived.instance() == InstanceNo{2});
    CHECK(desk.door.is_open);
    CHECK(desk.arrived.write([](ports::Transaction&, record::Pen&) -> ports::result<void> { return {}; }).has_value());
}

SCENARIO("the same token has the same number again", "[membership]") {
    Arriving desk;
    CHECK(desk.join("test").number == InstanceNo{1});
}

SCENARIO("the number is leased for the lease's time, and not longer", "[membership]") {
    Arriving desk;
    REQUIRE(desk.join().number == InstanceNo{2});
    const auto over = desk.clock.now() + 90s;
    for (int i = 3; i <= 1023; ++i)
        REQUIRE(desk.store->lease_instance(std::to_string(i), desk.clock.now(), over + 1h).has_value());
    CHECK(desk.store->lease_instance("other", over - 1us, over + 1h).error() == ports::store_errc::conflict);
    CHECK(desk.store->lease_instance("another", over, over + 1h).value() == InstanceNo{2});
}

SCENARIO("what the instance had claimed before is claimable at once, its outcome unknown", "[membership]") {
    Arriving desk;
    desk.apply({Desk::completion("C1")});
    const auto claim = [&](std::int32_t owner) {
        std::vector<ports::DeliveryWork> works;
        REQUIRE(desk.store
                    ->write([&](ports::Transaction& tx) -> ports::result<void> {
                        HCP_TRY(works, tx.deliveries().claim({owner, desk.clock.now(), desk.clock.now() + 1h, 10}));
                        return {};
                    })
                    .has_value());
        return works;
    };
    REQUIRE(claim(1).size() == 1);
    WHEN("it comes again itself") {
        REQUIRE(desk.join("test").joined == Joined::yes);
        const auto works = claim(1);
        REQUIRE(works.size() == 1);
        CHECK(works[0].delivery.outcome_unknown);
    }
    WHEN("another one comes") {
        REQUIRE(desk.join().joined == Joined::yes);
        CHECK(claim(2).empty());
    }
}

SCENARIO("a virtual clock is noted in the ledger where there is one, and only there", "[membership]") {
    Arriving desk;
    for (const bool has_one : {false, true}) {
        const auto answer = desk.join(has_one ? "virtual" : "real", has_one);
        REQUIRE(answer.joined == Joined::yes);
        CHECK(desk.virtual_clocks(answer.number) == (has_one ? 1 : 0));
    }
}

SCENARIO("a database that does not answer is asked again later, by a door that is shut meanwhile", "[membership]") {
    Arriving desk;
    desk.apply({Desk::completion("C1")});
    WHEN("it does not open") {
        desk.door.error = ports::store_errc::unavailable;
        desk.door.words = "连接被拒绝";
        const auto answer = desk.join();
        CHECK(answer.joined == Joined::not_yet);
        CHECK(answer.why == "连接被拒绝");
    }
    WHEN("it does not open, and says nothing") {
        desk.door.error = ports::store_errc::unavailable;
        const auto answer = desk.join();
        CHECK(answer.joined == Joined::not_yet);
        CHECK(answer.why == make_error_code(ports::store_errc::unavailable).message());
    }
    for (const auto error : {ports::store_errc::unavailable, ports::store_errc::in_doubt}) {
        const auto after = make_error_code(error).message();
        desk.faulty.error = error;
        WHEN("it opens, and then cannot be read: " + after) {
            desk.faulty.read_failures = 1;
            CHECK(desk.join().joined == Joined::not_yet);
        }
        WHEN("no number can be leased: " + after) {
            desk.faulty.lease_failures = 1;
            CHECK(desk.join().joined == Joined::not_yet);
        }
        WHEN("it cannot be written: " + after) {
            desk.faulty.failures = 1;
            CHECK(desk.join().joined == Joined::not_yet);
        }
    }
    CHECK(desk.door.shut_times == 1);
    CHECK_FALSE(desk.door.is_open);
    // And then it answers.
    desk.door.error.reset();
    CHECK(desk.join().joined == Joined::yes);
    CHECK(desk.door.is_open);
}

SCENARIO("nothing is written before the instance has joined", "[membership]") {
    Arriving desk;
    desk.apply({Desk::completion("C1")});
    desk.faulty.error = ports::store_errc::unavailable;
    desk.faulty.read_failures = 1;
    REQUIRE(desk.join().joined == Joined::not_yet);
    const auto written =
        desk.arrived.write([](ports::Transaction&, record::Pen&) -> ports::result<void> { return {}; });
    CHECK(written.error() == ports::store_errc::unavailable);
    CHECK(desk.faulty.writes == 0);
}

SCENARIO("a database that is not as it must be is for a person to look at", "[membership]") {
    Arriving desk;
    WHEN("it is another's, or of another version") {
        desk.door.error = ports::store_errc::corrupt;
        desk.door.words = "数据库结构比本程序新";
        const auto answer = desk.join();
        CHECK(answer.joined == Joined::refused);
        CHECK(answer.why == "数据库结构比本程序新");
    }
    WHEN("it does not take what is written") {
        desk.faulty.error = ports::store_errc::refused;
        desk.faulty.failures = 1;
        CHECK(desk.join().joined == Joined::refused);
    }
    CHECK_FALSE(desk.door.is_open);
    CHECK(desk.door.shut_times == 1);
}

SCENARIO("a store that was filled under another founding key is refused", "[membership]") {
    Arriving desk;
    const PlainRing other{2};
    const auto lookup = other.keyed_digest("lookup");
    const record::Keys foreign{desk.digests,      lookup,           desk.keys.link,
                               desk.keys.content, desk.keys.sealer, desk.keys.vault};
    WHEN("there is a case in it") {
        desk.apply({Desk::completion("C1")});
        const auto answer = desk.join_under(foreign, "new");
        CHECK(answer.joined == Joined::refused);
        CHECK(answer.why.find("创始密钥不同") != std::string::npos);
        CHECK_FALSE(desk.door.is_open);
        CHECK(desk.arrived.instance() == InstanceNo{0});
        THEN("no number is taken") {
            CHECK(desk.join("next").number == InstanceNo{2});
        }
    }
    WHEN("there is none, and nothing that would not be found again") {
        CHECK(desk.join_under(foreign, "new").joined == Joined::yes);
    }
}

SCENARIO("where all numbers are taken a person must look", "[membership]") {
    Arriving desk;
    for (int i = 2; i <= 1023; ++i)
        REQUIRE(desk.store->lease_instance(std::to_string(i), desk.clock.now(), desk.clock.now() + 1h).has_value());
    const auto answer = desk.join();
    CHECK(answer.joined == Joined::refused);
    CHECK(answer.why.find("无法取得实例编号") != std::string::npos);
    CHECK_FALSE(desk.door.is_open);
    CHECK(desk.arrived.instance() == InstanceNo{0});
}

SCENARIO("who joins makes no id a second time, were the clock set back since the last were made", "[membership]") {
    Arriving desk;
    ports::SubjectRow subject;
    subject.id = IdSource{InstanceNo{2}}.next<SubjectId>(at(2080, 1, 1));
    REQUIRE(desk.store->write([&](ports::Transaction& tx) { return tx.subjects().insert(std::span{&subject, 1}); }));
    REQUIRE(desk.join().number == InstanceNo{2});
    SubjectId next;
    REQUIRE(desk.arrived.write([&](ports::Transaction&, record::Pen& pen) -> ports::result<void> {
        next = pen.id<SubjectId>();
        return {};
    }));
    CHECK(next > subject.id);
}

SCENARIO("a database older than what was signed of it is refused, and taken again when it is the right one",
         "[membership]") {
    Arriving desk;
    desk.apply({Desk::completion("C1"), Desk::completion("C2")});
    const auto heads = desk.ask([](ports::Snapshot& all) { return all.ledger().heads(); });
    const auto open = std::find_if(heads.begin(), heads.end(),
                                   [](const ports::LedgerHead& head) { return !is_secret_lane(head.lane); });
    REQUIRE(open != heads.end());
    REQUIRE(desk.anchors.append({{*open, desk.clock.now(), {1}}}));
    CHECK(desk.join().joined == Joined::yes);

    auto later = *open;
    WHEN("entries after its end were signed") {
        ++later.seq;
        REQUIRE(desk.anchors.append({{later, desk.clock.now(), {1}}}));
        const auto answer = desk.join();
        CHECK(answer.joined == Joined::refused);
        CHECK(answer.why.find("没有第 " + std::to_string(later.seq) + " 条") != std::string::npos);
        CHECK_FALSE(desk.door.is_open);
    }
    WHEN("its last entry is another one") {
        later.hash[0] ^= 1;
        REQUIRE(desk.anchors.append({{later, desk.clock.now(), {1}}}));
        CHECK(desk.join().joined == Joined::refused);
        AND_WHEN("it is the right one again") {
            REQUIRE(desk.anchors.append({{*open, desk.clock.now(), {1}}}));
            CHECK(desk.join().joined == Joined::yes);
        }
    }
    WHEN("the anchors cannot be judged, since they are of a secret lane") {
        later.lane = lane_of(InstanceNo{1}, Chain::secret);
        later.seq = 0;
        REQUIRE(desk.anchors.append({{later, desk.clock.now(), {1}}}));
        CHECK(desk.join().joined == Joined::yes);
    }
}
