#pragma once
#include "adapters/store/session.hpp"
#include "adapters/store/ways.hpp"
#include "plugin/domain/delivery.hpp"

#include <chrono>
#include <exception>
#include <memory>
#include <random>

namespace hcp::store {

// A session, and another one when that was lost or all go another way. One thread at a time.
class Line {
public:
    Line(Ways& ways, Access access, std::unique_ptr<Session> session)
        : ways_{ways}, access_{access}, session_{std::move(session)} {}

    // A session in whose transaction nothing has happened yet. Throws what opening throws; and that again as long as it
    // asks for patience, so that a database that is away costs its callers no waiting.
    Session& begin();
    // What was last begun was undone because another went first.
    [[nodiscard]] bool yielded() const noexcept { return session_ != nullptr && session_->yielded(); }

private:
    void open();

    Ways& ways_;
    const Access access_;
    std::unique_ptr<Session> session_;
    int failures_ = 0;
    std::chrono::steady_clock::time_point not_before_;
    std::exception_ptr why_not_;  // what the last failure threw
    std::minstd_rand chance_{std::random_device{}()};
};

}  // namespace hcp::store
