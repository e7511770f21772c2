#pragma once
#include <chrono>
#include <concepts>
#include <condition_variable>
#include <mutex>
#include <utility>

// Locks whose claims clang checks (-Wthread-safety, the tidy preset): what is guarded is touched under its mutex, and a
// function that needs the lock says so and is called with it. To other compilers the annotations are nothing. Includes
// nothing of the project, so that adapters may include it too.
#ifdef __clang__
#define HCP_THREAD_ANNOTATION(attribute) __attribute__((attribute))
#else
#define HCP_THREAD_ANNOTATION(attribute)
#endif
#define HCP_CAPABILITY(what) HCP_THREAD_ANNOTATION(capability(what))
#define HCP_SCOPED_CAPABILITY HCP_THREAD_ANNOTATION(scoped_lockable)
#define HCP_GUARDED_BY(mutex) HCP_THREAD_ANNOTATION(guarded_by(mutex))
#define HCP_PT_GUARDED_BY(mutex) HCP_THREAD_ANNOTATION(pt_guarded_by(mutex))
#define HCP_REQUIRES(...) HCP_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define HCP_ACQUIRE(...) HCP_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define HCP_TRY_ACQUIRE(...) HCP_THREAD_ANNOTATION(try_acquire_capability(__VA_ARGS__))
#define HCP_RELEASE(...) HCP_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
#define HCP_ASSERT_CAPABILITY(what) HCP_THREAD_ANNOTATION(assert_capability(what))

namespace hcp::run {

class HCP_CAPABILITY("mutex") Mutex {
public:
    Mutex() = default;
    Mutex(const Mutex&) = delete;
    Mutex& operator=(const Mutex&) = delete;
#ifdef __SANITIZE_THREAD__
    // A std::mutex ends without a sound. To the sanitizer the next one in its place, on a stack, would be the same one,
    // and would have been locked in its order.
    ~Mutex() {
        pthread_mutex_destroy(mutex_.native_handle());
    }
#endif

    void lock() HCP_ACQUIRE() {
        mutex_.lock();
    }
    [[nodiscard]] bool try_lock() HCP_TRY_ACQUIRE(true) {
        return mutex_.try_lock();
    }
    void unlock() HCP_RELEASE() {
        mutex_.unlock();
    }

private:
    friend class Condition;
    std::mutex mutex_;
};

// Holds the mutex for its own life; may give it up and take it back in between.
class HCP_SCOPED_CAPABILITY Lock {
public:
    explicit Lock(Mutex& mutex) HCP_ACQUIRE(mutex) : mutex_{mutex} { mutex.lock(); }
    Lock(Mutex& mutex, std::adopt_lock_t /*held_already*/) HCP_REQUIRES(mutex) : mutex_{mutex} {}
    ~Lock() HCP_RELEASE() {
        if (held_) mutex_.unlock();
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    void unlock() HCP_RELEASE() {
        held_ = false;
        mutex_.unlock();
    }
    void lock() HCP_ACQUIRE() {
        mutex_.lock();
        held_ = true;
    }

private:
    Mutex& mutex_;
    bool held_ = true;
};

// Waits under a mutex that the caller holds: it is free meanwhile and held again afterwards, however the wait ends.
// Deadlines are the steady clock's. What is waited for reads what the mutex guards, and says so:
//   changed_.wait(mutex_, [this]() HCP_REQUIRES(mutex_) { return done_; });
class Condition {
public:
    void notify_one() noexcept { condition_.notify_one(); }
    void notify_all() noexcept { condition_.notify_all(); }

    template <std::predicate Ready>
    void wait(Mutex& mutex, Ready ready) HCP_REQUIRES(mutex) {
        Held held{mutex};
        condition_.wait(held.lock, std::move(ready));
    }
    // False: the deadline passed, and it is still not so.
    template <std::predicate Ready>
    [[nodiscard]] bool wait_until(Mutex& mutex, std::chrono::steady_clock::time_point deadline, Ready ready)
        HCP_REQUIRES(mutex) {
        Held held{mutex};
        return condition_.wait_until(held.lock, deadline, std::move(ready));
    }
    template <class Rep, class Period, std::predicate Ready>
    [[nodiscard]] bool wait_for(Mutex& mutex, std::chrono::duration<Rep, Period> limit, Ready ready)
        HCP_REQUIRES(mutex) {
        Held held{mutex};
        return condition_.wait_for(held.lock, limit, std::move(ready));
    }

private:
    // The caller's lock in the form the library waits with, and left to the caller afterwards.
    struct Held {
        explicit Held(Mutex& mutex) : lock{mutex.mutex_, std::adopt_lock} {}
        ~Held() { lock.release(); }
        std::unique_lock<std::mutex> lock;
    };
    std::condition_variable condition_;
};

}  // namespace hcp::run
