#include "tests/world/world.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

// world SECONDS [REPORT [SEED]]   one seed after the other, for so long; every fourth twice, for the same trace
// world seed N                    that one, with all that could be seen of it
namespace {

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool is_well(const hcp::world::Outcome& outcome) {
    for (const auto& what : outcome.wrongs) std::cout << "seed " << outcome.seed << ": " << what << '\n';
    return outcome.wrongs.empty();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view{argv[1]} == "seed") {
        const auto outcome = hcp::world::lived(number(argv[2]), true);
        for (const auto& line : outcome.lines) std::cout << line << '\n';
        return is_well(outcome) ? 0 : 1;
    }
    if (argc < 2) {
        std::cerr << "usage: world SECONDS [REPORT [SEED]] | world seed N\n";
        return 2;
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{number(argv[1])};
    const std::uint64_t before = argc > 3 ? number(argv[3]) - 1 : 0;
    std::uint64_t seed = before, bad = 0, cases = 0, ratings = 0, services = 0, deaths = 0;
    do {
        const auto outcome = hcp::world::lived(++seed);
        bool well = is_well(outcome);
        if (seed % 4 == 1 && hcp::world::lived(seed).hash != outcome.hash) {
            std::cout << "seed " << seed << ": another trace when it is lived again\n";
            well = false;
        }
        if (!well && ++bad == 5) break;
        cases += outcome.cases, ratings += outcome.ratings, services += outcome.services, deaths += outcome.deaths;
    } while (std::chrono::steady_clock::now() < until);
    const auto report = "world: " + std::to_string(seed - before) + " seeds of two weeks, " + std::to_string(bad) +
                        " of them not as they should be; " + std::to_string(cases) + " cases, " +
                        std::to_string(ratings) + " ratings, " + std::to_string(services) +
                        " services at the province, " + std::to_string(deaths) + " deaths";
    std::cout << report << '\n';
    if (argc > 2) std::ofstream{argv[2]} << report << '\n';
    return bad == 0 ? 0 : 1;
}
