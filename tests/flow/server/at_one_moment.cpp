#include "tests/store/server_fixture.hpp"
#include "tests/support/file_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// Two instances on one database, of which the second stores its event while the first is in the middle of its own.
struct TwoHosts {
    ports::result<app::Applied> tell_both(const Event& first, const Event& second) {
        const ports::Journaled in_one{{1, 0}, desk.clock.now(), first}, in_other{{1, 0}, desk.clock.now(), second};
        return desk.opener->apply(std::span{&in_one, 1}, [&](ports::Transaction&, Instant) -> ports::result<void> {
            HCP_TRY(between, opener.apply(std::span{&in_other, 1}));
            return {};
        });
    }
    [[nodiscard]] std::unique_ptr<ports::Store> another_store() {
        auto opened = desk.open_store();
        const auto number = opened->lease_instance("other", desk.clock.now(), desk.clock.now() + 1h);
        REQUIRE(number.has_value());
        books_number = *number;
        return opened;
    }

    store::test::ServerDatabase database;
    FileDesk desk{database.options};
    InstanceNo books_number;
    std::unique_ptr<ports::Store> store = another_store();
    record::Books books{*store, desk.digests, desk.ledger_seal, desk.clock, desk.id_clock};
    app::ApplyEvents opener{books, desk.keys, *desk.follow, desk.terms, desk.nobody, desk.log};
    app::Applied between;
};

}  // namespace

SCENARIO("a completion and what ends it, told to two hosts at one moment, meet all the same (E14, E17)",
         "[flow][server]") {
    TwoHosts hosts;
    hosts.books.adopt(hosts.books_number);
    auto event = Desk::completion("C1");

    GIVEN("its withdrawal") {
        const Withdrawal withdrawal{event.key, at(2026, 9, 24, 16h), "重新办理"};
        WHEN("that comes in the middle of the completion") {
            REQUIRE(hosts.tell_both(event, withdrawal).has_value());
        }
        WHEN("the completion comes in the middle of that") {
            REQUIRE(hosts.tell_both(withdrawal, event).has_value());
        }
        const auto view = hosts.desk.view(event);
        CHECK(view.case_row.withdrawn);
        CHECK(view.evaluation.state == EvaluationState::voided);
        CHECK(hosts.desk.figure(Metric::opened) == 1);
        CHECK(hosts.desk.figure(Metric::voided) == 1);
    }
    GIVEN("the opening of its bids") {
        event.secrecy = Secrecy::until_opening();
        const BidsOpened opened{event.key.host_id, event.project_no, event.section, at(2026, 9, 24, 16h)};
        WHEN("that comes in the middle of the completion") {
            const auto applied = hosts.tell_both(event, opened);
            REQUIRE(applied.has_value());
            CHECK(applied->cases == 1);
        }
        WHEN("the completion comes in the middle of that") {
            REQUIRE(hosts.tell_both(opened, event).has_value());
        }
        const auto view = hosts.desk.view(event);
        CHECK(view.case_row.secrecy() == open_to_all);
        CHECK(view.evaluation.secrecy == open_to_all);
        CHECK(hosts.desk.figure(Metric::opened) == 1);
        CHECK(hosts.desk.deliveries().size() == 1);
    }
}
