#include "plugin/app/catalogue/attribute_case.hpp"

#include "plugin/domain/utf8.hpp"
#include "plugin/record/attribution.hpp"
#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/new_rows.hpp"
#include "plugin/record/notices.hpp"
#include "plugin/record/people.hpp"
#include "plugin/record/released_catalogue.hpp"
#include "plugin/record/sealed_facts.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::AttributionRow, ports::CaseRow;

namespace {

constexpr std::size_t longest_reason = 200;

using Refusal = AttributionRefusal;
template <class T>
using Either = std::variant<T, Refusal>;

// A case, and what is asked of whoever changes it.
struct Subject {
    CaseRow row;
    std::vector<std::string> handlers;  // staff ids
    bool is_rated = false;              // by a person
    std::int64_t told = 0;              // services that the province has
};

ports::result<Either<Subject>> subject_of(ports::Transaction& tx, const Keys& keys, CaseId id) {
    HCP_TRY(auto row, tx.cases().find(id));
    if (!row || !row->secrecy().may_be_told()) return Either<Subject>{Refusal::no_such_case};
    if (row->withdrawn) return Either<Subject>{Refusal::withdrawn};
    Subject subject{*std::move(row), {}, false, 0};
    HCP_TRY(subject.handlers, handler_ids_of(keys.sealer, subject.row));
    HCP_TRY(const auto views, tx.evaluations().of_case(id));
    for (const auto& view : views) {
        subject.is_rated |= view.rating && view.rating->origin == Origin::authored;
        subject.told += view.evaluation.service_ordinal > 0 && view.undelivered_service == DeliveryId{} ? 1 : 0;
    }
    return Either<Subject>{std::move(subject)};
}

Matter matter_of(const Subject& subject, std::span<const std::string> signers = {}) {
    return {.department_id = subject.row.department_id,
            .handlers = subject.handlers,
            .secrecy = subject.row.secrecy(),
            .signers = signers};
}

// What a second signer signs. Nor does anybody sign that he is the handler. Borrows both.
Matter signing_of(Subject& subject, const AttributionRow& row) {
    subject.handlers.insert(subject.handlers.end(), row.handlers.begin(), row.handlers.end());
    return matter_of(subject, std::span{&row.proposed_by, 1});
}

ports::result<void> ask_to_sign(ports::Transaction& tx, Pen& pen, Subject subject, const AttributionRow& row) {
    HCP_TRY(const auto to, those_who_may(people_in(tx), Action::sign_attribution, pen.now(), signing_of(subject, row)));
    return give_notice(tx, pen, to, {NoticeKind::attribution_to_sign, std::to_string(row.id.value()), row.proposed_by});
}

// The catalogue and the roster as they were at the completion.
class Proposing {
public:
    Proposing(ports::Transaction& tx, const ReleasedCatalogue& catalogue, const CaseRow& row)
        : tx_{tx}, catalogue_{catalogue}, row_{row} {}

    ports::result<Either<AttributionRow>> propose(const AttributionRequest& request) const {
        using Reply = Either<AttributionRow>;
        AttributionRow row;
        row.case_id = row_.id;
        row.item_code = request.item_code.empty() ? row_.item_code : request.item_code;
        const auto* const item = catalogue_.item(row.item_code, row_.completed_at);
        if (!request.item_code.empty() && item == nullptr) return Reply{Refusal::no_such_item};
        row.department_id = request.department_id.empty() ? row_.department_id : request.department_id;
        if (row.department_id.empty() && item != nullptr) row.department_id = item->department_id;
        row.department_name = row_.department_name;
        if (row.department_id != row_.department_id) {
            const auto* const department = catalogue_.department(row.department_id, row_.completed_at);
            if (department == nullptr) return Reply{Refusal::no_such_department};
            row.department_name = department->name;
        }
        HCP_TRY(const auto posts, tx_.staff().of(request.handlers));
        for (const auto& id : request.handlers)
            if (!is_there(posts, id)) return Reply{Refusal::unknown_handler};
        row.handlers = request.handlers;
        if (row.item_code == row_.item_code && row.department_id == row_.department_id && row.handlers.empty())
            return Reply{Refusal::nothing_changes};
        HCP_TRY(const auto others, tx_.attributions().of_case(row_.id));
        row.revision = others.empty() ? 1 : others.back().revision + 1;
        return Reply{std::move(row)};
    }

private:
    [[nodiscard]] bool is_there(std::span<const ports::StaffRow> rows, std::string_view id) const {
        std::vector<Post> posts;
        for (const auto& row : rows)
            if (row.staff_id == id) posts.push_back(row.post());
        return post_at(posts, row_.completed_at) != nullptr;
    }

    ports::Transaction& tx_;
    const ReleasedCatalogue& catalogue_;
    const CaseRow& row_;
};

// Their names as the roster has them now, sealed as those of the case were.
ports::result<Bytes> sealed_by_roster(ports::Transaction& tx, const Keys& keys, const CaseRow& row,
                                      const std::vector<std::string>& ids) {
    HCP_TRY(const auto rows, tx.staff().of(ids));
    std::vector<StaffFacts> staff;
    for (const auto& id : ids) {
        const auto last = std::ranges::find(rows.rbegin(), rows.rend(), id, &ports::StaffRow::staff_id);
        if (last == rows.rend()) return ports::store_errc::corrupt;
        HCP_TRY(auto name, name_of(keys, *last));
        staff.push_back({id, std::move(name)});
    }
    return sealed_handlers(keys.sealer, staff, row.key_digest);
}

// What the case has brought to the figures, from there to here.
ports::result<void> move_figures(ports::Transaction& tx, CaseId id, const ports::CaseAttribution& to) {
    HCP_TRY(const auto counts, tx.figures().recounted_of(id));
    Counts moved;
    for (auto count : counts) {
        const auto n = std::exchange(count.n, -count.n);
        moved.add(count);
        moved.add({count.day, count.line, to.department_id, to.item_code, count.metric, n});
    }
    return tx.figures().add(moved.all());
}

ports::result<Attributed> put_in_effect(ports::Transaction& tx, Pen& pen, const Keys& keys,
                                        const ReleasedCatalogue& catalogue, const Subject& subject,
                                        const AttributionRow& attribution) {
    const auto& row = subject.row;
    HCP_TRY(const auto coded, tx.catalogue().items());
    const auto known = [&](const std::string& code) {
        return catalogue.items().contains(code) || std::ranges::any_of(coded, [&](const ports::ItemRow& item) {
                   return item.classified && item.item_code == code;
               });
    };
    ports::CaseAttribution to{
        attribution.item_code, attribution.department_id, attribution.department_name, false, false, {}};
    HCP_TRY(to.sealed_handlers, sealed_by_roster(tx, keys, row, attribution.handlers));
    to.unclassified = !known(to.item_code) || !is_known(row.line);
    const bool handled = !row.sealed_handlers.empty() || !to.sealed_handlers.empty();
    to.unattributed = is_unattributed(catalogue, to.department_id, row.completed_at, handled);

    HCP_CHECK(move_figures(tx, row.id, to));
    HCP_CHECK(tx.cases().attribute(row.id, to));

    Attributed out{attribution.id, true, 0, subject.told};
    if (!to.unclassified) {
        HCP_TRY(out.released, tx.deliveries().holds().requeue_classified(std::span{&to.item_code, 1}, pen.now()));
    }
    pen.enter(row.secrecy(), fact_of(attribution));
    return out;
}

}  // namespace

std::string_view text_of(AttributionRefusal refusal) noexcept {
    switch (refusal) {
        case Refusal::unknown_actor:
            return "操作人现在不在名册上：核对 --as 的工号，或先导入名册";
        case Refusal::not_allowed:
            return "操作人无权更改这一办件的归属：已有评价的只由监督人员更改、复签人复签，经办人不能更改自己的办件";
        case Refusal::no_such_case:
            return "没有这个编号的办件：用 hcpctl catalogue unassigned list 查看编号";
        case Refusal::withdrawn:
            return "办件已撤回，不再统计，也不再推送，归属不必更改";
        case Refusal::no_such_item:
            return "目录中没有这个事项：核对 --item，或先导入并发布";
        case Refusal::no_such_department:
            return "目录中没有这个部门：核对 --department，或先导入并发布";
        case Refusal::unknown_handler:
            return "办结时名册上没有这个经办人：核对 --handler 的工号";
        case Refusal::nothing_changes:
            return "事项、部门和经办人都没有变化：至少写 --item、--department、--handler 之一";
        case Refusal::no_reason:
            return "须写明原因（--why），不超过 200 字";
        case Refusal::no_such_attribution:
            return "没有这个编号的归属更改：用 hcpctl catalogue unassigned list 查看编号";
        case Refusal::not_waiting:
            return "这一更改不再等待复签：已经生效，或同一办件又有新的更改";
        case Refusal::signed_already:
            return "提出更改的人不能复签自己的更改：请另一位复签人复签";
    }
    return "";
}

ports::result<AttributionReply> attribute_case(const CatalogueMeans& means, std::string_view actor,
                                               const AttributionRequest& request) {
    using Reply = AttributionReply;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{Refusal::unknown_actor};
        if (request.reason.empty() || characters(request.reason) > longest_reason) return Reply{Refusal::no_reason};
        HCP_TRY(auto found, subject_of(tx, means.keys, request.case_id));
        if (const auto* why = std::get_if<Refusal>(&found)) return Reply{*why};
        auto& subject = std::get<Subject>(found);
        const auto action = subject.is_rated ? Action::attribute_rated_case : Action::attribute_case;
        if (!may_do(*viewer, action, matter_of(subject))) return Reply{Refusal::not_allowed};

        HCP_TRY(const auto catalogue, released_catalogue_in(tx));
        HCP_TRY(auto proposed, Proposing(tx, *catalogue, subject.row).propose(request));
        if (const auto* why = std::get_if<Refusal>(&proposed)) return Reply{*why};
        auto& row = std::get<AttributionRow>(proposed);
        row.id = pen.id<AttributionId>();
        row.proposed_by = actor;
        row.proposed_at = pen.now();
        row.reason_digest =
            keyed(means.keys.content, "case attributed", {std::to_string(row.id.value()), request.reason});
        HCP_TRY(row.sealed_reason, means.keys.sealer.seal(ports::as_bytes(request.reason), View{row.reason_digest}));
        if (!subject.is_rated) row.effective_at = pen.now();
        HCP_CHECK(tx.attributions().insert(std::span{&row, 1}));
        if (row.waits()) {
            HCP_CHECK(ask_to_sign(tx, pen, std::move(subject), row));
            return Reply{Attributed{row.id, false, 0, 0}};
        }
        HCP_TRY(const auto done, put_in_effect(tx, pen, means.keys, *catalogue, subject, row));
        return Reply{done};
    });
}

ports::result<AttributionReply> sign_attribution(const CatalogueMeans& means, std::string_view actor,
                                                 AttributionId id) {
    using Reply = AttributionReply;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{Refusal::unknown_actor};
        HCP_TRY(auto row, tx.attributions().find(id));
        if (!row) return Reply{Refusal::no_such_attribution};
        HCP_TRY(const auto all, tx.attributions().of_case(row->case_id));
        if (!row->waits() || all.back().id != id) return Reply{Refusal::not_waiting};
        if (row->proposed_by == actor) return Reply{Refusal::signed_already};
        HCP_TRY(const auto found, subject_of(tx, means.keys, row->case_id));
        if (const auto* why = std::get_if<Refusal>(&found)) return Reply{*why};
        auto subject = std::get<Subject>(found);
        if (!may_do(*viewer, Action::sign_attribution, signing_of(subject, *row))) return Reply{Refusal::not_allowed};
        HCP_TRY(const auto is_signed, tx.attributions().sign(id, actor, pen.now()));
        if (is_signed == 0) return ports::store_errc::conflict;
        row->signed_by = actor;
        row->effective_at = pen.now();
        HCP_TRY(const auto catalogue, released_catalogue_in(tx));
        HCP_TRY(const auto done, put_in_effect(tx, pen, means.keys, *catalogue, subject, *row));
        HCP_CHECK(give_notice(tx, pen, std::span{&row->proposed_by, 1},
                              {NoticeKind::attribution_signed, std::to_string(id.value()), actor}));
        return Reply{done};
    });
}

}  // namespace hcp::app
