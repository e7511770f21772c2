#pragma once
#include "plugin/ports/journal.hpp"
#include "tests/contract/clause.hpp"
#include "tests/contract/journal/journal_contract.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

// Events to try a journal with, and short ways to run it.
namespace hcp::contract {

using Cases = std::vector<std::string>;

inline domain::Instant at(std::int64_t us) {
    return domain::instant_from_us(1'700'000'000'000'000 + us);
}

inline domain::Completion completion(const std::string& case_no, std::size_t subjects = 1) {
    domain::Completion c;
    c.key = {"host-one", case_no, "1"};
    c.line = domain::Line::engineering;
    c.project_no = "SDGP370000000202402000123";
    c.node = "项目登记";
    c.project_name = "某市政务服务中心信息化设备采购项目";
    c.department_id = "jyyb";
    c.department_name = "交易一部";
    c.completed_at = at(-1);
    for (std::size_t i = 0; i < subjects; ++i)
        c.subjects.push_back({domain::SubjectType::legal,
                              domain::Role::bidder,
                              "91370000MA3C" + std::to_string(i) + "XYZ",
                              "001",
                              "山东明湖测试有限公司",
                              "13800000000",
                              "王小明",
                              "370102199001011234",
                              {}});
    c.handlers = {{"staff-42", "李办事"}};
    return c;
}

// In one call.
inline ports::result<void> add(ports::Journal& journal, const Cases& case_nos, std::int64_t us = 0) {
    std::vector<domain::Event> events;
    for (const auto& no : case_nos) events.emplace_back(completion(no));
    return journal.append(events, at(us));
}

inline std::string case_of(const domain::Event& event) {
    return std::get<domain::Completion>(event).key.case_no;
}
inline Cases cases_of(std::span<const ports::Journaled> all) {
    Cases cases;
    for (const auto& one : all) cases.push_back(case_of(one.event));
    return cases;
}
inline std::vector<ports::Journaled> read(ports::Journal& journal, std::size_t limit = 1'000'000) {
    return must(journal.read(limit));
}
inline Cases cases_in(ports::Journal& journal, std::size_t limit = 1'000'000) {
    return cases_of(read(journal, limit));
}
inline ports::Position position_of(ports::Journal& journal, const std::string& case_no) {
    for (const auto& one : read(journal))
        if (case_of(one.event) == case_no) return one.at;
    return {};
}
inline std::int64_t events_in(ports::Journal& journal) {
    return must(journal.stats()).events;
}

inline void reopen(JournalMedium& medium, std::unique_ptr<ports::Journal>& journal) {
    journal.reset();
    journal = medium.open();
}

}  // namespace hcp::contract
