#include "plugin/app/rating/record_rating.hpp"

#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/utf8.hpp"
#include "plugin/record/rating_rows.hpp"

#include <set>
#include <unordered_map>
#include <utility>

namespace hcp::app {

using namespace record;

using namespace domain;

namespace {

std::string describe(const TagFault& fault) {
    switch (fault.problem) {
        case TagProblem::unknown:
            return "没有代码为“" + fault.code + "”的评价标签，请在页面所列标签中选择";
        case TagProblem::retired:
            return "标签“" + fault.code + "”已停用，请重新选择";
        case TagProblem::other_level:
            return "标签“" + fault.code + "”不属于所选等级，请重新选择";
        case TagProblem::repeated:
            return "标签“" + fault.code + "”重复，请只选一次";
    }
    return "评价标签不正确，请重新选择";
}

Digest request_digest(const Keys& keys, const RatingRequest& request) {
    std::string tags;
    for (const auto& tag : request.answer.tags) tags += tag + ",";
    const auto level = std::to_string(static_cast<std::int32_t>(request.answer.level));
    return keyed(keys.content, "answer",
                 {ports::as_text(request.token_digest), request.answer.request_key, level, tags, request.answer.text});
}

}  // namespace

std::optional<AnswerFault> check_answer(const Answer& answer, Intent intent, const PolicyVersion& policy,
                                        const TagBook& tags) {
    if (!level_from(static_cast<std::int64_t>(answer.level)))
        return AnswerFault{"level", "请选择一个评价等级（5 非常满意 至 1 非常不满意）"};
    if (const auto fault = tags.check(answer.level, answer.tags)) return AnswerFault{"tags", describe(*fault)};
    if (!is_utf8(answer.text)) return AnswerFault{"text", "文字不是有效的 UTF-8 编码，请重新填写"};
    if (characters(answer.text) > max_answer_characters)
        return AnswerFault{"text", "文字过长，最多 " + std::to_string(max_answer_characters) + " 字"};
    if (!is_utf8(answer.request_key)) return AnswerFault{"request_key", "请求标识不是有效的 UTF-8 编码"};
    if (characters(answer.request_key) > 64) return AnswerFault{"request_key", "请求标识过长，最多 64 个字符"};
    if (first_invisible(answer.request_key) || has_controls(answer.request_key))
        return AnswerFault{"request_key", "请求标识含有看不见的字符或控制字符，请去掉"};
    if (intent == Intent::submit && !policy.says_enough(answer.level, answer.tags.size(), answer.text))
        return AnswerFault{"tags", "请至少选择一项原因，或填写不少于 " +
                                       std::to_string(policy.bad_review_min_characters) + " 字的说明，以便部门整改"};
    return std::nullopt;
}

ports::result<std::vector<RatingReply>> RecordRating::record(std::span<const RatingRequest> requests) {
    writer_.assert_here();
    const auto rules = rules_.current();
    std::vector<RatingReply> replies;
    const auto decide = [&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        replies.assign(requests.size(), RatingReply{});
        std::vector<Digest> tokens;
        for (const auto& request : requests) tokens.push_back(request.token_digest);
        HCP_TRY(auto found, tx.evaluations().by_token(tokens));

        RatingRows rows{pen, keys_, *rules, terms_};
        std::unordered_map<std::int64_t, std::size_t>
            first_of;  // evaluation -> the request of this batch that was decided on it
        std::set<std::pair<EvaluationId, Digest>> commented;  // in this batch
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const auto& request = requests[i];
            auto& reply = replies[i];
            if (!found[i]) continue;
            auto& view = *found[i];
            if (const auto first = first_of.find(view.evaluation.id.value()); first != first_of.end())
                view = *replies[first->second].view;  // an earlier request of this batch was here first

            const auto& policy = rules->policy_of(view.case_row);
            const auto digest = request_digest(keys_, request);
            const bool same = view.rating && view.rating->request_digest == digest;
            const auto fate = fate_of(view.evaluation.state, view.evaluation.withdrawn, request.answer.received_at,
                                      view.evaluation.deadline, same);
            const bool takes_content =
                fate == AnswerFate::accepted || fate == AnswerFate::replaces_default || fate == AnswerFate::late;
            if (takes_content && request.answer.received_at + most_ahead < view.case_row.completed_at) {
                reply.kind = RatingReply::Kind::fault;
                reply.fault = AnswerFault{"received_at_us", "收到评价的时间早于办结时间，请核对两边的时钟与时区"};
                reply.view = view;
                continue;
            }
            if (takes_content) reply.fault = check_answer(request.answer, request.intent, policy, rules->tags);
            if (reply.fault) {
                reply.kind = RatingReply::Kind::fault;
                // M8.2: a bad review that says too little yet must not be lost with the page it was written on.
                if (fate == AnswerFate::accepted && !check_answer(request.answer, Intent::draft, policy, rules->tags))
                    HCP_CHECK(keep_draft(tx, view, request.answer, pen.now()));
                reply.view = view;
                continue;
            }
            reply.fate = fate;
            reply.kind = RatingReply::Kind::decided;

            // A first tap that was in time but came behind the default replaces it as it is: never a default over a
            // draft.
            if (request.intent == Intent::draft && fate != AnswerFate::replaces_default) {
                if (fate == AnswerFate::accepted) {
                    reply.kind = RatingReply::Kind::drafted;
                    HCP_CHECK(keep_draft(tx, view, request.answer, pen.now()));
                }
                reply.view = view;
                continue;
            }
            RatingRows::Content content{Origin::authored,
                                        request.answer.level,
                                        request.answer.tags,
                                        request.answer.text,
                                        request.answer.channel,
                                        request.real_name,
                                        digest,
                                        request.answer.received_at,
                                        {}};
            if (fate == AnswerFate::accepted || fate == AnswerFate::replaces_default) {
                const auto move =
                    fate == AnswerFate::accepted ? EvaluationMove::rate : EvaluationMove::replace_by_timely;
                HCP_CHECK(rows.add(view, move, std::move(content)));
                first_of.emplace(view.evaluation.id.value(), i);
            } else if (fate == AnswerFate::late) {
                HCP_TRY(const auto repeated, tx.comments().by_request(view.evaluation.id, digest));
                if (!repeated && commented.emplace(view.evaluation.id, digest).second)
                    HCP_CHECK(rows.add_comment(view, std::move(content)));
            }
            reply.view = view;
        }
        return rows.put_into(tx);
    };
    HCP_CHECK(books_.write(decide));
    return replies;
}

ports::result<void> RecordRating::keep_draft(ports::Transaction& tx, ports::EvaluationView& view, const Answer& answer,
                                             Instant now) const {
    ports::DraftRow draft;
    draft.evaluation_id = view.evaluation.id;
    draft.level = answer.level;
    draft.tags = answer.tags;
    if (!answer.text.empty()) {
        HCP_TRY(const auto key, keys_.vault.unwrap(View{view.subject.wrapped_key}));
        HCP_TRY(draft.sealed_text, key->seal(ports::as_bytes(answer.text), View{view.evaluation.token_digest}));
    }
    draft.channel = answer.channel;
    draft.first_tapped_at = view.draft ? view.draft->first_tapped_at : answer.received_at;
    draft.changed_at = now;
    HCP_CHECK(tx.drafts().put(draft));
    view.draft = std::move(draft);
    return {};
}

}  // namespace hcp::app
