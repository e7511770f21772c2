#include "adapters/config/binding.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace hcp;
using namespace hcp::config;
using namespace std::chrono_literals;
using ports::ReconcileSettings, ports::Settings, ports::SweepSettings;

namespace {

constexpr Key interval{
    .member = at<&Settings::sweep, &SweepSettings::interval>, .section = "sweep", .name = "interval_ms", .max = 9};
constexpr Key grace{
    .member = at<&Settings::sweep, &SweepSettings::grace>, .section = "sweep", .name = "grace_s", .max = 9};
constexpr Key batch{.member = at<&Settings::sweep, &SweepSettings::batch>, .section = "sweep", .name = "batch"};

constexpr Key with_kind(Key key, Kind kind) {
    key.kind = kind;
    return key;
}
constexpr Key with_name(Key key, std::string_view name) {
    key.name = name;
    return key;
}
constexpr Key with_max(Key key, std::int64_t max) {
    key.max = max;
    return key;
}

template <const Key&... rows>
constexpr Key table[] = {rows...};

Setting written(const Key& key, Value value) {
    return {&key, "", 1, "", std::move(value)};
}

}  // namespace

SCENARIO("what the type of a member says about its key need not be said again", "[config]") {
    CHECK(interval.kind == Kind::milliseconds);
    CHECK(grace.kind == Kind::seconds);
    CHECK(batch.kind == Kind::count);
    CHECK(at<&Settings::reconcile, &ReconcileSettings::daily_at>.member->kind == Kind::time_of_day);
    CHECK(at<&Settings::province>.member->kind == Kind::on_off);
    CHECK_FALSE(at<&Settings::province>.member->off);
    CHECK(at<&Settings::operations_listen>.member->kind == Kind::address);
    CHECK(at<&Settings::operations_listen>.member->off);
}

SCENARIO("a table is complete when each member of the part has its key", "[config]") {
    STATIC_REQUIRE(is_complete<SweepSettings>(table<interval, grace, batch>));
    STATIC_REQUIRE_FALSE(is_complete<SweepSettings>(table<interval, grace>));
    STATIC_REQUIRE_FALSE(is_complete<ports::LimitSettings>(table<interval, grace, batch>));
}

SCENARIO("a row that does not fit its member is refused", "[config]") {
    STATIC_REQUIRE(is_sound(table<interval, grace, batch>));
    GIVEN("a kind that the member's type cannot hold") {
        static constexpr auto text = with_kind(batch, Kind::text), bytes = with_kind(batch, Kind::bytes);
        STATIC_REQUIRE_FALSE(is_sound(table<text>));
        THEN("bytes can be held, but the name must say so") {
            static constexpr auto named = with_name(bytes, "batch_bytes");
            STATIC_REQUIRE_FALSE(is_sound(table<bytes>));
            STATIC_REQUIRE(is_sound(table<named>));
        }
    }
    GIVEN("a name that does not end in the unit, or ends in another") {
        static constexpr auto none = with_name(grace, "grace"), another = with_name(grace, "grace_ms");
        STATIC_REQUIRE_FALSE(is_sound(table<none>));
        STATIC_REQUIRE_FALSE(is_sound(table<another>));
    }
    GIVEN("a range beyond what the member holds") {
        static constexpr auto most = with_max(batch, 4'294'967'295), more = with_max(batch, 4'294'967'296);
        STATIC_REQUIRE(is_sound(table<most>));
        STATIC_REQUIRE_FALSE(is_sound(table<more>));
    }
    GIVEN("two keys for a member, or two rows for a key") {
        static constexpr auto renamed = with_name(batch, "other");
        STATIC_REQUIRE_FALSE(is_sound(table<batch, renamed>));
        static constexpr Key same_name{
            .member = at<&Settings::limits, &ports::LimitSettings::io_threads>, .section = "sweep", .name = "batch"};
        STATIC_REQUIRE_FALSE(is_sound(table<batch, same_name>));
    }
    GIVEN("a condition on a key that the table does not have") {
        static constexpr Condition on[] = {is(at<&Settings::province>, "on")};
        static constexpr Key needy{
            .member = at<&Settings::sweep, &SweepSettings::batch>, .section = "s", .name = "n", .required_when = on};
        static constexpr Key enabled{.member = at<&Settings::province>, .section = "p", .name = "enabled"};
        STATIC_REQUIRE_FALSE(is_sound(table<needy>));
        STATIC_REQUIRE(is_sound(table<needy, enabled>));
    }
}

SCENARIO("a part that a key makes is absent while the key is off", "[config]") {
    static constexpr Key daily_at{.member = at<&Settings::reconcile, &ReconcileSettings::daily_at>,
                                  .section = "reconcile",
                                  .name = "daily_at",
                                  .off = true,
                                  .makes_part = true};
    static constexpr Key lookback{.member = at<&Settings::reconcile, &ReconcileSettings::lookback>,
                                  .section = "reconcile",
                                  .name = "lookback_days"};
    const auto days = written(lookback, std::int64_t{3});
    CHECK_FALSE(Settled<Settings>{{written(daily_at, Off{}), days}}.whole().reconcile);
    const auto made = Settled<Settings>{{written(daily_at, std::int64_t{90}), days}}.whole().reconcile;
    REQUIRE(made);
    CHECK(made->daily_at == 90min);
    CHECK(made->lookback == std::chrono::days{3});
}
