#include "integration/province_sim/faults.hpp"

#include <catch2/catch.hpp>

using namespace province_sim;

SCENARIO("a fault spoils as many requests as it was asked for and no other message") {
    Faults faults{1};
    faults.add(parse_fault({{"kind", "slow"}, {"count", 2}, {"only", "M2"}, {"delay_ms", 10}}));
    CHECK_FALSE(faults.draw({"M1"}));
    CHECK(faults.draw({"M2"})->delay == std::chrono::milliseconds{10});
    CHECK(faults.draw({"M2"}));
    CHECK_FALSE(faults.draw({"M2"}));
    CHECK(faults.active().empty());
}

SCENARIO("a fault with count -1 lasts until cleared") {
    Faults faults{1};
    faults.add(parse_fault({{"kind", "http_500"}, {"count", -1}}));
    for (int i = 0; i < 100; ++i) CHECK(faults.draw({"M5"}));
    faults.clear();
    CHECK_FALSE(faults.draw({"M5"}));
}

SCENARIO("an unlikely fault falls now and then, and equally for equal seeds") {
    int fallen = 0;
    Faults left{7};
    Faults right{7};
    for (auto* faults : {&left, &right})
        faults->add(parse_fault({{"kind", "slow"}, {"count", -1}, {"probability", 0.25}}));
    for (int i = 0; i < 1'000; ++i) {
        const bool falls = left.draw({"M1"}).has_value();
        CHECK(right.draw({"M1"}).has_value() == falls);
        fallen += falls ? 1 : 0;
    }
    CHECK(fallen > 150);
    CHECK(fallen < 350);
}

SCENARIO("the oldest fault goes first and being down concerns connections only") {
    Faults faults{1};
    faults.add(parse_fault({{"kind", "down"}}));
    faults.add(parse_fault({{"kind", "html_error"}, {"status", 200}}));
    faults.add(parse_fault({{"kind", "http_429"}}));
    CHECK(faults.draw({"M1"})->kind == FaultKind::html_error);
    CHECK(faults.draw({"M1"})->kind == FaultKind::http_429);
    CHECK(faults.draw_down());
    CHECK_FALSE(faults.draw_down());
}

SCENARIO("a fault waits for the message it can spoil") {
    Faults faults{1};
    faults.add(parse_fault({{"kind", "twice"}}));
    CHECK_FALSE(faults.draw({"M4"}));
    CHECK_FALSE(faults.draw({"M2"}));
    CHECK(faults.draw({"M1"}));
}

SCENARIO("the eleven numbered ways can be asked for by number") {
    const std::string_view names[] = {"inner_failure", "body_string",     "no_wrapper",    "empty_body",
                                      "duplicate",     "unknown_service", "token_expired", "cut_after_store",
                                      "html_error",    "gbk_message",     "slow"};
    for (int way = 1; way <= 11; ++way) CHECK(name_of(parse_fault({{"kind", way}}).kind) == names[way - 1]);
}

SCENARIO("a fault that makes no sense is refused and its wrong part named") {
    const auto complaint = [](const boost::json::object& wish) -> std::string {
        try {
            parse_fault(wish);
            return "taken";
        } catch (const std::invalid_argument& wrong) {
            return wrong.what();
        }
    };
    CHECK(complaint({{"count", 1}}) == "kind: missing");
    CHECK(complaint({{"kind", "fire"}}) == "kind: no such fault");
    CHECK(complaint({{"kind", 12}}) == "kind: no such fault");
    CHECK(complaint({{"kind", "slow"}, {"count", 0}}) == "count: at least 1, or -1 until cleared");
    CHECK(complaint({{"kind", "slow"}, {"only", "M3"}}) == "only: one of any, M1, M2, M4, M5");
    CHECK(complaint({{"kind", "slow"}, {"probability", 1.5}}) == "probability: a number from 0 to 1");
    CHECK(complaint({{"kind", "slow"}, {"delay", 1}}) == "delay: not known for slow");
    CHECK(complaint({{"kind", "slow"}, {"processed", false}}) == "processed: not a choice for slow");
    CHECK(complaint({{"kind", "token_expired"}, {"processed", true}}) == "processed: not a choice for token_expired");
    CHECK(complaint({{"kind", "slow"}, {"message", "x"}}) == "message: not known for slow");
    CHECK(complaint({{"kind", "http_500"}, {"store_after_ms", 1}}) == "store_after_ms: nothing is stored");
    CHECK(complaint({{"kind", "slow"}, {"retry_after_s", -1}}) == "retry_after_s: not known for slow");
    CHECK(complaint({{"kind", "twice"}, {"only", "M2"}}) == "only: not a choice for twice");
    CHECK(complaint({{"kind", "slow"}, {"only", "M2"}, {"certificate", "9137"}}) ==
          "certificate: told by M1 and M4 alone");
    CHECK(complaint({{"kind", "empty_body"}, {"processed", false}}) == "taken");
    CHECK(complaint({{"store_after_ms", 1}, {"kind", "http_500"}, {"processed", true}}) == "taken");
}
