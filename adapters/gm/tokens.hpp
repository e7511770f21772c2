#pragma once
#include "plugin/ports/tokens.hpp"

namespace hcp::gm {

class RandomTokens final : public ports::Tokens {
public:
    [[nodiscard]] ports::result<std::string> next() const override;
};

}  // namespace hcp::gm
