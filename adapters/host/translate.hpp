#pragma once
#include "adapters/host/arrays.hpp"
#include "adapters/host/module.hpp"

#include <functional>

// C structs to domain values, every field checked as the header says. Beyond the folding of E36 and E37 nothing is
// stripped, cut or corrected: what does not fit is refused with its name. Each function reads only what lies inside the
// struct_size of what it is given.
namespace hcp::host {

struct Terms {
    domain::Instant now;
    std::function<bool(const std::string&)> accepts_host;
    domain::Instant earliest;  // of completions: before the first policy there was nothing to rate by (E38)
};

// Up to where an element must reach at least: the end of its last required field.
template <class T>
inline constexpr std::size_t least_size = sizeof(T);
template <>
inline constexpr std::size_t least_size<hcp_completion> = offsetof(hcp_completion, handlers);
template <>
inline constexpr std::size_t least_size<hcp_withdrawal> = offsetof(hcp_withdrawal, reason);
template <>
inline constexpr std::size_t least_size<hcp_visit> = offsetof(hcp_visit, window);
template <>
inline constexpr std::size_t least_size<hcp_subject> = offsetof(hcp_subject, certificate_kind);
template <>
inline constexpr std::size_t least_size<hcp_staff> = offsetof(hcp_staff, name);
template <>
inline constexpr std::size_t least_size<hcp_rating> = offsetof(hcp_rating, received_at_us);

// Each gives the first fault, or nothing and the value in `out`.
[[nodiscard]] std::optional<Fault> translate(const hcp_completion& from, const Terms& terms, domain::Event& out);
[[nodiscard]] std::optional<Fault> translate(const hcp_withdrawal& from, const Terms& terms, domain::Event& out);
[[nodiscard]] std::optional<Fault> translate(const hcp_bids_opened& from, const Terms& terms, domain::Event& out);
[[nodiscard]] std::optional<Fault> translate(const hcp_visit& from, const Terms& terms, domain::Event& out);

[[nodiscard]] std::optional<Fault> translate(const hcp_rating& from, const Terms& terms, Rater& rater,
                                             domain::Answer& answer);
// Of `key` only the idempotency key is looked at.
[[nodiscard]] std::optional<Fault> translate(const hcp_completion& key, const hcp_subject& subject, const Terms& terms,
                                             Rater& out);
[[nodiscard]] std::optional<Fault> translate(std::int32_t subject_type, hcp_text certificate_no,
                                             domain::SubjectType& type, std::string& out);

}  // namespace hcp::host
