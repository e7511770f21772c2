#include "plugin/app/exports/list_exports.hpp"

#include "plugin/record/json.hpp"

#include <boost/json.hpp>

#include <limits>

namespace hcp::app {

using namespace domain;

ports::result<std::vector<ports::ExportRow>> list_exports(ports::Store& store, std::optional<ExportId> before,
                                                          std::size_t limit) {
    return ports::ask(store, [&](ports::Snapshot& rows) {
        return rows.exports().before(before.value_or(ExportId{std::numeric_limits<std::int64_t>::max()}), limit);
    });
}

boost::json::object json_of(const ports::ExportRow& row) {
    return {{"id", record::id_text(row.id)},
            {"mark", row.mark},
            {"staff_id", row.staff_id},
            {"list", row.list_code},
            {"form", code_of(row.form)},
            {"conditions", row.conditions},
            {"rows", row.rows},
            {"made_at_us", to_us(row.made_at)}};
}

}  // namespace hcp::app
