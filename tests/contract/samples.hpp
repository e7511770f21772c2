#pragma once
#include "plugin/ports/store.hpp"

#include <catch2/catch.hpp>

#include <boost/pfr.hpp>

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

template <class T>
T must(result<T> r) {
    INFO("error: " << (r ? "" : r.error().message()));
    REQUIRE(r.has_value());
    if constexpr (!std::is_void_v<T>) return std::move(*r);
}

// What `work` answers, of one transaction that must succeed.
template <class Work>
auto reading(Store& store, Work work) {
    using T = typename std::invoke_result_t<Work, Reading&>::value_type;
    std::optional<T> out;
    must(store.read([&](Reading& rows) -> result<void> {
        HCP_TRY(out, work(rows));
        return {};
    }));
    return std::move(*out);
}
template <class Work>
auto writing(Store& store, Work work) {
    using T = typename std::invoke_result_t<Work, Writing&>::value_type;
    if constexpr (std::is_void_v<T>) {
        must(store.write(work));
    } else {
        std::optional<T> out;
        must(store.write([&](Writing& rows) -> result<void> {
            HCP_TRY(out, work(rows));
            return {};
        }));
        return std::move(*out);
    }
}
template <class... R>
result<void> put(Store& store, const R&... rows) {
    return store.write([&](Writing& w) -> result<void> {
        result<void> done;
        (void)((done = w.insert(std::span<const R>{&rows, 1}), done.has_value()) && ...);
        return done;
    });
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

    EvaluationRow evaluation(const CaseRow& of, const SubjectRow& subject, const DossierRow& dossier) {
        EvaluationRow e;
        e.id = id<EvaluationId>();
        e.case_id = of.id;
        e.subject_id = subject.id;
        e.dossier_id = dossier.id;
        e.role = Role::bidder;
        e.embargoed = of.secret && !of.secrecy_lifted_at;
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
        return {id<TicketId>(),      of.id, rating,      comment,      1,
                Level::dissatisfied, true,  monday + 2h, monday + 26h, std::nullopt};
    }

    CommentRow comment(const EvaluationRow& of) {
        return {id<CommentId>(), of.id,    Level::dissatisfied, {"203"}, bytes(),
                Channel::portal, digest(), monday + 200h};
    }

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

    // A case with one evaluation and what that stands on, stored.
    struct Opened {
        CaseRow of;
        SubjectRow subject;
        DossierRow dossier;
        EvaluationRow evaluation;
    };
    template <class Change>
    Opened open(Store& store, Change change) {
        Opened o{completion(), subject(), dossier(), {}};
        change(o.of);
        o.evaluation = evaluation(o.of, o.subject, o.dossier);
        must(put(store, o.subject, o.of, o.dossier, o.evaluation));
        return o;
    }
    Opened open(Store& store) {
        return open(store, [](CaseRow&) {});
    }

private:
    std::int64_t last_;
};

}  // namespace hcp::contract
