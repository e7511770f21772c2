#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

// E14: before its bids are open a case is in no figure and no listing, and nothing of it leaves.
namespace hcp::contract {
namespace {

auto secret_case(std::string project, std::string section) {
    return [=](CaseRow& c) {
        c.reported_secrecy = Secrecy::until_opening();
        c.project_no = project;
        c.section = section;
    };
}

struct Secret {
    Samples::Opened opened;
    DeliveryRow service;
};
Secret put_secret(Store& store, Samples& make, std::string project, std::string section) {
    Secret s{make.open(store, secret_case(std::move(project), std::move(section))), {}};
    s.service = make.held(make.delivery(s.opened.evaluation), HeldReason::secrecy);
    must(put(store, s.service));
    return s;
}

void nothing_shows(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto secret = make.open(*store, [](CaseRow& c) {
        c.reported_secrecy = Secrecy::until_opening();
        c.unattributed = c.unclassified = true;
    });
    const auto rating = make.rating(secret.evaluation, Level::very_dissatisfied);
    const auto service = make.held(make.delivery(secret.evaluation), HeldReason::secrecy);
    const auto expert = make.held(make.delivery(secret.evaluation, DeliveryKind::rating), HeldReason::expert);
    auto unclassified = make.held(make.delivery(secret.evaluation), HeldReason::unclassified);
    unclassified.revision = 2;
    must(put(*store, rating, service, expert, unclassified, DoubtRow{secret.evaluation.id, true, true, true}));

    const auto figures = reading(*store, [](Snapshot& rows) { return rows.figures().queues(); });
    CHECK(figures.open_evaluations == 0);
    CHECK(figures.held == 0);
    CHECK(figures.queued == 0);
    CHECK(figures.bad_ratings_without_ticket == 0);
    CHECK(figures.unattributed_cases == 0);
    CHECK(figures.unclassified_cases == 0);
    CHECK(figures.wrong_numbers + figures.unknown_kinds + figures.unknown_lines == 0);
    CHECK(reading(*store, [](Snapshot& rows) { return rows.doubts().list({}, 10); }).empty());
    CHECK_FALSE(figures.oldest_queued_at);
    CHECK(figures.oldest_secret_since == secret.case_row.opened_at);
    CHECK(reading(*store, [](Snapshot& rows) { return rows.deliveries().list({}); }).empty());
    CHECK(reading(*store, [](Snapshot& rows) {
              DeliveryFilter held;
              held.state = DeliveryState::held;
              return rows.deliveries().list(held);
          }).empty());
    CHECK_FALSE(reading(*store, [&](Snapshot& rows) { return rows.deliveries().find(service.id); }));
    CHECK(reading(*store, [](Snapshot& rows) {
              return rows.figures().recounted(Day{std::chrono::days{0}}, Day{std::chrono::days{40000}});
          }).empty());

    // Nor may an operator put it in the queue.
    const std::vector<std::string> codes{secret.case_row.item_code};
    CHECK(writing(*store,
                  [&](Transaction& rows) { return rows.deliveries().holds().requeue_classified(codes, monday); }) == 0);
    CHECK(writing(*store, [&](Transaction& rows) {
              return rows.deliveries().holds().requeue(service.id, monday, monday + 1h);
          }) == 0);
    CHECK(writing(*store, [](Transaction& rows) {
              return rows.deliveries().claim({1, monday + 1h, monday + 2h, 10});
          }).empty());

    const auto stays = [&](Secrecy secrecy) {
        const auto& row = secret.evaluation;
        const EvaluationStep step{row.id, row.state, row.state, RatingId{}, row.withdrawn, row.withdrawn, secrecy};
        return writing(*store, [&](Transaction& rows) {
                   return rows.evaluations().move(std::span{&step, 1});
               }) == std::vector{true};
    };
    CHECK(stays(secret.evaluation.secrecy));
    CHECK_FALSE(stays(open_to_all));
    CHECK(lift(*store, {secret.case_row.project_no, "", monday, monday}, monday + 1h).size() == 1);
    CHECK_FALSE(stays(secret.evaluation.secrecy));
    CHECK(stays(open_to_all));
    const auto lifted = reading(*store, [](Snapshot& rows) { return rows.figures().queues(); });
    CHECK(lifted.open_evaluations == 1);
    CHECK(lifted.queued == 1);
    CHECK(lifted.held == 2);
    CHECK(lifted.bad_ratings_without_ticket == 1);
    CHECK(lifted.unattributed_cases == 1);
    CHECK(lifted.unclassified_cases == 1);
    CHECK(lifted.wrong_numbers + lifted.unknown_kinds + lifted.unknown_lines == 3);
    CHECK(reading(*store, [](Snapshot& rows) { return rows.doubts().list({}, 10); }).size() == 1);
    CHECK(lifted.oldest_queued_at == service.created_at);
    CHECK_FALSE(lifted.oldest_secret_since);
    CHECK(reading(*store, [](Snapshot& rows) { return rows.deliveries().list({}); }).size() == 3);
}

void lifted_by_section(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto first = put_secret(*store, make, "项目-甲", "标段一");
    const auto second = put_secret(*store, make, "项目-甲", "标段二");
    const auto whole = put_secret(*store, make, "项目-甲", "");
    const auto other = put_secret(*store, make, "项目-乙", "标段一");
    const auto lift = [&](std::string project, std::string section, Instant at, Instant opened_at = monday) {
        return contract::lift(*store, {std::move(project), std::move(section), opened_at, at}, at);
    };
    CHECK(lift("项目-丙", "", monday).empty());
    // Bids that were open before it completed were those of another round.
    CHECK(lift("项目-甲", "标段一", monday, monday - OpeningRow::tolerance - 1us).empty());
    const auto lifted = lift("项目-甲", "标段一", monday + 2h);
    REQUIRE(lifted.size() == 1);
    CHECK(lifted[0].evaluation.id == first.opened.evaluation.id);
    CHECK(lifted[0].evaluation.secrecy == open_to_all);
    CHECK(lifted[0].case_row.secrecy_lifted_at == monday + 2h);
    CHECK(lifted[0].case_row.reported_secrecy == Secrecy::until_opening());
    CHECK(lifted[0].case_row.secrecy() == open_to_all);
    CHECK(lifted[0].undelivered_service == first.service.id);
    const auto delivery = reading(*store, [&](Snapshot& rows) { return rows.deliveries().find(first.service.id); });
    REQUIRE(delivery);
    CHECK(delivery->delivery.state == DeliveryState::queued);
    CHECK(delivery->delivery.next_at == monday + 2h);
    CHECK(delivery->delivery.give_up_at == first.service.give_up_at + 2h);
    CHECK_FALSE(reading(*store, [&](Snapshot& rows) { return rows.deliveries().find(second.service.id); }));
    CHECK(lift("项目-甲", "标段一", monday + 3h).empty());

    CHECK(lift("项目-甲", "", monday + 4h).size() == 2);
    CHECK(reading(*store, [&](Snapshot& rows) { return rows.deliveries().find(whole.service.id); }));
    CHECK_FALSE(reading(*store, [&](Snapshot& rows) { return rows.deliveries().find(other.service.id); }));
    CHECK(writing(*store, [](Transaction& rows) {
              return rows.deliveries().claim({1, monday + 5h, monday + 6h, 10});
          }).size() == 3);
}

}  // namespace

void add_secrecy(std::vector<Clause>& all) {
    all.push_back({"what is secret shows nowhere and cannot be sent until it is lifted", nothing_shows});
    all.push_back({"secrecy is lifted by project and section", lifted_by_section});
}

}  // namespace hcp::contract
