#include "adapters/web/response_text.hpp"

#include "adapters/web/http_date.hpp"

#include <algorithm>

namespace hcp::web {
namespace {

bool is_unfit(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
}

void add_field(std::string& out, std::string_view name, std::string_view value) {
    (out += name) += ": ";
    const auto begins = out.size();
    out += value;
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begins), out.end(), is_unfit, ' ');
    out += "\r\n";
}

}  // namespace

std::string response_text(const Response& response, std::string_view reason, domain::Instant now, SentAs how) {
    constexpr std::size_t most_of_heads = 1024;
    std::string out;
    out.reserve(most_of_heads + (how.head_only ? 0 : response.body.size()));
    out += how.minor == 0 ? "HTTP/1.0 " : "HTTP/1.1 ";
    ((out += std::to_string(response.status)) += ' ') += reason;
    out += "\r\n";
    add_field(out, "Date", http_date(now));
    if (!response.content_type.empty()) add_field(out, "Content-Type", response.content_type);
    for (const auto& [name, value] : response.headers) add_field(out, name, value);
    if (how.keep != (how.minor != 0)) add_field(out, "Connection", how.keep ? "keep-alive" : "close");
    add_field(out, "Content-Length", std::to_string(response.body.size()));
    out += "\r\n";
    if (!how.head_only) out += response.body;
    return out;
}

}  // namespace hcp::web
