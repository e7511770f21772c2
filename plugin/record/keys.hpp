#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hcp::record {

using ports::Bytes;
using ports::Digest;
using ports::KeyedDigest;
using ports::Sealer;
using ports::SubjectVault;
using ports::View;

// The keys of this instance, each derived for one purpose. Everything by which a row is found or a text is bound goes
// through one of these; none of it can be recomputed, or a person recognised, without the master key.
struct Keys {
    const ports::Digests& digests;
    const KeyedDigest& lookup;   // idempotency keys, subjects, dossiers: what is looked up
    const KeyedDigest& link;     // rating links
    const KeyedDigest& content;  // what was reported or sent, to tell a repeat from a change
    const Sealer& sealer;        // what belongs to no subject: handlers, visits
    const SubjectVault& vault;   // what belongs to a subject, under its own data key
};

// 32-bit big-endian length before each part, so that no two lists of parts give the same bytes.
[[nodiscard]] Digest keyed(const KeyedDigest& key, std::string_view purpose,
                           std::initializer_list<std::string_view> parts);

[[nodiscard]] Digest case_key(const Keys&, const domain::CompletionKey&);
[[nodiscard]] Digest visit_key(const Keys&, std::string_view host_id, std::string_view visit_no);
// E12, E28: several agents of one enterprise are one subject; the entrance has folded the number (E36).
[[nodiscard]] Digest subject_lookup(const Keys&, domain::SubjectType, std::string_view certificate_no);
[[nodiscard]] Digest dossier_key(const Keys&, std::string_view project_no, std::string_view section,
                                 const Digest& subject);

// The personal link's secret: 128 bits, URL-safe, computed from what the host knows, so that it exists before the
// journal is drained.
[[nodiscard]] std::string link_token(const Keys&, const domain::CompletionKey&, domain::SubjectType,
                                     std::string_view certificate_no);
// What the store keeps of it. Nothing for a text that cannot be a token. What is a token for one purpose is none for
// another.
inline constexpr std::string_view for_rating = "token", for_sign_on = "staff invite", for_session = "staff session";
[[nodiscard]] std::optional<Digest> token_digest(const Keys&, std::string_view token,
                                                 std::string_view purpose = for_rating);

}  // namespace hcp::record
