#pragma once
#include "plugin/ports/ini_entry.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hcp::calendar {

// The faults of one file, in the order they are met; at most 100: a file of another kind must not flood the log.
class Faults {
public:
    explicit Faults(std::string_view file) : file_{file} {}

    void at(const ports::IniEntry& entry, std::string problem, std::string remedy) {
        at(entry.line, entry.section, entry.key, std::move(problem), std::move(remedy));
    }
    void at(int line, std::string section, std::string key, std::string problem, std::string remedy) {
        if (list_.size() >= most) return;
        list_.push_back({file_, line, std::move(section), std::move(key), std::move(problem), std::move(remedy)});
    }

    [[nodiscard]] bool none() const noexcept { return list_.empty(); }
    [[nodiscard]] std::vector<ports::Fault> take() { return std::move(list_); }

private:
    static constexpr std::size_t most = 100;
    std::string file_;
    std::vector<ports::Fault> list_;
};

// “最接近的是 window_days”, or nothing when no known name is near enough to be what was meant.
[[nodiscard]] std::string nearest_hint(std::string_view name, std::span<const std::string_view> known);

}  // namespace hcp::calendar
