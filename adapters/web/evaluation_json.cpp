#include "adapters/web/evaluation_json.hpp"

#include "adapters/web/page_state.hpp"

namespace hcp::web {

using namespace domain;
namespace json = boost::json;

namespace {

std::string_view name_of(PageState state) {
    switch (state) {
        case PageState::open:
            return "open";
        case PageState::draft:
            return "draft";
        case PageState::rated:
            return "rated";
        case PageState::defaulted:
            return "defaulted";
        case PageState::late:
            return "late";
        case PageState::barred:
            return "barred";
        case PageState::voided:
            return "voided";
    }
    return "";
}

json::object to_json(const app::RatingFacts& rating) {
    json::object out{{"level", static_cast<int>(rating.level)},
                     {"level_text", text_of(rating.level)},
                     {"origin", rating.origin == Origin::authored ? "authored" : "default"},
                     {"origin_text", text_of(rating.origin, rating.unsubmitted)},
                     {"unsubmitted", rating.unsubmitted},
                     {"tags", json::array(rating.tags.begin(), rating.tags.end())},
                     {"text", rating.text},
                     {"incomplete", rating.incomplete}};
    if (rating.origin == Origin::authored)
        out["consent"] = json::object{{"shown_to_rated", rating.consent.shown_to_rated},
                                      {"may_be_contacted", rating.consent.may_be_contacted},
                                      {"phone", rating.consent.phone}};
    if (rating.received_at) out["received_at_us"] = to_us(*rating.received_at);
    if (!rating.receipt.empty()) out["receipt"] = rating.receipt;
    if (rating.ledger) {
        out["ledger_lane"] = rating.ledger->lane;
        out["ledger_seq"] = std::to_string(rating.ledger->seq);
    }
    return out;
}

json::object to_json(const app::CommentFacts& comment) {
    json::value level, level_text;
    if (comment.level) level = static_cast<int>(*comment.level), level_text = text_of(*comment.level);
    return {{"revision", comment.revision},
            {"level", std::move(level)},
            {"level_text", std::move(level_text)},
            {"tags", json::array(comment.tags.begin(), comment.tags.end())},
            {"text", comment.text},
            {"received_at_us", to_us(comment.received_at)}};
}

}  // namespace

json::object to_json(const app::EvaluationFacts& facts) {
    const auto state = page_state(facts);
    json::object out{{"state", name_of(state)},
                     {"state_text", text_of(state)},
                     {"takes_answer", takes_answer(state)},
                     {"takes_comment", takes_comment(state)},
                     {"case_no", facts.case_no},
                     {"project_no", facts.project_no},
                     {"project_name", facts.project_name},
                     {"section", facts.section},
                     {"node", facts.node},
                     {"item_name", facts.item_name},
                     {"department_name", facts.department_name},
                     {"line", static_cast<int>(facts.line)},
                     {"line_text", text_of(facts.line)},
                     {"completed_at_us", to_us(facts.completed_at)},
                     {"deadline_us", to_us(facts.deadline)},
                     {"deadline_text", deadline_text(facts.deadline)},
                     {"provisional", facts.provisional},
                     {"why", facts.why},
                     {"clause", facts.clause},
                     {"clause_validity", facts.clause_validity},
                     {"default_level", static_cast<int>(facts.default_level)},
                     {"embargoed", facts.bids_secret},
                     {"withdrawn", facts.withdrawn}};
    if (facts.draft)
        out["draft"] = json::object{{"level", static_cast<int>(facts.draft->level)},
                                    {"tags", json::array(facts.draft->tags.begin(), facts.draft->tags.end())},
                                    {"text", facts.draft->text}};
    if (facts.rating) out["rating"] = to_json(*facts.rating);
    if (!facts.comments.empty()) {
        json::array comments;
        for (const auto& comment : facts.comments) comments.push_back(to_json(comment));
        out["comments"] = std::move(comments);
    }
    return out;
}

json::array levels_json(const TagBook& tags) {
    json::array out;
    for (int value = 5; value >= 1; --value) {
        const auto level = static_cast<Level>(value);
        json::array offered;
        for (const auto& tag : tags.offered(level))
            offered.push_back(json::object{{"code", tag.code}, {"text", tag.text}, {"head", text_of(tag.head)}});
        out.push_back(json::object{
            {"level", value}, {"text", text_of(level)}, {"bad", is_bad(level)}, {"tags", std::move(offered)}});
    }
    return out;
}

}  // namespace hcp::web
