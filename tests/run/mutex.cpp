#include "plugin/run/mutex.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <stdexcept>

using namespace hcp::run;
using namespace std::chrono_literals;

namespace {

struct Guarded {
    Mutex mutex;
    Condition changed;
    int value HCP_GUARDED_BY(mutex) = 0;

    void set(int to) {
        {
            const Lock lock{mutex};
            value = to;
        }
        changed.notify_all();
    }
};

// Asked by another thread: a mutex must not be tried by the one that has it.
bool is_free(Mutex& mutex) {
    return std::async(std::launch::async,
                      [&] {
                          if (!mutex.try_lock()) return false;
                          mutex.unlock();
                          return true;
                      })
        .get();
}

}  // namespace

SCENARIO("a lock holds its mutex to its end, and less where it gives it up", "[run]") {
    Mutex mutex;
    {
        Lock lock{mutex};
        CHECK_FALSE(is_free(mutex));
        lock.unlock();
        CHECK(is_free(mutex));
        lock.lock();
        CHECK_FALSE(is_free(mutex));
        lock.unlock();
    }
    CHECK(is_free(mutex));
    if (mutex.try_lock()) {
        const Lock lock{mutex, std::adopt_lock};
        CHECK_FALSE(is_free(mutex));
    } else {
        FAIL("nobody has it");
    }
    CHECK(is_free(mutex));
}

SCENARIO("who waits gives the mutex up and has it again afterwards", "[run]") {
    Guarded guarded;
    auto writer = std::async(std::launch::async, [&] { guarded.set(1); });
    {
        const Lock lock{guarded.mutex};
        guarded.changed.wait(guarded.mutex, [&]() HCP_REQUIRES(guarded.mutex) { return guarded.value == 1; });
        CHECK(guarded.value == 1);
        CHECK_FALSE(is_free(guarded.mutex));
    }
    CHECK(is_free(guarded.mutex));
}

SCENARIO("a wait with a deadline answers whether it is so, and keeps the mutex either way", "[run]") {
    Guarded guarded;
    const auto is_set = [&]() HCP_REQUIRES(guarded.mutex) { return guarded.value == 1; };
    {
        const Lock lock{guarded.mutex};
        CHECK_FALSE(guarded.changed.wait_for(guarded.mutex, 1ms, is_set));
        CHECK_FALSE(guarded.changed.wait_until(guarded.mutex, std::chrono::steady_clock::now() - 1s, is_set));
        CHECK_FALSE(is_free(guarded.mutex));
    }
    auto writer = std::async(std::launch::async, [&] { guarded.set(1); });
    const Lock lock{guarded.mutex};
    CHECK(guarded.changed.wait_for(guarded.mutex, 1h, is_set));
    CHECK(guarded.changed.wait_until(guarded.mutex, std::chrono::steady_clock::now() - 1s, is_set));
}

SCENARIO("a wait that ends by an exception leaves the mutex with its lock", "[run]") {
    Guarded guarded;
    {
        const Lock lock{guarded.mutex};
        const auto fails = []() -> bool { throw std::runtime_error{"not to be known"}; };
        CHECK_THROWS_AS(guarded.changed.wait(guarded.mutex, fails), std::runtime_error);
        CHECK_FALSE(is_free(guarded.mutex));
    }
    CHECK(is_free(guarded.mutex));
}
