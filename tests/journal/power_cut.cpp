#include "tests/journal/faulty_disk.hpp"
#include "tests/journal/fixture.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using Cases = std::vector<std::string>;

namespace {
struct OnFaultyDisk {
    test::FaultyDisk disk;
    test::Fixture f;
    OnFaultyDisk() {
        f.journal.reset();
        std::filesystem::remove(f.options.path);
        f.options.vfs_name = test::FaultyDisk::vfs_name;
    }
    void open() { f.journal = journal::open(f.options, *f.seal, f.log).value(); }
    // What another machine would find on this disk after the power had failed just now.
    [[nodiscard]] Cases after_power_cut() {
        const auto left = f.directory.path() / "left";
        disk.cut_power(left);
        const auto survivor = journal::open({.path = left / "journal.db"}, *f.seal, f.log).value();
        Cases cases;
        for (const auto& j : survivor->read(100000).value())
            cases.push_back(std::get<domain::Completion>(j.event).key.case_no);
        set_aside_left = survivor->set_asides().list(1000)->size();
        return cases;
    }
    std::size_t set_aside_left = 0;
};
}  // namespace

SCENARIO("what was accepted survives a power cut just after, at every step and across checkpoints", "[power cut]") {
    OnFaultyDisk d;
    d.open();
    Cases expected;
    const std::vector<domain::Event> many(100, test::completion("many"));
    for (int i = 0; i < 60; ++i) {
        const auto name = std::to_string(i);
        REQUIRE(d.f.add(name));
        expected.push_back(name);
        if (i % 10 == 3) CHECK(d.after_power_cut() == expected);
        if (i == 30) {  // enough for the WAL to be copied and to start over
            for (int k = 0; k < 80; ++k) REQUIRE(d.f.journal->append(many, test::at(k)));
            while (d.f.journal->stats()->events > 0)
                REQUIRE(d.f.journal->forget_through(d.f.journal->read(1'000'000)->back().at));
            expected.clear();
            CHECK(d.after_power_cut() == expected);
        }
    }
    const auto read = d.f.journal->read(5).value();
    REQUIRE(d.f.journal->set_aside(read, "毒", test::at(0)));
    CHECK(d.after_power_cut() == expected);
    CHECK(d.set_aside_left == 5);
    REQUIRE(d.f.journal->forget_through(read.back().at));
    expected.erase(expected.begin(), expected.begin() + 5);
    CHECK(d.after_power_cut() == expected);
    REQUIRE(d.f.journal->set_asides().retry(1, test::at(1)));
    expected.push_back(std::get<domain::Completion>(read[0].event).key.case_no);
    CHECK(d.after_power_cut() == expected);
    CHECK(d.set_aside_left == 4);
}

SCENARIO("without a sync at every commit the newest calls would be lost: the test above would notice", "[power cut]") {
    OnFaultyDisk d;
    d.f.options.sync_every_commit = false;
    d.open();
    for (int i = 0; i < 5; ++i) REQUIRE(d.f.add("lost"));
    CHECK(d.after_power_cut().size() < 5);
}

SCENARIO("whichever write or sync fails, the caller hears of it, and what was acknowledged is there", "[disk fault]") {
    const int code = GENERATE(SQLITE_IOERR, SQLITE_FULL);
    const auto expected = code == SQLITE_FULL ? ports::journal_errc::full : ports::journal_errc::unavailable;
    OnFaultyDisk d;
    d.open();
    REQUIRE(d.f.add("first"));
    Cases acknowledged{"first"};
    int refused = 0;
    for (int nth = 1; nth < 20; ++nth) {
        const bool lasting = nth % 2 == 0;
        d.disk.fail(nth, code, lasting);
        for (int i = 0; i < 4; ++i) {
            const auto name = std::to_string(nth) + "-" + std::to_string(i);
            const auto stored = d.f.add_call({name, name});
            if (stored) {
                acknowledged.insert(acknowledged.end(), 2, name);
            } else {
                ++refused;
                CHECK(stored.error() == expected);
            }
        }
        d.disk.fail(0, 0, false);
        REQUIRE(d.f.add("between"));
        acknowledged.push_back("between");
        CHECK(d.f.read(100000) == acknowledged);
        CHECK(d.f.journal->stats()->events == static_cast<std::int64_t>(acknowledged.size()));
    }
    CHECK(refused > 10);
    CHECK(d.after_power_cut() == acknowledged);
    d.f.reopen();
    CHECK(d.f.read(100000) == acknowledged);
}
