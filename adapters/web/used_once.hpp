#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/run/mutex.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace hcp::web {

// What counts once within its time: whoever brings it again is told apart. While it holds as many as it may, nothing
// new counts either. Of this instance. Any thread.
class UsedOnce {
public:
    // Whether it is the first time.
    [[nodiscard]] bool first(std::string_view what, domain::Instant now, domain::Instant until) {
        const run::Lock lock{mutex_};
        std::erase_if(used_, [now](const auto& one) { return one.second <= now; });
        if (used_.size() >= most) return false;
        return used_.try_emplace(std::string{what}, until).second;
    }

private:
    static constexpr std::size_t most = 10'000;
    run::Mutex mutex_;
    std::map<std::string, domain::Instant> used_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::web
