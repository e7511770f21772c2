#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

using State = DeliveryState;

std::vector<DeliveryWork> claim(Store& store, std::int32_t owner, Instant now, std::size_t limit = 100,
                                Instant lease_until = {}) {
    if (lease_until == Instant{}) lease_until = now + 60s;
    return writing(store, [&](Transaction& rows) { return rows.deliveries().claim({owner, now, lease_until, limit}); });
}
std::vector<DeliveryId> ids_of(const std::vector<DeliveryWork>& works) {
    std::vector<DeliveryId> ids;
    for (const auto& w : works) ids.push_back(w.delivery.id);
    return ids;
}
DeliveryRow stored(Store& store, DeliveryId id) {
    const auto found = reading(store, [&](Snapshot& rows) { return rows.deliveries().find(id); });
    REQUIRE(found);
    return found->delivery;
}
DeliveryMark marked(const DeliveryRow& d, State state, Instant at) {
    DeliveryMark m;
    m.id = d.id;
    m.state = state;
    m.at = m.next_at = at;
    m.evaluation_id = d.evaluation_id;
    return m;
}
result<void> mark(Store& store, std::int32_t owner, const std::vector<DeliveryMark>& marks) {
    return store.write([&](Transaction& rows) { return rows.deliveries().mark(owner, marks); });
}
DeliveryRow at(DeliveryRow d, Instant next_at) {
    d.created_at = d.next_at = next_at;
    return d;
}

void deliveries_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    auto service = make.delivery(o.evaluation);
    service.rating_id = make.id<RatingId>();
    service.attempts = 3;
    service.outcome_unknown = true;
    service.known = {monday + 1h, true, monday + 2h};
    service.leave_by = monday + 3h;
    service.written_at = monday - 1h;
    service.last_reason = "省平台返回：签名错误";
    service.sent_digest = make.digest();
    service = make.held(service, HeldReason::expert);
    must(put(*store, service));
    const auto summary = reading(*store, [&](Snapshot& rows) { return rows.deliveries().find(service.id); });
    REQUIRE(summary);
    CHECK(same(summary->delivery, service));
    CHECK(summary->case_no == o.case_row.case_no);
    CHECK(summary->completion_no == o.case_row.completion_no);
    CHECK(summary->node == o.case_row.node);
    CHECK(summary->project_no == o.dossier.project_no);
    CHECK(summary->service_number == 0);
    check_taken(*store, with(service, [&](auto& r) { r.id = make.id<DeliveryId>(); }));
    must(put(*store, with(service, [&](auto& r) { r.id = make.id<DeliveryId>(), r.revision = 2; })));
}

void claimed_when_due(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto rating = make.rating(o.evaluation);
    const auto service = at(make.delivery(o.evaluation), monday + 2h);
    auto opinion = at(make.delivery(o.evaluation, DeliveryKind::rating), monday + 1h);
    opinion.rating_id = rating.id;
    const auto not_yet = at(make.delivery(make.open(*store).evaluation), monday + 3h);
    const auto held = make.held(make.delivery(make.open(*store).evaluation), HeldReason::expert);
    must(put(*store, rating, service, opinion, not_yet, held));

    CHECK(claim(*store, 3, monday + 1h - 1us).empty());
    const auto works = claim(*store, 3, monday + 2h, 10, monday + 3h - 1us);
    REQUIRE(ids_of(works) == std::vector{opinion.id, service.id});
    CHECK(works[0].delivery.state == State::claimed);
    CHECK(works[0].delivery.attempts == 1);
    CHECK_FALSE(works[0].delivery.outcome_unknown);
    CHECK(same(works[0].evaluation, o.evaluation));
    CHECK(same(works[0].case_row, o.case_row));
    CHECK(same(works[0].subject, o.subject));
    CHECK(same(works[0].dossier, o.dossier));
    REQUIRE(works[0].rating);
    CHECK(same(*works[0].rating, rating));
    CHECK_FALSE(works[1].rating);
    CHECK(claim(*store, 4, monday + 2h).empty());
    CHECK(claim(*store, 4, monday + 3h - 2us).empty());
    CHECK(claim(*store, 4, monday + 3h - 1us).size() == 2);
}

void leases_end(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto d = make.delivery(make.open(*store).evaluation);
    must(put(*store, d));
    REQUIRE(claim(*store, 3, monday, 1, monday + 60s).size() == 1);
    CHECK(claim(*store, 4, monday + 60s - 1us).empty());
    const auto again = claim(*store, 4, monday + 60s);
    REQUIRE(again.size() == 1);
    CHECK(again[0].delivery.outcome_unknown);
    CHECK(again[0].delivery.known == UnknownOutcome{monday + 60s, false, std::nullopt});
    CHECK(again[0].delivery.leave_by == monday + 120s);
    CHECK(again[0].delivery.attempts == 2);
    CHECK(mark(*store, 3, {marked(d, State::delivered, monday + 61s)}).error() == store_errc::conflict);
    must(mark(*store, 4, {marked(d, State::delivered, monday + 61s)}));
    CHECK(stored(*store, d.id).delivered_at == monday + 61s);
    CHECK(mark(*store, 4, {marked(d, State::parked, monday + 62s)}).error() == store_errc::conflict);
}

void a_restart_ends_its_own_leases(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto mine = make.delivery(make.open(*store).evaluation), theirs = make.delivery(make.open(*store).evaluation);
    must(put(*store, mine));
    REQUIRE(claim(*store, 3, monday).size() == 1);
    must(put(*store, theirs));
    REQUIRE(claim(*store, 4, monday).size() == 1);
    writing(*store, [](Transaction& rows) { return rows.deliveries().expire_claims(3, monday + 1s); });
    const auto again = claim(*store, 3, monday + 1s);
    REQUIRE(ids_of(again) == std::vector{mine.id});
    CHECK(again[0].delivery.outcome_unknown);
    CHECK(again[0].delivery.known == UnknownOutcome{monday + 1s, false, std::nullopt});  // it died before
}

void marks_say_what_became(Database& database) {
    const auto store = database.open();
    Samples make;
    std::vector<DeliveryRow> d;
    std::vector<Samples::Opened> o;
    for (int i = 0; i < 4; ++i) {
        o.push_back(make.open(*store));
        d.push_back(make.delivery(o.back().evaluation));
        must(put(*store, d.back()));
    }
    REQUIRE(claim(*store, 3, monday).size() == 4);
    auto done = marked(d[0], State::delivered, monday + 1s);
    done.service_number = 12;
    done.sent_digest = make.digest();
    auto later = marked(d[1], State::queued, monday + 1s);
    later.next_at = monday + 30s;
    later.outcome_unknown = true;
    later.known = {monday + 1s, true, monday + 2s};
    later.reason = "对端超时";
    auto held = marked(d[2], State::held, monday + 1s);
    held.held_reason = HeldReason::channel_stopped;
    auto parked = marked(d[3], State::parked, monday + 1s);
    for (int i = 0; i < 600; ++i) parked.reason += "长";
    must(mark(*store, 3, {done, later, held, parked}));

    CHECK(stored(*store, d[0].id).state == State::delivered);
    CHECK(stored(*store, d[0].id).delivered_at == monday + 1s);
    CHECK(stored(*store, d[0].id).sent_digest == done.sent_digest);
    const auto view = view_of(*store, o[0].evaluation);
    CHECK(view.evaluation.service_number == 12);
    CHECK(view.undelivered_service == DeliveryId{});
    CHECK(reading(*store, [&](Snapshot& rows) { return rows.deliveries().find(d[0].id); })->service_number == 12);
    CHECK(stored(*store, d[1].id).state == State::queued);
    CHECK(stored(*store, d[1].id).next_at == monday + 30s);
    CHECK(stored(*store, d[1].id).outcome_unknown);
    CHECK(stored(*store, d[1].id).known == later.known);
    CHECK(stored(*store, d[1].id).last_reason == "对端超时");
    CHECK(stored(*store, d[2].id).state == State::held);
    CHECK(stored(*store, d[2].id).held_since == monday + 1s);
    CHECK(stored(*store, d[3].id).state == State::parked);
    CHECK(stored(*store, d[3].id).last_reason.size() == std::string{"长"}.size() * 500);
    CHECK(ids_of(claim(*store, 3, monday + 1h)) == std::vector{d[1].id});
}

void what_waits_is_released(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto first_case = make.open(*store), second_case = make.open(*store);
    auto dossier = first_case.dossier;
    const auto first = make.delivery(first_case.evaluation);
    auto second = make.delivery(second_case.evaluation);
    auto opinion = make.held(make.delivery(first_case.evaluation, DeliveryKind::rating), HeldReason::unmarked_default);
    second.waits_for = opinion.waits_for = first.id;
    dossier.last_service_delivery = first.id;
    must(put(*store, first, second, opinion));
    const std::int32_t expected = 1;
    writing(*store, [&](Transaction& rows) {
        return rows.dossiers().update(std::span<const DossierRow>{&dossier, 1}, std::span{&expected, 1});
    });
    const auto last_service = [&] {
        return reading(*store,
                       [&](Snapshot& rows) {
                           return rows.dossiers().by_key(std::span{&dossier.key_digest, 1});
                       })[0]
            ->last_service_delivery;
    };

    CHECK(last_service() == first.id);
    REQUIRE(ids_of(claim(*store, 3, monday)) == std::vector{first.id});
    CHECK(claim(*store, 3, monday).empty());
    must(mark(*store, 3, {marked(first, State::delivered, monday + 1s)}));
    CHECK(last_service() == DeliveryId{});
    CHECK(stored(*store, opinion.id).waits_for == DeliveryId{});
    const auto works = claim(*store, 3, monday + 1s);
    REQUIRE(ids_of(works) == std::vector{second.id});
    CHECK(works[0].delivery.waits_for == DeliveryId{});

    // One that was made after all had been delivered waits for nothing.
    auto late = make.delivery(first_case.evaluation, DeliveryKind::rating);
    late.revision = 2;
    late.waits_for = first.id;
    must(put(*store, late));
    CHECK(ids_of(claim(*store, 3, monday + 1s)) == std::vector{late.id});
}

void a_refused_one_keeps_others_waiting(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto first = make.delivery(o.evaluation);
    auto second = make.delivery(o.evaluation, DeliveryKind::rating);
    second.waits_for = first.id;
    must(put(*store, first, second));
    REQUIRE(claim(*store, 3, monday).size() == 1);
    must(mark(*store, 3, {marked(first, State::parked, monday + 1s)}));
    CHECK(claim(*store, 3, monday + 24h).empty());
    CHECK(writing(*store, [&](Transaction& rows) {
              return rows.deliveries().holds().requeue(first.id, monday + 24h, monday + 48h);
          }) == 1);
    CHECK(ids_of(claim(*store, 3, monday + 24h)) == std::vector{first.id});
    CHECK(stored(*store, first.id).give_up_at == monday + 48h);
}

// Cases of one subject and dossier, each with its M1.
struct OneDossier {
    OneDossier(Store& into, std::size_t services) : store{into}, first{make.open(store)} {
        evaluations.push_back(first.evaluation);
        while (evaluations.size() < services) {
            const auto next_case = make.completion();
            evaluations.push_back(make.evaluation(next_case, first.subject, first.dossier));
            evaluations.back().service_ordinal = static_cast<std::int32_t>(evaluations.size());
            must(put(store, next_case, evaluations.back()));
        }
        for (const auto& evaluation : evaluations) {
            deliveries.push_back(make.delivery(evaluation));
            must(put(store, deliveries.back()));
        }
    }
    FrozenService frozen(std::size_t i, const std::string& name, const std::string& time) {
        return {deliveries[i].id, evaluations[i].id, monday, make.digest(), name, time};
    }
    void freeze(const std::vector<FrozenService>& all) {
        writing(store, [&](Transaction& rows) { return rows.deliveries().freeze(all); });
    }
    [[nodiscard]] DossierListing listing() {
        return reading(store, [&](Snapshot& rows) { return rows.dossiers().listing(first.dossier.id); });
    }
    void list(std::vector<KnownService> services, bool doubled) {
        writing(store, [&](Transaction& rows) {
            return rows.dossiers().note({first.dossier.id, services, monday + 5h, doubled});
        });
    }
    [[nodiscard]] bool is_doubled() {
        return reading(store,
                       [&](Snapshot& rows) {
                           return rows.dossiers().by_key(std::span{&first.dossier.key_digest, 1});
                       })[0]
            ->doubled;
    }
    Store& store;
    Samples make;
    Samples::Opened first;
    std::vector<EvaluationRow> evaluations;
    std::vector<DeliveryRow> deliveries;
};

void what_was_first_sent_is_kept(Database& database) {
    const auto store = database.open();
    OneDossier one{*store, 1};
    REQUIRE(claim(*store, 3, monday).size() == 1);
    const auto frozen = one.frozen(0, "项目登记办结", "2026-03-02 10:00:01");
    one.freeze({frozen});
    CHECK(stored(*store, one.deliveries[0].id).written_at == monday);
    CHECK(stored(*store, one.deliveries[0].id).sent_digest == frozen.digest);
    CHECK(stored(*store, one.deliveries[0].id).state == State::claimed);
    const auto view = view_of(*store, one.evaluations[0]);
    CHECK(view.evaluation.service_name == "项目登记办结");
    CHECK(view.evaluation.service_time == "2026-03-02 10:00:01");
    must(mark(*store, 3, {marked(one.deliveries[0], State::delivered, monday + 1s)}));
}

void what_was_sent_is_known(Database& database) {
    const auto store = database.open();
    OneDossier one{*store, 4};
    REQUIRE(claim(*store, 3, monday).size() == 4);
    one.freeze({one.frozen(0, "甲", "t1"), one.frozen(1, "乙", "t2"), one.frozen(2, "丙", "t3")});
    auto arrived = marked(one.deliveries[0], State::delivered, monday + 1s);
    arrived.service_number = 7;
    auto unknown = marked(one.deliveries[1], State::queued, monday + 1s);
    unknown.outcome_unknown = true;
    must(mark(*store, 3,
              {arrived, unknown, marked(one.deliveries[2], State::parked, monday + 1s),
               marked(one.deliveries[3], State::queued, monday + 9h)}));
    const std::vector<SentService> sent{{one.evaluations[0].id, 1, 7, "甲", "t1", false},
                                        {one.evaluations[1].id, 2, 0, "乙", "t2", false},
                                        {one.evaluations[3].id, 4, 0, "", "", true}};
    CHECK(one.listing().sent == sent);  // what was refused is not there
    const auto works = claim(*store, 3, monday + 2s);
    REQUIRE(ids_of(works) == std::vector{one.deliveries[1].id});
    CHECK(works[0].sent == sent);
    CHECK(works[0].surplus.empty());
    auto opinion = one.make.delivery(one.evaluations[0], DeliveryKind::rating);
    must(put(*store, opinion));
    const auto numbered = claim(*store, 3, monday + 2s);
    REQUIRE(numbered.size() == 1);
    CHECK(numbered[0].sent.empty());  // its number is known: nothing is asked
}

void a_correction_knows_what_it_replaces(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto first = make.delivery(o.evaluation, DeliveryKind::rating);
    auto second = make.delivery(o.evaluation, DeliveryKind::rating);
    second.revision = 2;
    must(put(*store, first));
    REQUIRE(claim(*store, 3, monday).size() == 1);
    must(put(*store, second));
    CHECK_FALSE(claim(*store, 3, monday)[0].replaces_sent);
    must(mark(*store, 3, {marked(first, State::delivered, monday + 1s), marked(second, State::queued, monday + 1s)}));
    CHECK(claim(*store, 3, monday + 1s)[0].replaces_sent);
}

void a_person_says_which_is_which(Database& database) {
    const auto store = database.open();
    OneDossier one{*store, 3};
    REQUIRE(claim(*store, 3, monday).size() == 3);
    one.freeze({one.frozen(0, "甲", "t1"), one.frozen(1, "甲", "t2")});
    const std::vector<KnownService> listed{
        {"", 1, "甲", "t1", false, {}}, {"", 2, "甲", "t2", true, Level::satisfied}, {"", 3, "甲", "t2", false, {}}};
    one.list(listed, true);
    CHECK(one.is_doubled());
    CHECK(one.listing().listed == listed);
    CHECK(one.listing().listed_at == monday + 5h);
    auto arrived = marked(one.deliveries[0], State::delivered, monday + 1s);
    arrived.service_number = 1;
    auto doubled = marked(one.deliveries[1], State::parked, monday + 1s);
    doubled.held_reason = HeldReason::doubled;
    doubled.outcome_unknown = true;
    auto other = marked(one.deliveries[2], State::held, monday + 1s);
    other.held_reason = HeldReason::doubled;
    must(mark(*store, 3, {arrived, doubled, other}));

    const auto adopt = [&](std::int32_t number) {
        return store->write([&](Transaction& rows) {
            return rows.deliveries().holds().adopt(
                {one.evaluations[1].id, one.first.dossier.id, number, {3}, monday + 6h, monday + 9h});
        });
    };
    CHECK(adopt(1).error() == store_errc::conflict);  // another evaluation's
    must(adopt(2));
    CHECK_FALSE(one.is_doubled());
    CHECK(one.listing().surplus == std::vector<std::int32_t>{3});
    CHECK(view_of(*store, one.evaluations[1]).evaluation.service_number == 2);
    for (const auto i : {1, 2}) {
        const auto row = stored(*store, one.deliveries[static_cast<std::size_t>(i)].id);
        CHECK(row.state == State::queued);
        CHECK(row.next_at == monday + 6h);
        CHECK(row.give_up_at == monday + 9h);
        CHECK(row.held_reason == HeldReason::none);
    }
    // The surplus stays with the next list.
    one.list({listed[0]}, false);
    CHECK(one.listing().surplus == std::vector<std::int32_t>{3});
    CHECK(one.listing().listed == std::vector<KnownService>{listed[0], listed[2]});
}

void an_operator_holds(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto queued = make.delivery(make.open(*store).evaluation),
               parked = make.delivery(make.open(*store).evaluation),
               claimed = make.delivery(make.open(*store).evaluation);
    must(put(*store, parked));
    REQUIRE(claim(*store, 3, monday).size() == 1);
    must(mark(*store, 3, {marked(parked, State::parked, monday)}));
    must(put(*store, claimed));
    REQUIRE(claim(*store, 3, monday).size() == 1);
    must(put(*store, queued));
    const auto hold = [&](DeliveryId id) {
        return writing(*store, [&](Transaction& rows) { return rows.deliveries().holds().hold(id, monday + 1h); });
    };
    CHECK(hold(queued.id) == 1);
    CHECK(hold(parked.id) == 1);
    CHECK(hold(claimed.id) == 0);  // it may be leaving
    CHECK(hold(queued.id) == 0);
    CHECK(stored(*store, queued.id).held_reason == HeldReason::by_operator);
    CHECK(stored(*store, queued.id).held_since == monday + 1h);
    const auto count = [&](std::optional<HeldReason> reason) {
        DeliveryFilter filter;
        filter.state = State::held;
        filter.reason = reason;
        return reading(*store, [&](Snapshot& rows) { return rows.deliveries().count(filter); });
    };
    CHECK(count(std::nullopt) == 2);
    CHECK(count(HeldReason::by_operator) == 2);
    CHECK(count(HeldReason::expert) == 0);
}

void lists_are_narrowed(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store), other = make.open(*store);
    const auto first = at(make.delivery(o.evaluation), monday),
               second = at(make.delivery(other.evaluation), monday + 1h);
    must(put(*store, first, second));
    const auto found = [&](const std::function<void(DeliveryFilter&)>& narrow) {
        DeliveryFilter filter;
        narrow(filter);
        std::vector<DeliveryId> ids;
        for (const auto& one : reading(*store, [&](Snapshot& rows) { return rows.deliveries().list(filter); }))
            ids.push_back(one.delivery.id);
        CHECK(reading(*store, [&](Snapshot& rows) { return rows.deliveries().count(filter); }) == std::ssize(ids));
        filter.state = State::queued;
        CHECK(reading(*store, [&](Snapshot& rows) { return rows.deliveries().list(filter); }).size() == ids.size());
        return ids;
    };
    CHECK(found([](auto&) {}) == std::vector{first.id, second.id});
    CHECK(found([&](auto& f) { f.case_no = other.case_row.case_no; }) == std::vector{second.id});
    CHECK(found([](auto& f) { f.created_from = monday + 1us; }) == std::vector{second.id});
    CHECK(found([](auto& f) { f.created_before = monday + 1h; }) == std::vector{first.id});
    CHECK(found([](auto& f) { f.reason = HeldReason::doubled; }).empty());
}

void a_retried_service_asks_first(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto tried = make.delivery(make.open(*store).evaluation),
               new_one = make.delivery(make.open(*store).evaluation);
    must(put(*store, tried));
    REQUIRE(claim(*store, 3, monday).size() == 1);
    const FrozenService frozen{tried.id, tried.evaluation_id, monday, make.digest(), "甲", "t"};
    writing(*store, [&](Transaction& rows) { return rows.deliveries().freeze(std::span{&frozen, 1}); });
    must(mark(*store, 3, {marked(tried, State::parked, monday)}));
    must(put(*store, make.held(new_one, HeldReason::unclassified)));
    for (const auto& id : {tried.id, new_one.id})
        CHECK(writing(*store, [&](Transaction& rows) {
                  return rows.deliveries().holds().requeue(id, monday, monday + 1h);
              }) == 1);
    CHECK(stored(*store, tried.id).outcome_unknown);
    CHECK(stored(*store, tried.id).known == UnknownOutcome{});
    CHECK_FALSE(stored(*store, new_one.id).outcome_unknown);
}

void held_time_does_not_count(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto held_since = [&](Instant since, HeldReason reason = HeldReason::unclassified) {
        const auto item = [](CaseRow& c) { c.item_code = "事项-甲"; };
        return make.held(make.delivery(make.open(*store, item).evaluation), reason, since);
    };
    const auto since_monday = held_since(monday), since_later = held_since(monday + 3h),
               other = held_since(monday, HeldReason::expert);
    must(put(*store, since_monday, since_later, other));
    const std::vector<std::string> codes{"事项-甲"};
    const auto requeue = [&] {
        return writing(*store, [&](Transaction& rows) {
            return rows.deliveries().holds().requeue_classified(codes, monday + 5h);
        });
    };
    CHECK(requeue() == 2);
    CHECK(stored(*store, since_monday.id).give_up_at == since_monday.give_up_at + 5h);
    CHECK(stored(*store, since_later.id).give_up_at == since_later.give_up_at + 2h);
    CHECK(stored(*store, since_later.id).state == State::queued);
    CHECK(stored(*store, since_later.id).held_reason == HeldReason::none);
    CHECK_FALSE(stored(*store, since_later.id).held_since);
    CHECK(stored(*store, since_later.id).next_at == monday + 5h);
    CHECK(stored(*store, other.id).state == State::held);
    CHECK(requeue() == 0);
}

void classified_ones_go_on(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto item = [](std::string code) { return [code](CaseRow& c) { c.item_code = code; }; };
    const auto known =
        make.held(make.delivery(make.open(*store, item("事项-甲")).evaluation), HeldReason::unclassified);
    const auto unknown =
        make.held(make.delivery(make.open(*store, item("事项-乙")).evaluation), HeldReason::unclassified);
    const auto otherwise = make.held(make.delivery(make.open(*store, item("事项-甲")).evaluation), HeldReason::expert);
    must(put(*store, known, unknown, otherwise));
    const std::vector<std::string> codes{"事项-丙", "事项-甲"};
    CHECK(writing(*store, [&](Transaction& rows) {
              return rows.deliveries().holds().requeue_classified(codes, monday + 1h);
          }) == 1);
    CHECK(ids_of(claim(*store, 3, monday + 1h)) == std::vector{known.id});
}

void listed_by_state(Database& database) {
    const auto store = database.open();
    Samples make;
    std::vector<DeliveryRow> d;
    for (int i = 0; i < 6; ++i) {
        auto row = make.delivery(make.open(*store).evaluation);
        row.attempts = i;
        if (i % 2 == 1) row = make.held(row, HeldReason::expert);
        if (i == 4) row.state = State::delivered;
        must(put(*store, row));
        d.push_back(row);
    }
    const auto list = [&](DeliveryFilter filter) {
        std::vector<DeliveryId> ids;
        for (const auto& s : reading(*store, [&](Snapshot& rows) { return rows.deliveries().list(filter); }))
            ids.push_back(s.delivery.id);
        return ids;
    };
    CHECK(list({}).size() == 6);
    const auto of = [](std::optional<State> state, std::int32_t min_attempts = 0, DeliveryId after = {},
                       std::size_t limit = 100) {
        DeliveryFilter filter;
        filter.state = state;
        filter.min_attempts = min_attempts;
        filter.after = after;
        filter.limit = limit;
        return filter;
    };
    CHECK(list(of(State::held)) == std::vector{d[1].id, d[3].id, d[5].id});
    CHECK(list(of(State::held, 2)) == std::vector{d[3].id, d[5].id});
    CHECK(list(of(State::held, 0, d[1].id, 1)) == std::vector{d[3].id});
    CHECK(list(of(State::delivered)) == std::vector{d[4].id});
    CHECK(reading(*store, [&](Snapshot& rows) { return rows.deliveries().count(of(State::delivered)); }) == 1);
    CHECK(list(of(std::nullopt, 3, d[3].id)) == std::vector{d[4].id, d[5].id});
    CHECK_FALSE(reading(*store, [](Snapshot& rows) { return rows.deliveries().find(DeliveryId{5}); }));
}

void waits_are_shortened(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto year = std::chrono::days{365};
    const auto made = [&](Instant when) {
        auto row = at(make.delivery(make.open(*store).evaluation), when);
        row.give_up_at = when + std::chrono::days{14};
        return row;
    };
    auto queued = made(monday + year);
    queued.outcome_unknown = true;
    queued.known = {monday + year, false, monday + year};
    const auto due = made(monday - 1h);
    auto claimed_then = made(monday + year), held = make.held(made(monday + year), HeldReason::expert);
    held.held_since = monday + year;
    auto parked = made(monday + year);
    parked.state = State::parked;
    must(put(*store, claimed_then));
    REQUIRE(claim(*store, 3, monday + year).size() == 1);  // by a clock that stood a year ahead
    must(put(*store, queued, due, held, parked));

    const LongestWaits longest{monday + 10min, monday + 1min, monday + std::chrono::days{14}, monday, monday};
    must(store->write([&](Transaction& tx) { return tx.deliveries().shorten_waits(longest); }));
    CHECK(stored(*store, queued.id).next_at == longest.next_try);
    CHECK(stored(*store, queued.id).give_up_at == longest.give_up_at);
    CHECK(stored(*store, queued.id).known == UnknownOutcome{longest.left_by, false, std::nullopt});
    CHECK(stored(*store, claimed_then.id).next_at == longest.lease_until);
    CHECK(stored(*store, claimed_then.id).leave_by == longest.lease_until);
    CHECK(stored(*store, held.id).held_since == monday);
    CHECK(stored(*store, held.id).give_up_at == longest.give_up_at);
    CHECK(same(stored(*store, due.id), due));
    CHECK(same(stored(*store, parked.id), parked));
    CHECK(ids_of(claim(*store, 4, monday, 10)) == std::vector{due.id});
    CHECK(ids_of(claim(*store, 5, monday + 10min, 10)) == std::vector{due.id, claimed_then.id, queued.id});
}

// Services of one dossier, each waiting for the one before, and what waits for them.
struct Dossier {
    Dossier(Store& on, Samples& make, int size) : store{on}, first{make.open(on)}, row{first.dossier} {
        for (int i = 0; i < size; ++i) {
            auto evaluation = first.evaluation;
            if (i > 0) {
                const auto case_row = make.completion();
                evaluation = make.evaluation(case_row, first.subject, row);
                evaluation.service_ordinal = i + 1;
                must(put(store, case_row, evaluation));
            }
            evaluations.push_back(evaluation.id);
            auto service = make.delivery(evaluation);
            service.waits_for = row.last_service_delivery;
            row.last_service_delivery = service.id;
            auto opinion = make.delivery(evaluation, DeliveryKind::rating);
            opinion.waits_for = service.id;
            must(put(store, service, opinion));
            services.push_back(service);
            opinions.push_back(opinion);
        }
        const auto before = row.service_count;
        row.service_count = size;
        writing(store, [&](Transaction& rows) {
            return rows.dossiers().update(std::span<const DossierRow>{&row, 1}, std::span{&before, 1});
        });
    }
    void keep_back(std::size_t which) {
        must(store.write([&](Transaction& tx) {
            return tx.deliveries().holds().keep_back(std::span{&evaluations[which], 1}, monday + 1h);
        }));
    }
    [[nodiscard]] std::vector<std::int32_t> ordinals() const {
        std::vector<std::int32_t> all;
        for (const auto id : evaluations)
            all.push_back(
                reading(store,
                        [&](Snapshot& rows) { return rows.evaluations().after(EvaluationId{id.value() - 1}, 1); })
                    .at(0)
                    .evaluation.service_ordinal);
        return all;
    }
    [[nodiscard]] DossierRow now() const {
        return *reading(store, [&](Snapshot& rows) {
            return rows.dossiers().by_key(std::span{&row.key_digest, 1});
        })[0];
    }
    [[nodiscard]] bool stays(const DeliveryRow& d) const {
        const auto found = stored(store, d.id);
        return found.state == State::held && found.held_reason == HeldReason::withdrawn &&
               found.waits_for == DeliveryId{} && found.held_since == monday + 1h;
    }
    [[nodiscard]] std::vector<std::int64_t> totals() const {
        const auto q = reading(store, [](Snapshot& rows) { return rows.figures().queues(); });
        return {q.queued, q.claimed, q.delivered, q.held, q.parked};
    }

    Store& store;
    Samples::Opened first;
    DossierRow row;
    std::vector<EvaluationId> evaluations;
    std::vector<DeliveryRow> services, opinions;
};

void kept_back_ones_leave_their_dossier(Database& database) {
    const auto store = database.open();
    Samples make;
    Dossier dossier{*store, make, 4};
    const auto& services = dossier.services;
    for (int twice = 0; twice < 2; ++twice) {
        dossier.keep_back(1);
        CHECK(dossier.stays(services[1]));
        CHECK(dossier.stays(dossier.opinions[1]));
        CHECK(stored(*store, services[2].id).waits_for == services[0].id);
        CHECK(dossier.ordinals() == std::vector<std::int32_t>{1, 2, 2, 3});
        CHECK(dossier.now().service_count == 3);
        CHECK(dossier.now().last_service_delivery == services[3].id);
        CHECK(dossier.totals() == std::vector<std::int64_t>{6, 0, 0, 2, 0});
    }
    dossier.keep_back(3);
    CHECK(dossier.now().last_service_delivery == services[2].id);
    CHECK(dossier.now().service_count == 2);
    dossier.keep_back(0);
    CHECK(stored(*store, services[2].id).waits_for == DeliveryId{});
    CHECK(dossier.ordinals() == std::vector<std::int32_t>{1, 2, 1, 3});
    CHECK(dossier.now().service_count == 1);
    CHECK(ids_of(claim(*store, 3, monday + 1h)) == std::vector{services[2].id});
}

// Its first service is on its way when its case is withdrawn.
struct Leaving : Dossier {
    Leaving(Store& on, Samples& make) : Dossier{on, make, 2} {
        REQUIRE(ids_of(claim(store, 3, monday)) == std::vector{services[0].id});
        keep_back(0);
        CHECK(stored(store, services[0].id).state == State::claimed);
    }
};

void what_may_have_left_goes_on(Database& database) {
    const auto store = database.open();
    Samples make;
    Leaving dossier{*store, make};
    auto unknown = marked(dossier.services[0], State::queued, monday + 1s);
    unknown.outcome_unknown = true;
    unknown.known.left_by = monday + 1s;
    must(mark(*store, 3, {unknown}));
    dossier.keep_back(0);
    CHECK(stored(*store, dossier.services[0].id).state == State::queued);
    CHECK(dossier.now().service_count == 2);
}

void what_has_arrived_goes_on(Database& database) {
    const auto store = database.open();
    Samples make;
    Leaving dossier{*store, make};
    must(mark(*store, 3, {marked(dossier.services[0], State::delivered, monday + 1s)}));
    dossier.keep_back(0);
    CHECK(stored(*store, dossier.services[0].id).state == State::delivered);
    CHECK(stored(*store, dossier.opinions[0].id).state == State::queued);
}

void what_failed_to_leave_is_kept_back_by_its_mark(Database& database) {
    const auto store = database.open();
    Samples make;
    Leaving dossier{*store, make};
    const auto& service = dossier.services[0];
    must(mark(*store, 3, {marked(service, State::queued, monday + 1s)}));
    REQUIRE(ids_of(claim(*store, 3, monday + 1h)) == std::vector{service.id});
    auto held = marked(service, State::held, monday + 1h);
    held.held_reason = HeldReason::withdrawn;
    must(mark(*store, 3, {held}));
    CHECK(dossier.stays(service));
    CHECK(dossier.stays(dossier.opinions[0]));
    CHECK(dossier.ordinals() == std::vector<std::int32_t>{1, 1});
    CHECK(dossier.totals() == std::vector<std::int64_t>{2, 0, 0, 2, 0});
}

void what_is_secret_stays_when_it_is_lifted(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto opened = make.open(*store, [](CaseRow& c) { c.reported_secrecy = Secrecy::until_opening(); });
    const auto service = make.held(make.delivery(opened.evaluation), HeldReason::secrecy);
    must(put(*store, service));
    must(store->write([&](Transaction& tx) -> result<void> {
        HCP_CHECK(tx.deliveries().holds().keep_back(std::span{&opened.evaluation.id, 1}, monday + 1h));
        return tx.deliveries().holds().lift(std::span{&opened.evaluation.id, 1}, monday + 2h);
    }));
    CHECK(claim(*store, 3, monday + 3h).empty());
    const auto view = view_of(*store, opened.evaluation);
    CHECK(view.service_kept_back);
}

}  // namespace

void add_deliveries(std::vector<Clause>& all) {
    all.push_back({"a message comes back with what it is about, and is owed once", deliveries_come_back});
    all.push_back({"a delivery is claimed when it is due, with all that it speaks of", claimed_when_due});
    all.push_back({"a lease ends, and who comes next knows that the outcome is unknown", leases_end});
    all.push_back({"an owner that starts again ends its own leases only", a_restart_ends_its_own_leases});
    all.push_back({"a service that is withdrawn before it left gives its place in the dossier up (E56)",
                   kept_back_ones_leave_their_dossier});
    all.push_back({"a service that may have left is not kept back (E56)", what_may_have_left_goes_on});
    all.push_back({"a service that has arrived is not kept back, nor is its rating (E56)", what_has_arrived_goes_on});
    all.push_back({"a service that failed to leave is kept back by its mark (E56)",
                   what_failed_to_leave_is_kept_back_by_its_mark});
    all.push_back(
        {"what was withdrawn while it was secret never leaves (E56)", what_is_secret_stays_when_it_is_lifted});
    all.push_back({"a mark says what became of a claimed delivery", marks_say_what_became});
    all.push_back({"what waits for a delivery is released by it", what_waits_is_released});
    all.push_back({"what waits for a parked delivery goes on waiting", a_refused_one_keeps_others_waiting});
    all.push_back({"how a service was first said is kept with its claim", what_was_first_sent_is_kept});
    all.push_back({"what was sent of a dossier comes with what must ask", what_was_sent_is_known});
    all.push_back({"a correction knows whether what it replaces was sent", a_correction_knows_what_it_replaces});
    all.push_back({"a person says which listed service is which", a_person_says_which_is_which});
    all.push_back({"an operator holds what is not leaving", an_operator_holds});
    all.push_back({"lists and counts are narrowed alike", lists_are_narrowed});
    all.push_back({"a service that was tried asks first when it is put back", a_retried_service_asks_first});
    all.push_back({"time spent held does not count against giving up", held_time_does_not_count});
    all.push_back({"deliveries held as unclassified go on when their item is known", classified_ones_go_on});
    all.push_back({"what a clock that stood ahead made wait waits no longer than anything can", waits_are_shortened});
    all.push_back({"deliveries are listed by state, attempts and page", listed_by_state});
}

}  // namespace hcp::contract
