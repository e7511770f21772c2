// The wrapping of requests and answers: who calls, is it now, can we read it; and the gateway's C-* reply.
#pragma once
#include "integration/province_sim/checks.hpp"
#include "integration/province_sim/sm2.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace province_sim {

struct Request {
    std::string method, path, content_type, tenancy, body;
    unsigned number = 1;  // which request of its connection this is
};

// How secrets are opened and sealed. Without keys (benchmarks) the text itself is the secret.
struct Crypto {
    Sm2Format format;
    std::optional<Sm2Decryptor> own;
    std::optional<Sm2Encryptor> client;

    [[nodiscard]] std::optional<std::string> open(std::string_view text) const;
    [[nodiscard]] std::string seal(std::string_view plain) const;
};

struct Caller {
    std::string app_mark, app_word;
    std::string tenancy;
    std::chrono::seconds max_skew{300};
};

// The one record of a JSON request. Throws Refusal.
boost::json::value open_request(const Request& request, const Caller& caller, const Crypto& crypto, Instant now);

// A form request (M5) carries no record. Throws Refusal.
void check_form(const Request& request, const Caller& caller, const Crypto& crypto, Instant now);

// What the platform has to say: the body of a success or, if there is one, the text of a refusal.
struct Reply {
    std::string_view message;  // M1, M2, M4, M5 or -
    boost::json::object body;
    std::string refusal;
};

enum class Shape { wrapped, body_as_string, unwrapped };

// M5 is answered in the national style, which has one shape only.
std::string render(const Reply& reply, Shape shape = Shape::wrapped);

// Outer success around a body that says no.
std::string render_inner_failure(std::string_view text);

}  // namespace province_sim
