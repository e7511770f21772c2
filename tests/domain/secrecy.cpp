#include "plugin/domain/secrecy.hpp"

#include <catch2/catch.hpp>

#include <type_traits>

using namespace hcp::domain;

// There is no way to ask, only what may be done.
static_assert(!std::is_convertible_v<Secrecy, bool>);
static_assert(!std::is_constructible_v<bool, Secrecy>);
static_assert(!std::is_constructible_v<Secrecy, bool>);

SCENARIO("what is open to all is counted, told and sent, and chained in the open lane", "[secrecy]") {
    CHECK(open_to_all.counts() == 1);
    CHECK(open_to_all.counts(-3) == -3);
    CHECK(open_to_all.may_be_told());
    CHECK(open_to_all.chain() == Chain::open);
    CHECK(open_to_all.holds() == HeldReason::none);
    CHECK_FALSE(open_to_all.shown_to_its_rater());
}

SCENARIO("what is secret until bids are opened is none of it (E14)", "[secrecy]") {
    constexpr auto secret = Secrecy::until_opening();
    CHECK(secret.counts() == 0);
    CHECK(secret.counts(-3) == 0);
    CHECK_FALSE(secret.may_be_told());
    CHECK(secret.chain() == Chain::secret);
    CHECK(secret.holds() == HeldReason::secrecy);
    CHECK(secret.shown_to_its_rater());
}

SCENARIO("what concerns something open and something secret is secret", "[secrecy]") {
    constexpr auto secret = Secrecy::until_opening();
    CHECK(secret.and_of(open_to_all) == secret);
    CHECK(open_to_all.and_of(secret) == secret);
    CHECK(open_to_all.and_of(open_to_all) == open_to_all);
    CHECK(Secrecy::from_flag(secret.flag()) == secret);
    CHECK(Secrecy::from_flag(open_to_all.flag()) == open_to_all);
}
