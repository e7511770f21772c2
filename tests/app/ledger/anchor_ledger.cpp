#include "plugin/app/ledger/anchor_ledger.hpp"

#include "tests/support/memory_anchors.hpp"
#include "tests/support/memory_desk.hpp"

#include <set>

using namespace hcp;
using namespace hcp::test;

SCENARIO("the secret lane is signed beside the open one, every ten minutes and at the end, whatever happens in it",
         "[ledger]") {
    MemoryDesk desk;
    MemoryAnchorFile file;
    MemoryAnchors anchors{file};
    const auto signer = PlainRing{}.signer();
    run::Alarms alarms{desk.log};
    app::AnchorLedger signing{*desk.store, anchors, desk.digests, signer, desk.clock, alarms, desk.nobody};
    const auto lines = [&] {
        const auto content = anchors.read();
        REQUIRE(content.has_value());
        std::vector<std::int32_t> lanes;
        for (const auto& anchor : content->anchors) lanes.push_back(anchor.head.lane);
        return lanes;
    };
    using Lanes = std::vector<std::int32_t>;
    const auto secret = [](const std::string& case_no) {
        auto event = Desk::completion(case_no);
        event.secrecy = Secrecy::until_opening();
        return event;
    };
    desk.apply({Desk::completion("A1"), secret("S1")});
    signing.anchor();
    CHECK(lines() == Lanes{1, 1025});
    desk.apply({secret("S2")});
    signing.anchor();
    CHECK(lines() == Lanes{1, 1025});
    desk.apply({Desk::completion("A2")});
    signing.anchor();
    CHECK(lines() == Lanes{1, 1025, 1, 1025});
    desk.clock.set(desk.clock.now() + 10min);
    signing.anchor();
    CHECK(lines() == Lanes{1, 1025, 1, 1025, 1025});
    signing.anchor();
    CHECK(lines() == Lanes{1, 1025, 1, 1025, 1025});
    signing.anchor(true);
    CHECK(lines() == Lanes{1, 1025, 1, 1025, 1025, 1025});

    // No two look alike, though the lane stood still.
    std::set<ports::Digest> heads;
    const auto content = anchors.read();
    for (const auto& anchor : content->anchors)
        if (anchor.head.lane == 1025) heads.insert(anchor.head.hash);
    CHECK(heads.size() == 3);  // the last two were signed at the same time
}
