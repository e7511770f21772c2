#pragma once
#include <algorithm>
#include <cstddef>

namespace hcp::web {

// Tells when most of a crowd of connections has gone, once for each crowd.
class Ebb {
public:
    // `present`: how many there are after one more has gone.
    [[nodiscard]] constexpr bool comes_with(std::size_t present) noexcept {
        if (most_ < crowd || present > most_ / 4) return false;
        most_ = present;
        return true;
    }
    constexpr void rises_to(std::size_t present) noexcept { most_ = std::max(most_, present); }

private:
    // With TLS some 20 MiB of them: what fewer leave behind is not worth a pause.
    static constexpr std::size_t crowd = 256;
    std::size_t most_ = 0;
};

}  // namespace hcp::web
