#pragma once
#include "adapters/store/options.hpp"
#include "adapters/store/session.hpp"
#include "plugin/run/mutex.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace hcp::store {

class Dialect;

// The ways to one database: the connections of the list, in order of preference, which of them all sessions take now,
// and which failed lately. It is one for writing and for reading: elsewhere may be a copy that lags. Any thread.
class Ways {
public:
    // What a session must be found to be before it is used; throws what it is not.
    using Examine = std::function<void(Session&)>;
    Ways(
        const Dialect& dialect, const StoreOptions& options, Examine examine = [](Session&) {});

    // A session by the way that is taken now, else by the first that lets it, those that failed lately last. Throws
    // what the last of them threw.
    [[nodiscard]] std::unique_ptr<Session> open(Access, bool create = false);
    // False: another way is taken since.
    [[nodiscard]] bool fits(const Session&) const;
    // It was lost: its way is a bad one for some time.
    void left(const Session&);

private:
    using Time = std::chrono::steady_clock::time_point;
    [[nodiscard]] std::vector<std::size_t> in_order(std::size_t count);
    std::size_t taken(std::size_t way);  // which one was before
    void failed(std::size_t way);

    const Dialect& dialect_;
    const StoreOptions& options_;
    const Examine examine_;
    mutable run::Mutex mutex_;
    std::vector<Time> bad_until_ HCP_GUARDED_BY(mutex_);
    std::size_t now_ HCP_GUARDED_BY(mutex_) = 0;
};

// What the options' file says: one line, by which a session is opened, or several ways. Throws where it cannot be read.
[[nodiscard]] std::string connection_of(const StoreOptions&);

}  // namespace hcp::store
