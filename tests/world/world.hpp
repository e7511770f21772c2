#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace hcp::world {

struct Outcome {
    std::uint64_t seed = 0;
    std::uint64_t hash = 0;           // of all that could be seen, in order
    std::vector<std::string> wrongs;  // empty = every invariant held
    std::size_t cases = 0, ratings = 0, services = 0, deaths = 0;
    std::vector<std::string> lines;  // of all that could be seen, when asked for
};

// Two virtual weeks of a centre, made of the seed alone: completions, openings of bids, withdrawals and ratings, a
// host that forgets to report, a store that is away, a province with moods, and a process that dies between any two
// steps. Then everybody is dependable, time passes, and what is left is held against what was promised.
[[nodiscard]] Outcome lived(std::uint64_t seed, bool verbose = false);

}  // namespace hcp::world
