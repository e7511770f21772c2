#pragma once
#include "adapters/store/codec.hpp"
#include "adapters/store/dialect.hpp"
#include "adapters/store/errors.hpp"

#include <concepts>
#include <map>
#include <type_traits>
#include <unordered_map>

namespace hcp::store {

// One transaction. The first error stays: whatever the work answers after it, the transaction ends with it.
class Unit final : public ports::Writing {
public:
    Unit(Session& session, std::int32_t instance) : session_{session}, instance_{instance} {}

    [[nodiscard]] std::optional<store_errc> failed() const { return failed_; }

    // ---- Reading ----
    result<std::vector<std::optional<SubjectRow>>> subjects_by_lookup(std::span<const Digest>) override;
    result<std::vector<std::optional<CaseRow>>> cases_by_key(std::span<const Digest>) override;
    result<std::vector<std::optional<DossierRow>>> dossiers_by_key(std::span<const Digest>) override;
    result<std::vector<std::optional<WithdrawalRow>>> withdrawals_by_key(std::span<const Digest>) override;
    result<std::vector<bool>> visits_known(std::span<const Digest>) override;
    result<std::vector<OpeningRow>> openings_of(std::span<const std::string> project_nos) override;
    result<std::vector<ItemRow>> items() override;
    result<std::vector<EvaluationView>> evaluations_of_case(CaseId) override;
    result<std::optional<EvaluationView>> evaluation_by_token(const Digest&) override;
    result<std::vector<std::optional<EvaluationView>>> evaluations_by_token(std::span<const Digest>) override;
    result<std::optional<EvaluationView>> evaluation_by_subject(const Digest& case_key, const Digest& lookup) override;
    result<std::vector<EvaluationView>> evaluations_of_subject(const Digest& lookup, EvaluationId before,
                                                               std::size_t limit) override;
    result<std::vector<EvaluationView>> due(Instant at, std::size_t limit) override;
    result<std::vector<EvaluationView>> evaluations_after(EvaluationId after, std::size_t limit) override;
    result<std::vector<EvaluationView>> open_after(EvaluationId after, std::size_t limit) override;
    result<std::optional<TicketRow>> ticket_of(EvaluationId) override;
    result<std::optional<CommentRow>> comment_by_request(EvaluationId, const Digest&) override;
    result<std::vector<CommentRow>> comments_of(std::span<const EvaluationId>) override;
    result<std::vector<DeliverySummary>> deliveries(const DeliveryFilter&) override;
    result<std::optional<DeliverySummary>> delivery(DeliveryId) override;
    result<std::optional<Instant>> next_delivery_at() override;
    result<QueueFigures> queue_figures() override;
    result<std::vector<Count>> counts(Day from, Day to) override;
    result<std::vector<Count>> recounted(Day from, Day to) override;
    result<std::vector<LedgerHead>> ledger_heads() override;
    result<std::vector<LedgerRow>> ledger(std::int32_t lane, std::int64_t after_seq, std::size_t limit) override;
    result<std::vector<RatingRow>> ratings_after(RatingId after, std::size_t limit) override;
    result<std::vector<ReferenceRow>> references(ReferenceKind) override;

    // ---- Writing ----
    result<void> insert(std::span<const SubjectRow>) override;
    result<void> insert(std::span<const CaseRow>) override;
    result<void> insert(std::span<const EvaluationRow>) override;
    result<void> insert(std::span<const RatingRow>) override;
    result<void> insert(std::span<const TicketRow>) override;
    result<void> insert(std::span<const CommentRow>) override;
    result<void> insert(std::span<const DossierRow>) override;
    result<void> insert(std::span<const DeliveryRow>) override;
    result<void> insert(std::span<const VisitRow>) override;
    result<void> insert(std::span<const WithdrawalRow>) override;
    result<void> insert(std::span<const OpeningRow>) override;
    result<void> insert(std::span<const LedgerRow>) override;
    result<void> insert(std::span<const ReferenceRow>) override;
    result<void> add(std::span<const Count>) override;
    result<void> put_items(std::span<const ItemRow>) override;
    result<void> update_dossiers(std::span<const DossierRow>, std::span<const std::int32_t> expected) override;
    result<std::vector<bool>> move(std::span<const Move>) override;
    result<void> put_draft(const DraftRow&) override;
    result<void> drop_drafts(std::span<const EvaluationId>) override;
    result<void> withdraw_case(CaseId, Instant at) override;
    result<void> extend(std::span<const NewDeadline>, std::string_view calendar_version) override;
    result<std::vector<EvaluationView>> lift_secrecy(const OpeningRow& opening, Instant at) override;
    result<std::vector<DeliveryWork>> claim(std::int32_t owner, Instant now, Instant lease_until,
                                            std::size_t limit) override;
    result<void> expire_claims(std::int32_t owner) override;
    result<void> mark(std::int32_t owner, std::span<const Mark>) override;
    result<std::int64_t> requeue_held(HeldReason, Instant now) override;
    result<std::int64_t> requeue(DeliveryId, Instant now, Instant give_up_at) override;
    result<std::int64_t> requeue_classified(std::span<const std::string> item_codes, Instant now) override;

private:
    // The border of exceptions: every operation runs in here.
    template <class Work, class T = std::invoke_result_t<Work>>
    result<T> guarded(Work work) noexcept;

    // What the operations are made of; these throw.
    template <class F>
    void query(Sql, const Encoder& fixed, F&& each);
    template <class F>
    void query_list(Sql, const Encoder& list, F&& each);
    template <class R>
    std::vector<R> rows(Sql, const Encoder& fixed);
    template <class R, class Key>
    std::vector<std::optional<R>> in_order(Sql, std::span<const Digest> keys, Key key_of);
    std::vector<EvaluationView> views(Sql, const Encoder& fixed);
    template <class R>
    void insert_all(Sql, std::span<const R>);
    std::int64_t change(Sql, const Encoder& fixed, const Encoder& list = {});
    void add_totals(const std::map<DeliveryState, std::int64_t>& changes);

    Session& session_;
    std::int32_t instance_;
    std::optional<store_errc> failed_;
};

template <class Work, class T>
result<T> Unit::guarded(Work work) noexcept {
    try {
        if constexpr (std::is_void_v<T>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (...) {
        const auto code = current_error();
        if (!failed_) failed_ = code;
        return make_error_code(code);
    }
}

template <class F>
void Unit::query(Sql which, const Encoder& fixed, F&& each) {
    session_.query(which, fixed.values(), {}, [&](const Row& row) { each(Decoder{row}); });
}

template <class F>
void Unit::query_list(Sql which, const Encoder& list, F&& each) {
    if (list.size() == 0) return;
    session_.query(which, {}, list.values(), [&](const Row& row) { each(Decoder{row}); });
}

template <class R>
std::vector<R> Unit::rows(Sql which, const Encoder& fixed) {
    std::vector<R> out;
    query(which, fixed, [&](Decoder from) { out.push_back(from.row<R>()); });
    return out;
}

[[nodiscard]] EvaluationView view_from(Decoder&);

struct DigestHash {
    std::size_t operator()(const Digest& d) const noexcept {
        std::size_t h = 0;
        for (const auto byte : d) h = h * 131 + byte;
        return h;
    }
};

template <class R, class Key>
std::vector<std::optional<R>> Unit::in_order(Sql which, std::span<const Digest> keys, Key key_of) {
    std::unordered_map<Digest, R, DigestHash> found;
    query_list(which, encode_list(keys), [&](Decoder from) {
        auto r = from.row<R>();
        const auto key = key_of(r);
        const auto [at, added] = found.try_emplace(key, std::move(r));
        // Only dossiers have several rows of one key.
        if constexpr (std::same_as<R, DossierRow>)
            if (!added && at->second.overflow < r.overflow) at->second = std::move(r);
    });
    std::vector<std::optional<R>> out(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (const auto at = found.find(keys[i]); at != found.end()) out[i] = at->second;
    return out;
}

template <class R>
void Unit::insert_all(Sql which, std::span<const R> all) {
    Encoder out;
    out.reserve(all.size() * width<R>());
    for (const auto& r : all) out.row(r);
    session_.each(which, width<R>(), out.values());
}

}  // namespace hcp::store
