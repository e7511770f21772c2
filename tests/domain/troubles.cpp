#include "plugin/domain/troubles.hpp"

#include <catch2/catch.hpp>

using hcp::domain::Troubles;
using Whose = Troubles::Whose;

TEST_CASE("a trouble is the channel's when two meet it, and a message's own when others get through", "[troubles]") {
    Troubles troubles;
    CHECK(troubles.met(1) == Whose::unknown);
    CHECK(troubles.met(1) == Whose::unknown);  // alone in the world it proves nothing
    CHECK(troubles.met(2) == Whose::the_channels);
    troubles.got_through(3);
    CHECK(troubles.met(1) == Whose::its_own);
    CHECK(troubles.met(2) == Whose::its_own);
    CHECK(troubles.met(2) == Whose::unknown);  // put back, it starts anew
    troubles.got_through(2);
    CHECK(troubles.met(2) == Whose::unknown);
}
