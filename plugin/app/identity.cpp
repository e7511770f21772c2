#include "plugin/app/identity.hpp"

#include <cctype>

namespace hcp::app {
namespace {

void put_integer(Bytes& out, std::uint64_t value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

void put_text(Bytes& out, std::string_view text) {
    put_integer(out, text.size(), 4);
    out.insert(out.end(), text.begin(), text.end());
}

// Takes what put_* wrote; after the first short read it stays failed.
class Reader {
public:
    explicit Reader(View bytes) : rest_{bytes} {}
    std::uint64_t integer(std::size_t width) {
        if (failed_ || rest_.size() < width) {
            failed_ = true;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < width; ++i) value = value << 8 | rest_[i];
        rest_ = rest_.subspan(width);
        return value;
    }
    std::string text() {
        const auto size = static_cast<std::size_t>(integer(4));
        if (failed_ || rest_.size() < size) {
            failed_ = true;
            return {};
        }
        std::string value{ports::as_text(rest_.first(size))};
        rest_ = rest_.subspan(size);
        return value;
    }
    [[nodiscard]] bool complete() const { return !failed_ && rest_.empty(); }
    [[nodiscard]] bool failed() const { return failed_; }

private:
    View rest_;
    bool failed_ = false;
};

constexpr std::uint8_t facts_version = 1;

std::string upper(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

std::string decimal(std::int64_t value) {
    return std::to_string(value);
}

// RFC 4648 section 5 without padding: 16 bytes are 22 characters.
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t token_length = 22;

std::string url_text(View sixteen) {
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const auto byte : sixteen) {
        bits = bits << 8 | byte;
        held += 8;
        while (held >= 6) {
            held -= 6;
            out.push_back(alphabet[bits >> held & 63]);
        }
    }
    if (held > 0) out.push_back(alphabet[bits << (6 - held) & 63]);
    return out;
}

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
    return keyed(keys.lookup, "subject", {decimal(static_cast<std::int32_t>(type)), upper(certificate_no)});
}

Digest dossier_key(const Keys& keys, std::string_view project_no, std::string_view section, const Digest& subject) {
    return keyed(keys.lookup, "dossier", {project_no, section, ports::as_text(subject)});
}

std::string link_token(const Keys& keys, const domain::CompletionKey& key, domain::SubjectType type,
                       std::string_view certificate_no) {
    constexpr std::string_view version = "1";
    const auto digest = keyed(keys.link, "link",
                              {key.host_id, key.case_no, key.completion_no, decimal(static_cast<std::int32_t>(type)),
                               upper(certificate_no), version});
    return url_text(View{digest}.first(16));
}

std::optional<Digest> token_digest(const Keys& keys, std::string_view token) {
    if (token.size() != token_length || token.find_first_not_of(alphabet) != std::string_view::npos)
        return std::nullopt;
    return keyed(keys.lookup, "token", {token});
}

Bytes encode(const domain::SubjectFacts& subject) {
    Bytes out{facts_version};
    put_integer(out, static_cast<std::uint32_t>(subject.type), 4);
    put_integer(out, static_cast<std::uint32_t>(subject.role), 4);
    for (const auto* text : {&subject.certificate_no, &subject.certificate_kind, &subject.name, &subject.mobile,
                             &subject.agent_name, &subject.agent_no})
        put_text(out, *text);
    return out;
}

ports::result<domain::SubjectFacts> decode_subject(View bytes) {
    Reader in{bytes};
    domain::SubjectFacts subject;
    if (in.integer(1) != facts_version) return make_error_code(ports::crypto_errc::malformed);
    subject.type = static_cast<domain::SubjectType>(in.integer(4));
    subject.role = static_cast<domain::Role>(in.integer(4));
    for (auto* text : {&subject.certificate_no, &subject.certificate_kind, &subject.name, &subject.mobile,
                       &subject.agent_name, &subject.agent_no})
        *text = in.text();
    if (!in.complete()) return make_error_code(ports::crypto_errc::malformed);
    return subject;
}

Bytes encode(std::span<const domain::StaffFacts> staff) {
    Bytes out{facts_version};
    put_integer(out, staff.size(), 4);
    for (const auto& person : staff) {
        put_text(out, person.staff_id);
        put_text(out, person.name);
    }
    return out;
}

ports::result<std::vector<domain::StaffFacts>> decode_staff(View bytes) {
    Reader in{bytes};
    if (in.integer(1) != facts_version) return make_error_code(ports::crypto_errc::malformed);
    const auto count = in.integer(4);
    std::vector<domain::StaffFacts> staff;
    for (std::uint64_t i = 0; i < count && !in.failed(); ++i) {
        auto id = in.text();
        auto name = in.text();
        staff.push_back({std::move(id), std::move(name)});
    }
    if (!in.complete()) return make_error_code(ports::crypto_errc::malformed);
    return staff;
}

}  // namespace hcp::app
