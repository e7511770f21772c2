#pragma once
#include "plugin/ports/log.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::test {

class RecordedLog final : public ports::Log {
public:
    void write(ports::LogLevel, std::string_view line) noexcept override { lines.emplace_back(line); }
    [[nodiscard]] bool said(std::string_view words) const {
        return std::any_of(lines.begin(), lines.end(),
                           [&](const std::string& line) { return line.find(words) != std::string::npos; });
    }
    std::vector<std::string> lines;
};

}  // namespace hcp::test
