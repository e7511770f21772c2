#include "plugin/app/identities/unmask.hpp"

#include "plugin/domain/utf8.hpp"
#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/people.hpp"
#include "plugin/record/sealed_facts.hpp"

#include <span>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

// The number that he left with his rating, before the one that came with the completion.
ports::result<void> find_phone(ports::Transaction& tx, const ports::SubjectKey& key, const ports::EvaluationView& view,
                               SeenSubject& seen) {
    if (!view.rating) return {};
    HCP_TRY(const auto consents, tx.ratings().consents_of(std::span{&view.rating->id, 1}));
    if (consents.empty()) return {};
    const auto& consent = consents.front();
    seen.may_be_contacted = consent.may_be_contacted;
    if (consent.sealed_phone.empty()) return {};
    HCP_TRY(const auto phone, key.open(View{consent.sealed_phone}, View{consent.phone_digest}));
    seen.subject.mobile = std::string{ports::as_text(View{phone})};
    return {};
}

SubjectFacts only(Unmasked shown, SubjectFacts facts) {
    if (shown == Unmasked::identity) {
        facts.mobile.clear();
        return facts;
    }
    SubjectFacts number;
    number.mobile = std::move(facts.mobile);
    return number;
}

}  // namespace

std::string_view text_of(UnmaskingRefusal refusal) noexcept {
    switch (refusal) {
        case UnmaskingRefusal::unknown_actor:
            return "操作人现在不在名册上：重新登录";
        case UnmaskingRefusal::not_allowed:
            return "您不能查阅这一评价主体：权限表列出谁可以查阅，经办人不能查阅自己办件的评价主体，评标专家的身份不公"
                   "开";
        case UnmaskingRefusal::no_such_evaluation:
            return "没有这一条评价：回到列表核对";
        case UnmaskingRefusal::erased:
            return "评价主体的身份信息已应要求删除：无法查阅";
        case UnmaskingRefusal::no_phone:
            return "没有留下联系电话：改为查阅身份，或通过交易平台联系";
        case UnmaskingRefusal::no_purpose:
            return "没有选择查阅目的：从列出的目的中选一项";
        case UnmaskingRefusal::no_reason:
            return "须写明查阅原因：不超过 200 字";
    }
    return "";
}

ports::result<UnmaskingReply> unmask(const IdentityMeans& means, std::string_view actor,
                                     const UnmaskingRequest& request) {
    using Reply = UnmaskingReply;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{UnmaskingRefusal::unknown_actor};
        HCP_TRY(const auto view, tx.evaluations().find(request.evaluation));
        if (!view || !view->evaluation.secrecy.may_be_told()) return Reply{UnmaskingRefusal::no_such_evaluation};
        HCP_TRY(const auto review, matter_of(means.keys, *view));
        if (!visible_to(*viewer, field_of(request.shown), review.matter())) return Reply{UnmaskingRefusal::not_allowed};
        if (!request.purpose) return Reply{UnmaskingRefusal::no_purpose};
        if (request.reason.empty() || characters(request.reason) > longest_reason_of_unmasking)
            return Reply{UnmaskingRefusal::no_reason};
        if (view->subject.is_erased()) return Reply{UnmaskingRefusal::erased};

        SeenSubject seen{pen.id<UnmaskingId>(), request.shown, pen.now(), {}, false};
        HCP_TRY(seen.subject, opened_subject(means.keys.vault, view->subject, view->evaluation));
        HCP_TRY(const auto key, means.keys.vault.unwrap(View{view->subject.wrapped_key}));
        HCP_CHECK(find_phone(tx, *key, *view, seen));
        seen.subject = only(request.shown, std::move(seen.subject));
        if (request.shown == Unmasked::phone && seen.subject.mobile.empty()) return Reply{UnmaskingRefusal::no_phone};

        HCP_TRY(auto reason, sealed_words(*key, "unmasked", seen.id.value(), request.reason));
        const ports::UnmaskingRow row{seen.id,          view->evaluation.id,      std::string{actor}, request.shown,
                                      *request.purpose, std::move(reason.sealed), reason.digest,      pen.now()};
        HCP_CHECK(tx.unmaskings().insert(std::span{&row, 1}));
        pen.enter(open_to_all, fact_of(row));
        return Reply{std::move(seen)};
    });
}

}  // namespace hcp::app
