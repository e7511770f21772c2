#include "adapters/host/answers.hpp"

#include "plugin/app/rating/fate_words.hpp"
#include "plugin/app/rating/unanswered_cursor.hpp"
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
    const auto refused = [](const app::FateWords& words) {
        return with(HCP_E_REFUSED, {{"code", words.code},
                                    {"reason", std::string{words.why} + "；" + std::string{words.what_follows}}});
    };
    if (reply.kind == Kind::no_such_evaluation) return refused(app::no_evaluation_words);
    if (reply.kind == Kind::fault)
        return with(HCP_E_INVALID,
                    {{"field", reply.fault->field},
                     {"reason", reply.fault->problem + std::string{reply.draft_kept ? app::draft_kept_words : ""}}});
    const auto words = app::words_of(reply.fate);
    if (!words.why.empty()) return refused(words);
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

Reply reply_to(const run::ReadOutcome<app::UnansweredPage>& outcome, std::string_view link_base, ports::Log& log) {
    const auto list = [&](const app::UnansweredPage& page) {
        json::array evaluations;
        for (const auto& one : page.evaluations)
            evaluations.push_back(json::object{{"evaluation_id", std::to_string(one.id.value())},
                                               {"link", std::string{link_base} + "/e/" + one.token},
                                               {"case_no", one.facts.case_no},
                                               {"project_no", one.facts.project_no},
                                               {"project_name", one.facts.project_name},
                                               {"node", one.facts.node},
                                               {"completed_at_us", domain::to_us(one.facts.completed_at)},
                                               {"deadline_us", domain::to_us(one.facts.deadline)}});
        json::object told{{"evaluations", std::move(evaluations)}};
        if (page.next) told["next"] = app::cursor_of(*page.next);
        return with(HCP_OK, std::move(told));
    };
    return std::visit(domain::Overloaded{list,
                                         [](const run::DidNotHappen&) {
                                             return Reply{HCP_E_TIMEOUT, {}};
                                         },
                                         [&](const run::Failed& why) { return failed(why, log); }},
                      outcome);
}

}  // namespace hcp::host
