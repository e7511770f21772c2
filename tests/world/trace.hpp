#pragma once
#include "plugin/domain/text.hpp"
#include "plugin/ports/log.hpp"
#include "tests/world/simulated_time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::world {

// All that can be seen of a world, in order, as one number; and what was wrong with it.
class Trace final : public ports::Log {
public:
    explicit Trace(const Time& time) : time_{time} {}

    void note(std::string_view what) {
        // FNV-1a.
        for (const char c : what) hash_ = (hash_ ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
        hash_ = (hash_ ^ static_cast<std::uint64_t>(domain::to_us(time_.now()))) * 0x100000001b3;
        if (verbose) lines.push_back(std::to_string(domain::to_us(time_.now())) + " " + std::string{what});
    }
    void write(ports::LogLevel, std::string_view line) noexcept override { note(line); }
    void wrong(std::string what) {
        note(what);
        if (wrongs.size() < 20) wrongs.push_back(std::move(what));
    }
    [[nodiscard]] std::uint64_t hash() const { return hash_; }

    bool verbose = false;
    std::vector<std::string> lines, wrongs;

private:
    const Time& time_;
    std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace hcp::world
