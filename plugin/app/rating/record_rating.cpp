#include "plugin/app/rating/record_rating.hpp"

#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/utf8.hpp"
#include "plugin/record/rating_rows.hpp"

#include <unordered_map>
#include <utility>

namespace hcp::app {

using namespace record;

using namespace domain;

namespace {

constexpr const char* choose_level = "请选择一个评价等级（5 非常满意 至 1 非常不满意）";

// What was sent is said back, though not at the sender's length.
std::string echo(std::string_view sent) {
    return shortened(sent, 64);
}

std::string describe(const TagFault& fault) {
    const auto code = echo(fault.code);
    switch (fault.problem) {
        case TagProblem::unknown:
            return "没有代码为“" + code + "”的评价标签，请在页面所列标签中选择";
        case TagProblem::retired:
            return "标签“" + code + "”已停用，请重新选择";
        case TagProblem::other_level:
            return "标签“" + code + "”不属于所选等级，请重新选择";
        case TagProblem::repeated:
            return "标签“" + code + "”重复，请只选一次";
    }
    return "评价标签不正确，请重新选择";
}

Digest request_digest(const Keys& keys, const RatingRequest& request) {
    std::string tags;
    for (const auto& tag : request.answer.tags) tags += tag + ",";
    const auto& answer = request.answer;
    const auto level = std::to_string(answer.level ? static_cast<std::int32_t>(*answer.level) : 0);
    const auto token = ports::as_text(request.token_digest);
    const auto& consent = answer.consent;
    if (!consent.any()) return keyed(keys.content, "answer", {token, answer.request_key, level, tags, answer.text});
    const auto flags = std::to_string(consent.shown_to_rated) + std::to_string(consent.may_be_contacted);
    return keyed(keys.content, "answer", {token, answer.request_key, level, tags, answer.text, flags, consent.phone});
}

// What may be wrong with any answer.
std::optional<AnswerFault> check_form(const Answer& answer, const TagBook& tags) {
    if (answer.level && !level_from(static_cast<std::int64_t>(*answer.level)))
        return AnswerFault{"level", choose_level};
    if (!answer.level && !answer.tags.empty()) return AnswerFault{"level", "选择了评价标签的，请同时选择评价等级"};
    if (const auto fault = answer.level ? tags.check(*answer.level, answer.tags) : std::nullopt)
        return AnswerFault{"tags", describe(*fault)};
    if (!is_utf8(answer.text)) return AnswerFault{"text", "文字不是有效的 UTF-8 编码，请重新填写"};
    if (characters(answer.text) > max_answer_characters)
        return AnswerFault{"text", "文字过长，最多 " + std::to_string(max_answer_characters) + " 字"};
    if (!is_utf8(answer.request_key)) return AnswerFault{"request_key", "请求标识不是有效的 UTF-8 编码"};
    if (characters(answer.request_key) > 64) return AnswerFault{"request_key", "请求标识过长，最多 64 个字符"};
    if (first_invisible(answer.request_key) || has_controls(answer.request_key))
        return AnswerFault{"request_key", "请求标识含有看不见的字符或控制字符，请去掉"};
    const auto& phone = answer.consent.phone;
    if (!phone.empty() && !is_phone_number(phone))
        return AnswerFault{"phone", "联系电话应为 7 至 20 位数字，可含空格、“-”和开头的“+”，请核对"};
    if (!phone.empty() && !answer.consent.may_be_contacted)
        return AnswerFault{"phone", "填写了联系电话，请同时勾选“愿意被联系”，或清空电话"};
    return std::nullopt;
}

}  // namespace

std::optional<AnswerFault> check_answer(const Answer& answer, Intent intent, const PolicyVersion& policy,
                                        const TagBook& tags) {
    if (!answer.level) return AnswerFault{"level", choose_level};
    if (auto fault = check_form(answer, tags)) return fault;
    if (intent == Intent::submit && !policy.says_enough(*answer.level, answer.tags.size(), answer.text))
        return AnswerFault{"tags", "请至少选择一项原因，或填写不少于 " +
                                       std::to_string(policy.bad_review_min_characters) + " 字的说明，以便部门整改"};
    return std::nullopt;
}

std::optional<AnswerFault> check_comment(const Answer& answer, const TagBook& tags) {
    if (auto fault = check_form(answer, tags)) return fault;
    if (!answer.level && visible_characters(answer.text) == 0)
        return AnswerFault{"comment", "请写明情况后提交；只选等级也可以"};
    return std::nullopt;
}

// The requests of one transaction.
class RecordRating::Batch {
public:
    Batch(const RecordRating& on, const Rules& rules, ports::Transaction& tx, Pen& pen)
        : keys_{on.keys_}, rules_{rules}, tx_{tx}, pen_{pen}, rows_{pen, on.keys_, rules, on.terms_} {}

    // An earlier request of this batch on the same evaluation was here first.
    ports::result<RatingReply> answer(const RatingRequest& request, ports::EvaluationView&& found) {
        auto& view = views_.try_emplace(found.evaluation.id, std::move(found)).first->second;
        HCP_TRY(auto reply, decide(request, view));
        reply.view = view;
        return reply;
    }
    ports::result<void> put() { return rows_.put_into(tx_); }

private:
    ports::result<RatingReply> decide(const RatingRequest& request, ports::EvaluationView& view) {
        const auto& answer = request.answer;
        const auto& row = view.evaluation;
        const auto digest = request_digest(keys_, request);
        const Standing standing{row.state,    row.withdrawn,   view.case_row.withdrawn_at,
                                row.deadline, row.provisional, view.rating && view.rating->request_digest == digest};
        const auto fate = fate_of(standing, answer.received_at, pen_.now());
        if (request.intent == Intent::take_back) return take_back(view, fate);
        if (auto fault = fault_of(request, view, fate)) {
            RatingReply reply;
            reply.kind = RatingReply::Kind::fault;
            reply.fault = std::move(fault);
            // M8.2: a bad review that says too little yet must not be lost with the page it was written on.
            if (row.state == EvaluationState::open && fate == AnswerFate::accepted &&
                !fault_of(as_draft(request), view, fate)) {
                HCP_CHECK(keep_draft(view, answer));
                reply.draft_kept = true;
            }
            return reply;
        }
        if (request.intent == Intent::draft) return tap(request, view, fate, digest);
        return submit(request, view, fate, digest);
    }

    [[nodiscard]] std::optional<AnswerFault> fault_of(const RatingRequest& request, const ports::EvaluationView& view,
                                                      AnswerFate fate) const {
        const bool is_comment = becomes_comment(fate) && request.intent == Intent::submit;
        if (!becomes_rating(fate) && !becomes_comment(fate)) return std::nullopt;
        if (view.subject.is_erased()) return AnswerFault{"level", "评价主体的身份信息已应要求删除，不再接受评价和意见"};
        if (request.answer.received_at + most_ahead < view.case_row.completed_at)
            return AnswerFault{"received_at_us", "收到评价的时间早于办结时间，请核对两边的时钟与时区"};
        const auto& policy = rules_.policy_of(view.case_row);
        if (policy.identity == Identity::real_name && !request.real_name)
            return AnswerFault{"real_name", "按规则须实名评价，请用本人链接或登录后评价"};
        return is_comment ? check_comment(request.answer, rules_.tags)
                          : check_answer(request.answer, request.intent, policy, rules_.tags);
    }
    static RatingRequest as_draft(RatingRequest request) {
        request.intent = Intent::draft;
        return request;
    }

    // A tap on what is over is an answer all the same where it was in time, and never lost where it is a bad one: it
    // replaces the default as it is (never a default over a draft), and on what was withdrawn it is a comment (E40).
    ports::result<RatingReply> tap(const RatingRequest& request, ports::EvaluationView& view, AnswerFate fate,
                                   const Digest& digest) {
        RatingReply reply;
        reply.kind = RatingReply::Kind::drafted;
        if (fate == AnswerFate::accepted && view.evaluation.state == EvaluationState::open) {
            HCP_CHECK(keep_draft(view, request.answer));
            return reply;
        }
        if (fate == AnswerFate::replaces_default) return submit(request, view, fate, digest);
        reply.kind = RatingReply::Kind::decided;
        reply.fate = fate;
        if (fate != AnswerFate::accepted) return reply;
        reply.fate = AnswerFate::voided;  // withdrawn since
        if (is_bad(*request.answer.level)) return submit(request, view, reply.fate, digest);
        return reply;
    }

    ports::result<RatingReply> submit(const RatingRequest& request, ports::EvaluationView& view, AnswerFate fate,
                                      const Digest& digest) {
        RatingRows::Content content{Origin::authored,           request.answer.tags,
                                    request.answer.text,        request.answer.channel,
                                    request.real_name,          digest,
                                    request.answer.received_at, request.intent == Intent::draft,
                                    request.answer.consent};
        RatingReply reply;
        reply.kind = RatingReply::Kind::decided;
        reply.fate = fate;
        if (becomes_rating(fate)) {
            const auto move = fate == AnswerFate::replaces_default               ? EvaluationMove::replace_by_timely
                              : view.evaluation.state == EvaluationState::voided ? EvaluationMove::rate_withdrawn
                                                                                 : EvaluationMove::rate;
            HCP_CHECK(rows_.add(view, move, *request.answer.level, std::move(content)));
        } else if (becomes_comment(fate)) {
            HCP_CHECK(comment(view, request.answer.level, std::move(content)));
            reply.comment_kept = true;
        }
        if (becomes_rating(fate) || fate == AnswerFate::repeated) reply.consent = request.answer.consent;
        return reply;
    }

    ports::result<void> comment(const ports::EvaluationView& view, std::optional<Level> level,
                                RatingRows::Content content) {
        const auto id = view.evaluation.id;
        auto known = said_.find(id);
        if (known == said_.end()) {
            HCP_TRY(const auto stored, tx_.comments().of(std::span{&id, 1}));
            known = said_.emplace(id, Said{stored}).first;
        }
        return rows_.add_comment(view, known->second, level, std::move(content));
    }

    ports::result<RatingReply> take_back(ports::EvaluationView& view, AnswerFate fate) {
        RatingReply reply;
        reply.kind = fate == AnswerFate::accepted ? RatingReply::Kind::drafted : RatingReply::Kind::decided;
        reply.fate = fate;
        if (fate != AnswerFate::accepted || !view.draft) return reply;
        view.draft.reset();
        HCP_CHECK(tx_.drafts().drop(std::span{&view.evaluation.id, 1}));
        return reply;
    }

    ports::result<void> keep_draft(ports::EvaluationView& view, const Answer& answer) {
        ports::DraftRow draft;
        draft.evaluation_id = view.evaluation.id;
        draft.level = *answer.level;
        draft.tags = answer.tags;
        if (!answer.text.empty()) {
            HCP_TRY(const auto key, keys_.vault.unwrap(View{view.subject.wrapped_key}));
            HCP_TRY(draft.sealed_text, key->seal(ports::as_bytes(answer.text), View{view.evaluation.token_digest}));
        }
        draft.channel = answer.channel;
        draft.last_tapped_at = answer.received_at;
        draft.changed_at = pen_.now();
        HCP_CHECK(tx_.drafts().put(draft));
        view.draft = std::move(draft);
        return {};
    }

    const Keys& keys_;
    const Rules& rules_;
    ports::Transaction& tx_;
    Pen& pen_;
    RatingRows rows_;
    std::unordered_map<EvaluationId, ports::EvaluationView> views_;  // as they stand now
    std::unordered_map<EvaluationId, Said> said_;
};

ports::result<std::vector<RatingReply>> RecordRating::record(std::span<const RatingRequest> requests) {
    writer_.assert_here();
    const auto rules = rules_.current();
    std::vector<RatingReply> replies;
    const auto decide = [&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        replies.assign(requests.size(), RatingReply{});
        std::vector<Digest> tokens;
        for (const auto& request : requests) tokens.push_back(request.token_digest);
        HCP_TRY(auto found, tx.evaluations().by_token(tokens));
        Batch batch{*this, *rules, tx, pen};
        for (std::size_t i = 0; i < requests.size(); ++i) {
            if (!found[i]) continue;
            HCP_TRY(replies[i], batch.answer(requests[i], *std::move(found[i])));
        }
        return batch.put();
    };
    HCP_CHECK(books_.write(decide));
    return replies;
}

}  // namespace hcp::app
