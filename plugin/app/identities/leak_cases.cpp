#include "plugin/app/identities/leak_cases.hpp"

#include "plugin/domain/utf8.hpp"
#include "plugin/record/json.hpp"
#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/notices.hpp"
#include "plugin/record/people.hpp"

#include <boost/json.hpp>

#include <limits>
#include <span>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

bool are_words(std::string_view text) {
    return !text.empty() && characters(text) <= longest_word_of_leak;
}

// Of deciding it: whoever saw the identity, or reported the case, has acted on it before.
ports::result<ReviewMatter> deciding_of(ports::Transaction& tx, const Keys& keys, const ports::EvaluationView& view,
                                        const ports::LeakCaseRow& leak) {
    HCP_TRY(auto review, matter_of(keys, view));
    review.signers.push_back(leak.reported_by);
    HCP_TRY(const auto seen, tx.unmaskings().of_evaluation(leak.evaluation_id));
    for (const auto& row : seen) review.signers.push_back(row.staff_id);
    return review;
}

ports::result<std::optional<LeakRefusal>> wrong_culprit(ports::Transaction& tx, const LeakVerdict& verdict) {
    if (verdict.finding != LeakFinding::confirmed)
        return verdict.culprit.empty() ? std::nullopt : std::optional{LeakRefusal::culprit_needless};
    HCP_TRY(const auto known, tx.staff().of(std::span{&verdict.culprit, 1}));
    return known.empty() ? std::optional{LeakRefusal::unknown_culprit} : std::nullopt;
}

}  // namespace

std::string_view text_of(LeakRefusal refusal) noexcept {
    switch (refusal) {
        case LeakRefusal::unknown_actor:
            return "操作人现在不在名册上：重新登录";
        case LeakRefusal::not_allowed:
            return "您不能处理这宗泄露案件：权限表列出谁可以，登记人、查阅过身份的人和经办人不能决定";
        case LeakRefusal::no_such_evaluation:
            return "没有这一条评价：回到列表核对";
        case LeakRefusal::no_such_case:
            return "没有这宗泄露案件：回到列表核对";
        case LeakRefusal::erased:
            return "评价主体的身份信息已应要求删除：不再登记泄露案件";
        case LeakRefusal::decided_already:
            return "这宗泄露案件已有决定：刷新列表查看";
        case LeakRefusal::no_finding:
            return "没有选择结论：从列出的结论中选一项";
        case LeakRefusal::no_words:
            return "须写明情况：不超过 1000 字";
        case LeakRefusal::unknown_culprit:
            return "名册上没有泄露人：查实的须写泄露人的工号";
        case LeakRefusal::culprit_needless:
            return "没有查实是本单位人员泄露：不写泄露人";
    }
    return "";
}

ports::result<LeakReply> report_leak(const IdentityMeans& means, std::string_view actor, EvaluationId id,
                                     std::string_view occasion) {
    using Reply = LeakReply;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{LeakRefusal::unknown_actor};
        HCP_TRY(const auto view, tx.evaluations().find(id));
        if (!view || !view->evaluation.secrecy.may_be_told()) return Reply{LeakRefusal::no_such_evaluation};
        HCP_TRY(const auto review, matter_of(means.keys, *view));
        if (!may_do(*viewer, Action::report_leak, review.matter())) return Reply{LeakRefusal::not_allowed};
        if (!are_words(occasion)) return Reply{LeakRefusal::no_words};
        if (view->subject.is_erased()) return Reply{LeakRefusal::erased};

        const auto leak_id = pen.id<LeakCaseId>();
        HCP_TRY(const auto key, means.keys.vault.unwrap(View{view->subject.wrapped_key}));
        HCP_TRY(auto words, sealed_words(*key, "leak reported", leak_id.value(), occasion));
        ports::LeakCaseRow row;
        row.id = leak_id;
        row.evaluation_id = id;
        row.reported_by = actor;
        row.reported_at = pen.now();
        row.sealed_occasion = std::move(words.sealed);
        row.occasion_digest = words.digest;
        HCP_CHECK(tx.leak_cases().insert(std::span{&row, 1}));
        pen.enter(open_to_all, report_fact(row));
        HCP_TRY(const auto deciding, deciding_of(tx, means.keys, *view, row));
        HCP_TRY(const auto to, those_who_may(people_in(tx), Action::decide_leak, pen.now(), deciding.matter()));
        HCP_CHECK(give_notice(tx, pen, to, {NoticeKind::leak_to_decide, std::to_string(leak_id.value()), actor}));
        return Reply{leak_id};
    });
}

ports::result<LeakReply> decide_leak(const IdentityMeans& means, std::string_view actor, LeakCaseId id,
                                     const LeakVerdict& verdict) {
    using Reply = LeakReply;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{LeakRefusal::unknown_actor};
        HCP_TRY(auto row, tx.leak_cases().find(id));
        if (!row) return Reply{LeakRefusal::no_such_case};
        HCP_TRY(const auto view, tx.evaluations().find(row->evaluation_id));
        if (!view) return Reply{LeakRefusal::no_such_evaluation};
        HCP_TRY(const auto deciding, deciding_of(tx, means.keys, *view, *row));
        if (!may_do(*viewer, Action::decide_leak, deciding.matter())) return Reply{LeakRefusal::not_allowed};
        if (row->decided_at) return Reply{LeakRefusal::decided_already};
        if (!verdict.finding) return Reply{LeakRefusal::no_finding};
        if (!are_words(verdict.outcome)) return Reply{LeakRefusal::no_words};
        HCP_TRY(const auto wrong, wrong_culprit(tx, verdict));
        if (wrong) return Reply{*wrong};
        if (view->subject.is_erased()) return Reply{LeakRefusal::erased};

        HCP_TRY(const auto key, means.keys.vault.unwrap(View{view->subject.wrapped_key}));
        HCP_TRY(auto words, sealed_words(*key, "leak decided", id.value(), verdict.outcome));
        row->finding = *verdict.finding;
        row->culprit = verdict.culprit;
        row->sealed_outcome = std::move(words.sealed);
        row->outcome_digest = words.digest;
        row->decided_by = actor;
        row->decided_at = pen.now();
        HCP_TRY(const auto done, tx.leak_cases().decide(id, {row->finding, row->culprit, row->sealed_outcome,
                                                             row->outcome_digest, row->decided_by, pen.now()}));
        if (done == 0) return ports::store_errc::conflict;
        pen.enter(open_to_all, decision_fact(*row));
        HCP_CHECK(give_notice(tx, pen, std::span{&row->reported_by, 1},
                              {NoticeKind::leak_decided, std::to_string(id.value()), actor}));
        return Reply{id};
    });
}

ports::result<std::vector<ListedLeak>> list_leaks(ports::Store& store, const Keys& keys,
                                                  std::optional<LeakCaseId> before, std::size_t limit) {
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<std::vector<ListedLeak>> {
        HCP_TRY(auto cases,
                rows.leak_cases().before(before.value_or(LeakCaseId{std::numeric_limits<std::int64_t>::max()}), limit));
        std::vector<ListedLeak> all;
        all.reserve(cases.size());
        for (auto& row : cases) {
            HCP_TRY(const auto view, rows.evaluations().find(row.evaluation_id));
            auto& one = all.emplace_back(ListedLeak{std::move(row), {}, {}, {}, {}});
            HCP_TRY(one.viewers, rows.unmaskings().of_evaluation(one.row.evaluation_id));
            if (!view) continue;
            one.case_no = view->case_row.case_no;
            one.occasion = opened_words(keys, view->subject, one.row.sealed_occasion, one.row.occasion_digest);
            one.outcome = opened_words(keys, view->subject, one.row.sealed_outcome, one.row.outcome_digest);
        }
        return all;
    });
}

boost::json::object json_of(const ListedLeak& one) {
    const auto& row = one.row;
    boost::json::array viewers;
    for (const auto& seen : one.viewers)
        viewers.push_back({{"staff_id", seen.staff_id},
                           {"shown", code_of(seen.shown)},
                           {"purpose", code_of(seen.purpose)},
                           {"seen_at_us", to_us(seen.seen_at)}});
    return {{"id", id_text(row.id)},
            {"evaluation", id_text(row.evaluation_id)},
            {"case_no", one.case_no},
            {"reported_by", row.reported_by},
            {"reported_at_us", to_us(row.reported_at)},
            {"occasion", one.occasion},
            {"viewers", std::move(viewers)},
            {"finding", code_of(row.finding)},
            {"culprit", row.culprit},
            {"outcome", one.outcome},
            {"decided_by", row.decided_by},
            {"decided_at_us", record::json_of(row.decided_at)}};
}

}  // namespace hcp::app
