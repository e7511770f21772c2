#include "adapters/web/sessions.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace std::chrono_literals;

namespace {
const web::Sessions::Time signed_on{1h};
ports::SignedOn subject(std::string number) {
    return {false, domain::SubjectType::legal, std::move(number), ""};
}
}  // namespace

SCENARIO("a session lives as long as it is used", "[web]") {
    web::Sessions sessions{{30min, 8h}, 10};
    const auto secret = sessions.open(subject("A"), signed_on);
    CHECK(secret.size() == 32);
    CHECK(sessions.open(subject("A"), signed_on) != secret);
    CHECK(sessions.find(secret, signed_on + 29min)->certificate_no == "A");
    CHECK(sessions.find(secret, signed_on + 58min).has_value());
    CHECK_FALSE(sessions.find(secret, signed_on + 88min).has_value());
    CHECK_FALSE(sessions.find(secret, signed_on + 58min).has_value());
    CHECK_FALSE(sessions.find("", signed_on).has_value());
}

SCENARIO("a session ends at last, however much it is used", "[web]") {
    web::Sessions sessions{{30min, 8h}, 10};
    const auto secret = sessions.open(subject("A"), signed_on);
    for (auto t = signed_on; t < signed_on + 8h; t += 20min) CHECK(sessions.find(secret, t).has_value());
    CHECK_FALSE(sessions.find(secret, signed_on + 8h).has_value());
}

SCENARIO("a closed session is over", "[web]") {
    web::Sessions sessions{{30min, 8h}, 10};
    const auto secret = sessions.open(subject("A"), signed_on);
    sessions.close(secret);
    CHECK_FALSE(sessions.find(secret, signed_on).has_value());
}

SCENARIO("when there is no room, the one idle longest goes", "[web]") {
    web::Sessions sessions{{30min, 8h}, 2};
    const auto first = sessions.open(subject("A"), signed_on);
    const auto second = sessions.open(subject("B"), signed_on + 1min);
    CHECK(sessions.find(first, signed_on + 2min).has_value());
    const auto third = sessions.open(subject("C"), signed_on + 3min);
    CHECK(sessions.find(first, signed_on + 3min).has_value());
    CHECK_FALSE(sessions.find(second, signed_on + 3min).has_value());
    CHECK(sessions.find(third, signed_on + 3min).has_value());
}
