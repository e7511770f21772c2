#include "plugin/record/sealed_facts.hpp"

#include "plugin/domain/bytes.hpp"

#include <string>
#include <string_view>

namespace hcp::record {
namespace {

constexpr std::uint8_t facts_version = 1;

void put_text(Bytes& out, std::string_view text) {
    domain::put_field(out, ports::as_bytes(text));
}
bool take_text(View& bytes, std::string& text) {
    const auto field = domain::take_field(bytes);
    if (field) text = ports::as_text(*field);
    return field.has_value();
}

}  // namespace

Bytes encode(const domain::SubjectFacts& subject) {
    Bytes out{facts_version};
    domain::put_integer(out, static_cast<std::uint32_t>(subject.type), 4);
    domain::put_integer(out, static_cast<std::uint32_t>(subject.role), 4);
    for (const auto* text : {&subject.certificate_no, &subject.certificate_kind, &subject.name, &subject.mobile,
                             &subject.agent_name, &subject.agent_no})
        put_text(out, *text);
    domain::put_integer(out, subject.other_agents.size(), 4);
    for (const auto& agent : subject.other_agents) {
        put_text(out, agent.name);
        put_text(out, agent.no);
    }
    return out;
}

ports::result<domain::SubjectFacts> decode_subject(View bytes) {
    const auto version = domain::take_integer(bytes, 1), type = domain::take_integer(bytes, 4),
               role = domain::take_integer(bytes, 4);
    if (version != facts_version || !type || !role) return ports::crypto_errc::malformed;
    domain::SubjectFacts subject;
    subject.type = static_cast<domain::SubjectType>(*type);
    subject.role = static_cast<domain::Role>(*role);
    for (auto* text : {&subject.certificate_no, &subject.certificate_kind, &subject.name, &subject.mobile,
                       &subject.agent_name, &subject.agent_no})
        if (!take_text(bytes, *text)) return ports::crypto_errc::malformed;
    const auto agents = domain::take_integer(bytes, 4);
    if (!agents) return ports::crypto_errc::malformed;
    for (std::uint64_t i = 0; i < *agents; ++i)
        if (auto& agent = subject.other_agents.emplace_back();
            !take_text(bytes, agent.name) || !take_text(bytes, agent.no))
            return ports::crypto_errc::malformed;
    if (!bytes.empty()) return ports::crypto_errc::malformed;
    return subject;
}

Bytes encode(std::span<const domain::StaffFacts> staff) {
    Bytes out{facts_version};
    domain::put_integer(out, staff.size(), 4);
    for (const auto& person : staff) {
        put_text(out, person.staff_id);
        put_text(out, person.name);
    }
    return out;
}

ports::result<std::vector<domain::StaffFacts>> decode_staff(View bytes) {
    const auto version = domain::take_integer(bytes, 1), count = domain::take_integer(bytes, 4);
    if (version != facts_version || !count) return ports::crypto_errc::malformed;
    std::vector<domain::StaffFacts> staff;
    for (std::uint64_t i = 0; i < *count; ++i) {
        auto& person = staff.emplace_back();
        if (!take_text(bytes, person.staff_id) || !take_text(bytes, person.name)) return ports::crypto_errc::malformed;
    }
    if (!bytes.empty()) return ports::crypto_errc::malformed;
    return staff;
}

ports::result<domain::SubjectFacts> opened_subject(const ports::SubjectVault& vault, const ports::SubjectRow& subject,
                                                   const ports::EvaluationRow& evaluation) {
    HCP_TRY(const auto key, vault.unwrap(View{subject.wrapped_key}));
    HCP_TRY(const auto plain, key->open(View{evaluation.sealed_subject}, View{evaluation.token_digest}));
    return decode_subject(View{plain});
}

ports::result<Bytes> sealed_handlers(const ports::Sealer& sealer, std::span<const domain::StaffFacts> staff,
                                     const ports::Digest& case_key) {
    if (staff.empty()) return Bytes{};
    const auto plain = encode(staff);
    return sealer.seal(View{plain}, View{case_key});
}

ports::result<std::vector<domain::StaffFacts>> handlers_of(const ports::Sealer& sealer, const ports::CaseRow& row) {
    if (row.sealed_handlers.empty()) return std::vector<domain::StaffFacts>{};
    HCP_TRY(const auto plain, sealer.open(View{row.sealed_handlers}, View{row.key_digest}));
    return decode_staff(View{plain});
}

ports::result<std::vector<std::string>> handler_ids_of(const ports::Sealer& sealer, const ports::CaseRow& row) {
    HCP_TRY(auto staff, handlers_of(sealer, row));
    std::vector<std::string> ids;
    for (auto& one : staff) ids.push_back(std::move(one.staff_id));
    return ids;
}

}  // namespace hcp::record
