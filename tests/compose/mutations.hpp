#pragma once
#include "tests/compose/sound_instance.hpp"

#include <random>
#include <string>

namespace hcp::test {

// Spoils one thing of the instance's files, as hands, editors and spreadsheets do, and says what. The same seed, the
// same slips. None of them may ask for a port that somebody else on this machine could have.
class Slips {
public:
    explicit Slips(unsigned seed) : random_{seed} {}

    [[nodiscard]] std::string spoil(const SoundInstance& instance) {
        return below(2) == 0 ? spoil_ini(instance) : spoil_file(instance);
    }

private:
    std::size_t below(std::size_t n) { return random_() % n; }
    template <class List>
    auto one_of(const List& list) {
        return *(std::begin(list) + static_cast<std::ptrdiff_t>(below(std::size(list))));
    }

    // One line of the ini: another value, none, twice, or a character too many; or one more key, at an end of its
    // range.
    std::string spoil_ini(const SoundInstance& instance);
    // One of all files, as bytes.
    std::string spoil_file(const SoundInstance& instance);
    std::string stray();  // what gets into a text by mistake

    std::mt19937 random_;
};

}  // namespace hcp::test
