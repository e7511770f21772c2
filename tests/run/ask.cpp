#include "plugin/run/ask.hpp"

#include "tests/support/desk.hpp"

#include <semaphore>
#include <stdexcept>

using namespace hcp;
using namespace hcp::test;
using run::DidNotHappen, run::Failed;

SCENARIO("a question that only reads is answered, or did not happen; it is never in doubt", "[ask]") {
    RecordedLog log;
    std::binary_semaphore released{0};  // outlives the workers: acquire() still looks at it when release() has returned
    run::Workers workers{1, log};
    const auto ask = [&](auto answer, std::chrono::milliseconds limit) {
        return run::ask<int>(
            workers, [answer]() -> ports::result<int> { return answer; }, limit);
    };
    CHECK(std::get<int>(ask(7, 1h)) == 7);
    using ports::store_errc;
    for (const auto error : {store_errc::unavailable, store_errc::conflict, store_errc::in_doubt})
        CHECK(std::holds_alternative<DidNotHappen>(ask(make_error_code(error), 1h)));
    CHECK(std::get<Failed>(ask(make_error_code(store_errc::corrupt), 1h)).why == store_errc::corrupt);

    WHEN("the limit passes first") {
        workers.post([&] { released.acquire(); });
        CHECK(std::holds_alternative<DidNotHappen>(ask(7, 0ms)));
        released.release();
    }
    WHEN("the workers stop first") {
        workers.stop();
        CHECK(std::holds_alternative<DidNotHappen>(ask(7, 1h)));
    }
    WHEN("the question throws, who asked is told and the worker goes on") {
        const auto throws = []() -> ports::result<int> { throw std::runtime_error{"内存不足"}; };
        CHECK_THROWS_AS(run::ask<int>(workers, throws, 1h), std::runtime_error);
        CHECK(std::get<int>(ask(8, 1h)) == 8);
    }
}
