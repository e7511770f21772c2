#pragma once
#include "adapters/province/reply.hpp"
#include "plugin/ports/settings.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hcp::province {

struct HttpsOptions {
    std::string peer = "省平台";  // what operators call the far end
    ports::Url base;
    std::filesystem::path ca_file;  // PEM; the only roots trusted. Empty with http alone
    std::size_t connections = 4;
    std::chrono::milliseconds connect{10'000};    // each of: name lookup, TCP, TLS
    std::chrono::milliseconds total{60'000};      // the whole of one exchange, waiting for a connection included
    std::chrono::milliseconds idle{15'000};       // an unused connection is closed after this
    std::chrono::milliseconds distrust{600'000};  // no connection is kept for so long after one was found dropped
    std::chrono::milliseconds names_for{
        60'000};  // an address is looked up again after this; the old one serves if that fails
    std::size_t max_reply_bytes = 1 << 25;  // an agency's list of services is long
};

struct HttpRequest {
    std::string method = "POST";
    std::string path;  // appended to the base's
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    // Harmless twice: sent again when a kept connection turns out dead after the whole request left.
    bool repeatable = false;
    // Its first byte does not leave later.
    std::chrono::steady_clock::time_point leave_by = std::chrono::steady_clock::time_point::max();
};

struct HttpOutcome {
    std::optional<HttpReply> reply;
    Progress progress = Progress::not_sent;  // meaningful without a reply
    std::string why;                         // in Chinese; without a reply
};

// Asks one server over kept connections, which it stops keeping for a while when that server is found to drop what
// it gets on them: TLS 1.2 or later, certificate and host name always verified; plain http only where every address of
// the host is loopback. One thread of its own, which also calls `done`.
class HttpsClient {
public:
    // Throws std::runtime_error, in Chinese, when the options cannot be served (no CA file, http to elsewhere).
    explicit HttpsClient(HttpsOptions options);
    ~HttpsClient();  // stops

    // Any thread; returns at once. `done` is called exactly once: by our thread, or, after stop(), at once by the
    // caller's.
    void send(const HttpRequest& request, std::function<void(HttpOutcome)> done);

    // Gives up everything that waits or is under way, calls every `done`, and joins. Not from a `done`. May take as
    // long as a name lookup that is under way, which the C library cannot interrupt. Idempotent.
    void stop() noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hcp::province
