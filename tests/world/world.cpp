#include "tests/world/world.hpp"

#include "tests/world/centre.hpp"
#include "tests/world/judge.hpp"

#include <memory>
#include <utility>

namespace hcp::world {

Outcome lived(std::uint64_t seed, bool verbose) {
    const auto centre = std::make_unique<Centre>(seed);
    centre->trace.verbose = verbose;
    const auto end = centre->time.now() + std::chrono::days{14};
    while (centre->time.now() < end) centre->live();
    // Longer than any window of the rules, and than the patience with the province.
    const auto rest = centre->time.now() + std::chrono::days{24};
    while (centre->time.now() < rest) centre->settle();
    centre->end();
    judge(*centre);
    return {seed,
            centre->trace.hash(),
            std::move(centre->trace.wrongs),
            centre->promises.completions.size(),
            centre->promises.rated.size(),
            centre->province.service_count(),
            centre->deaths,
            std::move(centre->trace.lines)};
}

}  // namespace hcp::world
