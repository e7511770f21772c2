#include "tests/journal/fixture.hpp"
#include "tests/journal/random_events.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <thread>

using namespace hcp;
using Cases = std::vector<std::string>;

namespace {
void change_file(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}
}  // namespace

SCENARIO("events are read in the order of acceptance, never more than asked for", "[journal]") {
    test::Fixture f;
    REQUIRE(f.add("a", 1));
    REQUIRE(f.add_call({"b", "c", "d"}, 2));
    REQUIRE(f.add("e", 3));
    CHECK(f.read() == Cases{"a", "b", "c", "d", "e"});
    CHECK(f.read() == Cases{"a", "b", "c", "d", "e"});  // reading removes nothing
    CHECK(f.read(4) == Cases{"a", "b", "c", "d"});
    CHECK(f.read(3) == Cases{"a", "b", "c"});  // to the middle of a call
    CHECK(f.read(1) == Cases{"a"});
    const auto all = f.journal->read(10).value();
    CHECK(all[0].accepted_at == test::at(1));
    CHECK(all[3].accepted_at == test::at(2));
    CHECK(all[3].at == ports::Position{all[1].at.frame, 2});
    CHECK(f.journal->append({}, test::at(4)));
    CHECK(f.read().size() == 5);
}

SCENARIO("a long call is read and forgotten piece by piece, every event once and in order", "[journal]") {
    test::Fixture f;
    Cases reported;
    for (int i = 0; i < 1000; ++i) reported.push_back(std::to_string(i));
    REQUIRE(f.add_call(reported));
    REQUIRE(f.add("behind"));
    reported.emplace_back("behind");
    Cases read;
    for (;;) {
        const auto piece = f.journal->read(300).value();
        if (piece.empty()) break;
        CHECK(piece.size() <= 300);
        for (const auto& one : piece) read.push_back(std::get<domain::Completion>(one.event).key.case_no);
        REQUIRE(f.journal->forget_through(piece.back().at));
        CHECK(f.journal->stats()->events == static_cast<std::int64_t>(reported.size() - read.size()));
    }
    CHECK(read == reported);
}

SCENARIO("what is read at once is bounded where events are large, and never nothing", "[journal]") {
    test::Fixture f;
    constexpr int calls = 30;
    for (int i = 0; i < calls; ++i) {
        const domain::Event large = test::completion(std::to_string(i), 1000);
        REQUIRE(f.journal->append({&large, 1}, test::at(i)));
    }
    std::size_t read = 0, most = 0;
    for (;;) {
        const auto piece = f.journal->read(calls).value();
        if (piece.empty()) break;
        read += piece.size();
        most = std::max(most, piece.size());
        REQUIRE(f.journal->forget_through(piece.back().at));
    }
    CHECK(read == calls);
    CHECK(most < calls / 2);
}

SCENARIO("every kind of event comes back as it was", "[journal]") {
    test::Fixture f;
    test::RandomEvents random{1};
    std::vector<domain::Event> events;
    for (int i = 0; i < 300; ++i) events.push_back(random.next());
    REQUIRE(f.journal->append(events, test::at(0)));
    f.reopen();
    const auto back = f.journal->read(1000).value();
    REQUIRE(back.size() == events.size());
    CHECK(std::ranges::equal(back, events, {}, &ports::Journaled::event));
}

SCENARIO("what was forgotten never comes back, and no position is used twice", "[journal]") {
    test::Fixture f;
    REQUIRE(f.add_call({"a", "b", "c"}));
    REQUIRE(f.add("d"));
    WHEN("it is forgotten to the middle of a call") {
        const auto b = f.position_of("b");
        REQUIRE(f.journal->forget_through(b));
        CHECK(f.read() == Cases{"c", "d"});
        CHECK(f.journal->stats()->events == 2);
        f.reopen();
        CHECK(f.read() == Cases{"c", "d"});
        CHECK(f.journal->stats()->events == 2);
        THEN("what is read next begins and ends inside its call") {
            CHECK(f.read(1) == Cases{"c"});
            CHECK(f.read(2) == Cases{"c", "d"});
        }
        THEN("forgetting less than before changes nothing") {
            REQUIRE(f.journal->forget_through({b.frame, 0}));
            CHECK(f.read() == Cases{"c", "d"});
            CHECK(f.journal->stats()->events == 2);
        }
        THEN("the rest of the call can be forgotten") {
            REQUIRE(f.journal->forget_through(f.position_of("c")));
            CHECK(f.read() == Cases{"d"});
            CHECK(f.journal->stats()->events == 1);
        }
    }
    WHEN("everything is forgotten and the file is opened anew") {
        const auto d = f.position_of("d");
        REQUIRE(f.journal->forget_through(d));
        CHECK(f.read().empty());
        f.reopen();
        REQUIRE(f.add("e"));
        CHECK(f.position_of("e").frame > d.frame);
        CHECK(f.read() == Cases{"e"});
    }
}

SCENARIO("the journal's extent covers what was accepted and forgotten, and is the same after reopening", "[journal]") {
    test::Fixture f;
    const auto same_after_reopening = [&] {
        const auto before = f.journal->extent();
        f.reopen();
        CHECK(f.journal->extent().forgotten == before.forgotten);
        CHECK(f.journal->extent().end == before.end);
        return before;
    };
    const auto empty = same_after_reopening();
    CHECK(empty.forgotten == empty.end);
    REQUIRE(f.add_call({"a", "b", "c"}));
    REQUIRE(f.add("d"));
    CHECK(same_after_reopening().end == f.position_of("d"));
    CHECK(f.journal->extent().forgotten == empty.forgotten);
    const auto b = f.position_of("b"), d = f.position_of("d");
    REQUIRE(f.journal->forget_through(b));
    CHECK(same_after_reopening().forgotten == b);
    REQUIRE(f.journal->forget_through(d));
    REQUIRE(f.journal->forget_through(b));  // less than before
    CHECK(same_after_reopening().forgotten == d);
    CHECK(f.journal->extent().end == d);
    THEN("an event that is put back is accepted anew") {
        REQUIRE(f.add("e"));
        const auto e = f.journal->read(1).value();
        REQUIRE(f.journal->set_aside(e, "毒", test::at(1)));
        REQUIRE(f.journal->forget_through(e[0].at));
        REQUIRE(f.journal->retry_set_aside(1, test::at(2)));
        CHECK(f.journal->extent().end > e[0].at);
        CHECK(same_after_reopening().end == f.position_of("e"));
    }
}

SCENARIO("who knows the journal's end may add to it, unless somebody was first", "[journal]") {
    test::Fixture f;
    const domain::Event one = test::completion("one"), two = test::completion("two");
    const auto end = f.journal->extent().end;
    const auto first = f.journal->append_at(end, {&one, 1}, test::at(1));
    REQUIRE(first.has_value());
    CHECK(*first == f.journal->extent().end);
    CHECK(f.journal->append_at(end, {&two, 1}, test::at(2)).error() == ports::journal_errc::moved);
    const auto bytes = f.journal->stats()->bytes;
    CHECK(f.read() == Cases{"one"});
    REQUIRE(f.journal->append_at(*first, {&two, 1}, test::at(2)).has_value());
    CHECK(f.read() == Cases{"one", "two"});
    CHECK(f.journal->stats()->bytes == 2 * bytes);  // what was not stored holds no room
    f.reopen();
    CHECK(f.read() == Cases{"one", "two"});
    CHECK(f.log.all.empty());
}

SCENARIO("of many who add at the same end one does", "[journal]") {
    test::Fixture f;
    constexpr int threads = 16;
    const auto end = f.journal->extent().end;
    std::atomic<int> stored{0}, moved{0};
    std::vector<std::thread> callers;
    for (int t = 0; t < threads; ++t)
        callers.emplace_back([&, t] {
            const domain::Event one = test::completion(std::to_string(t));
            const auto done = f.journal->append_at(end, {&one, 1}, test::at(t));
            ++(done ? stored : moved);
        });
    for (auto& caller : callers) caller.join();
    CHECK(stored == 1);
    CHECK(moved == threads - 1);
    CHECK(f.journal->stats()->events == 1);
}

SCENARIO("the figures follow every step and are the same after reopening", "[journal]") {
    test::Fixture f;
    const auto same_after_reopening = [&] {
        const auto before = f.journal->stats().value();
        f.reopen();
        const auto after = f.journal->stats().value();
        CHECK(before.events == after.events);
        CHECK(before.bytes == after.bytes);
        CHECK(before.set_aside == after.set_aside);
        if (before.events > 0) CHECK(before.oldest_accepted_at == after.oldest_accepted_at);
        return after;
    };
    CHECK(same_after_reopening().events == 0);
    REQUIRE(f.add_call({"a", "b"}, 5));
    REQUIRE(f.add("c", 6));
    const auto three = same_after_reopening();
    CHECK(three.events == 3);
    CHECK(three.bytes > 600);
    CHECK(three.oldest_accepted_at == test::at(5));
    const auto read = f.journal->read(10).value();
    REQUIRE(f.journal->set_aside({&read[1], 1}, "第 2 条", test::at(7)));
    REQUIRE(f.journal->forget_through(read[1].at));
    const auto one = same_after_reopening();
    CHECK(one.events == 1);
    CHECK(one.set_aside == 1);
    CHECK(one.oldest_accepted_at == test::at(6));
    REQUIRE(f.journal->forget_through(read[2].at));
    REQUIRE(f.journal->retry_set_aside(1, test::at(8)));
    const auto again = same_after_reopening();
    CHECK(again.events == 1);
    CHECK(again.set_aside == 0);
    CHECK(again.oldest_accepted_at == test::at(8));
}

SCENARIO("64 threads at once: every call is there exactly once, each thread's in its order", "[journal]") {
    test::Fixture f;
    constexpr int threads = 64, calls = 20;
    std::atomic<int> failed{0}, finished{0};
    std::vector<std::thread> callers;
    for (int t = 0; t < threads; ++t)
        callers.emplace_back([&, t] {
            for (int i = 0; i < calls; ++i)
                if (!f.add(std::to_string(t) + "-" + std::to_string(i))) ++failed;
            ++finished;
        });
    // The drain reads and forgets beside them.
    Cases drained;
    for (bool last_round = false; !last_round;) {
        last_round = finished == threads;
        for (std::size_t got = 1; got > 0;) {
            const auto batch = f.journal->read(100).value();
            got = batch.size();
            for (const auto& j : batch) drained.push_back(std::get<domain::Completion>(j.event).key.case_no);
            if (got > 0) CHECK(f.journal->forget_through(batch.back().at));
        }
    }
    for (auto& t : callers) t.join();
    CHECK(failed == 0);
    CHECK(drained.size() == threads * calls);
    CHECK(std::set(drained.begin(), drained.end()).size() == threads * calls);
    std::vector<int> next(threads, 0);
    bool in_order = true;
    for (const auto& name : drained) {
        const auto dash = name.find('-');
        in_order = in_order && next[std::stoul(name)]++ == std::stoi(name.substr(dash + 1));
    }
    CHECK(in_order);
    CHECK(f.read().empty());
    CHECK(f.journal->stats()->events == 0);
    CHECK(f.journal->stats()->bytes == 0);
}

SCENARIO("nothing that was reported is readable in the files", "[journal]") {
    test::Fixture f;
    REQUIRE(f.add("secret-case"));
    const auto read = f.journal->read(1).value();
    REQUIRE(f.journal->set_aside(read, "reason in clear", test::at(1)));
    const auto bytes = f.bytes_on_disk();
    for (const auto* word : {"secret-case", "91370000MA3C", "山东明湖", "王小明", "370102199001011234", "13800000000",
                             "李办事", "host-one", "SDGP370000", "信息化"})
        CHECK(bytes.find(word) == std::string::npos);
    CHECK(bytes.find("reason in clear") != std::string::npos);  // the search would have found something
}

SCENARIO("a record that was changed, or sealed for another place, is noticed; those before it are still read",
         "[journal]") {
    test::Fixture f;
    for (const auto* name : {"a", "b", "c"}) REQUIRE(f.add(name));
    f.journal.reset();
    const std::string fault = GENERATE(
        as<std::string>{}, "update frame set sealed = substr(sealed, 1, length(sealed) - 1) || x'00' where frame = 2",
        "update frame set sealed = x'' where frame = 2", "update frame set accepted_at_us = 1 where frame = 2",
        "update frame set events = 2 where frame = 2");
    change_file(f.options.path, fault);
    f.journal = journal::open(f.options, *f.seal, f.log).value();
    CHECK(f.read() == Cases{"a"});
    REQUIRE(f.journal->forget_through({1, 0}));
    CHECK(f.journal->read(10).error() == ports::journal_errc::corrupt);
    CHECK(f.journal->read(10).error() == ports::journal_errc::corrupt);
    CHECK(f.log.all.size() == 1);  // said once
}

SCENARIO("a record copied into another journal does not open there", "[journal]") {
    test::Fixture f, other;
    REQUIRE(f.add("a"));
    REQUIRE(other.add("b"));
    f.journal.reset();
    other.journal.reset();
    change_file(other.options.path, "attach '" + f.options.path.string() +
                                        "' as f; update frame set sealed = (select sealed from f.frame)");
    other.journal = journal::open(other.options, *other.seal, other.log).value();
    CHECK(other.journal->read(10).error() == ports::journal_errc::corrupt);
}

SCENARIO("a key that is not ours opens nothing", "[journal]") {
    test::Fixture f;
    REQUIRE(f.add("a"));
    const auto stranger = test::sealer(8);
    f.journal.reset();
    CHECK(journal::open(f.options, *stranger, f.log).value()->read(1).error() == ports::journal_errc::corrupt);
}

SCENARIO("the WAL does not grow without end although nothing is read or forgotten", "[journal]") {
    test::Fixture f;
    f.options.sync_every_commit = false;  // only to be quick
    f.reopen();
    const int threads = GENERATE(1, 4);
    constexpr int calls = 6000;
    std::vector<std::thread> callers;
    for (int t = 0; t < threads; ++t)
        callers.emplace_back([&] {
            for (int i = 0; i < calls / threads; ++i) (void)f.add("case");
        });
    for (auto& t : callers) t.join();
    CHECK(f.journal->stats()->events == calls);
    constexpr std::uintmax_t page_bytes = 4096 + 24;
    CHECK(std::filesystem::file_size(f.options.path.string() + "-wal") < 3000 * page_bytes);
}
