#include "adapters/host/answers.hpp"

#include "plugin/app/rating/fate_words.hpp"
#include "plugin/domain/overloaded.hpp"

#include <boost/json.hpp>

#include <utility>
#include <variant>

namespace hcp::host {

namespace json = boost::json;

namespace {

Reply with(hcp_status status, const json::value& told) {
    return {status, json::serialize(told)};
}

Reply failed(const run::Failed& why, ports::Log& log) {
    log.often(ports::LogLevel::error, "评价数据无法读写", why.why.message());
    return {HCP_E_INTERNAL, {}};
}

Reply decided(const app::RatingReply& reply, const record::Keys& keys) {
    using Kind = app::RatingReply::Kind;
    if (reply.kind == Kind::no_such_evaluation)
        return with(HCP_E_REFUSED, {{"reason", "没有这件评价：办件未上报，或该主体不是其交易主体"}});
    if (reply.kind == Kind::fault)
        return with(HCP_E_INVALID, {{"field", reply.fault->field}, {"reason", reply.fault->problem}});
    const auto words = app::words_of(reply.fate);
    if (!words.why.empty())
        return with(HCP_E_REFUSED, {{"reason", std::string{words.why} + "；" + std::string{words.what_follows}}});
    const bool rated = reply.view && reply.view->rating;
    return with(HCP_OK, {{"receipt", rated ? app::receipt_of(keys, reply.view->rating->id) : std::string{}}});
}

}  // namespace

Reply reply_to(const app::RatingOutcome& outcome, const record::Keys& keys, ports::Log& log) {
    return std::visit(domain::Overloaded{[&](const app::RatingReply& reply) { return decided(reply, keys); },
                                         [](const run::DidNotHappen&) {
                                             return Reply{HCP_E_TIMEOUT, {}};
                                         },
                                         [](const run::InDoubt&) {
                                             return Reply{HCP_E_IN_DOUBT, {}};
                                         },
                                         [&](const run::Failed& why) { return failed(why, log); }},
                      outcome);
}

Reply reply_to(const run::ReadOutcome<std::vector<app::ListedEvaluation>>& outcome, std::string_view link_base,
               ports::Log& log) {
    const auto list = [&](const std::vector<app::ListedEvaluation>& listed) {
        json::array pending;
        for (const auto& one : listed)
            if (const auto& facts = one.facts; facts.may_be_rated())
                pending.push_back(json::object{{"evaluation_id", std::to_string(one.id.value())},
                                               {"link", std::string{link_base} + "/e/" + one.token},
                                               {"case_no", facts.case_no},
                                               {"project_no", facts.project_no},
                                               {"project_name", facts.project_name},
                                               {"node", facts.node},
                                               {"completed_at_us", domain::to_us(facts.completed_at)},
                                               {"deadline_us", domain::to_us(facts.deadline)}});
        return with(HCP_OK, pending);
    };
    return std::visit(domain::Overloaded{list,
                                         [](const run::DidNotHappen&) {
                                             return Reply{HCP_E_TIMEOUT, {}};
                                         },
                                         [&](const run::Failed& why) { return failed(why, log); }},
                      outcome);
}

}  // namespace hcp::host
