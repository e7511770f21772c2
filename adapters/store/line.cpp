#include "adapters/store/line.hpp"

namespace hcp::store {
namespace {

constexpr domain::Backoff backoff{std::chrono::milliseconds{200}, std::chrono::seconds{5}, 10, std::chrono::seconds{5}};

}  // namespace

Session& Line::begin() {
    const bool is_lost = session_ != nullptr && !session_->usable();
    if (is_lost) ways_.left(*session_);
    if (session_ == nullptr || is_lost || !ways_.fits(*session_)) open();
    try {
        session_->begin(access_);
    } catch (...) {
        // Servers close what was idle for long, and are restarted: nothing has been done yet.
        if (session_->usable()) throw;
        open();
        session_->begin(access_);
    }
    return *session_;
}

void Line::open() {
    const auto now = std::chrono::steady_clock::now();
    if (now < not_before_) std::rethrow_exception(why_not_);
    session_.reset();
    try {
        session_ = ways_.open(access_);
        failures_ = 0;
    } catch (...) {
        why_not_ = std::current_exception();
        // Several sessions must not come all at once to a server that has just come back.
        std::uniform_real_distribution<> share{0.5, 1.0};
        not_before_ = now + backoff.delay(failures_++, share(chance_));
        throw;
    }
}

}  // namespace hcp::store
