#include "plugin/record/keys.hpp"

#include "plugin/domain/bytes.hpp"

namespace hcp::record {
namespace {

void put_text(Bytes& out, std::string_view text) {
    domain::put_field(out, ports::as_bytes(text));
}

std::string decimal(std::int64_t value) {
    return std::to_string(value);
}

constexpr std::size_t token_length = 22;

}  // namespace

Digest keyed(const KeyedDigest& key, std::string_view purpose, std::initializer_list<std::string_view> parts) {
    Bytes message;
    message.reserve(192);
    put_text(message, purpose);
    for (const auto part : parts) put_text(message, part);
    return key.of({View{message}});
}

Digest case_key(const Keys& keys, const domain::CompletionKey& key) {
    return keyed(keys.lookup, "case", {key.host_id, key.case_no, key.completion_no});
}

Digest visit_key(const Keys& keys, std::string_view host_id, std::string_view visit_no) {
    return keyed(keys.lookup, "visit", {host_id, visit_no});
}

Digest subject_lookup(const Keys& keys, domain::SubjectType type, std::string_view certificate_no) {
    return keyed(keys.lookup, "subject", {decimal(static_cast<std::int32_t>(type)), certificate_no});
}

Digest dossier_key(const Keys& keys, std::string_view project_no, std::string_view section, const Digest& subject) {
    return keyed(keys.lookup, "dossier", {project_no, section, ports::as_text(subject)});
}

std::string link_token(const Keys& keys, const domain::CompletionKey& key, domain::SubjectType type,
                       std::string_view certificate_no) {
    constexpr std::string_view version = "1";
    const auto digest = keyed(keys.link, "link",
                              {key.host_id, key.case_no, key.completion_no, decimal(static_cast<std::int32_t>(type)),
                               certificate_no, version});
    return domain::base64url_text(View{digest}.first(16));
}

std::optional<Digest> token_digest(const Keys& keys, std::string_view token, std::string_view purpose) {
    if (token.size() != token_length || token.find_first_not_of(domain::base64url_digits) != std::string_view::npos)
        return std::nullopt;
    return keyed(keys.lookup, purpose, {token});
}

}  // namespace hcp::record
