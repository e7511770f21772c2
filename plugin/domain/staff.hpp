#pragma once
#include "plugin/domain/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The centre's people: their places on the roster, and what they are there.
namespace hcp::domain {

// What somebody of the centre may be; the parties of a trade have another (Role). Stored and chained: never renumber,
// never reuse.
enum class StaffRole : std::int32_t {
    evaluated = 1,  // everybody on the roster; never granted
    contact = 2,    // of a department
    head = 3,       // of a department
    supervisor = 4,
    second_signer = 5,
    committee = 6,
    technical = 7,
    finance = 8,
    publicity_editor = 9,
};
inline constexpr std::array staff_roles{StaffRole::evaluated,  StaffRole::contact,       StaffRole::head,
                                        StaffRole::supervisor, StaffRole::second_signer, StaffRole::committee,
                                        StaffRole::technical,  StaffRole::finance,       StaffRole::publicity_editor};

[[nodiscard]] std::string_view text_of(StaffRole) noexcept;  // Chinese
[[nodiscard]] std::string_view code_of(StaffRole) noexcept;  // as it is written on a command line
// By either; nothing for anything else.
[[nodiscard]] std::optional<StaffRole> staff_role_from(std::string_view text) noexcept;

// Held for one department, and lost with it.
[[nodiscard]] constexpr bool is_of_a_department(StaffRole role) noexcept {
    return role == StaffRole::contact || role == StaffRole::head;
}
// Nobody holds both: who proposes is not among those who confirm, and who signs first is not among those who sign
// second.
[[nodiscard]] constexpr bool excludes(StaffRole a, StaffRole b) noexcept {
    const auto are = [&](StaffRole one, StaffRole other) {
        return (a == one && b == other) || (a == other && b == one);
    };
    return are(StaffRole::technical, StaffRole::supervisor) || are(StaffRole::technical, StaffRole::second_signer) ||
           are(StaffRole::supervisor, StaffRole::second_signer);
}

// One version of somebody's place on the roster: it holds in [since, until), and later versions take over from their
// own `since` on.
struct Post {
    std::string department_id;
    std::vector<std::string> windows;
    Instant since;
    std::optional<Instant> until;

    friend bool operator==(const Post&, const Post&) = default;
};

// `versions` of one person, in the order in which they came. Nothing: he is not on the roster at that instant.
[[nodiscard]] const Post* post_at(std::span<const Post> versions, Instant at) noexcept;

// Whether a role that was given to somebody of that department is still his, now that his place is `post` (nullptr: he
// is not on the roster).
[[nodiscard]] bool keeps_role(StaffRole role, std::string_view department_id, const Post* post) noexcept;
// Whether his sessions end, now that his place is `after` instead: what they were opened for is not so any more.
[[nodiscard]] bool ends_sessions(const Post* before, const Post* after) noexcept;

}  // namespace hcp::domain
