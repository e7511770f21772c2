#include "adapters/host/translate.hpp"

#include <algorithm>
#include <compare>
#include <numeric>
#include <string_view>
#include <tuple>

namespace hcp::host {
namespace {

using domain::Line;
using domain::Mode;
using domain::Role;
using domain::SubjectType;

constexpr std::size_t most_subjects = 1000, most_handlers = 20, most_tags = 1000;

void host_id_of(Check& check, const hcp_text& host_id, const Terms& terms, std::string& out) {
    check.key("host_id", host_id, 32, out);
    if (!out.empty() && !terms.accepts_host(out))
        check.fail("host_id", "不在本实例接受的来源之内；请改正，或在 [host] accepted_ids 中加入");
}

void key_of(Check& check, const hcp_text& host_id, const hcp_text& case_no, const hcp_text& completion_no,
            const Terms& terms, domain::CompletionKey& out) {
    host_id_of(check, host_id, terms, out.host_id);
    check.key("case_no", case_no, 64, out.case_no);
    check.key("completion_no", completion_no, 32, out.completion_no);
}

void subject_type_of(Check& check, const char* field, std::int32_t type, SubjectType& out) {
    check.code(field, type, {SubjectType::person, SubjectType::legal, SubjectType::other}, out);
}

void subject_of(Check& check, const hcp_subject& s, domain::SubjectFacts& out) {
    subject_type_of(check, "type", s.type, out.type);
    check.code(
        "role", s.role,
        {Role::unknown, Role::tenderer, Role::agency, Role::bidder, Role::expert, Role::mining_bidder, Role::other},
        out.role);
    check.zero("reserved", s.reserved);
    check.required("certificate_no", s.certificate_no, 64, out.certificate_no, domain::folded_number);
    check.optional("certificate_kind", s.certificate_kind, 40, out.certificate_kind, domain::folded_number);
    check.optional("name", s.name, 100, out.name);
    check.optional("mobile", s.mobile, 18, out.mobile);
    check.optional("agent_name", s.agent_name, 100, out.agent_name);
    check.optional("agent_no", s.agent_no, 64, out.agent_no, domain::folded_number);
}

std::strong_ordering compare(const domain::SubjectFacts& a, const domain::SubjectFacts& b) {
    return std::tie(a.type, a.certificate_no) <=> std::tie(b.type, b.certificate_no);
}

// Two evaluations of one subject on one case would be one too many: who comes again is another agent of the same (E57).
// The first stays where it stands, with what was said of it there.
void join_agents(std::vector<domain::SubjectFacts>& subjects) {
    std::vector<std::uint16_t> order(subjects.size());
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    std::sort(order.begin(), order.end(), [&](auto i, auto k) {
        const auto c = compare(subjects[i], subjects[k]);
        return c != 0 ? c < 0 : i < k;
    });
    std::vector<bool> again(subjects.size());
    auto* first = subjects.data();
    for (std::size_t n = 1; n < order.size(); ++n) {
        auto& subject = subjects[order[n]];
        auto& before = subjects[order[n - 1]];
        if (!again[order[n - 1]]) first = &before;
        again[order[n]] = compare(*first, subject) == 0;
        if (!again[order[n]]) continue;
        domain::AgentFacts agent{std::move(subject.agent_name), std::move(subject.agent_no)};
        const bool known = agent == domain::AgentFacts{} ||
                           agent == domain::AgentFacts{first->agent_name, first->agent_no} ||
                           std::count(first->other_agents.begin(), first->other_agents.end(), agent) > 0;
        if (!known) first->other_agents.push_back(std::move(agent));
    }
    std::size_t i = 0;
    std::erase_if(subjects, [&](const auto&) { return again[i++]; });
}

void subjects_of(Check& check, const hcp_completion& c, std::vector<domain::SubjectFacts>& out) {
    if (c.subject_count == 0 || c.subject_count > most_subjects)
        return check.fail("subjects", "评价主体应有 1 至 " + std::to_string(most_subjects) + " 个");
    if (auto why = array_fault(c.subjects, c.subject_count, least_size<hcp_subject>, alignof(hcp_subject)))
        return check.fail("subjects", *std::move(why));
    const Array<hcp_subject> subjects{c.subjects, c.subject_count};
    out.resize(subjects.size());
    for (std::size_t i = 0; i < subjects.size() && !check.failed(); ++i) {
        Check one{"subjects", i};
        subject_of(one, subjects[i], out[i]);
        check.adopt(std::move(one));
    }
    if (!check.failed()) join_agents(out);
}

void handlers_of(Check& check, const hcp_completion& c, std::vector<domain::StaffFacts>& out) {
    if (c.handler_count > most_handlers)
        return check.fail("handlers", "经办人最多 " + std::to_string(most_handlers) + " 名");
    if (auto why = array_fault(c.handlers, c.handler_count, least_size<hcp_staff>, alignof(hcp_staff)))
        return check.fail("handlers", *std::move(why));
    const Array<hcp_staff> handlers{c.handlers, c.handler_count};
    out.resize(handlers.size());
    for (std::size_t i = 0; i < handlers.size() && !check.failed(); ++i) {
        Check one{"handlers", i};
        const auto staff = handlers[i];
        one.zero("reserved", staff.reserved);
        one.required("staff_id", staff.staff_id, 64, out[i].staff_id, domain::bare_name);
        one.optional("name", staff.name, 60, out[i].name);
        check.adopt(std::move(one));
    }
}

template <class T>
std::optional<Fault> size_fault(const T& from) {
    if (auto why = array_fault(&from, 1, least_size<T>, alignof(T))) return Fault{"struct_size", *std::move(why)};
    return std::nullopt;
}

void not_ahead(Check& check, std::string_view field, domain::Instant at, const Terms& terms) {
    if (at > terms.now + domain::most_ahead)
        check.fail(field, "比本机时间晚 5 分钟以上；请核对两边的时钟与时区（应为 UTC）");
}

}  // namespace

std::optional<Fault> translate(const hcp_completion& from, const Terms& terms, domain::Event& out) {
    if (auto fault = size_fault(from)) return fault;
    const auto c = known_part<hcp_completion>(&from, from.struct_size);
    auto& to = out.emplace<domain::Completion>();
    Check check;
    key_of(check, c.host_id, c.case_no, c.completion_no, terms, to.key);
    if (c.line == 0) check.fail("line", "缺失；业务类别为 1 至 4，或 100 及以上的自定义类别");
    to.line = Line{c.line};
    check.required("project_no", c.project_no, 64, to.project_no, domain::bare_name);
    check.required("node", c.node, 40, to.node, domain::bare_name);
    check.required("completed_at_us", c.completed_at_us, to.completed_at);
    not_ahead(check, "completed_at_us", to.completed_at, terms);
    if (!check.failed() && to.completed_at < terms.earliest)
        check.fail("completed_at_us", "早于第一个规则版本的生效时间，当时尚无评价规则；请核对时间与单位（UTC 微秒）");
    check.optional("accepted_at_us", c.accepted_at_us, to.accepted_at);
    check.optional("promised_at_us", c.promised_at_us, to.promised_at);
    check.optional("project_name", c.project_name, 200, to.project_name);
    check.optional("section", c.section, 64, to.section, domain::bare_name);
    check.optional("item_code", c.item_code, 64, to.item_code, domain::bare_name);
    check.optional("department_id", c.department_id, 64, to.department_id, domain::bare_name);
    check.optional("department_name", c.department_name, 100, to.department_name);
    check.code("channel", c.channel, {Mode::unknown, Mode::online, Mode::on_site}, to.mode);
    bool bids_secret = false;
    check.flag("bids_secret", c.bids_secret, bids_secret);
    to.secrecy = domain::Secrecy::from_flag(bids_secret);
    if (!check.failed()) subjects_of(check, c, to.subjects);
    if (!check.failed()) handlers_of(check, c, to.handlers);
    return check.take();
}

std::optional<Fault> translate(const hcp_withdrawal& from, const Terms& terms, domain::Event& out) {
    if (auto fault = size_fault(from)) return fault;
    const auto w = known_part<hcp_withdrawal>(&from, from.struct_size);
    auto& to = out.emplace<domain::Withdrawal>();
    Check check;
    check.zero("reserved", w.reserved);
    key_of(check, w.host_id, w.case_no, w.completion_no, terms, to.key);
    check.required("withdrawn_at_us", w.withdrawn_at_us, to.withdrawn_at);
    not_ahead(check, "withdrawn_at_us", to.withdrawn_at, terms);
    check.optional("reason", w.reason, 200, to.reason);
    return check.take();
}

std::optional<Fault> translate(const hcp_bids_opened& from, const Terms& terms, domain::Event& out) {
    if (auto fault = size_fault(from)) return fault;
    const auto b = known_part<hcp_bids_opened>(&from, from.struct_size);
    auto& to = out.emplace<domain::BidsOpened>();
    Check check;
    check.zero("reserved", b.reserved);
    host_id_of(check, b.host_id, terms, to.host_id);
    check.required("project_no", b.project_no, 64, to.project_no, domain::bare_name);
    check.optional("section", b.section, 64, to.section, domain::bare_name);
    check.required("opened_at_us", b.opened_at_us, to.opened_at);
    not_ahead(check, "opened_at_us", to.opened_at, terms);  // bids that are still to be opened are still secret (E14)
    return check.take();
}

std::optional<Fault> translate(const hcp_visit& from, const Terms& terms, domain::Event& out) {
    if (auto fault = size_fault(from)) return fault;
    const auto v = known_part<hcp_visit>(&from, from.struct_size);
    auto& to = out.emplace<domain::Visit>();
    Check check;
    to.line = Line{v.line};
    host_id_of(check, v.host_id, terms, to.host_id);
    check.key("visit_no", v.visit_no, 64, to.visit_no);
    check.required("visited_at_us", v.visited_at_us, to.visited_at);
    not_ahead(check, "visited_at_us", to.visited_at, terms);
    check.optional("window", v.window, 40, to.window, domain::bare_name);
    check.optional("department_id", v.department_id, 64, to.department_id, domain::bare_name);
    check.optional("department_name", v.department_name, 100, to.department_name);
    check.optional("item_code", v.item_code, 64, to.item_code, domain::bare_name);
    check.optional("staff_id", v.staff_id, 64, to.staff_id, domain::bare_name);
    if (v.subject && !check.failed()) {
        if (auto why = array_fault(v.subject, 1, least_size<hcp_subject>, alignof(hcp_subject))) {
            check.fail("subject", *std::move(why));
        } else {
            Check subject;
            subject_of(subject, known_part<hcp_subject>(v.subject, v.subject->struct_size), to.subject.emplace());
            if (auto fault = subject.take()) check.fail("subject." + fault->field, std::move(fault->reason));
        }
    }
    return check.take();
}

std::optional<Fault> translate(const hcp_rating& from, const Terms& terms, Rater& rater, domain::Answer& answer) {
    if (auto fault = size_fault(from)) return fault;
    const auto r = known_part<hcp_rating>(&from, from.struct_size);
    Check check;
    if (const auto level = domain::level_from(r.level))
        answer.level = *level;
    else
        check.fail("level", "应为 5（非常满意）至 1（非常不满意）");
    key_of(check, r.host_id, r.case_no, r.completion_no, terms, rater.key);
    subject_type_of(check, "subject_type", r.subject_type, rater.type);
    check.zero("reserved", r.reserved);
    check.required("certificate_no", r.certificate_no, 64, rater.certificate_no, domain::folded_number);
    std::string tags;
    check.optional("tags", r.tags, most_tags, tags);
    for (std::string_view rest = tags; !rest.empty();) {
        const auto comma = rest.find(',');
        answer.tags.emplace_back(rest.substr(0, comma));
        if (answer.tags.back().empty() || comma + 1 == rest.size())
            check.fail("tags", "代码之间用一个逗号隔开，首尾不带逗号");
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    check.optional("text", r.text, 2000, answer.text, domain::as_written);
    check.key("request_key", r.request_key, 64, answer.request_key);
    std::optional<domain::Instant> received;
    check.optional("received_at_us", r.received_at_us, received);
    answer.received_at = received.value_or(terms.now);
    if (answer.received_at > terms.now) check.fail("received_at_us", "不能晚于本机时间；填 0 表示此刻");
    answer.channel = domain::Channel::host;
    return check.take();
}

std::optional<Fault> translate(const hcp_completion& key, const hcp_subject& subject, const Terms& terms, Rater& out) {
    if (auto why = array_fault(&key, 1, offsetof(hcp_completion, project_no), alignof(hcp_completion)))
        return Fault{"struct_size", *std::move(why)};
    if (auto why = array_fault(&subject, 1, least_size<hcp_subject>, alignof(hcp_subject)))
        return Fault{"subject", *std::move(why)};
    const auto c = known_part<hcp_completion>(&key, key.struct_size);
    const auto s = known_part<hcp_subject>(&subject, subject.struct_size);
    Check check;
    key_of(check, c.host_id, c.case_no, c.completion_no, terms, out.key);
    subject_type_of(check, "type", s.type, out.type);
    check.required("certificate_no", s.certificate_no, 64, out.certificate_no, domain::folded_number);
    return check.take();
}

std::optional<Fault> translate(std::int32_t subject_type, hcp_text certificate_no, SubjectType& type,
                               std::string& out) {
    Check check;
    subject_type_of(check, "subject_type", subject_type, type);
    check.required("certificate_no", certificate_no, 64, out, domain::folded_number);
    return check.take();
}

}  // namespace hcp::host
