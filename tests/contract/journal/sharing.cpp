#include "tests/contract/journal/clauses.hpp"
#include "tests/contract/journal/samples.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

// Several threads on one journal. Checks stay on the first: Catch2 is not thread safe.
namespace hcp::contract {
namespace {

void one_adds_at_an_end(JournalMedium& medium) {
    const auto journal = medium.open();
    constexpr int threads = 16;
    const auto end = journal->extent().end;
    std::atomic<int> stored{0}, moved{0};
    std::vector<std::thread> callers;
    callers.reserve(threads);
    for (int t = 0; t < threads; ++t)
        callers.emplace_back([&, t] {
            const domain::Event one = completion(std::to_string(t));
            const auto done = journal->append_at(end, {&one, 1}, at(t));
            ++(done ? stored : moved);
        });
    for (auto& caller : callers) caller.join();
    CHECK(stored == 1);
    CHECK(moved == threads - 1);
    CHECK(events_in(*journal) == 1);
}

void every_call_once_and_in_order(JournalMedium& medium) {
    const auto journal = medium.open();
    constexpr std::size_t threads = 64, calls = 20;
    std::atomic<int> failed{0};
    std::atomic<std::size_t> finished{0};
    std::vector<std::thread> callers;
    callers.reserve(threads);
    for (std::size_t t = 0; t < threads; ++t)
        callers.emplace_back([&, t] {
            for (std::size_t i = 0; i < calls; ++i)
                if (!add(*journal, {std::to_string(t) + "-" + std::to_string(i)})) ++failed;
            ++finished;
        });
    // The drain reads and forgets beside them.
    Cases drained;
    for (bool last_round = false; !last_round;) {
        last_round = finished == threads;
        for (std::size_t got = 1; got > 0;) {
            const auto batch = read(*journal, 100);
            got = batch.size();
            for (const auto& one : batch) drained.push_back(case_of(one.event));
            if (got > 0) CHECK(journal->forget_through(batch.back().at));
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
    CHECK(read(*journal).empty());
    CHECK(events_in(*journal) == 0);
    CHECK(must(journal->stats()).bytes == 0);
}

void its_extent_covers_what_has_returned(JournalMedium& medium) {
    const auto journal = medium.open();
    constexpr std::size_t threads = 8, calls = 10;
    std::vector<std::vector<ports::Position>> ends(threads);
    std::vector<std::thread> callers;
    callers.reserve(threads);
    for (std::size_t t = 0; t < threads; ++t)
        callers.emplace_back([&, t] {
            for (std::size_t i = 0; i < calls; ++i)
                if (add(*journal, {std::to_string(t) + "-" + std::to_string(i)}))
                    ends[t].push_back(journal->extent().end);
        });
    for (auto& caller : callers) caller.join();
    std::map<std::string, ports::Position> lies_at;
    for (const auto& one : read(*journal)) lies_at.emplace(case_of(one.event), one.at);
    std::size_t covered = 0;
    for (std::size_t t = 0; t < threads; ++t)
        for (std::size_t i = 0; i < ends[t].size(); ++i)
            covered += ends[t][i] >= lies_at.at(std::to_string(t) + "-" + std::to_string(i)) ? 1U : 0U;
    CHECK(covered == threads * calls);
}

}  // namespace

void add_sharing(std::vector<JournalClause>& all) {
    all.push_back({"of many who add at the same end one does", one_adds_at_an_end});
    all.push_back({"64 threads at once: every call is there exactly once, each thread's in its order",
                   every_call_once_and_in_order});
    all.push_back(
        {"its extent covers every call that has returned, on whatever thread", its_extent_covers_what_has_returned});
}

}  // namespace hcp::contract
