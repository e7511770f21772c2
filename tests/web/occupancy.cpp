#include "adapters/web/occupancy.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace hcp::web;

namespace {

using Doing = Occupancy::Doing;
using Refusal = Occupancy::Refusal;

// As many from the group as get in, all of them doing that.
std::size_t crowd(Occupancy& places, const std::string& group, Doing doing, std::size_t come) {
    std::size_t got_in = 0;
    for (std::size_t i = 0; i < come; ++i)
        got_in += places.arrive(group, doing).refusal == Refusal::none ? std::size_t{1} : 0;
    return got_in;
}

}  // namespace

SCENARIO("one address gets a quarter of the places", "[web]") {
    Occupancy places{2000};
    CHECK(crowd(places, "a", Doing::request, 2000) == 500);
    CHECK(places.arrive("a", Doing::request).refusal == Refusal::share);
    CHECK(places.arrive("b", Doing::request).refusal == Refusal::none);
}

SCENARIO("when some addresses are as busy as they may be, the next one gets in", "[web]") {
    Occupancy places{496};
    for (int i = 0; i < 8; ++i) {
        crowd(places, std::to_string(i), Doing::request, 500);
        CHECK(places.taken() < places.places());
    }
    CHECK(places.arrive("honest", Doing::idle).refusal == Refusal::none);
}

SCENARIO("a proxy of ours has no share", "[web]") {
    Occupancy places{100};
    CHECK(crowd(places, "", Doing::request, 100) == 100);
    CHECK(places.arrive("", Doing::request).refusal == Refusal::full);
}

SCENARIO("an address that has its share gives up the one of its own that has waited longest", "[web]") {
    Occupancy places{400};
    const auto other = places.arrive("other", Doing::idle).id;
    const auto first = places.arrive("a", Doing::idle).id, second = places.arrive("a", Doing::handshake).id;
    crowd(places, "a", Doing::idle, 98);
    CHECK(places.arrive("a", Doing::idle).evicted == first);
    CHECK(places.arrive("a", Doing::idle).evicted == second);
    CHECK(places.taken() == 101);
    places.becomes(other, Doing::request);
    CHECK(places.doing(Doing::request) == 1);
}

SCENARIO("when all places are taken the longest wait of all ends, and no request does", "[web]") {
    Occupancy places{4};
    const auto busy = places.arrive("a", Doing::idle).id;
    places.becomes(busy, Doing::request);
    const auto waits = places.arrive("b", Doing::handshake).id, waited = places.arrive("c", Doing::idle).id;
    places.becomes(waits, Doing::request);
    places.becomes(waits, Doing::idle);  // and so waits from now on
    const auto last = places.arrive("d", Doing::idle).id;
    const auto arrival = places.arrive("e", Doing::request);
    CHECK(arrival.refusal == Refusal::none);
    CHECK(arrival.evicted == waited);
    CHECK(places.evict() == waits);
    CHECK(places.evict() == last);
    CHECK(places.evict() == std::nullopt);
    CHECK(places.taken() == 2);
}

SCENARIO("who has left or was evicted leaves nothing behind", "[web]") {
    Occupancy places{3};
    std::vector<Occupancy::Id> ids;
    for (const auto* group : {"a", "b", "c"}) ids.push_back(places.arrive(group, Doing::handshake).id);
    const auto gone = places.evict();
    CHECK(gone == ids[0]);
    places.becomes(*gone, Doing::request);
    for (const auto id : ids) places.leaves(id);
    CHECK(places.taken() == 0);
    for (const auto doing : {Doing::handshake, Doing::idle, Doing::request}) CHECK(places.doing(doing) == 0);
    CHECK(places.evict() == std::nullopt);
}
