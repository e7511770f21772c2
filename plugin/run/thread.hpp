#pragma once
#include <pthread.h>
#include <signal.h>

#include <thread>
#include <utility>

// The one way a thread of ours begins; includes nothing of the project, so that adapters may use it too.
namespace hcp::run {

// While it lives, this thread takes no signal but those that its own instructions cause, and what it starts inherits
// that: a handler of the host's runs on the host's threads, as it would without us.
class SignalsBlocked {
public:
    SignalsBlocked() noexcept {
        sigset_t all;
        sigfillset(&all);
        for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS}) sigdelset(&all, own);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t before_;
};

// Throws std::system_error when the system gives no more threads.
template <class Body>
[[nodiscard]] std::thread start_thread(Body body) {
    const SignalsBlocked inherited;
    return std::thread{std::move(body)};
}

}  // namespace hcp::run
