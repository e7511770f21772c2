#include "plugin/domain/staff.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace hcp::domain;
using namespace std::chrono_literals;

namespace {

constexpr Instant may = start_of(Day{std::chrono::local_days{std::chrono::year{2026} / 5 / 1}});
constexpr Instant june = start_of(Day{std::chrono::local_days{std::chrono::year{2026} / 6 / 1}});

Post in(std::string department, Instant since, std::optional<Instant> until = {}) {
    return {std::move(department), {"A01"}, since, until};
}

}  // namespace

SCENARIO("who is on the roster at an instant is told by the version that has begun last", "[staff]") {
    const std::vector versions{in("D1", may), in("D2", june)};
    CHECK(post_at(versions, may - 1us) == nullptr);
    REQUIRE(post_at(versions, may) != nullptr);
    CHECK(post_at(versions, june - 1us)->department_id == "D1");
    CHECK(post_at(versions, june)->department_id == "D2");
    CHECK(post_at({}, june) == nullptr);
}

SCENARIO("the end of a place is not in it, and an end that came later ends what was open", "[staff]") {
    const std::vector ended{in("D1", may), in("D1", may, june)};
    CHECK(post_at(ended, june - 1us) != nullptr);
    CHECK(post_at(ended, june) == nullptr);
    const std::vector back{in("D1", may, june), in("D1", june + 24h)};
    CHECK(post_at(back, june + 1h) == nullptr);
    CHECK(post_at(back, june + 24h) != nullptr);
}

SCENARIO("what was told later of the same time is what holds", "[staff]") {
    const std::vector corrected{in("D1", june), in("D2", may)};
    CHECK(post_at(corrected, june)->department_id == "D2");
}

SCENARIO("leaving ends sessions and every role, another department those of the department, another window sessions",
         "[staff]") {
    const auto here = in("D1", may), there = in("D2", june);
    auto other_window = here;
    other_window.windows = {"A02"};
    CHECK(ends_sessions(&here, nullptr));
    CHECK(ends_sessions(&here, &there));
    CHECK(ends_sessions(&here, &other_window));
    CHECK_FALSE(ends_sessions(&here, &here));
    CHECK_FALSE(ends_sessions(nullptr, &here));
    for (const auto role : staff_roles) {
        INFO(text_of(role));
        CHECK_FALSE(keeps_role(role, "D1", nullptr));
        CHECK(keeps_role(role, "D1", &other_window));
        CHECK(keeps_role(role, "D1", &there) == (role != StaffRole::contact && role != StaffRole::head));
    }
}

SCENARIO("a role is known by its word and its code, each one's own", "[staff]") {
    std::set<std::string_view> words;
    for (const auto role : staff_roles) {
        CHECK(staff_role_from(text_of(role)) == role);
        CHECK(staff_role_from(code_of(role)) == role);
        CHECK(words.insert(text_of(role)).second);
        CHECK(words.insert(code_of(role)).second);
    }
    CHECK_FALSE(staff_role_from(""));
    CHECK_FALSE(staff_role_from("root"));
}
