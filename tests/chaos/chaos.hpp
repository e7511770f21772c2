#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hcp::chaos {

struct Outcome {
    std::uint64_t seed = 0;
    std::uint64_t hash = 0;           // of all that could be seen, in order
    std::vector<std::string> wrongs;  // empty = the province equals the store
    std::size_t evaluations = 0, services = 0, ratings = 0, deaths = 0, far_deaths = 0, doublings = 0, parked = 0;
    std::vector<std::string> lines;  // when asked for
};

// So many evaluations of a centre whose line to the province and whose province lose, delay, double, reorder and
// mistake what is said, while both sides are killed; then calm, and the simulator's own records are held against the
// store: each service once and under its number, each rating on its own service and with its level, no two M1 of a
// dossier ever under way at once. What the far end doubled by itself is known from its records: there nothing may sit
// on a guessed number. Made of the seed alone.
[[nodiscard]] Outcome lived(std::uint64_t seed, std::size_t evaluations, bool sm2, bool verbose = false);

// The far end is down for so many days, and comes back: everything is delivered, in the order of each dossier, memory
// has not grown over the outage by more than 5 MiB, and its alarm was raised once and ended once.
[[nodiscard]] Outcome outlasted(std::size_t evaluations, std::chrono::days down);

}  // namespace hcp::chaos
