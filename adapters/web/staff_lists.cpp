#include "adapters/web/staff_lists.hpp"

#include "adapters/web/ascii_case.hpp"
#include "adapters/web/list_names.hpp"
#include "adapters/web/staff_deliveries.hpp"
#include "adapters/web/staff_unmaskings.hpp"
#include "plugin/app/catalogue/list_unassigned.hpp"
#include "plugin/app/exports/list_exports.hpp"
#include "plugin/app/province/delivery_words.hpp"
#include "plugin/app/province/list_deliveries.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/unknown_outcome.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace hcp::web {
namespace {

using domain::Action;
using ports::SheetCell;

template <class Row>
struct Column {
    std::string_view key, title;
    SheetCell (*of)(const Row&, const ListNames&);
};

template <class Row, std::size_t n>
std::vector<ListColumn> shown(const Column<Row> (&columns)[n]) {
    std::vector<ListColumn> all;
    for (const auto& one : columns) all.push_back({one.key, one.title});
    return all;
}
template <class Row, std::size_t n, class Rows>
SheetRows cells_of(const Column<Row> (&columns)[n], const Rows& rows, const ListNames& names = {}) {
    SheetRows all;
    for (const Row& row : rows) {
        auto& cells = all.emplace_back();
        cells.reserve(n);
        for (const auto& column : columns) cells.push_back(column.of(row, names));
    }
    return all;
}

SheetCell text_cell(std::string_view said) {
    return std::string{said};
}
SheetCell moment_cell(const std::optional<domain::Instant>& at) {
    return at ? SheetCell{*at} : SheetCell{};
}
SheetCell number_cell(std::int64_t n) {
    return n;
}

Response too_many(const StaffCall& call, std::int64_t rows) {
    return call.refused(
        422, "too_many",
        "共 " + std::to_string(rows) + " 行，一个文件最多 " + std::to_string(most_rows) + " 行：缩小查询条件后再导出");
}
Response unreadable(const StaffCall& call) {
    return call.refused(422, "invalid", "查询条件无法解读：重新填写", "query");
}

// What narrowed a list, as the record of an export keeps it.
class Conditions {
public:
    void add(std::string_view key, std::string_view value) {
        if (value.empty()) return;
        if (!text_.empty()) text_ += '&';
        text_.append(key).append("=").append(value);
    }
    // Of what was typed, whatever it was.
    void add_typed(std::string_view key, std::string_view value) { add(key, value.empty() ? "" : "*"); }
    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    std::string text_;
};

bool contains(std::string_view text, std::string_view part) {
    const auto same = [](char a, char b) { return in_small(a) == in_small(b); };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end() || part.empty();
}

// ---- deliveries

using Delivery = ports::DeliverySummary;
constexpr Column<Delivery> delivery_columns[] = {
    {"id", "编号",
     [](const Delivery& row, const ListNames&) { return text_cell(std::to_string(row.delivery.id.value())); }},
    {"case_no", "办件", [](const Delivery& row, const ListNames&) { return text_cell(row.case_no); }},
    {"kind", "内容", [](const Delivery& row, const ListNames&) { return text_cell(app::kind_text(row)); }},
    {"state", "状态", [](const Delivery& row, const ListNames&) { return text_cell(text_of(row.delivery.state)); }},
    {"reason", "原因", [](const Delivery& row, const ListNames&) { return text_cell(app::reason_of(row.delivery)); }},
    {"attempts", "次数", [](const Delivery& row, const ListNames&) { return number_cell(row.delivery.attempts); }},
    {"created", "产生时间", [](const Delivery& row, const ListNames&) { return moment_cell(row.delivery.created_at); }},
    {"next_at", "下次", [](const Delivery& row, const ListNames&) { return text_cell(app::next_try(row.delivery)); }},
    {"give_up", "放弃时间", [](const Delivery& row, const ListNames&) { return moment_cell(row.delivery.give_up_at); }},
    {"held", "停留自", [](const Delivery& row, const ListNames&) { return moment_cell(row.delivery.held_since); }},
    {"at", "送达时间", [](const Delivery& row, const ListNames&) { return moment_cell(row.delivery.delivered_at); }},
    {"node", "环节", [](const Delivery& row, const ListNames&) { return text_cell(row.node); }},
    {"project", "项目编号", [](const Delivery& row, const ListNames&) { return text_cell(row.project_no); }},
};

ListAnswer read_deliveries(const StaffCall& call, const std::string& query) {
    const auto asked = deliveries_filter(query);
    if (const auto* const wrong = std::get_if<WrongField>(&asked))
        return call.refused(422, "invalid", wrong->said, wrong->field);
    const auto all = app::all_deliveries(call.context.staff.store, std::get<ports::DeliveryFilter>(asked), most_rows);
    if (!all) return call.store_failure(all.error());
    if (all->total > static_cast<std::int64_t>(most_rows)) return too_many(call, all->total);
    const auto form = Form::parse(query);
    Conditions said;
    for (const auto* const key : {"state", "reason", "from", "to", "min_attempts"}) said.add(key, form->first(key));
    said.add_typed("case_no", form->first("case_no"));
    return ListContent{cells_of(delivery_columns, all->deliveries), std::move(said).text()};
}

// ---- cases without a place, and what waits for a second signer

using app::UnassignedCase, app::WaitingAttribution;
constexpr Column<UnassignedCase> unassigned_columns[] = {
    {"case_no", "办件", [](const UnassignedCase& one, const ListNames&) { return text_cell(one.row.case_no); }},
    {"completion", "办结编号",
     [](const UnassignedCase& one, const ListNames&) { return text_cell(one.row.completion_no); }},
    {"host", "平台", [](const UnassignedCase& one, const ListNames&) { return text_cell(one.row.host_id); }},
    {"lacks", "缺什么",
     [](const UnassignedCase& one, const ListNames&) { return text_cell(app::words_of(one.lacks)); }},
    {"line", "业务类别", [](const UnassignedCase& one, const ListNames&) { return text_cell(text_of(one.row.line)); }},
    {"node", "环节", [](const UnassignedCase& one, const ListNames&) { return text_cell(one.row.node); }},
    {"item", "事项",
     [](const UnassignedCase& one, const ListNames& names) { return text_cell(names.item(one.row.item_code)); }},
    {"department", "部门",
     [](const UnassignedCase& one, const ListNames&) {
         return text_cell(one.row.department_name.empty() ? one.row.department_id : one.row.department_name);
     }},
    {"completed_at", "办结时间",
     [](const UnassignedCase& one, const ListNames&) { return moment_cell(one.row.completed_at); }},
};

// From what is to what is to be; nothing where it stays.
SheetCell change(const std::string& from, const std::string& to) {
    if (to.empty() || to == from) return text_cell("不变");
    return text_cell((from.empty() ? "无" : from) + " → " + to);
}
constexpr Column<WaitingAttribution> waiting_columns[] = {
    {"case", "办件", [](const WaitingAttribution& one, const ListNames&) { return text_cell(one.case_row.case_no); }},
    {"node", "环节", [](const WaitingAttribution& one, const ListNames&) { return text_cell(one.case_row.node); }},
    {"item", "事项",
     [](const WaitingAttribution& one, const ListNames& names) {
         return change(names.item(one.case_row.item_code), names.item(one.row.item_code));
     }},
    {"department", "部门",
     [](const WaitingAttribution& one, const ListNames& names) {
         return change(names.department(one.case_row.department_id), names.department(one.row.department_id));
     }},
    {"handlers", "经办人",
     [](const WaitingAttribution& one, const ListNames& names) {
         return change(names.people(one.handlers), names.people(one.row.handlers));
     }},
    {"reason", "理由",
     [](const WaitingAttribution& one, const ListNames&) { return text_cell(one.reason.value_or("（密钥打不开）")); }},
    {"proposed_by", "提出人",
     [](const WaitingAttribution& one, const ListNames& names) {
         return text_cell(names.person(one.row.proposed_by));
     }},
    {"proposed_at", "提出时间",
     [](const WaitingAttribution& one, const ListNames&) { return moment_cell(one.row.proposed_at); }},
};

bool sees_unassigned(const StaffCall& call) {
    return call.may_any({Action::attribute_case, Action::attribute_rated_case, Action::sign_attribution});
}
ListAnswer read_unassigned(const StaffCall& call, const std::string&) {
    const auto names = ListNames::of(call);
    if (!names) return call.store_failure(names.error());
    const auto& staff = call.context.staff;
    const auto listed = app::list_unassigned(staff.store, staff.means.keys, {}, most_rows + 1);
    if (!listed) return call.store_failure(listed.error());
    const auto& all = listed->cases;
    if (all.size() > most_rows) return too_many(call, static_cast<std::int64_t>(all.size()));
    return ListContent{cells_of(unassigned_columns, all, *names), {}};
}
ListAnswer read_waiting(const StaffCall& call, const std::string&) {
    const auto names = ListNames::of(call);
    if (!names) return call.store_failure(names.error());
    const auto listed = app::list_unassigned(call.context.staff.store, call.context.staff.means.keys, {}, 1);
    if (!listed) return call.store_failure(listed.error());
    return ListContent{cells_of(waiting_columns, listed->to_be_signed, *names), {}};
}

// ---- people and their roles

using app::Person;
using Grant = ports::RoleGrantRow;
std::string role_texts(const std::vector<domain::StaffRole>& roles) {
    std::vector<std::string_view> texts;
    texts.reserve(roles.size());
    for (const auto role : roles) texts.push_back(text_of(role));
    return domain::joined(texts, "、");
}
constexpr Column<Person> people_columns[] = {
    {"staff_id", "工号", [](const Person& one, const ListNames&) { return text_cell(one.row.staff_id); }},
    {"name", "姓名", [](const Person& one, const ListNames&) { return text_cell(one.name.value_or("")); }},
    {"department", "部门",
     [](const Person& one, const ListNames& names) { return text_cell(names.department(one.row.department_id)); }},
    {"windows", "窗口",
     [](const Person& one, const ListNames&) { return text_cell(domain::joined(one.row.windows, "、")); }},
    {"standing", "在岗情况", [](const Person& one, const ListNames&) { return text_cell(app::text_of(one.standing)); }},
    {"roles", "岗位", [](const Person& one, const ListNames&) { return text_cell(role_texts(one.roles)); }},
    {"since", "起", [](const Person& one, const ListNames&) { return moment_cell(one.row.since); }},
    {"until", "止", [](const Person& one, const ListNames&) { return moment_cell(one.row.until); }},
};
constexpr Column<Grant> grant_columns[] = {
    {"person", "人员", [](const Grant& one, const ListNames& names) { return text_cell(names.person(one.staff_id)); }},
    {"role", "岗位", [](const Grant& one, const ListNames&) { return text_cell(text_of(one.role)); }},
    {"department", "部门",
     [](const Grant& one, const ListNames& names) { return text_cell(names.department(one.department_id)); }},
    {"proposed_by", "提名人",
     [](const Grant& one, const ListNames& names) { return text_cell(names.person(one.proposed_by)); }},
    {"proposed_at", "提名时间", [](const Grant& one, const ListNames&) { return moment_cell(one.proposed_at); }},
    {"confirmed_by", "确认人",
     [](const Grant& one, const ListNames& names) { return text_cell(names.person(one.confirmed_by)); }},
    {"confirmed_at", "确认时间", [](const Grant& one, const ListNames&) { return moment_cell(one.confirmed_at); }},
};

bool sees_people(const StaffCall& call) {
    return call.may_any({Action::see_roster});
}
bool has_role(const Person& one, std::string_view role) {
    if (role == "none") return one.roles.empty();
    return std::ranges::any_of(one.roles, [&](domain::StaffRole held) { return code_of(held) == role; });
}
ListAnswer read_people(const StaffCall& call, const std::string& query) {
    const auto form = Form::parse(query);
    if (!form) return unreadable(call);
    const auto names = ListNames::of(call);
    if (!names) return call.store_failure(names.error());
    const auto typed = form->first("text"), department = form->first("department"), standing = form->first("standing"),
               role = form->first("role");
    std::vector<Person> all;
    for (const auto& one : names->seen.persons) {
        const bool named = contains(one.row.staff_id, typed) || contains(one.name.value_or(""), typed) ||
                           std::ranges::any_of(one.row.windows, [&](const auto& w) { return contains(w, typed); });
        if (named && (department.empty() || one.row.department_id == department) &&
            (standing.empty() || app::code_of(one.standing) == standing) && (role.empty() || has_role(one, role)))
            all.push_back(one);
    }
    Conditions said;
    said.add_typed("text", typed);
    said.add_typed("department", department);
    said.add_typed("standing", standing);
    said.add_typed("role", role);
    return ListContent{cells_of(people_columns, all, *names), std::move(said).text()};
}
template <bool waits>
ListAnswer read_grants(const StaffCall& call, const std::string&) {
    const auto names = ListNames::of(call);
    if (!names) return call.store_failure(names.error());
    std::vector<Grant> all;
    std::ranges::copy_if(names->seen.grants, std::back_inserter(all),
                         [](const Grant& one) { return one.waits() == waits; });
    return ListContent{cells_of(grant_columns, all, *names), {}};
}

// ---- the catalogue

using app::ListedEdition;
constexpr Column<ListedEdition> catalogue_columns[] = {
    {"part", "类别", [](const ListedEdition& one, const ListNames&) { return text_cell(text_of(one.part)); }},
    {"code", "编码", [](const ListedEdition& one, const ListNames&) { return text_cell(one.code); }},
    {"says", "内容", [](const ListedEdition& one, const ListNames&) { return text_cell(one.says); }},
    {"state", "状态",
     [](const ListedEdition& one, const ListNames&) {
         return text_cell(one.edition.state == domain::EditionState::draft ? "草稿" : "现行");
     }},
    {"revision", "第几版",
     [](const ListedEdition& one, const ListNames&) { return number_cell(one.edition.revision); }},
    {"drafted_by", "起草人",
     [](const ListedEdition& one, const ListNames& names) { return text_cell(names.person(one.edition.drafted_by)); }},
    {"drafted_at", "起草时间",
     [](const ListedEdition& one, const ListNames&) { return moment_cell(one.edition.drafted_at); }},
    {"released_by", "发布人",
     [](const ListedEdition& one, const ListNames& names) { return text_cell(names.person(one.edition.released_by)); }},
    {"released_at", "发布时间",
     [](const ListedEdition& one, const ListNames&) { return moment_cell(one.edition.released_at); }},
};
ListAnswer read_catalogue(const StaffCall& call, const std::string& query) {
    const auto form = Form::parse(query);
    if (!form) return unreadable(call);
    const auto part_code = form->first("part");
    const auto part = domain::part_from(part_code);
    if (!part && !part_code.empty()) return call.refused(422, "invalid", "没有这一类别：从目录中选一个", "part");
    const auto names = ListNames::of(call);
    if (!names) return call.store_failure(names.error());
    const auto typed = form->first("text");
    const bool only_drafts = !form->first("drafts").empty();
    std::vector<ListedEdition> all;
    std::ranges::copy_if(names->catalogue, std::back_inserter(all), [&](const ListedEdition& one) {
        return (!part || one.part == *part) && (contains(one.code, typed) || contains(one.says, typed)) &&
               (!only_drafts || one.edition.state == domain::EditionState::draft);
    });
    Conditions said;
    said.add("part", part_code);
    said.add("drafts", only_drafts ? "only" : "");
    said.add_typed("text", typed);
    return ListContent{cells_of(catalogue_columns, all, *names), std::move(said).text()};
}

// ---- the exports themselves

using ports::ExportRow;
constexpr Column<ExportRow> export_columns[] = {
    {"made_at", "导出时间", [](const ExportRow& one, const ListNames&) { return moment_cell(one.made_at); }},
    {"staff", "导出人",
     [](const ExportRow& one, const ListNames& names) { return text_cell(names.person(one.staff_id)); }},
    {"list", "列表",
     [](const ExportRow& one, const ListNames&) {
         const auto* const list = find_staff_list(one.list_code);
         return text_cell(list == nullptr ? one.list_code : std::string{list->title});
     }},
    {"form", "格式", [](const ExportRow& one, const ListNames&) { return text_cell(code_of(one.form)); }},
    {"rows", "行数", [](const ExportRow& one, const ListNames&) { return number_cell(one.rows); }},
    {"conditions", "查询条件", [](const ExportRow& one, const ListNames&) { return text_cell(one.conditions); }},
    {"mark", "标记", [](const ExportRow& one, const ListNames&) { return text_cell(one.mark); }},
};
bool sees_exports(const StaffCall& call) {
    return call.may_any({Action::read_exports});
}
ListAnswer read_exports(const StaffCall& call, const std::string&) {
    const auto names = ListNames::of(call);
    if (!names) return call.store_failure(names.error());
    const auto rows = app::list_exports(call.context.staff.store, std::nullopt, most_rows + 1);
    if (!rows) return call.store_failure(rows.error());
    if (rows->size() > most_rows) return too_many(call, static_cast<std::int64_t>(rows->size()));
    return ListContent{cells_of(export_columns, *rows, *names), {}};
}

// ---- who saw who rated, in a month

using app::ListedUnmasking;
constexpr Column<ListedUnmasking> unmasking_columns[] = {
    {"seen_at", "查阅时间", [](const ListedUnmasking& one, const ListNames&) { return moment_cell(one.row.seen_at); }},
    {"staff", "查阅人",
     [](const ListedUnmasking& one, const ListNames& names) { return text_cell(names.person(one.row.staff_id)); }},
    {"case_no", "办件编号", [](const ListedUnmasking& one, const ListNames&) { return text_cell(one.case_no); }},
    {"department", "部门", [](const ListedUnmasking& one, const ListNames&) { return text_cell(one.department_name); }},
    {"shown", "查阅内容",
     [](const ListedUnmasking& one, const ListNames&) { return text_cell(text_of(one.row.shown)); }},
    {"purpose", "目的",
     [](const ListedUnmasking& one, const ListNames&) { return text_cell(text_of(one.row.purpose)); }},
    {"reason", "原因", [](const ListedUnmasking& one, const ListNames&) { return text_cell(one.reason); }},
};
bool sees_unmaskings(const StaffCall& call) {
    return call.may_any({Action::read_unmaskings});
}
ListAnswer read_unmaskings(const StaffCall& call, const std::string& query) {
    const auto month = month_asked(query, call.now());
    if (!month) return call.refused(422, "invalid", "月份不对：写成 2026-09 这样", "month");
    const auto names = ListNames::of(call);
    if (!names) return call.store_failure(names.error());
    const auto& staff = call.context.staff;
    const auto rows = app::unmaskings_between(staff.store, staff.means.keys, *month, std::nullopt, most_rows + 1);
    if (!rows) return call.store_failure(rows.error());
    if (rows->size() > most_rows) return too_many(call, static_cast<std::int64_t>(rows->size()));
    Conditions said;
    said.add("month", domain::text_of(domain::day_of(month->from)).substr(0, 7));
    return ListContent{cells_of(unmasking_columns, *rows, *names), std::move(said).text()};
}

}  // namespace

const StaffList* find_staff_list(std::string_view code) {
    static const StaffList lists[] = {
        {"deliveries", "推送", shown(delivery_columns), sees_deliveries, read_deliveries},
        {"unassigned", "待归属和未归类的办件", shown(unassigned_columns), sees_unassigned, read_unassigned},
        {"waiting", "待复签的归属更改", shown(waiting_columns), sees_unassigned, read_waiting},
        {"people", "人员", shown(people_columns), sees_people, read_people},
        {"proposals", "待确认的岗位", shown(grant_columns), sees_people, read_grants<true>},
        {"grants", "岗位", shown(grant_columns), sees_people, read_grants<false>},
        {"catalogue", "目录", shown(catalogue_columns), [](const StaffCall&) { return true; }, read_catalogue},
        {"exports", "导出记录", shown(export_columns), sees_exports, read_exports},
        {"unmaskings", "身份查阅记录", shown(unmasking_columns), sees_unmaskings, read_unmaskings},
    };
    const auto* const found = std::ranges::find(lists, code, &StaffList::code);
    return found == std::end(lists) ? nullptr : found;
}

}  // namespace hcp::web
