#include "adapters/web/sessions.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace std::chrono_literals;

namespace {
const web::Sessions::Time start{1h};
ports::SignedOn subject(std::string number) {
    return {false, domain::SubjectType::legal, std::move(number), ""};
}
}  // namespace

SCENARIO("a session lives as long as it is used", "[web]") {
    web::Sessions sessions{{30min, 8h}, 10};
    const auto secret = sessions.open(subject("A"), start);
    CHECK(secret.size() == 32);
    CHECK(sessions.open(subject("A"), start) != secret);
    CHECK(sessions.find(secret, start + 29min)->certificate_no == "A");
    CHECK(sessions.find(secret, start + 58min).has_value());
    CHECK_FALSE(sessions.find(secret, start + 88min).has_value());
    CHECK_FALSE(sessions.find(secret, start + 58min).has_value());
    CHECK_FALSE(sessions.find("", start).has_value());
}

SCENARIO("a session ends at last, however much it is used", "[web]") {
    web::Sessions sessions{{30min, 8h}, 10};
    const auto secret = sessions.open(subject("A"), start);
    for (auto t = start; t < start + 8h; t += 20min) CHECK(sessions.find(secret, t).has_value());
    CHECK_FALSE(sessions.find(secret, start + 8h).has_value());
}

SCENARIO("a closed session is over", "[web]") {
    web::Sessions sessions{{30min, 8h}, 10};
    const auto secret = sessions.open(subject("A"), start);
    sessions.close(secret);
    CHECK_FALSE(sessions.find(secret, start).has_value());
}

SCENARIO("when there is no room, the one idle longest goes", "[web]") {
    web::Sessions sessions{{30min, 8h}, 2};
    const auto first = sessions.open(subject("A"), start);
    const auto second = sessions.open(subject("B"), start + 1min);
    CHECK(sessions.find(first, start + 2min).has_value());
    const auto third = sessions.open(subject("C"), start + 3min);
    CHECK(sessions.find(first, start + 3min).has_value());
    CHECK_FALSE(sessions.find(second, start + 3min).has_value());
    CHECK(sessions.find(third, start + 3min).has_value());
}
