#include "plugin/app/membership/keep_lease.hpp"

#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

constexpr auto lease = 90s;

// Number 1, taken by the token "test"; the others are held for long.
struct Leased : MemoryDesk {
    Leased() {
        REQUIRE(keep.renew());
        for (int i = 2; i <= 1023; ++i)
            REQUIRE(store->lease_instance(std::to_string(i), clock.now(), clock.now() + 20h).has_value());
    }
    [[nodiscard]] ports::result<InstanceNo> taken_by(const std::string& token, Instant when) {
        return store->lease_instance(token, when, when + lease);
    }

    FailingStore faulty{*store};
    app::KeepLease keep{faulty, *books, clock, alarms, nobody, "test", lease};
};

}  // namespace

SCENARIO("a renewed number is nobody else's for the lease's time from then on", "[membership]") {
    Leased desk;
    desk.clock.set(desk.clock.now() + lease - 1us);
    CHECK(desk.keep.renew());
    CHECK_FALSE(desk.keep.is_lost());
    CHECK_FALSE(desk.alarms.standing("lease"));
    const auto over = desk.clock.now() + lease;
    CHECK(desk.taken_by("other", over - 1us).error() == ports::store_errc::conflict);
    CHECK(desk.taken_by("another", over).value() == InstanceNo{1});
}

SCENARIO("a lease that ran out is renewed where nobody took the number meanwhile", "[membership]") {
    Leased desk;
    desk.clock.set(desk.clock.now() + 24h);
    CHECK(desk.keep.renew());
    CHECK_FALSE(desk.alarms.standing("lease"));
}

SCENARIO("a number that another has taken once the lease was over is lost, and stays so", "[membership]") {
    Leased desk;
    const auto over = desk.clock.now() + lease;
    REQUIRE(desk.taken_by("other", over).value() == InstanceNo{1});
    desk.clock.set(over);
    CHECK_FALSE(desk.keep.is_lost());
    CHECK_FALSE(desk.keep.renew());
    CHECK(desk.keep.is_lost());
    CHECK(desk.alarms.standing("lease"));
    CHECK(desk.log.said("实例编号已被其他实例取用"));
    WHEN("the other's lease is over as well") {
        desk.clock.set(over + 24h);
        CHECK_FALSE(desk.keep.renew());
        CHECK(desk.keep.is_lost());
        CHECK(desk.alarms.standing("lease"));
    }
    WHEN("the store does not answer any more") {
        desk.faulty.error = ports::store_errc::unavailable;
        desk.faulty.lease_failures = 1;
        CHECK_FALSE(desk.keep.renew());
        CHECK(desk.keep.is_lost());
    }
}

SCENARIO("a lease that could not be renewed is an alarm, and not a loss", "[membership]") {
    Leased desk;
    desk.faulty.error = ports::store_errc::unavailable;
    desk.faulty.lease_failures = 1;
    CHECK(desk.keep.renew());
    CHECK_FALSE(desk.keep.is_lost());
    CHECK(desk.alarms.standing("lease"));
    THEN("the next renewal ends it") {
        CHECK(desk.keep.renew());
        CHECK_FALSE(desk.alarms.standing("lease"));
    }
}
