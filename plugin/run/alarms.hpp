#pragma once
#include "plugin/ports/log.hpp"
#include "plugin/run/mutex.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::run {

// What a person must look at. An alarm is logged when it is raised and when it ends, and stands in the health report
// between. Any thread.
class Alarms {
public:
    explicit Alarms(ports::Log& log) : log_{log} {}

    void raise(std::string_view name, const std::string& text) {
        {
            const Lock lock{mutex_};
            auto& standing = standing_[std::string{name}];
            if (standing == text) return;
            standing = text;
        }
        log_.warning("告警 " + std::string{name} + "：" + text);
    }
    void clear(std::string_view name) {
        {
            const Lock lock{mutex_};
            const auto found = standing_.find(name);
            if (found == standing_.end()) return;
            standing_.erase(found);
        }
        log_.info("告警解除 " + std::string{name});
    }
    void set(std::string_view name, bool on, const std::string& text) { on ? raise(name, text) : clear(name); }
    [[nodiscard]] bool standing(std::string_view name) const {
        const Lock lock{mutex_};
        return standing_.contains(name);
    }
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> all() const {
        const Lock lock{mutex_};
        return {standing_.begin(), standing_.end()};
    }

private:
    ports::Log& log_;
    mutable Mutex mutex_;
    std::map<std::string, std::string, std::less<>> standing_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::run
