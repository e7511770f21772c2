#include "integration/faults/powercut_scenario.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace hcp::faults;

namespace {

void survive(std::uint64_t first, std::uint64_t last) {
    std::size_t promised = 0;
    for (auto seed = first; seed <= last; ++seed) {
        const auto report = run_powercut({.seed = seed});
        promised += report.promised;
        INFO("seed " << seed);
        // NOLINTNEXTLINE(readability-container-size-empty): a failure shows them
        CHECK(report.faults == std::vector<std::string>{});
    }
    CHECK(promised > 100 * (last - first + 1) / 2);  // the lives were long enough to lose something
}

bool is_loss(const std::string& fault) {
    return fault.starts_with("lost: ");
}

}  // namespace

SCENARIO("what was answered OK survives a power cut at any write or sync, and nothing survives in halves",
         "[powercut]") {
    survive(1, 40);
}

SCENARIO("the same over many more seeds", "[.long]") {
    survive(41, 200);
}

SCENARIO("a journal that does not sync every commit loses what it promised, and the judge notices", "[powercut]") {
    std::size_t losing_seeds = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const auto report = run_powercut({.seed = seed, .cuts = 1, .sync_every_commit = false});
        if (std::any_of(report.faults.begin(), report.faults.end(), is_loss)) ++losing_seeds;
    }
    CHECK(losing_seeds > 0);
}
