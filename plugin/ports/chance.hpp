#pragma once
#include <atomic>
#include <cstdint>
#include <random>

namespace hcp::ports {

// Chance that spreads what would otherwise come at once. Never for a secret: keys, tokens and nonces are the adapters'.
// Any thread.
class Chance {
public:
    virtual ~Chance() = default;
    [[nodiscard]] virtual double fraction() noexcept = 0;  // in [0,1)
};

// The same seed gives the same row of fractions.
class SeededChance final : public Chance {
public:
    explicit SeededChance(std::uint64_t seed) noexcept : state_{seed} {}
    SeededChance() : SeededChance{std::random_device{}() * std::uint64_t{0x1'0000'0001}} {}

    // SplitMix64 (Steele, Lea, Flood 2014): a counter whose steps are mixed, so that threads need no lock.
    [[nodiscard]] double fraction() noexcept override {
        auto z = state_.fetch_add(step) + step;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
    }

private:
    static constexpr std::uint64_t step = 0x9E3779B97F4A7C15;
    std::atomic<std::uint64_t> state_;
};

}  // namespace hcp::ports
