#include "integration/province_sim/checks.hpp"

#include "integration/province_sim/code_tables.hpp"
#include "integration/province_sim/encoding.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

namespace province_sim {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_code_character(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z');
}

bool digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_digit);
}
bool instant(std::string_view text) {
    return parse_time(text).has_value();
}
bool area_code(std::string_view text) {
    return text.size() == 12 && digits(text);
}
bool credit_code(std::string_view text) {
    return text.size() == 18 && std::all_of(text.begin(), text.end(), is_code_character);
}
bool item_code(std::string_view text, std::size_t length) {
    return text.size() == length &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_code_character(c) || (c >= 'a' && c <= 'z'); });
}
bool task_code(std::string_view text) {
    return item_code(text, 31);
}
bool handle_item(std::string_view text) {
    return item_code(text, 33);
}
bool organisation(std::string_view text) {
    return text.size() == 31 && area_code(text.substr(0, 12)) && text[12] == '_' && credit_code(text.substr(13));
}
bool flow_number(std::string_view text) {
    return text.size() > 2 && text.starts_with("37") && text.find_first_of(" \t\r\n") == std::string_view::npos;
}
bool trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    constexpr std::string_view wide_space = "　";
    return spaces.find(text.front()) == std::string_view::npos && spaces.find(text.back()) == std::string_view::npos &&
           !text.starts_with(wide_space) && !text.ends_with(wide_space);
}
bool three_digits(std::string_view text) {
    return text.size() == 3 && digits(text);
}
bool service_number(std::string_view text) {
    return digits(text) && text.size() <= 2 && text.front() != '0';
}

enum class Need { required, optional };
using enum Need;

struct Field {
    std::string_view name;
    std::size_t max;  // characters
    Need need;
    Codes codes = {};
    bool (*form)(std::string_view) = nullptr;
};

constexpr Field service_table[] = {
    {"areaCode", 12, required, {}, area_code},
    {"deptCode", 18, optional, {}, credit_code},
    {"orgcode", 31, required, {}, organisation},
    {"orgName", 100, required},
    {"proDepart", 100, optional},
    {"deptName", 100, optional},
    {"taskType", 2, optional, t4_item_kinds},
    {"taskCode", 31, required, {}, task_code},
    {"proTaskCode", 31, required, {}, task_code},
    {"taskHandleItem", 33, optional, {}, handle_item},
    {"taskName", 200, required},
    {"proTaskName", 200, required},
    {"subMatter", 100, optional},
    {"projectNo", 50, required, {}, flow_number},
    {"proProjectNo", 50, required, {}, flow_number},
    {"projectName", 200, optional},
    {"proStatus", 1, required, t5_case_states},
    {"proChannel", 1, optional, case_channels},
    {"acceptDate", 19, optional, {}, instant},
    {"resultDate", 19, optional, {}, instant},
    {"serviceName", 100, required},
    {"serviceTime", 19, required, {}, instant},
    {"projectType", 1, required, t6_case_kinds},
    {"promiseTime", 1, optional, t6_case_kinds},
    {"promiseDay", 20, optional, {}, digits},
    {"promiseType", 1, optional, t6_time_units},
    {"anticipateDay", 20, optional, {}, digits},
    {"anticipateType", 1, optional, t6_time_units},
    {"proManager", 30, optional},
    {"userProp", 1, required, t3_applicant_kinds},
    {"userName", 100, required, {}, trimmed},
    {"userPageType", 3, required, t7_certificate_kinds},
    {"creditType", 3, optional, t7_certificate_kinds},
    {"certKey", 18, optional},
    {"certkeyGOV", 18, optional},
    {"creditNum", 18, optional},
    {"mobile", 18, required},
    {"handleUserName", 30, optional},
    {"handleUserPageType", 3, optional, t7_certificate_kinds},
    {"handleUserPageCode", 18, optional},
    {"dataSource", 3, optional, {}, three_digits},
};

constexpr Field rating_table[] = {
    {"projectNo", 50, required, {}, flow_number},
    {"serviceNumber", 2, required, {}, service_number},
    {"taskType", 2, optional, t4_item_kinds},
    {"satisfaction", 1, required, t1_satisfactions},
    {"pf", 1, required},
    {"name", 100, optional},
    {"evalDetail", 200, optional},
    {"writingEvaluation", 150, optional},
    {"assessTime", 19, required, {}, instant},
};

constexpr std::string_view query_marks[] = {"0"};
constexpr std::string_view query_states[] = {"0", "1"};
constexpr Field query_table[] = {
    {"mark", 1, required, query_marks},
    {"userName", 100, required},
    {"creditType", 3, required, t7_certificate_kinds},
    {"creditNum", 18, required},
    {"commented", 1, optional, query_states},
};

[[noreturn]] void refuse(std::string_view before, std::string_view name, std::string_view after) {
    throw Refusal{std::string{before}.append(name).append(after)};
}

// serviceNumber is the one field that callers send either as text or as a number.
std::string text_of(const Field& field, const boost::json::value& value) {
    if (value.is_string()) return std::string{value.get_string()};
    if (field.form == service_number && value.is_int64()) return std::to_string(value.get_int64());
    refuse("参数结构不正确：", field.name, "应为字符串");
}

void check_value(const Field& field, std::string_view value) {
    if (characters(value) > field.max) refuse("参数", field.name, "长度超过" + std::to_string(field.max));
    if (!field.codes.empty() && std::find(field.codes.begin(), field.codes.end(), value) == field.codes.end())
        refuse("参数", field.name, "取值不在码表内");
    if (field.form != nullptr && !field.form(value)) refuse("参数", field.name, "格式不正确");
}

// An empty text counts as absent.
Fields check_table(const boost::json::value& record, std::span<const Field> table) {
    if (!record.is_object()) throw Refusal{"参数结构不正确：记录应为对象"};
    const auto& object = record.get_object();
    for (const auto& member : object)
        if (std::none_of(table.begin(), table.end(), [&](const Field& field) { return field.name == member.key(); }))
            refuse("未知参数", member.key(), "");

    Fields fields;
    for (const auto& field : table) {
        const auto* const value = object.if_contains(field.name);
        auto text = value != nullptr ? text_of(field, *value) : std::string{};
        if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
            if (field.need == required) refuse("必填参数", field.name, "为空");
            if (text.empty()) continue;
        }
        check_value(field, text);
        fields.emplace(field.name, std::move(text));
    }
    return fields;
}

std::string_view get(const Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

// Says nothing when `copy` is absent: some of the repeated fields are optional.
void must_repeat(const Fields& fields, std::string_view copy, std::string_view original) {
    if (fields.contains(copy) && get(fields, copy) != get(fields, original))
        refuse("参数", copy, "与" + std::string{original} + "不一致");
}

void must_not_be_later(const Fields& fields, std::string_view name, Instant now) {
    if (parse_time(get(fields, name)).value() > now) refuse("参数", name, "不能晚于当前时间");
}

void check_item(const Fields& fields) {
    for (const auto name : {"taskCode", "taskHandleItem"})
        if (get(fields, name).find("00000000") != std::string_view::npos) throw Refusal{"自建事项不进行推送"};
    if (fields.contains("taskHandleItem") && !get(fields, "taskHandleItem").starts_with(get(fields, "taskCode")))
        throw Refusal{"参数taskHandleItem与taskCode不一致"};
}

void check_department(const Fields& fields) {
    const auto organisation_code = get(fields, "orgcode");
    if (organisation_code.substr(0, 12) != get(fields, "areaCode") ||
        (fields.contains("deptCode") && organisation_code.substr(13) != get(fields, "deptCode")))
        throw Refusal{"参数orgcode与areaCode、deptCode不一致"};
}

void check_certificate(const Fields& fields) {
    const bool online = get(fields, "proChannel") == "1";
    const auto* const wanted = online ? "certKey" : "certkeyGOV";
    const auto* const other = online ? "certkeyGOV" : "certKey";
    if (!fields.contains(wanted)) refuse("必填参数", wanted, "为空");
    if (fields.contains(other)) refuse("参数", other, "与proChannel不符");
    must_repeat(fields, "creditNum", wanted);
    must_repeat(fields, "creditType", "userPageType");
    if (get(fields, "userProp") != "1" && get(fields, "userPageType") == "111")
        throw Refusal{"参数userPageType与userProp不符：非自然人不应使用居民身份证"};
}

void check_details(std::string_view details, std::string_view level) {
    std::vector<std::string_view> seen;
    for (;;) {
        const auto comma = details.find(',');
        const auto code = details.substr(0, comma);
        const auto* const indicator = find_indicator(code);
        if (indicator == nullptr || !indicator->current) refuse("参数evalDetail取值不在现行指标内：", code, "");
        if (!code.starts_with(level)) refuse("参数evalDetail与satisfaction不符：", code, "");
        if (std::find(seen.begin(), seen.end(), code) != seen.end()) refuse("参数evalDetail重复：", code, "");
        seen.push_back(code);
        if (comma == std::string_view::npos) return;
        details.remove_prefix(comma + 1);
    }
}

template <std::size_t size>
constexpr auto names_of(const Field (&table)[size]) {
    std::array<std::string_view, size> names{};
    std::transform(std::begin(table), std::end(table), names.begin(), [](const Field& field) { return field.name; });
    return names;
}

constexpr auto service_names = names_of(service_table);
constexpr auto rating_names = names_of(rating_table);

}  // namespace

Fields check_service(const boost::json::value& record, Instant now) {
    auto fields = check_table(record, service_table);
    check_department(fields);
    must_repeat(fields, "proDepart", "orgName");
    must_repeat(fields, "deptName", "orgName");
    must_repeat(fields, "proTaskCode", "taskCode");
    must_repeat(fields, "proTaskName", "taskName");
    must_repeat(fields, "proProjectNo", "projectNo");
    must_repeat(fields, "promiseTime", "projectType");
    check_item(fields);
    if (get(fields, "proStatus") == "3" && !fields.contains("resultDate")) throw Refusal{"必填参数resultDate为空"};
    for (const auto name : {"serviceTime", "acceptDate", "resultDate"})
        if (fields.contains(name)) must_not_be_later(fields, name, now);
    check_certificate(fields);
    return fields;
}

Fields check_rating(const boost::json::value& record, Instant now, std::string_view channels) {
    auto fields = check_table(record, rating_table);
    if (channels.find(get(fields, "pf")) == std::string_view::npos) throw Refusal{"参数pf取值不在码表内"};
    const auto level = get(fields, "satisfaction");
    if (fields.contains("evalDetail")) check_details(get(fields, "evalDetail"), level);
    const auto writing = get(fields, "writingEvaluation");
    if (level < "3" && !fields.contains("evalDetail") && writing.find_first_not_of(" \t\r\n") == std::string_view::npos)
        throw Refusal{"差评必须勾选详情或填写文字评价"};
    must_not_be_later(fields, "assessTime", now);
    return fields;
}

Fields check_query(const boost::json::value& record) {
    return check_table(record, query_table);
}

std::span<const std::string_view> service_fields() {
    return service_names;
}
std::span<const std::string_view> rating_fields() {
    return rating_names;
}

}  // namespace province_sim
