#pragma once
#include "adapters/store/session.hpp"
#include "plugin/domain/delivery.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <random>

namespace hcp::store {

// The way to the database: a session, and another one when that was lost. One thread at a time.
class Line {
public:
    using Open = std::function<std::unique_ptr<Session>()>;
    Line(Open open, std::unique_ptr<Session> session) : open_{std::move(open)}, session_{std::move(session)} {}

    // A session in whose transaction nothing has happened yet. Throws what opening throws; and that again as long as it
    // asks for patience, so that a database that is away costs its callers no waiting.
    Session& begin(Access);

private:
    void open();

    const Open open_;
    std::unique_ptr<Session> session_;
    int failures_ = 0;
    std::chrono::steady_clock::time_point not_before_;
    std::exception_ptr why_not_;  // what the last failure threw
    std::minstd_rand chance_{std::random_device{}()};
};

}  // namespace hcp::store
