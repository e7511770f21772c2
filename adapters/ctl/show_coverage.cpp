#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/app/figures/coverage.hpp"
#include "plugin/domain/day_text.hpp"

#include <boost/json.hpp>

#include <array>
#include <utility>

namespace hcp::ctl {
namespace {

using namespace domain;
using app::Covered;

struct Part {
    std::string_view name;
    const Covered& covered;
};
std::array<Part, 5> parts_of(const app::Coverage& coverage) {
    return {{{"事项", coverage.items},
             {"部门", coverage.departments},
             {"人员", coverage.people},
             {"窗口", coverage.windows},
             {"渠道", coverage.channels}}};
}

std::string share_of(const Covered& one) {
    if (one.all == 0) return "—";
    const auto tenths = one.covered * 1000 / one.all;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "%";
}

}  // namespace

Exit show_coverage(Outside& outside, std::optional<Day> from, std::optional<Day> to, bool json, Streams streams) {
    const auto today = day_of(outside.now());
    const auto until = to.value_or(today), since = from.value_or(until - std::chrono::days{364});
    if (since > until) throw Refusal{misuse, "--from 晚于 --to：把开始日期写在前面"};
    std::int64_t next_sign = rows_between_signs_of_life;
    const auto found =
        app::coverage(outside.store(), outside.record_keys(), since, until + std::chrono::days{1},
                      app::configured_channels(outside.serves_pages()), outside.now(), {[&](std::int64_t cases) {
                          if (cases < next_sign) return;
                          streams.err << "已查看 " << cases << " 件…" << std::endl;
                          next_sign += rows_between_signs_of_life;
                      }});
    if (!found) throw refused_by_database(found.error());
    if (json) {
        auto all = app::json_of(*found);
        all["from"] = domain::text_of(since);
        all["to"] = domain::text_of(until);
        print_json(streams.out, all);
        return fine;
    }
    streams.out << "办结日 " << domain::text_of(since) << " 至 " << domain::text_of(until) << "\n";
    Table table{{"", "应覆盖", "已覆盖", "覆盖率"}};
    for (const auto& part : parts_of(*found))
        table.add({std::string{part.name}, std::to_string(part.covered.all), std::to_string(part.covered.covered),
                   share_of(part.covered)});
    streams.out << table;
    for (const auto& part : parts_of(*found))
        for (const auto& gap : part.covered.gaps)
            streams.out << "未覆盖 " << part.name << " " << gap.code << " " << gap.name << "\n";
    for (const auto& window : found->strange_windows)
        streams.out << "有人到访而名册上没有的窗口 " << window << "：核对主机所报的窗口，或在名册中补上\n";
    if (found->items.all == 0) streams.out << "目录中没有事项；用 hcpctl catalogue import 导入并发布。\n";
    if (found->unreadable > 0)
        streams.out << found->unreadable << " 件的经办人无法打开，没有计入人员：请检查 old_key_files\n";
    return fine;
}

}  // namespace hcp::ctl
