#pragma once
#include "plugin/ports/result.hpp"

#include <string>

namespace hcp::ports {

// Secrets that are shown once and kept as a digest only: 128 bits of the system's randomness, URL-safe, in the form
// that record::token_digest takes. Any thread.
class Tokens {
public:
    virtual ~Tokens() = default;
    [[nodiscard]] virtual result<std::string> next() const = 0;
};

}  // namespace hcp::ports
