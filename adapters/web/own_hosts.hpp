#pragma once
#include "plugin/ports/settings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hcp::web {

// Under which names people reach us: that of public_base_url, and those of allowed_hosts. Whoever makes a browser
// believe that his name is our address gets no answer under it.
class OwnHosts {
public:
    OwnHosts(const ports::Url& base, const std::vector<std::string>& allowed);

    // `host`: as Host says it, with or without a port; which port does not matter, since a proxy may have another.
    [[nodiscard]] bool has(std::string_view host) const;
    // `origin`: as the browser says it, scheme and all. `host`: of the same request.
    [[nodiscard]] bool is_origin(std::string_view origin, std::string_view host) const;

private:
    const ports::Url base_;
    std::vector<std::string> names_;
};

}  // namespace hcp::web
