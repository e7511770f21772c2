#pragma once
#include <functional>

namespace hcp::host {

// While it lives: when the host calls exit(), `end` is called first, before the handlers that were registered and the
// objects that were made before this one, and then `silence`. `end` has a thread of its own, since exit() has already
// ended what the calling one keeps; whoever exits waits for it, but not for ever. Neither is called in a child of fork.
class ExitGuard {
public:
    ExitGuard(std::function<void()> end, std::function<void()> silence);
    ~ExitGuard();
    ExitGuard(const ExitGuard&) = delete;
    ExitGuard& operator=(const ExitGuard&) = delete;

private:
    struct Living;
    static Living& living();
    static void exiting(int status, void* unused) noexcept;
    void act() noexcept;

    const std::function<void()> end_, silence_;
};

}  // namespace hcp::host
