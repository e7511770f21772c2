#include "adapters/store/codec.hpp"
#include "adapters/store/sqlite_session.hpp"
#include "tests/store/fixture.hpp"

#include <boost/pfr.hpp>

using namespace hcp;
using namespace hcp::store;

namespace {

template <class R>
void check_width() {
    INFO(table<R>);
    CHECK(width<R>() == boost::pfr::tuple_size_v<R>);
}
template <class... R>
void check_all_fields() {
    (check_width<R>(), ...);
}

}  // namespace

SCENARIO("every statement of the dialect prepares", "[store]") {
    test::SqliteDatabase database;
    const auto session = sqlite_dialect().open(database.options, Access::write, false);
    for (const auto& sql : sqlite_dialect().statements()) {
        INFO(sql);
        REQUIRE_FALSE(sql.empty());
        const auto list = sql.find("@list");
        if (list != std::string::npos) CHECK(sql.find('?', list) == std::string::npos);  // the list is bound last
        CHECK_NOTHROW(SqliteStatement{native_handle(session->soci()), with_list(sql, 2)});
    }
}

SCENARIO("no hot statement walks through a table that grows", "[store]") {
    test::SqliteDatabase database;
    const auto session = sqlite_dialect().open(database.options, Access::write, false);
    for (const auto which : {Sql::subjects_by_lookup,
                             Sql::cases_by_key,
                             Sql::dossiers_by_key,
                             Sql::visits_by_key,
                             Sql::ticket_of,
                             Sql::comment_by_request,
                             Sql::comments_of,
                             Sql::views_of_case,
                             Sql::views_by_token,
                             Sql::view_of_case_and_subject,
                             Sql::views_of_subject,
                             Sql::views_due,
                             Sql::next_delivery_at,
                             Sql::claimable,
                             Sql::claim,
                             Sql::works,
                             Sql::numbers_taken,
                             Sql::mark_delivery,
                             Sql::learn_number,
                             Sql::release_waiting,
                             Sql::wait_no_more,
                             Sql::move_evaluation,
                             Sql::secret_cases,
                             Sql::lift_cases,
                             Sql::embargoed_of_cases,
                             Sql::lift_deliveries,
                             Sql::deliveries_of_state,
                             Sql::ledger_after,
                             Sql::ratings_after,
                             Sql::counts}) {
        const auto& sql = sqlite_dialect().statements()[static_cast<std::size_t>(which)];
        INFO(sql);
        SqliteStatement plan{native_handle(session->soci()), "explain query plan " + with_list(sql, 2)};
        while (plan.step()) {
            const std::string line{plan.text(3)};
            INFO(line);
            CHECK((line.rfind("SCAN", 0) != 0 || line.find("subquery") != std::string::npos));
        }
    }
}

SCENARIO("the list of columns names every field of its row", "[store]") {
    check_all_fields<ports::SubjectRow, ports::CaseRow, ports::EvaluationRow, ports::DraftRow, ports::RatingRow,
                     ports::TicketRow, ports::CommentRow, ports::DossierRow, ports::DeliveryRow, ports::VisitRow,
                     ports::WithdrawalRow, ports::OpeningRow, ports::LedgerRow, ports::ItemRow, ports::ReferenceRow,
                     domain::Count>();
}
