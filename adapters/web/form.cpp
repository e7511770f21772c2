#include "adapters/web/form.hpp"

#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <algorithm>

namespace hcp::web {
namespace {

namespace urls = boost::urls;

constexpr std::size_t max_fields = 256;

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    const auto encoded = urls::make_pct_string_view(text);
    if (!encoded) return std::nullopt;
    urls::encoding_opts options;
    options.space_as_plus = plus_is_space;
    auto decoded = encoded->decode(options);
    if (decoded.find('\0') != std::string::npos || !domain::is_utf8(decoded)) return std::nullopt;
    return decoded;
}

std::string percent_encode(std::string_view text) {
    return urls::encode(text, urls::unreserved_chars);
}

// Not by the grammar of a query (RFC 3986): the form format takes bare bytes that a query may not have.
std::optional<Form> Form::parse(std::string_view encoded) {
    Form form;
    while (!encoded.empty()) {
        const auto [field, rest] = domain::parted(encoded, "&");
        encoded = rest;
        if (field.empty()) continue;
        const auto [written_name, written_value] = domain::parted(field, "=");
        auto name = percent_decode(written_name, true);
        auto value = percent_decode(written_value, true);
        if (!name || !value || form.fields_.size() == max_fields) return std::nullopt;
        form.fields_.emplace_back(*std::move(name), *std::move(value));
    }
    return form;
}

std::string_view Form::first(std::string_view name) const noexcept {
    for (const auto& [key, value] : fields_)
        if (key == name) return value;
    return {};
}

std::vector<std::string> Form::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : fields_)
        if (key == name) values.push_back(value);
    return values;
}

std::string_view cookie_value(std::string_view header, std::string_view name) noexcept {
    std::string_view value;
    for (bool found = false; !header.empty();) {
        const auto end = std::min(header.find(';'), header.size());
        auto pair = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        pair = domain::trimmed_front(pair);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
        if (found && pair.substr(equals + 1) != value) return {};
        value = pair.substr(equals + 1);
        found = true;
    }
    return value;
}

}  // namespace hcp::web
