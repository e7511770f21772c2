#include "adapters/host/exit_guard.hpp"

#include "plugin/run/mutex.hpp"
#include "plugin/run/thread.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <utility>
#include <vector>

namespace hcp::host {

namespace {

constexpr std::chrono::seconds longest{5};  // that exit() waits for us

}  // namespace

struct ExitGuard::Living {
    run::Mutex mutex;
    std::vector<ExitGuard*> guards HCP_GUARDED_BY(mutex);
    std::atomic<pid_t> process{0};
};

ExitGuard::Living& ExitGuard::living() {
    static auto& all = *new Living;  // never destroyed: exit() may come at any time
    return all;
}

// A handler cannot be taken back: it stays for good, as the module does (-z nodelete). Each guard has its own, so that
// it comes before whatever the host registered until now; the first to be called acts for all.
ExitGuard::ExitGuard(std::function<void()> end, std::function<void()> silence)
    : end_{std::move(end)}, silence_{std::move(silence)} {
    (void)::on_exit(exiting, nullptr);  // without memory for it the process ends as it would without us
    auto& all = living();
    const run::Lock lock{all.mutex};
    all.process = ::getpid();
    all.guards.push_back(this);
}

ExitGuard::~ExitGuard() {
    auto& all = living();
    const run::Lock lock{all.mutex};
    std::erase(all.guards, this);
}

void ExitGuard::exiting(int /*status*/, void* /*unused*/) noexcept {
    auto& all = living();
    if (::getpid() != all.process) return;  // there are none of our threads, and the lock may be held for ever
    const run::Lock lock{all.mutex};
    for (auto* guard : std::exchange(all.guards, {})) guard->act();
}

void ExitGuard::act() noexcept {
    try {
        auto ended = std::make_shared<std::promise<void>>();
        auto is_ended = ended->get_future();
        run::start_thread([this, ended] {
            end_();
            ended->set_value();
        }).detach();
        (void)is_ended.wait_for(longest);
    } catch (...) {
        // The system gives no thread: the process ends as it would without us.
    }
    silence_();
}

}  // namespace hcp::host
