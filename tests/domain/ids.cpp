#include "plugin/domain/ids.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

using namespace hcp::domain;
using namespace hcp::test;

SCENARIO("ids rise with the time, and go on rising when it is set back", "[ids]") {
    IdSource ids{InstanceNo{7}};
    auto last = ids.next<CaseId>(at(2026, 9, 24));
    for (const auto now : {at(2026, 9, 24), at(2027, 9, 24), at(2026, 9, 24), at(2026, 9, 25)}) {
        const auto next = ids.next<CaseId>(now);
        CHECK(next > last);
        last = next;
    }
}

SCENARIO("who starts behind ids of another time makes higher ones, whichever instance made those", "[ids]") {
    IdSource before{InstanceNo{1023}};
    const auto highest = before.next<CaseId>(at(2027, 9, 24)).value();
    for (const int instance : {1, 1023}) {
        IdSource ids{InstanceNo{instance}, highest};
        auto last = highest;
        for (int i = 0; i < 5000; ++i) {
            const auto next = ids.next<CaseId>(at(2026, 9, 24)).value();
            REQUIRE(next > last);
            last = next;
        }
        CHECK(((last >> 12) & 1023) == instance);
        CHECK(ids.next<CaseId>(at(2028, 9, 24)).value() > last);
    }
}
