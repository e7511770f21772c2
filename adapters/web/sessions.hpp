#pragma once
#include "plugin/ports/host.hpp"
#include "plugin/run/mutex.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hcp::web {

// Who has signed on, in memory only: a restart signs everybody off. A session ends when it was not used for its life,
// and, however much it is used, at its longest life: who signs on at a shared machine in the morning is not signed on
// there at night. Any thread.
class Sessions {
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Lives {
        std::chrono::milliseconds idle{30 * 60 * 1000}, longest{8 * 60 * 60 * 1000};
    };

    Sessions(Lives lives, std::size_t max_sessions) : lives_{lives}, max_{max_sessions} {}
    // Answers with the secret that goes into the cookie. When full, the session that was idle longest makes room.
    [[nodiscard]] std::string open(ports::SignedOn who, Time now);
    [[nodiscard]] std::optional<ports::SignedOn> find(std::string_view secret, Time now);
    void close(std::string_view secret);

private:
    struct Session {
        ports::SignedOn who;
        Time ends, ends_at_last;
    };
    const Lives lives_;
    const std::size_t max_;
    run::Mutex mutex_;
    std::unordered_map<std::string, Session> sessions_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::web
