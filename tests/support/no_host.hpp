#pragma once
#include "plugin/ports/host.hpp"

namespace hcp::test {

// A host without any extension.
class NoHost final : public ports::Host {
public:
    std::optional<ports::SignedOn> redeem(std::string_view) override { return std::nullopt; }
    std::optional<ports::ScanPage> list_completed(domain::Instant, std::string_view) override { return std::nullopt; }
    [[nodiscard]] bool can_scan() const noexcept override { return false; }
};

}  // namespace hcp::test
