#pragma once
#include "plugin/ports/store/editions.hpp"
#include "plugin/ports/store/store.hpp"
#include "tests/contract/clause.hpp"

#include <boost/pfr.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

// Rows to try a store with, and short ways to run it.
namespace hcp::contract {

using namespace ports;
using namespace std::chrono_literals;

inline constexpr Instant monday{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 2h};  // 10:00 in Shanghai

template <class R>
[[nodiscard]] bool same(const R& a, const R& b) {
    return boost::pfr::eq_fields(a, b);
}

// What `work` answers, of one transaction that must succeed.
template <class Work>
auto reading(Store& store, Work work) {
    using T = typename std::invoke_result_t<Work, Snapshot&>::value_type;
    std::optional<T> out;
    must(store.read([&](Snapshot& rows) -> result<void> {
        HCP_TRY(out, work(rows));
        return {};
    }));
    return std::move(*out);
}
template <class Work>
auto writing(Store& store, Work work) {
    using T = typename std::invoke_result_t<Work, Transaction&>::value_type;
    if constexpr (std::is_void_v<T>) {
        must(store.write(work));
    } else {
        std::optional<T> out;
        must(store.write([&](Transaction& rows) -> result<void> {
            HCP_TRY(out, work(rows));
            return {};
        }));
        return std::move(*out);
    }
}
// Each row into its own table.
inline result<void> insert(Transaction& tx, const SubjectRow& row) {
    return tx.subjects().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const CaseRow& row) {
    return tx.cases().insert(std::span<const CaseRow>{&row, 1});
}
inline result<void> insert(Transaction& tx, const WithdrawalRow& row) {
    return tx.cases().insert(std::span<const WithdrawalRow>{&row, 1});
}
inline result<void> insert(Transaction& tx, const OpeningRow& row) {
    return tx.openings().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const VisitRow& row) {
    return tx.visits().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const DossierRow& row) {
    return tx.dossiers().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const EvaluationRow& row) {
    return tx.evaluations().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const DoubtRow& row) {
    return tx.doubts().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const DraftRow& row) {
    return tx.drafts().put(row);
}
inline result<void> insert(Transaction& tx, const RatingRow& row) {
    return tx.ratings().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const RatingConsentRow& row) {
    return tx.ratings().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const CommentRow& row) {
    return tx.comments().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const TicketRow& row) {
    return tx.tickets().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const DeliveryRow& row) {
    return tx.deliveries().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const LedgerRow& row) {
    return tx.ledger().append(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const ReferenceRow& row) {
    return tx.references().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const StaffRow& row) {
    return tx.staff().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const AttributionRow& row) {
    return tx.attributions().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const RoleGrantRow& row) {
    return tx.role_grants().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const StaffInviteRow& row) {
    return tx.staff_invites().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const StaffSessionRow& row) {
    return tx.staff_sessions().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const ExportRow& row) {
    return tx.exports().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const UnmaskingRow& row) {
    return tx.unmaskings().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const InterpretationRow& row) {
    return tx.interpretations().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const LeakCaseRow& row) {
    return tx.leak_cases().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const NoticeRow& row) {
    return tx.notices().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const DepartmentRow& row) {
    return tx.departments().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const ItemEditionRow& row) {
    return tx.item_editions().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const GuideRow& row) {
    return tx.guides().insert(std::span{&row, 1});
}
inline result<void> insert(Transaction& tx, const ItemRow& row) {
    return tx.catalogue().put(std::span{&row, 1});
}

template <class... R>
result<void> put(Store& store, const R&... rows) {
    return store.write([&](Transaction& tx) -> result<void> {
        result<void> done;
        (void)((done = insert(tx, rows), done.has_value()) && ...);
        return done;
    });
}
template <class R>
result<void> put_all(Store& store, const std::vector<R>& rows) {
    return store.write([&](Transaction& tx) -> result<void> {
        for (const auto& row : rows) HCP_CHECK(insert(tx, row));
        return {};
    });
}

// What an opening of bids lifts, in one transaction, as the use case does it.
inline std::vector<EvaluationView> lift(Store& store, const OpeningRow& opening, Instant at) {
    std::vector<EvaluationView> lifted;
    must(store.write([&](Transaction& tx) -> result<void> {
        HCP_TRY(const auto cases, tx.cases().lift(opening, at));
        HCP_TRY(lifted, tx.evaluations().lift(cases));
        std::vector<EvaluationId> ids;
        ids.reserve(lifted.size());
        for (const auto& view : lifted) ids.push_back(view.evaluation.id);
        return tx.deliveries().holds().lift(ids, at);
    }));
    return lifted;
}

// What is asked of the store again and again.
inline EvaluationView view_of(Store& store, const EvaluationRow& e) {
    auto view = reading(store, [&](Snapshot& rows) { return rows.evaluations().by_token(e.token_digest); });
    REQUIRE(view);
    return std::move(*view);
}
template <class Row, class Change>
[[nodiscard]] Row with(Row row, Change change) {
    change(row);
    return row;
}
// A key of it is taken.
template <class R>
void check_taken(Store& store, const R& row) {
    CHECK(put(store, row).error() == store_errc::conflict);
}

// Makes distinct rows that belong together; same seed, same rows.
class Samples {
public:
    explicit Samples(std::int64_t first_id = 1000) : last_{first_id} {}

    std::int64_t number() { return ++last_; }
    template <class Id>
    Id id() {
        return Id{number()};
    }
    Digest digest() {
        Digest d{};
        auto n = static_cast<std::uint64_t>(number());
        for (auto& byte : d) {
            n = n * 6364136223846793005ULL + 1442695040888963407ULL;
            byte = static_cast<std::uint8_t>(n >> 56);
        }
        d[0] = 0;  // a byte that ends text in C
        return d;
    }
    Bytes bytes(std::size_t size = 40) {
        Bytes b(size);
        for (std::size_t i = 0; i < size; ++i)
            b[i] = static_cast<std::uint8_t>(i * 7 + static_cast<std::size_t>(last_));
        return b;
    }

    SubjectRow subject() { return {id<SubjectId>(), digest(), SubjectType::legal, bytes(), monday}; }

    CaseRow completion() {
        CaseRow c;
        c.id = id<CaseId>();
        c.key_digest = digest();
        c.content_digest = digest();
        c.host_id = "平台一";
        c.case_no = "办件-" + std::to_string(number());
        c.completion_no = "办结-1";
        c.line = Line::engineering;
        c.project_no = "项目-甲";
        c.section = "标段一";
        c.node = "开标";
        c.project_name = "某市轨道交通三号线工程🚇";
        c.item_code = "事项-1";
        c.department_id = "部门-1";
        c.department_name = "交易服务部";
        c.sealed_handlers = bytes();
        c.mode = Mode::online;
        c.completed_at = monday;
        c.accepted_at = monday - 48h;
        c.promised_at = monday + 1us;
        c.opened_at = monday + 1s;
        c.policy_version = "2020";
        c.calendar_version = "2026-1";
        return c;
    }

    DossierRow dossier() { return {id<DossierId>(), digest(), 0, "37" + std::to_string(number()), 1, DeliveryId{}}; }

    EvaluationRow evaluation(const CaseRow& case_row, const SubjectRow& subject, const DossierRow& dossier) {
        EvaluationRow e;
        e.id = id<EvaluationId>();
        e.case_id = case_row.id;
        e.subject_id = subject.id;
        e.dossier_id = dossier.id;
        e.role = Role::bidder;
        e.secrecy = case_row.secrecy();
        e.opened_at = monday + 1s;
        e.deadline_by_completion = monday + 24h;
        e.deadline = monday + 120h;
        e.token_digest = digest();
        e.sealed_subject = bytes(200);
        e.service_ordinal = 1;
        return e;
    }

    RatingRow rating(const EvaluationRow& of, Level level = Level::satisfied, Origin origin = Origin::authored) {
        RatingRow r;
        r.id = id<RatingId>();
        r.evaluation_id = of.id;
        r.origin = origin;
        r.level = level;
        r.tags = {"510", "511"};
        r.sealed_text = bytes(300);
        r.text_digest = digest();
        r.channel = Channel::mobile;
        r.request_digest = digest();
        r.received_at = monday + 2h;
        r.stored_at = monday + 2h + 3us;
        r.ledger_lane = 3;
        r.ledger_seq = number();
        return r;
    }

    DraftRow draft(const EvaluationRow& of, Instant at = monday + 1h) {
        return {of.id, Level::dissatisfied, {"201"}, bytes(), Channel::qr, at, at};
    }

    TicketRow ticket(const EvaluationRow& of, RatingId rating, CommentId comment = {}) {
        return {id<TicketId>(),      of.id, rating,      comment,      TicketState::fresh,
                Level::dissatisfied, true,  monday + 2h, monday + 26h, std::nullopt};
    }

    CommentRow comment(const EvaluationRow& of, std::int32_t revision = 1) {
        return {id<CommentId>(), of.id,           revision, Level::dissatisfied, {"203"}, bytes(),
                digest(),        Channel::portal, digest(), monday + 200h};
    }

    RatingConsentRow consent(const RatingRow& to) { return {to.id, false, true, bytes(), digest()}; }

    DeliveryRow delivery(const EvaluationRow& of, DeliveryKind kind = DeliveryKind::service) {
        DeliveryRow d;
        d.id = id<DeliveryId>();
        d.dossier_id = of.dossier_id;
        d.evaluation_id = of.id;
        d.kind = kind;
        d.created_at = d.next_at = monday;
        d.give_up_at = monday + 24h * 14;
        return d;
    }
    DeliveryRow held(DeliveryRow d, HeldReason reason, Instant since = monday) {
        d.state = DeliveryState::held;
        d.held_reason = reason;
        d.held_since = since;
        return d;
    }

    StaffRow staff(const std::string& staff_id, std::int32_t revision = 1) {
        return {staff_id, revision,           bytes(), digest(), "部门-1",    {"A01", "A02"},
                monday,   monday + 24h * 365, 3,       "S2",     monday + 1us};
    }
    // That waits.
    RoleGrantRow grant(const std::string& staff_id, StaffRole role = StaffRole::head) {
        return {id<RoleGrantId>(), staff_id, role, "部门-1", false, "S2", monday, {}, {}, {}, {}, {}, {}};
    }

    // That waits.
    AttributionRow attribution(CaseId of, std::int32_t revision = 1) {
        return {id<AttributionId>(), of, revision, "ZC-02", "部门-2", "交易二部", {"S7", "S8"}, bytes(), digest(), "S3",
                monday + 1h,         {}, {}};
    }

    StaffInviteRow invite(const std::string& staff_id) {
        return {id<StaffInviteId>(), digest(), staff_id, "S2", monday, monday + 10min, {}};
    }
    StaffSessionRow session(const std::string& staff_id) {
        return {id<StaffSessionId>(), digest(), staff_id, SignOnWay::ticket, {}, monday, monday + 1us, monday + 30min,
                monday + 10h,         {},       {}};
    }

    ExportRow exported(const std::string& staff_id) {
        const auto export_id = id<ExportId>();
        return {export_id,
                "标记-" + std::to_string(export_id.value()),
                staff_id,
                "deliveries",
                FileForm::csv,
                {},
                7,
                digest(),
                monday + 1h};
    }

    UnmaskingRow unmasking(EvaluationId of, const std::string& staff_id) {
        return {id<UnmaskingId>(),         of,      staff_id, Unmasked::identity,
                UnmaskingPurpose::contact, bytes(), digest(), monday + 1h};
    }
    // That is open.
    LeakCaseRow leak_case(EvaluationId of) {
        return {id<LeakCaseId>(), of, "S3", monday + 2h, bytes(), digest(), LeakFinding::open, {}, {}, {}, {}, {}};
    }

    NoticeRow notice(const std::string& staff_id) {
        const auto notice_id = id<NoticeId>();
        return {notice_id, staff_id, NoticeKind::role_given, std::to_string(notice_id.value()), "S2", monday, {}, {}};
    }

    // A case with one evaluation and what that stands on, stored.
    struct Opened {
        CaseRow case_row;
        SubjectRow subject;
        DossierRow dossier;
        EvaluationRow evaluation;
    };
    template <class Change>
    Opened open(Store& store, Change change) {
        Opened o{completion(), subject(), dossier(), {}};
        change(o.case_row);
        o.evaluation = evaluation(o.case_row, o.subject, o.dossier);
        must(put(store, o.subject, o.case_row, o.dossier, o.evaluation));
        return o;
    }
    Opened open(Store& store) {
        return open(store, [](CaseRow&) {});
    }

private:
    std::int64_t last_;
};

}  // namespace hcp::contract
