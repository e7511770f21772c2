// Counts since the start (or since the last clearing), and how many requests of one projectNo were under way at once.
#pragma once
#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace province_sim {

class Stats {
public:
    void count(const std::string& kind, const std::string& outcome, const std::string& fault,
               const std::string& reason);

    // Under way until the last copy of the returned handle is gone. Stats outlives every handle.
    [[nodiscard]] std::shared_ptr<void> enter(const std::string& kind, const std::string& project_no);

    void clear();
    [[nodiscard]] boost::json::object report();

private:
    struct Peak {
        std::unordered_map<std::string, int> now;  // by projectNo
        int most = 0;
        std::string most_in;
    };
    using Counts = std::map<std::string, std::uint64_t>;

    void leave(const std::string& kind, const std::string& project_no);

    std::mutex mutex_;
    std::uint64_t requests_ = 0;
    std::map<std::string, Counts> messages_;
    std::map<std::string, Counts> refusals_;
    Counts faults_;
    std::map<std::string, Peak> peaks_;  // by message, and "any"
};

}  // namespace province_sim
