#pragma once
#include "plugin/domain/evaluation.hpp"

#include <string_view>

namespace hcp::app {

// What becomes of an answer, in words: its name for programs, and, of an answer that does not become a rating, why, and
// what follows from it, for whoever gave it. The names are part of both interfaces, the C one and the JSON one: they
// stay.
struct FateWords {
    std::string_view code, why, what_follows;
};

// Where there is nothing to answer.
inline constexpr FateWords no_evaluation_words{"not_a_subject", "没有这件评价",
                                               "办件未上报或尚未入库，或该主体不是其交易主体。"};

// Behind what is wrong with an answer whose level is kept all the same (M8.2).
inline constexpr std::string_view draft_kept_words = "；等级已经暂存，到截止时间没有补充或撤回的，按它记为评价";

[[nodiscard]] constexpr FateWords words_of(domain::AnswerFate fate) noexcept {
    using domain::AnswerFate;
    switch (fate) {
        case AnswerFate::accepted:
            return {"accepted", "", ""};
        case AnswerFate::replaces_default:
            return {"replaces_default", "", ""};
        case AnswerFate::repeated:
            return {"repeated", "", ""};
        case AnswerFate::already_rated:
            return {"already_rated", "这个办件已评价，无需重复评价", "以第一次提交的评价为准，刚才的内容没有保存。"};
        case AnswerFate::late:
            return {"late", "已过评价截止时间",
                    "所填内容作为意见转交办理部门，不计入评价等级；反映问题的，同样有人处理。"};
        case AnswerFate::barred:
            return {"barred", "评价主体在“黑名单”有效期内，暂不能评价",
                    "如有异议或要查询到期日，请拨打咨询电话或联系监督部。"};
        case AnswerFate::voided:
            return {"withdrawn", "办件已撤回，无需评价",
                    "所填内容作为意见转交办理部门，不计入评价等级；重新办结后会有新的评价链接。"};
    }
    return {"", "", ""};
}

}  // namespace hcp::app
