// What must be true of a recovered database, asked with plain SQL.
#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/vocabulary.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hcp::faults {

// What was tried, and what of it was answered OK.
struct Promises {
    std::map<std::string, std::size_t> tried_cases;              // case number -> subjects
    std::set<std::string> cases, withdrawals, openings, visits;  // by case number, case number, project, visit number
    std::vector<std::vector<std::string>> calls;                 // cases of one call: all of them or none
    std::map<std::string, std::int32_t> ratings;  // evaluation's case number -> level, of its first subject
    std::set<std::int64_t> delivered;             // deliveries

    [[nodiscard]] std::size_t count() const {
        return cases.size() + withdrawals.size() + openings.size() + visits.size() + ratings.size() + delivered.size();
    }
};

// Of a SQLite file: that it is whole.
void judge_file(const std::filesystem::path& file, std::vector<std::string>& faults);
// Of the store after the journal was drained: what was promised is there once, and nothing in halves.
void judge_store(const std::filesystem::path& file, const Promises& promises, std::vector<std::string>& faults);

}  // namespace hcp::faults
