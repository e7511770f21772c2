#include "plugin/record/evaluation_figures.hpp"
#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

namespace hcp::contract {
namespace {

constexpr Day from_ever{std::chrono::days{0}}, to_ever{std::chrono::days{40000}};

bool equal(const std::vector<Count>& a, const std::vector<Count>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Count& x, const Count& y) { return same(x, y); });
}

// Drives two instances on one database through the life of cases, keeping the counters as the use cases do.
class Life {
public:
    Life(Database& database, unsigned seed) : random_{seed}, make_{seed * 1'000'000} {
        for (int i = 0; i < 2; ++i) {
            stores_.push_back(database.open());
            must(stores_.back()->lease_instance("实例" + std::to_string(i), monday, monday + 1h));
        }
    }

    void step() {
        now_ += 1s;
        switch (below(9)) {
            case 0:
            case 1:
                return open_case();
            case 2:
                return answer(Origin::authored);
            case 3:
                return answer(Origin::by_default);
            case 4:
                return comment();
            case 5:
                return withdraw();
            case 6:
                return lift();
            case 7:
                return visit();
            default:
                return deliver();
        }
    }

    Store& store() { return *stores_[below(2)]; }

private:
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>{0, n - 1}(random_); }
    Level any_level() { return static_cast<Level>(1 + below(5)); }

    static void count(std::vector<Count>& counts, const CaseRow& case_row, Secrecy secrecy, Metric metric,
                      std::int64_t n = 1) {
        if (secrecy == open_to_all)
            counts.push_back(
                {day_of(case_row.completed_at), case_row.line, case_row.department_id, case_row.item_code, metric, n});
    }
    // As it stands, in or out.
    static void count(std::vector<Count>& counts, const EvaluationView& view, std::int64_t n) {
        for (const auto metric : record::metrics_of(view))
            count(counts, view.case_row, view.evaluation.secrecy, metric, n);
    }

    void open_case() {
        auto case_row = make_.completion();
        case_row.reported_secrecy = Secrecy::from_flag(below(3) == 0);
        case_row.withdrawn = below(8) == 0;
        case_row.completed_at = monday + 7h * below(20);
        case_row.line = static_cast<Line>(below(3));
        case_row.project_no = "项目-" + std::to_string(below(4));
        if (below(3) == 0) case_row.department_id.clear();
        if (below(4) == 0) case_row.item_code.clear();
        std::vector<SubjectRow> subjects;
        std::vector<DossierRow> dossiers;
        std::vector<EvaluationRow> evaluations;
        std::vector<DeliveryRow> deliveries;
        std::vector<Count> counts;
        for (std::size_t i = 0; i <= below(3); ++i) {
            subjects.push_back(make_.subject());
            dossiers.push_back(make_.dossier());
            auto e = make_.evaluation(case_row, subjects.back(), dossiers.back());
            if (case_row.withdrawn) {
                e.state = EvaluationState::voided;
                e.service_ordinal = 0;
            }
            count(counts, case_row, e.secrecy, case_row.withdrawn ? Metric::voided : Metric::opened);
            auto d = make_.delivery(e);
            deliveries.push_back(e.secrecy != open_to_all ? make_.held(d, HeldReason::secrecy, now_) : d);
            evaluations.push_back(e);
            tokens_.push_back(e.token_digest);
        }
        must(store().write([&](Transaction& rows) -> result<void> {
            HCP_CHECK(rows.subjects().insert(std::span<const SubjectRow>{subjects}));
            HCP_CHECK(rows.cases().insert(std::span<const CaseRow>{&case_row, 1}));
            HCP_CHECK(rows.dossiers().insert(std::span<const DossierRow>{dossiers}));
            HCP_CHECK(rows.evaluations().insert(std::span<const EvaluationRow>{evaluations}));
            HCP_CHECK(rows.deliveries().insert(std::span<const DeliveryRow>{deliveries}));
            return rows.figures().add(counts);
        }));
    }

    std::optional<EvaluationView> any_evaluation() {
        if (tokens_.empty()) return std::nullopt;
        const auto token = tokens_[below(tokens_.size())];
        return reading(store(), [&](Snapshot& rows) { return rows.evaluations().by_token(token); });
    }

    // An open evaluation is answered; a default is replaced by a timely answer; what was withdrawn keeps what was
    // received before (E56).
    void answer(Origin origin) {
        const auto view = any_evaluation();
        if (!view || (view->evaluation.withdrawn && view->evaluation.state == EvaluationState::rated)) return;
        const auto from = view->evaluation.state;
        const bool authored = origin == Origin::authored;
        const bool withdrawn = view->case_row.withdrawn;
        if (from != EvaluationState::open &&
            !(authored && (from == EvaluationState::defaulted ||
                           (from == EvaluationState::voided && view->evaluation.service_ordinal != 0))))
            return;
        auto rating = make_.rating(view->evaluation, authored ? any_level() : Level::very_satisfied, origin);
        rating.unsubmitted = authored && below(3) == 0;
        if (view->rating) rating.revision = 2;
        const auto to = authored ? EvaluationState::rated : EvaluationState::defaulted;
        const auto secrecy = view->evaluation.secrecy;
        const EvaluationStep move{view->evaluation.id,        from,      to,     rating.id,
                                  view->evaluation.withdrawn, withdrawn, secrecy};
        const bool bad = authored && is_bad(rating.level);
        std::vector<Count> counts;
        count(counts, *view, -1);
        auto after = *view;
        after.evaluation.state = to;
        after.evaluation.withdrawn = withdrawn;
        after.rating = rating;
        count(counts, after, 1);
        if (bad) count(counts, view->case_row, secrecy, Metric::ticket_opened);
        auto delivery = make_.delivery(view->evaluation, DeliveryKind::rating);
        delivery.revision = rating.revision;
        delivery.rating_id = rating.id;
        delivery.waits_for = view->undelivered_service;
        if (secrecy != open_to_all) delivery = make_.held(delivery, HeldReason::secrecy, now_);
        const auto ticket = make_.ticket(view->evaluation, rating.id);
        must(store().write([&](Transaction& rows) -> result<void> {
            HCP_CHECK(rows.ratings().insert(std::span<const RatingRow>{&rating, 1}));
            if (bad) HCP_CHECK(rows.tickets().insert(std::span<const TicketRow>{&ticket, 1}));
            HCP_CHECK(rows.deliveries().insert(std::span<const DeliveryRow>{&delivery, 1}));
            HCP_CHECK(rows.evaluations().move(std::span<const EvaluationStep>{&move, 1}));
            return rows.figures().add(counts);
        }));
    }

    void comment() {
        const auto view = any_evaluation();
        if (!view || view->evaluation.secrecy != open_to_all || view->evaluation.state != EvaluationState::defaulted)
            return;
        const auto id = view->evaluation.id;
        const auto said = reading(store(), [&](Snapshot& rows) { return rows.comments().of(std::span{&id, 1}); });
        const auto row = make_.comment(view->evaluation, static_cast<std::int32_t>(said.size()) + 1);
        const bool first = said.empty();
        const auto care = make_.ticket(view->evaluation, {}, row.id);
        std::vector<Count> counts;
        if (first)
            for (const auto metric : {Metric::comment_late, Metric::care_ticket_opened})
                count(counts, view->case_row, open_to_all, metric);
        must(store().write([&](Transaction& rows) -> result<void> {
            HCP_CHECK(rows.comments().insert(std::span{&row, 1}));
            if (first) HCP_CHECK(rows.tickets().insert(std::span{&care, 1}));
            return rows.figures().add(counts);
        }));
    }

    void withdraw() {
        const auto view = any_evaluation();
        if (!view || view->case_row.withdrawn) return;
        std::vector<Count> counts;
        must(store().write([&](Transaction& rows) -> result<void> {
            HCP_TRY(const auto views, rows.evaluations().of_case(view->case_row.id));
            std::vector<EvaluationStep> moves;
            for (const auto& v : views) {
                const bool open = v.evaluation.state == EvaluationState::open;
                moves.push_back({v.evaluation.id, v.evaluation.state,
                                 open ? EvaluationState::voided : v.evaluation.state, RatingId{}, false, !open,
                                 v.evaluation.secrecy});
                count(counts, v, -1);
                auto after = v;
                after.evaluation.state = moves.back().to;
                after.evaluation.withdrawn = !open;
                count(counts, after, 1);
            }
            HCP_CHECK(rows.evaluations().move(moves));
            HCP_CHECK(rows.cases().withdraw(view->case_row.id, now_));
            return rows.figures().add(counts);
        }));
    }

    void lift() {
        const auto project = "项目-" + std::to_string(below(4));
        must(store().write([&](Transaction& rows) -> result<void> {
            HCP_TRY(const auto cases, rows.cases().lift({project, "", monday + 24h * 365, now_}, now_));
            HCP_TRY(const auto lifted, rows.evaluations().lift(cases));
            std::vector<EvaluationId> ids;
            for (const auto& v : lifted) ids.push_back(v.evaluation.id);
            HCP_CHECK(rows.deliveries().holds().lift(ids, now_));
            std::vector<Count> counts;
            for (const auto& v : lifted) {
                count(counts, v, 1);
                if (v.rating && v.rating->origin == Origin::authored && is_bad(v.rating->level))
                    count(counts, v.case_row, open_to_all, Metric::ticket_opened);
            }
            return rows.figures().add(counts);
        }));
    }

    void visit() {
        VisitRow row;
        row.id = make_.id<VisitId>();
        row.key_digest = make_.digest();
        row.visited_at = monday + 5h * below(30);
        if (below(2) == 0) row.department_id = "部门-1";
        const Count count{day_of(row.visited_at), row.line, row.department_id, row.item_code, Metric::visit, 1};
        must(store().write([&](Transaction& rows) -> result<void> {
            HCP_CHECK(rows.visits().insert(std::span<const VisitRow>{&row, 1}));
            return rows.figures().add(std::span{&count, 1});
        }));
    }

    void deliver() {
        must(store().write([&](Transaction& rows) -> result<void> {
            HCP_TRY(const auto works, rows.deliveries().claim({1, now_, now_ + 3s, 4}));
            std::vector<DeliveryMark> marks;
            for (const auto& w : works) {
                if (below(4) == 0) continue;  // its lease ends
                DeliveryMark m;
                m.id = w.delivery.id;
                constexpr DeliveryState fates[]{DeliveryState::delivered, DeliveryState::delivered,
                                                DeliveryState::queued, DeliveryState::held, DeliveryState::parked};
                m.state = fates[below(5)];
                if (m.state == DeliveryState::held) m.held_reason = HeldReason::unclassified;
                m.at = m.next_at = now_;
                m.evaluation_id = w.evaluation.id;
                if (m.state == DeliveryState::parked) {
                    constexpr HeldReason reasons[]{HeldReason::doubled, HeldReason::difference, HeldReason::refused};
                    m.held_reason = reasons[below(3)];
                    parked_.push_back(m.id);
                }
                marks.push_back(m);
            }
            HCP_CHECK(rows.deliveries().mark(1, marks));
            const std::vector<std::string> codes{"事项-1"};
            if (below(3) == 0) HCP_CHECK(rows.deliveries().holds().requeue_classified(codes, now_));
            if (below(3) == 0 && !parked_.empty())
                HCP_CHECK(rows.deliveries().holds().requeue(parked_[below(parked_.size())], now_, now_ + 24h));
            return {};
        }));
    }

    std::mt19937 random_;
    Samples make_;
    std::vector<std::unique_ptr<Store>> stores_;
    std::vector<Digest> tokens_;
    std::vector<DeliveryId> parked_;
    Instant now_ = monday;
};

using Sums = std::map<std::tuple<Day, Line, std::string, std::string, Metric>, std::int64_t>;
void add(Sums& sums, const std::vector<Count>& counts) {
    for (const auto& c : counts)
        if (c.metric != Metric::visit) sums[{c.day, c.line, c.department_id, c.item_code, c.metric}] += c.n;
}

void each_case_has_its_share(Database& database) {
    Life life{database, 20261128};
    for (int i = 0; i < 200; ++i) life.step();
    must(life.store().read([&](Snapshot& rows) -> result<void> {
        Sums whole, of_cases;
        HCP_TRY(const auto recounted, rows.figures().recounted(from_ever, to_ever));
        add(whole, recounted);
        HCP_TRY(const auto cases, rows.cases().after(CaseId{}, 100'000));
        for (const auto& row : cases) {
            HCP_TRY(const auto share, rows.figures().recounted_of(row.id));
            add(of_cases, share);
        }
        CHECK(whole.size() > 20);
        CHECK(whole == of_cases);
        HCP_TRY(const auto of_none, rows.figures().recounted_of(CaseId{7}));
        CHECK(of_none.empty());
        return {};
    }));
}

void counters_equal_the_recount(Database& database) {
    Life life{database, 20260302};
    std::size_t seen = 0;
    for (int i = 0; i < 400; ++i) {
        life.step();
        if (i % 20 != 19) continue;
        must(life.store().read([&](Snapshot& rows) -> result<void> {
            HCP_TRY(const auto kept, rows.figures().counts(from_ever, to_ever));
            HCP_TRY(const auto recounted, rows.figures().recounted(from_ever, to_ever));
            CHECK(equal(kept, recounted));
            seen = kept.size();
            HCP_TRY(const auto day, rows.figures().counts(day_of(monday) + std::chrono::days{1},
                                                          day_of(monday) + std::chrono::days{2}));
            HCP_TRY(const auto day_again, rows.figures().recounted(day_of(monday) + std::chrono::days{1},
                                                                   day_of(monday) + std::chrono::days{2}));
            CHECK(equal(day, day_again));
            CHECK(day.size() < kept.size());
            return {};
        }));
    }
    CHECK(seen > 50);
    const Count one_too_many{day_of(monday), Line::government, "部门-1", "", Metric::opened, 1};
    writing(life.store(), [&](Transaction& rows) { return rows.figures().add(std::span{&one_too_many, 1}); });
    CHECK_FALSE(
        equal(reading(life.store(), [](Snapshot& rows) { return rows.figures().counts(from_ever, to_ever); }),
              reading(life.store(), [](Snapshot& rows) { return rows.figures().recounted(from_ever, to_ever); })));
}

void figures_equal_the_lists(Database& database) {
    Life life{database, 7};
    for (int i = 0; i < 400; ++i) {
        life.step();
        if (i % 20 != 19) continue;
        must(life.store().read([&](Snapshot& rows) -> result<void> {
            HCP_TRY(const auto figures, rows.figures().queues());
            DeliveryFilter all;
            all.limit = 100'000;
            HCP_TRY(const auto listed, rows.deliveries().list(all));
            std::map<DeliveryState, std::int64_t> n;
            std::optional<Instant> oldest;
            for (const auto& s : listed) {
                ++n[s.delivery.state];
                if (s.delivery.state == DeliveryState::queued && !oldest) oldest = s.delivery.created_at;
            }
            CHECK(figures.queued == n[DeliveryState::queued]);
            CHECK(figures.claimed == n[DeliveryState::claimed]);
            CHECK(figures.delivered == n[DeliveryState::delivered]);
            CHECK(figures.held == n[DeliveryState::held]);
            CHECK(figures.parked == n[DeliveryState::parked]);
            const auto parked_as = [&](HeldReason reason) {
                return std::count_if(listed.begin(), listed.end(), [&](const auto& s) {
                    return s.delivery.state == DeliveryState::parked && s.delivery.held_reason == reason;
                });
            };
            CHECK(figures.doubled == parked_as(HeldReason::doubled));
            CHECK(figures.differences == parked_as(HeldReason::difference));
            CHECK(figures.oldest_queued_at == oldest);
            HCP_TRY(const auto open, rows.evaluations().open_after(EvaluationId{}, 100'000));
            CHECK(figures.open_evaluations == std::count_if(open.begin(), open.end(), [](const auto& v) {
                      return v.evaluation.secrecy == open_to_all;
                  }));
            return {};
        }));
    }
}

void counts_add_up_over_instances(Database& database) {
    const auto one = database.open(), two = database.open();
    must(one->lease_instance("甲", monday, monday + 1h));
    must(two->lease_instance("乙", monday, monday + 1h));
    const Day day = day_of(monday);
    const std::vector<Count> counts{{day, Line::medical, "部门", "事项", Metric::authored_5, 2},
                                    {day, Line::medical, "部门", "事项", Metric::authored_5, 1},
                                    {day, Line::medical, "", "", Metric::default_5, 1},
                                    {day + std::chrono::days{1}, Line::medical, "", "", Metric::default_5, 1}};
    const Count undone{day, Line::medical, "", "", Metric::default_5, -1};
    writing(*one, [&](Transaction& rows) { return rows.figures().add(counts); });
    writing(*two, [&](Transaction& rows) { return rows.figures().add(counts); });
    writing(*two, [&](Transaction& rows) { return rows.figures().add(std::span{&undone, 1}); });
    writing(*two, [&](Transaction& rows) { return rows.figures().add(std::span{&undone, 1}); });
    const auto sums =
        reading(*one, [&](Snapshot& rows) { return rows.figures().counts(day, day + std::chrono::days{1}); });
    REQUIRE(sums.size() == 1);
    CHECK(same(sums[0], Count{day, Line::medical, "部门", "事项", Metric::authored_5, 6}));
}

void queues_for_people(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto bad = make.open(*store, [](CaseRow& c) { c.unattributed = true; });
    const auto rating = make.rating(bad.evaluation, Level::dissatisfied);
    make.open(*store, [](CaseRow& c) { c.unclassified = true, c.item_code = "事项-新"; });
    make.open(*store, [](CaseRow& c) { c.unclassified = c.unattributed = c.withdrawn = true; });
    must(put(*store, rating));
    auto figures = reading(*store, [](Snapshot& rows) { return rows.figures().queues(); });
    CHECK(figures.bad_ratings_without_ticket == 1);
    CHECK(figures.unattributed_cases == 1);
    CHECK(figures.unclassified_cases == 1);

    must(put(*store, make.ticket(bad.evaluation, rating.id)));
    ItemRow item;
    item.item_code = item.name = "事项-新";
    writing(*store, [&](Transaction& rows) { return rows.catalogue().put(std::span<const ItemRow>{&item, 1}); });
    figures = reading(*store, [](Snapshot& rows) { return rows.figures().queues(); });
    CHECK(figures.bad_ratings_without_ticket == 0);
    CHECK(figures.unclassified_cases == 0);
}

void highest_id_of_all(Database& database) {
    const auto store = database.open();
    const auto highest = [&] { return reading(*store, [](Snapshot& rows) { return rows.figures().highest_id(); }); };
    CHECK(highest() == 0);
    Samples make;
    const auto o = make.open(*store);
    CHECK(highest() ==
          std::max({o.case_row.id.value(), o.subject.id.value(), o.dossier.id.value(), o.evaluation.id.value()}));
    const auto later = make.delivery(o.evaluation);
    must(put(*store, later));
    CHECK(highest() == later.id.value());
}

}  // namespace

void add_figures(std::vector<Clause>& all) {
    all.push_back({"the highest id is that of whatever was made last", highest_id_of_all});
    all.push_back({"the counters equal a recount after whatever happened", counters_equal_the_recount});
    all.push_back({"the recount of each case is its share of the whole", each_case_has_its_share});
    all.push_back({"the figures of the queue equal what the lists show", figures_equal_the_lists});
    all.push_back(
        {"counts add up over instances, and what adds up to nothing is left out", counts_add_up_over_instances});
    all.push_back({"what waits for a person is counted until it is dealt with", queues_for_people});
}

}  // namespace hcp::contract
