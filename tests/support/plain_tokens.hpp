#pragma once
#include "plugin/ports/tokens.hpp"

#include <atomic>
#include <cstdint>
#include <string>

namespace hcp::test {

// Tokens that anybody could guess, in the form of real ones.
class PlainTokens final : public ports::Tokens {
public:
    [[nodiscard]] ports::result<std::string> next() const override {
        auto number = std::to_string(++last_);
        return std::string(22 - number.size(), 'A') + number;
    }

private:
    mutable std::atomic<std::uint64_t> last_ = 0;
};

}  // namespace hcp::test
