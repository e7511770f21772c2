#pragma once
#include "adapters/web/http.hpp"

#include <string>
#include <string_view>

namespace hcp::web {

// How a response goes out; `minor` is the request's: HTTP/1.`minor`.
struct SentAs {
    unsigned minor = 1;
    bool keep = false;       // the connection, for a further request
    bool head_only = false;  // HEAD: the length of a body that does not follow
};

// The whole response in one piece, so that it goes out in one write and, where it is short, in one record of TLS. A
// character that no field may carry (RFC 9110 5.5) becomes a space: what a field holds can end no field.
[[nodiscard]] std::string response_text(const Response& response, std::string_view reason, domain::Instant now,
                                        SentAs how);

}  // namespace hcp::web
