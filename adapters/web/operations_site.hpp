#pragma once
#include "adapters/web/routed_site.hpp"
#include "adapters/web/server.hpp"

namespace hcp::web {

// For machines of the operator's: liveness, readiness, detailed health, metrics. No page and no datum of a person.
class OperationsSite final : public RoutedSite {
public:
    explicit OperationsSite(const WebServices& services);
    [[nodiscard]] std::optional<Response> admit(const Request&) override { return std::nullopt; }
    [[nodiscard]] Response failure(int status, const Request&) override;
};

}  // namespace hcp::web
