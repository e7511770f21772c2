#pragma once
#include "plugin/domain/access.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

// Somebody of the centre sees who rated (M16.3), and what becomes of it when that comes out (M16.4). All of this is
// stored and chained: never renumber, never reuse.
namespace hcp::domain {

// What he sees; who needs a telephone number is shown no certificate.
enum class Unmasked : std::int32_t { identity = 1, phone = 2 };
[[nodiscard]] std::string_view code_of(Unmasked) noexcept;
[[nodiscard]] std::string_view text_of(Unmasked) noexcept;  // Chinese, as all text_of()
[[nodiscard]] std::optional<Unmasked> unmasked_from(std::string_view code) noexcept;
[[nodiscard]] Field field_of(Unmasked) noexcept;

// What for: without one nobody sees anything.
enum class UnmaskingPurpose : std::int32_t {
    contact = 1,    // the rater, about a bad review (E8)
    verify = 2,     // that the rating is what it says it is
    request = 3,    // the rater's own: access, correction, erasure
    authority = 4,  // who may demand it by law
    leak = 5,       // a leak case
};
[[nodiscard]] std::string_view code_of(UnmaskingPurpose) noexcept;
[[nodiscard]] std::string_view text_of(UnmaskingPurpose) noexcept;
[[nodiscard]] std::optional<UnmaskingPurpose> unmasking_purpose_from(std::string_view code) noexcept;

// How a leak case ended.
enum class LeakFinding : std::int32_t {
    open = 0,       // not decided
    confirmed = 1,  // by somebody of the centre, who is named
    elsewhere = 2,  // it is out, but nobody of the centre is found to have told it
    unfounded = 3,  // it is not out
};
[[nodiscard]] std::string_view code_of(LeakFinding) noexcept;
[[nodiscard]] std::string_view text_of(LeakFinding) noexcept;
[[nodiscard]] std::optional<LeakFinding> leak_finding_from(std::string_view code) noexcept;  // of a decision

}  // namespace hcp::domain
