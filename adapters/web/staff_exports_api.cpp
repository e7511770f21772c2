#include "adapters/web/staff_lists.hpp"
#include "plugin/app/exports/list_exports.hpp"
#include "plugin/app/exports/record_export.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/record/json.hpp"

#include <boost/system/errc.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace hcp::web {
namespace {

namespace json = boost::json;
namespace errc = boost::system::errc;
using domain::FileForm;

std::string media_type_of(FileForm form) noexcept {
    return form == FileForm::csv ? "text/csv; charset=utf-8"
                                 : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

// What somebody wants of a list.
struct Wanted {
    const StaffList* list = nullptr;
    FileForm form = FileForm::csv;
    std::vector<std::size_t> columns;  // places in the list's
    std::string query;
};

std::string file_name(const Wanted& wanted) {
    return std::string{wanted.list->code}.append(".").append(code_of(wanted.form));
}

std::variant<Wanted, Response> wanted_of(const StaffCall& call) {
    StaffBody body{call};
    const auto list = body.text("list"), form = body.text("form"), query = body.text("query");
    const auto columns = body.texts("columns");
    if (body.fault()) return *body.fault();
    Wanted wanted;
    wanted.list = find_staff_list(list);
    if (wanted.list == nullptr) return call.refused(422, "invalid", "没有这一列表：在列表上导出", "list");
    if (!wanted.list->open(call)) return call.not_allowed();
    const auto file_form = domain::file_form_from(form);
    if (!file_form) return call.refused(422, "invalid", "没有这一格式：选 csv 或 xlsx", "form");
    wanted.form = *file_form;
    wanted.query = query;
    const auto& known = wanted.list->columns;
    for (const auto& key : columns) {
        const auto found = std::ranges::find(known, key, &ListColumn::key);
        if (found == known.end()) return call.refused(422, "invalid", "列表没有这一列：重新选择要显示的列", "columns");
        wanted.columns.push_back(static_cast<std::size_t>(found - known.begin()));
    }
    if (wanted.columns.empty())
        for (std::size_t place = 0; place < known.size(); ++place) wanted.columns.push_back(place);
    return wanted;
}

Response not_written(const StaffCall& call, const ports::error_code& error) {
    if (error == errc::function_not_supported)
        return call.refused(409, "form_unavailable", "本机没有写 XLSX 的库：请技术部安装 libxlsxwriter4，或导出 CSV",
                            "form");
    call.context.services.log.often(ports::LogLevel::error, "导出文件未能写成", error.message());
    return call.refused(503, "not_written", "文件未能写成，多半是临时目录没有空间：请技术部腾出空间后重试");
}

// "张三（S1） 2026-09-24 15:20:00 Ab3…"
std::string mark_text(const StaffCall& call, const std::string& mark) {
    const auto& name = call.session.name;
    const auto who = name.empty() ? call.actor() : name + "（" + call.actor() + "）";
    return who + " " + domain::moment_text(call.now()) + " " + mark;
}

ports::Sheet sheet_of(const Wanted& wanted, SheetRows rows, std::string mark) {
    ports::Sheet sheet{std::string{wanted.list->title}, std::move(mark), {}, {}};
    for (const auto place : wanted.columns) sheet.columns.emplace_back(wanted.list->columns[place].title);
    sheet.rows.reserve(rows.size());
    for (auto& row : rows) {
        auto& cells = sheet.rows.emplace_back();
        for (const auto place : wanted.columns) cells.push_back(row[place]);
    }
    return sheet;
}

// The file is made first, so that the record knows it; nobody has it before it is on record.
StaffContext::Prepared take(const StaffCall& call) {
    auto asked = wanted_of(call);
    if (auto* const refusal = std::get_if<Response>(&asked)) return std::move(*refusal);
    const auto& wanted = std::get<Wanted>(asked);
    const auto& staff = call.context.staff;
    if (!staff.sheets.can_write(wanted.form))
        return not_written(call, errc::make_error_code(errc::function_not_supported));
    auto answer = wanted.list->read(call, wanted.query);
    if (auto* const refusal = std::get_if<Response>(&answer)) return std::move(*refusal);
    auto& content = std::get<ListContent>(answer);
    const auto mark = app::export_mark(staff.means.tokens);
    if (!mark) return call.store_failure(mark.error());
    ports::ExportRow row;
    row.mark = *mark;
    row.staff_id = call.actor();
    row.list_code = wanted.list->code;
    row.form = wanted.form;
    row.conditions = std::move(content.conditions);
    row.rows = static_cast<std::int64_t>(content.rows.size());
    auto file = staff.sheets.write(sheet_of(wanted, std::move(content.rows), mark_text(call, *mark)), wanted.form);
    if (!file) return not_written(call, file.error());
    row.file_digest = staff.means.keys.digests.sm3({domain::as_bytes(*file)});
    return [&context = call.context, &request = call.request, wanted, row = std::move(row),
            bytes = std::make_shared<std::string>(*std::move(file))] {
        const auto& means = context.staff.means;
        const auto done = app::record_export(means.books, means.writer, row);
        if (!done) return context.answers.store_failure(done.error(), request);
        return context.answers.file(media_type_of(wanted.form), file_name(wanted), std::move(*bytes));
    };
}

Response exports(const StaffCall& call) {
    if (!call.may_any({domain::Action::read_exports})) return call.not_allowed();
    const auto page = StaffPage<domain::ExportId>::of(call.request);
    if (!page) return call.bad_page();
    const auto rows = app::list_exports(call.context.staff.store, page->before(), page->limit);
    if (!rows) return call.store_failure(rows.error());
    json::array rows_told;
    for (const auto& row : *rows) rows_told.push_back(app::json_of(row));
    json::value next;
    if (rows->size() == page->limit) next = record::id_text(rows->back().id);
    return call.json(200, json::object{{"exports", std::move(rows_told)}, {"next", next}});
}

}  // namespace

void add_staff_exports_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/exports", exports);
    add_prepared_change(routes, context, Method::post, "/api/v1/staff/exports", take);
}

}  // namespace hcp::web
