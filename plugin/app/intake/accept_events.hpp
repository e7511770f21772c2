#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/meter.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <span>

namespace hcp::app {

// Step 1 of the flow: what the host reports is in the journal when it is told so. Any thread; costs the journal at
// most.
class AcceptEvents {
public:
    // `accepted` is called after every piece that went in; it returns at once.
    AcceptEvents(ports::Journal& journal, const ports::Clock& clock, const ports::SteadyClock& steady,
                 ports::Meter& meter, std::function<void()> accepted)
        : journal_{journal}, clock_{clock}, steady_{steady}, meter_{meter}, accepted_{std::move(accepted)} {}

    // One call of the host, however many pieces its events come in; counted as one at its end.
    class Call {
    public:
        explicit Call(AcceptEvents& to) : to_{to} {}
        ~Call() {
            if (kind_) to_.meter_.callback(*kind_, took_);
        }
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;

        // All or none of the piece.
        ports::result<void> take(std::span<const domain::Event> piece) {
            const auto began = to_.steady_.now();
            auto done = to_.journal_.append(piece, to_.clock_.now());
            if (done) to_.accepted_();
            took_ += to_.steady_.now() - began;
            count(piece, done.has_value());
            return done;
        }

    private:
        // Completions under bid secrecy are left out, and so is a call of nothing else: bidders may be reported one by
        // one, and then their number is theirs (E14).
        void count(std::span<const domain::Event> piece, bool ok) noexcept {
            const auto answer = ok ? ports::Meter::EventAnswer::ok : ports::Meter::EventAnswer::full;
            for (const auto& event : piece) {
                const auto* completion = std::get_if<domain::Completion>(&event);
                if (completion != nullptr && !completion->secrecy.may_be_told()) continue;
                kind_ = static_cast<ports::Meter::EventKind>(event.index());
                to_.meter_.accepted(*kind_, answer, 1);
            }
        }

        AcceptEvents& to_;
        std::chrono::nanoseconds took_{};
        std::optional<ports::Meter::EventKind> kind_;  // of the events, once there is one that may be counted
    };

private:
    ports::Journal& journal_;
    const ports::Clock& clock_;
    const ports::SteadyClock& steady_;
    ports::Meter& meter_;
    std::function<void()> accepted_;
};

}  // namespace hcp::app
