#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/new_files.hpp"
#include "adapters/ctl/print.hpp"
#include "adapters/ctl/reply.hpp"
#include "plugin/app/catalogue/activate_local_days.hpp"
#include "plugin/app/catalogue/show_calendar.hpp"
#include "plugin/app/rating/preview_calendar.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/run/descriptor.hpp"

#include <boost/json.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace hcp::ctl {
namespace {

using namespace domain;
using app::CalendarPreview;

constexpr std::array<std::pair<std::string_view, CalendarPreview::Kind CalendarPreview::*>, 3> kinds{
    {{"评价截止", &CalendarPreview::windows},
     {"联系期限", &CalendarPreview::contacts},
     {"整改期限", &CalendarPreview::rectifications}}};

std::optional<Calendar> standing_in(Outside& outside) {
    auto standing = app::calendar_standing(outside.store(), outside.rule_texts());
    if (!standing) throw refused_by_database(standing.error());
    return *std::move(standing);
}

void tell_calendars(const Calendar& offered, const std::optional<Calendar>& standing, Day today, std::ostream& out) {
    out << "日历 " << (standing ? standing->version() : "（还没有）") << " → " << offered.version() << "\n";
    if (!standing) return;
    out << "全国安排：" << (offered.national() == standing->national() ? "相同" : "有变化，实例重新加载规则后生效")
        << "\n本地安排：" << (same_local_days(offered, *standing) ? "相同" : "与已启用的不同，由监督人员启用后生效")
        << "\n";
    std::vector<std::string> late;
    for (const auto day : begun_closures(offered, *standing, today)) late.push_back(domain::text_of(day));
    if (!late.empty())
        out << "已经开始的本地休息日（" << domain::joined(late, "、") << " 起）不再顺延整改单的期限：须提前启用。\n";
}

}  // namespace

Exit preview_calendar(Outside& outside, const std::filesystem::path& file, std::size_t limit, bool json,
                      Streams streams) {
    const auto rules = file.empty() ? outside.rules() : outside.rules_with(file);
    const auto standing = standing_in(outside);
    const auto preview = app::preview_calendar(outside.store(), outside.rule_texts(), *rules, outside.now(), limit,
                                               [&] { return outside.cancelled(); });
    if (!preview) throw refused_by_database(preview.error());
    if (outside.cancelled()) throw Refusal{finding, "已中止：没有看完"};
    if (json) {
        auto told = app::json_of(*preview);
        told["in_force"] = standing ? standing->version() : std::string{};
        told["offered"] = rules->calendar.version();
        told["local_days_wait"] = standing && !same_local_days(rules->calendar, *standing);
        print_json(streams.out, told);
        return fine;
    }
    auto& out = streams.out;
    tell_calendars(rules->calendar, standing, day_of(outside.now()), out);
    Table table{{"期限", "编号", "办件编号", "原为", "改为"}};
    bool any = false;
    for (const auto& [name, kind] : kinds) {
        const auto& of = (*preview).*kind;
        out << name << "：在途 " << of.looked_at << " 件，顺延 " << of.moved << " 件\n";
        any = any || !of.first.empty();
        for (const auto& one : of.first)
            table.add(
                {std::string{name}, std::to_string(one.id), one.case_no, text_of(one.before), text_of(one.after)});
    }
    if (any) out << table;
    return fine;
}

// Beside the file that it replaces, and then in its place: whoever reads the directory meanwhile finds the one or the
// other.
Exit import_calendar(Outside& outside, const std::filesystem::path& file, Streams streams) {
    if (file.extension() != ".ini") throw Refusal{misuse, "日历文件须以 .ini 结尾：" + file.string()};
    const auto text = run::text_of_file(file);
    if (!text) throw Refusal{misuse, "文件无法打开：" + file.string() + "；检查路径与权限"};
    const auto rules = outside.rules_with(file);
    const auto directory = outside.calendar_directory();
    const auto place = directory / file.filename(), beside = directory / (file.filename().string() + ".new");
    std::error_code error;
    if (std::filesystem::equivalent(file, place, error))
        throw Refusal{misuse, "这个文件已在日历目录中：" + place.string()};
    NewFiles files;
    files.write(beside, *text, S_IRUSR | S_IWUSR | S_IRGRP);
    std::filesystem::rename(beside, place, error);
    if (error) throw Refusal{finding, "不能写入 " + place.string() + "：" + error.message()};
    files.keep();
    streams.out << "已写入 " << place.string() << "，日历 " << rules->calendar.version()
                << "。全国安排在实例重新加载规则后生效；本地安排用 hcpctl calendar preview 看影响，由监督人员用 hcpctl "
                   "calendar activate 启用。\n";
    return fine;
}

Exit activate_calendar(Outside& outside, const std::string& actor, Streams streams) {
    const auto rules = outside.rules();
    const auto people = outside.people();
    const auto version = done_or_refuse(app::activate_local_days(
        {people.books, outside.digests(), outside.rule_texts(), people.writer}, actor, rules->calendar));
    streams.out << "已启用，日历 " << version << "。运行中的实例在下一次入库或结转之前按它执行。\n";
    return fine;
}

}  // namespace hcp::ctl
