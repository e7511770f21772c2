#include "adapters/journal/group_commit.hpp"

#include <catch2/catch.hpp>

#include <semaphore>
#include <thread>
#include <vector>

using namespace hcp;

namespace {
struct Job {
    int thread = 0;
    bool failed = false;
};
}  // namespace

SCENARIO("those who wait while one writes are written together, in order of arrival", "[group commit]") {
    std::vector<std::vector<Job*>> batches;
    std::binary_semaphore writing{0}, go_on{0};
    auto write = [&](std::span<Job* const> jobs) noexcept {
        batches.emplace_back(jobs.begin(), jobs.end());
        if (batches.size() == 1) {
            writing.release();
            go_on.acquire();
        }
    };
    journal::GroupCommit<Job, decltype(write)> group{write};

    Job first, others[3];
    std::thread leader{[&] { group.run(first); }};
    writing.acquire();
    std::vector<std::thread> followers;
    for (auto& job : others) followers.emplace_back([&group, &job] { group.run(job); });
    while (group.waiting() < 3) std::this_thread::yield();
    go_on.release();
    leader.join();
    for (auto& t : followers) t.join();

    REQUIRE(batches.size() == 2);
    CHECK(batches[0] == std::vector<Job*>{&first});
    CHECK(batches[1].size() == 3);
}

SCENARIO("with 64 threads every job is written exactly once and answered by its own batch", "[group commit]") {
    constexpr int threads = 64, calls = 200;
    int written = 0, batch_no = 0;
    std::vector<int> next(threads, 0);
    auto write = [&](std::span<Job* const> jobs) noexcept {
        const bool fails = ++batch_no % 7 == 0;
        for (auto* job : jobs) {
            job->failed = fails;
            ++written;
            ++next[static_cast<std::size_t>(job->thread)];
        }
    };
    journal::GroupCommit<Job, decltype(write)> group{write};
    std::vector<std::thread> callers;
    for (int t = 0; t < threads; ++t)
        callers.emplace_back([&, t] {
            for (int i = 0; i < calls; ++i) {
                Job job{t, false};
                group.run(job);
            }
        });
    for (auto& t : callers) t.join();
    CHECK(written == threads * calls);
    CHECK(next == std::vector<int>(threads, calls));
}
