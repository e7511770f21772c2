#include "tests/store/server_fixture.hpp"
#include "tests/support/commit_thief.hpp"
#include "tests/support/file_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

struct Robbed : store::test::ServerDatabase {
    CommitThief thief{MariaDb::shared().socket()};
    [[nodiscard]] store::StoreOptions through_the_thief() const {
        auto through = options;
        through.connection = [this] {
            return store::test::server_under_test().own(thief.socket(), "contract", "root");
        };
        return through;
    }
};

void open_in_doubt(int tries) {
    Robbed robbed;
    FileDesk desk{robbed.through_the_thief()};
    for (int i = 0; i < tries; ++i) {
        const ports::Journaled event{{1, i}, desk.clock.now(), Desk::completion("D" + std::to_string(i))};
        robbed.thief.at_next_commit(i % 2 == 0 ? CommitThief::Takes::answer : CommitThief::Takes::question);
        const auto first = desk.opener->apply(std::span{&event, 1});
        REQUIRE(first.error() == ports::store_errc::in_doubt);
        const auto again = desk.opener->apply(std::span{&event, 1});
        REQUIRE(again.has_value());
        CHECK(again->cases == (i % 2 == 0 ? 0 : 1));
    }
    CHECK(robbed.thief.taken() == tries);
    store::test::Administrator root;
    const auto count = [&](const std::string& what) {
        return root.run("select count(*) from contract." + what).front();
    };
    for (const auto* table : {"cases", "evaluations", "deliveries"}) {
        INFO(table);
        CHECK(count(table) == std::to_string(tries));
    }
    CHECK(desk.figure(Metric::opened) == tries);
    CHECK(root.run("select count(*) - (max(seq) - min(seq) + 1) from contract.ledger group by lane") ==
          std::vector<std::string>(root.run("select distinct lane from contract.ledger").size(), "0"));
}

}  // namespace

SCENARIO("a commit whose answer is lost is neither lost nor done twice", "[flow][server]") {
    open_in_doubt(100);
}

SCENARIO("a commit whose answer is lost is neither lost nor done twice, a thousand times", "[.long][server]") {
    open_in_doubt(1000);
}
