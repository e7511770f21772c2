#pragma once
#include "plugin/domain/time.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hcp::web {

enum class Method { get, head, post, put, remove, other };

// What a site reads of a request; the rest of its headers nobody needs.
struct Request {
    Method method = Method::other;
    std::string path, query;  // as received, still percent-encoded
    std::string host, origin, fetch_site, cookie, content_type, accept_encoding;
    std::string address;  // of the person, not of a trusted proxy
    std::string body;
    domain::Instant received_at;  // when the header had arrived: what E3 decides by

    [[nodiscard]] bool reads() const noexcept { return method == Method::get || method == Method::head; }
};

struct Response {
    int status = 200;
    std::string content_type, body;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string_view route = "-";  // the pattern that answered; lives as long as the site

    [[nodiscard]] const std::string* header(std::string_view name) const noexcept {
        for (const auto& [key, value] : headers)
            if (key == name) return &value;
        return nullptr;
    }
};

using Reply = std::function<void(Response)>;  // once, any thread

// What a listener serves. Called on io threads, so nothing here blocks.
class Site {
public:
    virtual ~Site() = default;
    // Looks at the header alone, before the body is read: an answer here refuses the request.
    [[nodiscard]] virtual std::optional<Response> admit(const Request& head) = 0;
    virtual void handle(std::shared_ptr<const Request> request, Reply reply) = 0;
    // What the listener itself must refuse or give up: 400, 413, 417, 431, 500, 503.
    [[nodiscard]] virtual Response failure(int status, const Request& head) = 0;
    virtual void answered(const Response& response) noexcept = 0;
};

}  // namespace hcp::web
