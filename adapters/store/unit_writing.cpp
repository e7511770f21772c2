#include "adapters/store/unit.hpp"

namespace hcp::store {

std::int64_t Unit::change(Sql which, const Encoder& fixed, const Encoder& list) {
    return session_.change(which, fixed.values(), list.values());
}

result<void> Unit::insert(std::span<const SubjectRow> all) {
    return guarded([&] { insert_all(Sql::insert_subject, all); });
}
result<void> Unit::insert(std::span<const CaseRow> all) {
    return guarded([&] { insert_all(Sql::insert_case, all); });
}
result<void> Unit::insert(std::span<const EvaluationRow> all) {
    return guarded([&] { insert_all(Sql::insert_evaluation, all); });
}
result<void> Unit::insert(std::span<const RatingRow> all) {
    return guarded([&] { insert_all(Sql::insert_rating, all); });
}
result<void> Unit::insert(std::span<const TicketRow> all) {
    return guarded([&] { insert_all(Sql::insert_ticket, all); });
}
result<void> Unit::insert(std::span<const CommentRow> all) {
    return guarded([&] { insert_all(Sql::insert_comment, all); });
}
result<void> Unit::insert(std::span<const DossierRow> all) {
    return guarded([&] { insert_all(Sql::insert_dossier, all); });
}
result<void> Unit::insert(std::span<const VisitRow> all) {
    return guarded([&] { insert_all(Sql::insert_visit, all); });
}
result<void> Unit::insert(std::span<const WithdrawalRow> all) {
    return guarded([&] { insert_all(Sql::insert_withdrawal, all); });
}
result<void> Unit::insert(std::span<const OpeningRow> all) {
    return guarded([&] { insert_all(Sql::insert_opening, all); });
}
result<void> Unit::insert(std::span<const LedgerRow> all) {
    return guarded([&] { insert_all(Sql::insert_ledger, all); });
}
result<void> Unit::insert(std::span<const ReferenceRow> all) {
    return guarded([&] { insert_all(Sql::insert_reference, all); });
}

result<void> Unit::add(std::span<const Count> all) {
    return guarded([&] {
        Encoder out;
        for (const auto& count : all) {
            out.row(count);
            out.add(instance_);
        }
        session_.each(Sql::add_count, width<Count>() + 1, out.values());
    });
}

result<void> Unit::put_items(std::span<const ItemRow> all) {
    return guarded([&] { insert_all(Sql::put_item, all); });
}

result<void> Unit::update_dossiers(std::span<const DossierRow> all, std::span<const std::int32_t> expected) {
    return guarded([&] {
        Encoder out;
        for (std::size_t i = 0; i < all.size(); ++i) {
            out.add(all[i].service_count);
            out.add(all[i].last_service_delivery);
            out.add(all[i].id);
            out.add(expected[i]);
        }
        std::vector<std::int64_t> changed;
        session_.each(Sql::update_dossier, 4, out.values(), &changed);
        for (const auto n : changed)
            if (n == 0) throw StoreError{store_errc::conflict};
    });
}

result<std::vector<bool>> Unit::move(std::span<const Move> all) {
    return guarded([&] {
        Encoder out;
        for (const auto& m : all) {
            out.add(m.to);
            out.add(m.rating_id);
            out.add(m.withdrawn);
            out.add(m.id);
            out.add(m.from);
        }
        std::vector<std::int64_t> changed;
        session_.each(Sql::move_evaluation, 5, out.values(), &changed);
        std::vector<bool> moved;
        moved.reserve(changed.size());
        for (const auto n : changed) moved.push_back(n == 1);
        return moved;
    });
}

result<void> Unit::put_draft(const DraftRow& draft) {
    return guarded([&] { insert_all(Sql::put_draft, std::span{&draft, 1}); });
}

result<void> Unit::drop_drafts(std::span<const EvaluationId> ids) {
    return guarded([&] {
        if (!ids.empty()) change(Sql::drop_drafts, {}, encode_list(ids));
    });
}

result<void> Unit::withdraw_case(CaseId id, Instant at) {
    return guarded([&] { change(Sql::withdraw_case, encode(at, id)); });
}

result<void> Unit::extend(std::span<const NewDeadline> all, std::string_view calendar_version) {
    return guarded([&] {
        if (all.empty()) return;
        Encoder out, ids;
        for (const auto& d : all) {
            out.add(d.deadline_by_completion);
            out.add(d.deadline);
            out.add(d.provisional);
            out.add(d.id);
            ids.add(d.id);
        }
        session_.each(Sql::extend_evaluation, 4, out.values());
        change(Sql::set_calendar, encode(calendar_version), ids);
    });
}

result<std::vector<EvaluationView>> Unit::lift_secrecy(const OpeningRow& opening, Instant at) {
    return guarded([&] {
        Encoder cases, evaluations;
        query(Sql::secret_cases, encode(opening.project_no), [&](Decoder from) {
            const auto id = from.take<CaseId>();
            const auto section = from.take<std::string>();
            if (opening.lifts(section, from.take<Instant>())) cases.add(id);
        });
        std::vector<EvaluationView> lifted;
        if (cases.size() == 0) return lifted;
        change(Sql::lift_cases, encode(at), cases);
        query_list(Sql::embargoed_of_cases, cases, [&](Decoder from) { evaluations.add(from.take<EvaluationId>()); });
        if (evaluations.size() == 0) return lifted;
        change(Sql::lift_evaluations, {}, evaluations);
        const auto released = change(Sql::lift_deliveries, encode(at, at), evaluations);
        add_totals({{DeliveryState::held, -released}, {DeliveryState::queued, released}});
        query_list(Sql::views_by_id, evaluations, [&](Decoder from) { lifted.push_back(view_from(from)); });
        return lifted;
    });
}

}  // namespace hcp::store
