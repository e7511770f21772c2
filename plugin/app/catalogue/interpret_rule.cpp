#include "plugin/app/catalogue/interpret_rule.hpp"

#include "plugin/domain/access.hpp"
#include "plugin/domain/utf8.hpp"
#include "plugin/record/decide.hpp"
#include "plugin/record/json.hpp"
#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/people.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

constexpr std::size_t longest_interpretation = 1000;  // characters
constexpr std::size_t interpretations_a_page = 1000;

bool is_rule(const InterpretingMeans& means, std::string_view version, std::string_view key) {
    const auto rules = means.rules.current();
    const auto* const found = rules->policies.find(version);
    if (found == nullptr) return false;
    const auto lines = means.texts.lines_of(*found);
    return std::ranges::find(lines, key, &ports::RuleLine::key) != lines.end();
}

boost::json::object told_interpretation(const ports::InterpretationRow& row) {
    return {{"id", id_text(row.id)}, {"version", row.policy_version}, {"key", row.rule_key},
            {"text", row.text},      {"written_by", row.written_by},  {"written_at_us", to_us(row.written_at)}};
}

}  // namespace

std::string_view text_of(InterpretationRefusal refusal) noexcept {
    switch (refusal) {
        case InterpretationRefusal::unknown_actor:
            return "操作人现在不在名册上：重新登录";
        case InterpretationRefusal::not_allowed:
            return "您的岗位不能解释规则：由监督人员解释";
        case InterpretationRefusal::no_such_rule:
            return "没有这一条规则：刷新页面后重新选择";
        case InterpretationRefusal::no_text:
            return "须写明解释：不超过 1000 字";
    }
    return "";
}

ports::result<InterpretationReply> interpret_rule(const InterpretingMeans& means, std::string_view actor,
                                                  std::string_view policy_version, std::string_view rule_key,
                                                  std::string_view text) {
    using Reply = InterpretationReply;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{InterpretationRefusal::unknown_actor};
        if (!may_do(*viewer, Action::interpret_rule)) return Reply{InterpretationRefusal::not_allowed};
        if (!is_rule(means, policy_version, rule_key)) return Reply{InterpretationRefusal::no_such_rule};
        if (text.empty() || characters(text) > longest_interpretation) return Reply{InterpretationRefusal::no_text};
        const ports::InterpretationRow row{pen.id<InterpretationId>(), std::string{policy_version},
                                           std::string{rule_key},      std::string{text},
                                           std::string{actor},         pen.now()};
        HCP_CHECK(tx.interpretations().insert(std::span{&row, 1}));
        pen.enter(open_to_all, fact_of(row));
        return Reply{row.id};
    });
}

ports::result<boost::json::object> policies_json(ports::Store& store, const Rules& rules, const ports::RuleTexts& texts,
                                                 Instant now) {
    boost::json::array interpretations, versions;
    for (InterpretationId after{};;) {
        HCP_TRY(const auto page, ports::ask(store, [&](ports::Snapshot& rows) {
                    return rows.interpretations().after(after, interpretations_a_page);
                }));
        if (page.empty()) break;
        after = page.back().id;
        for (const auto& row : page) interpretations.push_back(told_interpretation(row));
    }
    for (const auto& version : rules.policies.versions()) {
        boost::json::array lines;
        for (const auto& line : texts.lines_of(version)) lines.push_back({{"key", line.key}, {"value", line.value}});
        versions.push_back({{"name", version.name}, {"lines", std::move(lines)}});
    }
    const auto in_force = rules.policies.in_force(now);
    return boost::json::object{{"in_force", in_force.version->name},
                               {"continued_past_end", in_force.continued_past_end},
                               {"versions", std::move(versions)},
                               {"interpretations", std::move(interpretations)}};
}

}  // namespace hcp::app
