#include "adapters/web/request_head.hpp"

#include "adapters/web/ascii_case.hpp"
#include "adapters/web/authority.hpp"
#include "plugin/domain/text.hpp"

#include <boost/url/grammar/alnum_chars.hpp>

#include <algorithm>
#include <array>
#include <tuple>

namespace hcp::web {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr int bad = 400, unmet = 417;

bool is_control(char c) noexcept {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}

bool is_token(std::string_view text) noexcept {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return boost::urls::grammar::alnum_chars(c) || marks.find(c) != std::string_view::npos;
    });
}

// Fields of which a second line would leave open which of them counts.
struct Singles {
    struct One {
        std::string_view name;
        std::optional<std::string_view> value{};
    };
    std::array<One, 7> all{{{"host"},
                            {"content-length"},
                            {"transfer-encoding"},
                            {"expect"},
                            {"content-type"},
                            {"origin"},
                            {"sec-fetch-site"}}};

    // False when it stood there already.
    bool take(std::string_view name, std::string_view value) {
        const auto one = std::ranges::find_if(all, [&](const One& known) { return same_word(known.name, name); });
        if (one == all.end()) return true;
        const bool first = !one->value;
        one->value = value;
        return first;
    }
    [[nodiscard]] const std::optional<std::string_view>& of(std::string_view name) const {
        return std::ranges::find(all, name, &One::name)->value;
    }
};

std::optional<Singles> read_fields(std::string_view lines) {
    Singles singles;
    while (lines != line_end) {
        const auto [line, rest] = domain::parted(lines, line_end);
        lines = rest;
        const auto colon = line.find(':');
        // A blank at the beginning is a folded line, one before the colon is read differently by everybody.
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return std::nullopt;
        if (!singles.take(line.substr(0, colon), domain::trimmed(line.substr(colon + 1), domain::line_blanks)))
            return std::nullopt;
    }
    return singles;
}

bool is_length(std::string_view text) noexcept {
    return domain::all_digits(text) && text.size() <= 18;  // fits any reader's integer
}

// Chunked, and nothing else: of what we do not know we do not know the end either.
bool has_one_end(const Singles& singles, bool is_1_1) {
    const auto &length = singles.of("content-length"), &coding = singles.of("transfer-encoding");
    if (length && !is_length(*length)) return false;
    return !coding || (is_1_1 && !length && same_word(*coding, "chunked"));
}

bool has_one_host(const Singles& singles, std::string_view authority, bool is_1_1) {
    const auto& host = singles.of("host");
    if (!host) return !is_1_1;
    if (!parse_authority(*host)) return false;
    return authority.empty() || same_word(authority, *host);
}

bool is_target(std::string_view method, std::string_view target) {
    if (target == "*") return method == "OPTIONS";
    if (target.find('#') != std::string_view::npos) return false;
    if (target.starts_with('/')) return true;
    const auto absolute = read_target(target);
    return !absolute.authority.empty() && parse_authority(absolute.authority);
}

}  // namespace

HeadSearch find_head_end(std::string_view received, std::size_t from) noexcept {
    using Found = HeadSearch::Found;
    for (auto i = from; i < received.size(); ++i) {
        const bool after_cr = i > 0 && received[i - 1] == '\r';
        if ((received[i] == '\n') != after_cr) return {Found::garbage, i};
        if (received[i] == '\n') {
            if (i == 1) return {Found::garbage, i};
            if (i >= 3 && received[i - 2] == '\n') return {Found::end, i + 1};
        } else if (received[i] != '\r' && is_control(received[i])) {
            return {Found::garbage, i};
        }
    }
    return {Found::not_yet, received.size()};
}

std::optional<int> flaw_of_head(std::string_view head) {
    const auto [line, fields] = domain::parted(head, line_end);
    const auto [method, behind] = domain::parted(line, " ");
    const auto [target, version] = domain::parted(behind, " ");
    const bool is_1_1 = version == "HTTP/1.1";
    if (!is_token(method) || !is_target(method, target) || !(is_1_1 || version == "HTTP/1.0")) return bad;
    const auto singles = read_fields(fields);
    if (!singles || !has_one_end(*singles, is_1_1) || !has_one_host(*singles, read_target(target).authority, is_1_1))
        return bad;
    const auto& expect = singles->of("expect");
    if (is_1_1 && expect && !same_word(*expect, "100-continue")) return unmet;
    return std::nullopt;
}

Target read_target(std::string_view target) noexcept {
    Target read;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!same_word(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        const auto end = std::min(target.find_first_of("/?"), target.size());
        read.authority = target.substr(0, end);
        target.remove_prefix(end);
        break;
    }
    std::tie(read.path, read.query) = domain::parted(target, "?");
    if (read.path.empty() && !read.authority.empty()) read.path = "/";
    return read;
}

}  // namespace hcp::web
