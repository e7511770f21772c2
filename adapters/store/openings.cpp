#include "adapters/store/openings.hpp"

#include "adapters/store/statement_list.hpp"

#include <set>
#include <string>

namespace hcp::store {

using ports::OpeningRow;

namespace {

constexpr struct {
    Statement insert{"openings.insert", "{insert openings}"};
    Statement of_projects{"openings.of_projects", "select {openings} from openings where project_no in (@project_nos)"};
    Statement all{"openings.all", "select {openings} from openings order by project_no, section, opened_at_us", true};
} openings_sql;

}  // namespace

std::vector<const Statement*> SqlOpenings::statements() {
    return list_of(openings_sql);
}

result<std::vector<OpeningRow>> SqlOpenings::of_projects(std::span<const std::string> project_nos) {
    return unit_.guarded([&] {
        // The parts of a list may share a project; its openings are answered once.
        const std::set<std::string> projects{project_nos.begin(), project_nos.end()};
        Encoder keys;
        for (const auto& project : projects) keys.add(KeyText{project});
        std::vector<OpeningRow> out;
        unit_.query_list(openings_sql.of_projects, keys, [&](Decoder from) { out.push_back(from.row<OpeningRow>()); });
        return out;
    });
}

result<std::vector<OpeningRow>> SqlOpenings::all() {
    return unit_.guarded([&] { return unit_.rows<OpeningRow>(openings_sql.all); });
}

result<void> SqlOpenings::insert(std::span<const OpeningRow> all) {
    return unit_.guarded([&] { unit_.insert(openings_sql.insert, all); });
}

}  // namespace hcp::store
