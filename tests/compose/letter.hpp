#pragma once
#include "plugin/abi/haochaping.h"
#include "plugin/domain/evaluation.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/domain/text.hpp"
#include "tests/compose/hand.hpp"

#include <deque>
#include <string>
#include <vector>

namespace hcp::test {

// What a host means, as it hands it over: structs over texts of this letter's own, written by one hand.
class Letter {
public:
    explicit Letter(Hand& hand) : hand_{hand} {}
    Letter(const Letter&) = delete;
    Letter& operator=(const Letter&) = delete;

    hcp_completion of(const domain::Completion& from) {
        hcp_completion to = blank<hcp_completion>();
        put_key(from.key, to);
        to.line = static_cast<std::int32_t>(from.line);
        to.project_no = name(from.project_no);
        to.section = name(from.section);
        to.node = name(from.node);
        to.item_code = name(from.item_code);
        to.department_id = name(from.department_id);
        to.department_name = key(from.department_name);
        to.project_name = key(from.project_name);
        to.completed_at_us = domain::to_us(from.completed_at);
        to.channel = static_cast<std::int32_t>(from.mode);
        to.bids_secret = from.secrecy.flag() ? 1 : 0;
        auto& subjects = subjects_.emplace_back();
        for (const auto& subject : from.subjects) subjects.push_back(of(subject));
        to.subjects = subjects.data();
        to.subject_count = subjects.size();
        auto& handlers = handlers_.emplace_back();
        for (const auto& person : from.handlers) {
            handlers.push_back(blank<hcp_staff>());
            handlers.back().staff_id = name(person.staff_id);
            handlers.back().name = key(person.name);
        }
        to.handlers = handlers.data();
        to.handler_count = handlers.size();
        return to;
    }
    hcp_withdrawal of(const domain::Withdrawal& from) {
        auto to = blank<hcp_withdrawal>();
        put_key(from.key, to);
        to.withdrawn_at_us = domain::to_us(from.withdrawn_at);
        to.reason = key(from.reason);
        return to;
    }
    hcp_bids_opened of(const domain::BidsOpened& from) {
        auto to = blank<hcp_bids_opened>();
        to.host_id = key(from.host_id);
        to.project_no = name(from.project_no);
        to.section = name(from.section);
        to.opened_at_us = domain::to_us(from.opened_at);
        return to;
    }
    hcp_visit of(const domain::Visit& from) {
        auto to = blank<hcp_visit>();
        to.line = static_cast<std::int32_t>(from.line);
        to.host_id = key(from.host_id);
        to.visit_no = key(from.visit_no);
        to.visited_at_us = domain::to_us(from.visited_at);
        to.window = name(from.window);
        to.department_id = name(from.department_id);
        to.department_name = key(from.department_name);
        to.item_code = name(from.item_code);
        to.staff_id = name(from.staff_id);
        if (from.subject) to.subject = &subjects_.emplace_back(1, of(*from.subject)).front();
        return to;
    }
    hcp_subject of(const domain::SubjectFacts& from) {
        auto to = blank<hcp_subject>();
        to.type = static_cast<std::int32_t>(from.type);
        to.role = static_cast<std::int32_t>(from.role);
        to.certificate_no = number(from.certificate_no);
        to.certificate_kind = key(from.certificate_kind);
        to.name = key(from.name);
        to.mobile = key(from.mobile);
        to.agent_name = key(from.agent_name);
        to.agent_no = number(from.agent_no);
        return to;
    }
    // Of one subject of a completion, by way of the host.
    hcp_rating of(const domain::Completion& about, const domain::SubjectFacts& who, const domain::Answer& answer) {
        auto to = blank<hcp_rating>();
        put_key(about.key, to);
        to.level = static_cast<std::int32_t>(*answer.level);
        to.subject_type = static_cast<std::int32_t>(who.type);
        to.certificate_no = number(who.certificate_no);
        to.tags = key(domain::joined(answer.tags, ","));
        to.text = kept(hand_.words(answer.text));
        to.request_key = key(answer.request_key);
        return to;
    }
    hcp_text number(std::string_view text) { return kept(hand_.number(text)); }

private:
    template <class T>
    static T blank() {
        T made{};
        made.struct_size = sizeof made;
        return made;
    }
    template <class T>
    void put_key(const domain::CompletionKey& from, T& to) {
        to.host_id = key(from.host_id);
        to.case_no = key(from.case_no);
        to.completion_no = key(from.completion_no);
    }
    hcp_text key(std::string_view text) { return kept(hand_.key(text)); }
    hcp_text name(std::string_view text) { return kept(hand_.name(text)); }
    hcp_text kept(std::string text) {
        const auto& mine = texts_.emplace_back(std::move(text));
        return {mine.data(), static_cast<std::uint32_t>(mine.size())};
    }

    Hand& hand_;
    std::deque<std::string> texts_;
    std::deque<std::vector<hcp_subject>> subjects_;
    std::deque<std::vector<hcp_staff>> handlers_;
};

}  // namespace hcp::test
