#include "tests/chaos/chaos.hpp"

#include <charconv>
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

// chaos EVALUATIONS SEEDS SECONDS [REPORT]   seeds 1.. as many as fit the time; the last of them, and each tenth, with
// SM2 chaos seed N EVALUATIONS [sm2]             that one, with all that could be seen of it
namespace {

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool is_well(const hcp::chaos::Outcome& outcome) {
    for (const auto& what : outcome.wrongs) std::cout << "seed " << outcome.seed << ": " << what << '\n';
    return outcome.wrongs.empty();
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (first == "seed" && argc >= 4) {
        const auto outcome = hcp::chaos::lived(number(argv[2]), number(argv[3]), argc > 4, true);
        for (const auto& line : outcome.lines) std::cout << line << '\n';
        return is_well(outcome) ? 0 : 1;
    }
    if (first == "down" && argc == 4) {
        const auto outcome = hcp::chaos::outlasted(number(argv[2]), std::chrono::days{number(argv[3])});
        std::cout << "chaos: " << outcome.services << " services and " << outcome.ratings << " ratings after "
                  << argv[3] << " days without a province\n";
        return is_well(outcome) ? 0 : 1;
    }
    if (argc < 4) {
        std::cerr << "usage: chaos EVALUATIONS SEEDS SECONDS [REPORT] | chaos down EVALUATIONS DAYS | chaos seed N "
                     "EVALUATIONS [sm2]\n";
        return 2;
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{number(argv[3])};
    const auto seeds = number(argv[2]);
    hcp::chaos::Outcome sum;
    std::uint64_t lived = 0, bad = 0, sealed = 0;
    for (std::uint64_t seed = 1; seed <= seeds && std::chrono::steady_clock::now() < until; ++seed, ++lived) {
        const bool sm2 = seed == seeds || seed % 10 == 2;
        const auto outcome = hcp::chaos::lived(seed, number(argv[1]), sm2);
        bad += !is_well(outcome);
        sealed += sm2;
        sum.evaluations += outcome.evaluations, sum.services += outcome.services, sum.ratings += outcome.ratings;
        sum.deaths += outcome.deaths, sum.far_deaths += outcome.far_deaths;
        sum.doublings += outcome.doublings, sum.parked += outcome.parked;
    }
    const auto report = "chaos: " + std::to_string(lived) + " of " + std::to_string(seeds) + " seeds, " +
                        std::to_string(sealed) + " with SM2, " + std::to_string(bad) + " not as they should be; " +
                        std::to_string(sum.evaluations) + " evaluations, " + std::to_string(sum.services) +
                        " services and " + std::to_string(sum.ratings) + " ratings at the province, " +
                        std::to_string(sum.deaths) + " deaths here and " + std::to_string(sum.far_deaths) + " there, " +
                        std::to_string(sum.doublings) + " dossiers doubled by the far end itself, " +
                        std::to_string(sum.parked) + " messages wait for a person";
    std::cout << report << '\n';
    if (argc > 4) std::ofstream{argv[4]} << report << '\n';
    return bad == 0 && lived > 0 ? 0 : 1;
}
