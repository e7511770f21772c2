#include "adapters/province/messages.hpp"

#include "adapters/province/record_writer.hpp"
#include "adapters/province/wire_text.hpp"
#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>

namespace hcp::province {
namespace {

using domain::Instant;
using ports::ProvinceProfile;

// GB/T 39046-2020, in characters.
constexpr std::size_t project_no_limit = 50, code_limit = 18, name_limit = 100, project_name_limit = 200,
                      task_name_limit = 200, person_limit = 30, agent_limit = 30, tags_limit = 200, map_limit = 10;

template <class Map, class Key>
std::string_view code_of(const Map& map, const Key& key, std::string_view otherwise = {}) {
    const auto found = map.find(key);
    return found == map.end() ? otherwise : std::string_view{found->second};
}

// In the profile's length: a renamed district under its new code, short ones padded with zeros, long ones cut only
// where nothing is lost.
std::optional<std::string> area_code(std::string_view given, const ProvinceProfile& p) {
    if (!domain::all_digits(given)) return std::nullopt;
    std::string code{given};
    if (const auto renamed = code_of(p.area_renames, given); !renamed.empty()) {
        code = renamed;
    } else if (given.size() > 6) {
        if (const auto district = code_of(p.area_renames, given.substr(0, 6)); !district.empty())
            code.replace(0, 6, district);
    }
    if (code.find_first_not_of('0', std::min<std::size_t>(p.area_length, code.size())) != code.npos)
        return std::nullopt;
    code.resize(p.area_length, '0');
    return code;
}

std::string_view certificate_kind(const domain::SubjectFacts& s, const ProvinceProfile& p) {
    const auto kind = s.certificate_kind.empty() ? code_of(p.default_certificate_kinds, s.type)
                                                 : std::string_view{s.certificate_kind};
    return code_of(p.certificate_kinds, kind, kind);
}

std::string subject_name(std::string_view name, const ProvinceProfile& p) {
    const auto given = domain::without_blanks_around(name);
    return given.empty() ? p.padding.subject_name.value_or("") : std::string{given};
}

std::string_view task_type(std::string_view ours, const ProvinceProfile& p) {
    return code_of(p.task_types, ours, p.task_type_otherwise);
}

void put_project_no(RecordWriter& w, const ports::WireNames& names, std::string_view project_no,
                    const ProvinceProfile& p) {
    constexpr std::string_view label = "办件编号";
    if (!project_no.empty() && !project_no.starts_with(p.project_no_prefix))
        return w.fault(named(label, names) + "不以省码 " + p.project_no_prefix + " 开头");
    w.need(names, label, project_no, project_no_limit);
}

void put_item(RecordWriter& w, const ports::ProvinceItem& item, const ProvinceProfile& p) {
    const auto& f = p.service;
    const auto area = area_code(item.area_code, p);
    if (!area)
        w.fault(item.area_code.empty() ? "缺少" + named("行政区划代码", f.area_code)
                                       : named("行政区划代码", f.area_code) + "格式不正确");
    if (area) w.put(f.area_code, *area);

    if (item.department_code.size() != code_limit && (!f.department_code.empty() || !f.org_code.empty())) {
        w.fault(item.department_code.empty() ? "缺少部门统一社会信用代码" : "部门统一社会信用代码不是18位");
    } else {
        w.need(f.department_code, "部门统一社会信用代码", item.department_code, code_limit);
        if (area) w.need(f.org_code, "机构代码", *area + "_" + item.department_code, area->size() + 1 + code_limit);
    }
    w.need_words(f.department_name, "受理部门", item.department_name, name_limit);

    // A code as long as a 业务办理项 is one: its head is the 实施编码.
    std::string_view task = item.task_code, handled = item.task_handle_item;
    if (task.size() == p.task_handle_item_length && p.task_handle_item_length > p.task_code_length) {
        if (handled.empty()) handled = task;
        task = task.substr(0, p.task_code_length);
    }
    const auto self_built = [&](std::string_view code) {
        return p.self_built_marker && code.find(*p.self_built_marker) != code.npos;
    };
    if (self_built(task) || self_built(handled))
        w.fault("自建事项不推送：" + named("实施编码", f.task_code) + "含有" + *p.self_built_marker);
    w.need(f.task_code, "实施编码", task, p.task_code_length);
    if (!handled.empty()) w.need(f.task_handle_item, "业务办理项编码", handled, p.task_handle_item_length);
    w.need_words(f.task_name, "事项名称", item.task_name, task_name_limit);
    w.put(f.task_type, task_type(item.task_type, p));

    const bool immediate = item.project_type == "1";
    if (!immediate && item.project_type != "2")
        w.fault((item.project_type.empty() ? "缺少" : "不认识") + named("办件类型", f.project_type));
    w.put(f.project_type, immediate ? p.project_immediate : p.project_promised);
    // An immediate item promises zero days. Of a promised one the days are not known here, and none are invented.
    if (immediate) {
        w.put(f.promise_days, "0");
        w.put(f.promise_unit, p.unit_working_day);
    }
}

void put_subject(RecordWriter& w, const ports::ServiceMessage& m, const ProvinceProfile& p) {
    const auto& f = p.service;
    const auto& s = m.subject;
    w.need(f.subject_type, "申请人类型", code_of(p.subject_types, s.type), map_limit);
    w.words(f.subject_name, "申请人", subject_name(s.name, p), name_limit);
    w.need(f.certificate_kind, "证件类型", certificate_kind(s, p), map_limit);
    w.need(f.certificate_no, "证件号码", s.certificate_no, code_limit);
    const bool online = code_of(p.modes, m.mode) == code_of(p.modes, domain::Mode::online);
    w.need(online ? f.certificate_no_online : f.certificate_no_on_site, "证件号码", s.certificate_no, code_limit);
    const auto mobile = domain::without_blanks_around(s.mobile);
    if (!w.may(f.mobile, "手机号码", mobile, code_limit) && p.padding.mobile)
        w.need(f.mobile, "手机号码", *p.padding.mobile, code_limit);
    if (domain::without_blanks_around(s.agent_name).empty()) return;
    w.words(f.agent_name, "代理人", s.agent_name, agent_limit);
    if (!w.may(f.agent_no, "代理人证件号码", s.agent_no, code_limit)) return;
    const auto person = code_of(p.default_certificate_kinds, domain::SubjectType::person);
    w.put(f.agent_certificate_kind, code_of(p.certificate_kinds, person, person));
}

std::string_view status_code(std::string_view ours, const ProvinceProfile& p) {
    return ours == "1"   ? p.status_pending
           : ours == "2" ? p.status_accepted
           : ours == "3" ? p.status_finished
                         : std::string_view{};
}

// Tags are the province's codes; their first digit is the level they belong to, and none may be made up (M5).
void put_tags(RecordWriter& w, const ports::RatingMessage& m, const ports::WireNames& names) {
    for (const auto& tag : m.tags)
        if (!domain::all_digits(tag) || tag.front() - '0' != static_cast<int>(m.level))
            return w.fault(named("评价指标", names) + "与满意度不符");
    if (!m.tags.empty()) w.need(names, "评价指标", domain::joined(m.tags, ","), tags_limit);
}

// What stands before somebody's words, where it is not simply his answer.
std::string noted(const ports::RatingMessage& m, const ProvinceProfile& p, const std::string& said) {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() || part.empty() ? "" : "；") + part; };
    if (m.withdrawn) add(p.withdrawn_note);
    if (m.unsubmitted) add(p.unsubmitted_note);
    add(said);
    return text;
}

}  // namespace

ports::WireRecord to_record(const ports::ServiceMessage& m, const ProvinceProfile& p, Instant now) {
    RecordWriter w;
    const auto& f = p.service;
    const auto latest = now - p.clamp_skew;

    put_project_no(w, f.project_no, m.project_no, p);
    const auto project = domain::without_blanks_around(m.project_name);
    w.words(f.project_name, "办件名称",
            project.empty()
                ? "关于" + std::string{domain::without_blanks_around(m.subject.name)} + m.item.task_name + "的业务"
                : std::string{project},
            project_name_limit);
    put_item(w, m.item, p);
    const auto service_name = w.need_words(f.service_name, "服务名称", m.item.service_name, name_limit);
    put_subject(w, m, p);

    const auto status = status_code(m.item.project_status, p);
    w.need(f.status, "办件状态", status, map_limit);
    w.put(f.mode, code_of(p.modes, m.mode));
    if (m.accepted_at) w.time(f.accepted_at, "收件时间", *m.accepted_at, latest);
    if (status == p.status_finished) w.time(f.finished_at, "办结时间", m.completed_at, latest);
    const auto service_time = w.time(f.service_time, "服务时间",
                                     m.service_time - p.service_time_back.value_or(std::chrono::seconds{0}), latest);
    w.words(f.handler_name, "办理人", m.handler_name, person_limit);
    w.put(f.data_source, p.data_source);

    auto record = std::move(w).finish();
    record.service_name = domain::without_blanks_around(service_name);
    record.service_time = service_time;
    return record;
}

ports::WireRecord to_record(const ports::RatingMessage& m, const ProvinceProfile& p, Instant now) {
    RecordWriter w;
    const auto& f = p.rating;
    const bool by_default = m.origin == domain::Origin::by_default;

    put_project_no(w, f.project_no, m.project_no, p);
    if (m.service_number < 1 || static_cast<std::uint32_t>(m.service_number) > p.max_services) {
        w.fault(m.service_number < 1 ? "缺少" + named("服务编号", f.service_number)
                                     : named("服务编号", f.service_number) + "超出范围");
    } else if (p.service_number_as_text) {
        w.put(f.service_number, std::to_string(m.service_number));
    } else {
        w.put(f.service_number, std::int64_t{m.service_number});
    }
    w.put(f.task_type, task_type(m.task_type, p));
    w.need(f.level, "满意度", code_of(p.levels, m.level), map_limit);

    // No profile may send a default unmarked: whatever the channel field is called, a default needs its mark.
    const auto channel = by_default ? std::string_view{p.default_pf ? *p.default_pf : std::string_view{}}
                                    : code_of(p.channels, m.channel);
    if (by_default && (channel.empty() || f.channel.empty()))
        w.fault("省平台未提供系统默认标识");
    else
        w.need(f.channel, "评价渠道", channel, map_limit);
    w.words(f.rater_name, "评价人", by_default ? p.default_rater_name : subject_name(m.subject_name, p), name_limit);

    const bool bare = !by_default && m.tags.empty() && domain::visible_characters(m.text) == 0;
    if (!by_default) put_tags(w, m, f.tags);
    if (bare && domain::is_bad(m.level)) {
        const auto said = noted(m, p, p.bare_bad_note);
        w.need_words(f.text, "差评说明", said, p.text_limit.value_or(domain::characters(said)));
        w.note("评价人只选了差评，已按省档案代填说明");
    } else if (!by_default) {
        const auto said = noted(m, p, m.text);
        w.words(f.text, "评价文字", said, p.text_limit.value_or(domain::characters(said)));
    }

    if (by_default) return std::move(w).finish();
    // service time <= rated time <= now - skew. Where both cannot hold the latter wins: the service itself was sent no
    // later than that.
    const auto sent = std::min(std::max(m.rated_at, m.service_time), now - p.clamp_skew);
    w.put(f.rated_at, wire_time(sent));
    if (sent != m.rated_at)
        w.moved(named("评价时间", f.rated_at) + "按 " + wire_time(sent) + " 发送，原为 " + wire_time(m.rated_at));
    return std::move(w).finish();
}

ports::WireRecord to_record(const ports::ServiceQuery& q, const ProvinceProfile& p, Instant) {
    RecordWriter w;
    const auto& f = p.query;
    w.put(f.mark, p.query_mark);
    w.words(f.subject_name, "申请人", subject_name(q.subject.name, p), name_limit);
    w.need(f.certificate_kind, "证件类型", certificate_kind(q.subject, p), map_limit);
    w.need(f.certificate_no, "证件号码", q.subject.certificate_no, code_limit);
    // What is already rated is asked for as well: every service counts for its number.
    return std::move(w).finish();
}

}  // namespace hcp::province
