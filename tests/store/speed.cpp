#include "tests/store/fixture.hpp"

using namespace hcp;
TEST_CASE("speed placeholder", "[.speed]") {}
