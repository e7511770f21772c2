#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/new_files.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/domain/bytes.hpp"

#include <boost/json.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <limits>
#include <variant>

namespace hcp::ctl {
namespace {

using namespace domain;
using ports::SetAside;

constexpr std::string_view masked = "（已隐去）";
constexpr std::string_view secret = "（开标前保密）";

// An event as a list of facts, without identities. The order is that of the page.
struct Facts {
    std::string kind, where;  // `where`: the number under which the host knows it
    std::vector<std::pair<std::string, std::string>> lines;

    void add(std::string name, std::string_view value) { lines.emplace_back(std::move(name), or_dash(value)); }
    void mask(std::string name, bool given) { lines.emplace_back(std::move(name), given ? std::string{masked} : "—"); }
};

std::string mode_text(Mode mode) {
    return mode == Mode::online ? "网上" : mode == Mode::on_site ? "现场" : "—";
}

void add_key(Facts& facts, const CompletionKey& key) {
    facts.where = key.case_no;
    facts.add("平台", key.host_id);
    facts.add("办件编号", key.case_no);
    facts.add("办结编号", key.completion_no);
}

void add_subject(Facts& facts, const std::string& title, const SubjectFacts& subject) {
    facts.mask(title + "名称", !subject.name.empty());
    facts.mask(title + "证件号码", !subject.certificate_no.empty());
    facts.mask(title + "手机", !subject.mobile.empty());
    facts.mask(title + "经办人",
               !subject.agent_name.empty() || !subject.agent_no.empty() || !subject.other_agents.empty());
}

// How many bidders there are is itself a secret before bids are opened (E14).
Facts facts_of(const Completion& c) {
    Facts facts{"办结", {}, {}};
    add_key(facts, c.key);
    facts.add("办结时间", text_of(c.completed_at));
    if (!c.secrecy.may_be_told()) {
        for (const auto* name : {"项目编号", "标段", "环节", "项目名称", "事项", "部门", "交易主体"})
            facts.add(name, secret);
        return facts;
    }
    facts.add("业务类别", text_of(c.line));
    facts.add("项目编号", c.project_no);
    facts.add("标段", c.section);
    facts.add("环节", c.node);
    facts.add("项目名称", c.project_name);
    facts.add("事项", c.item_code);
    facts.add("部门", c.department_name.empty() ? c.department_id : c.department_name);
    facts.add("受理时间", text_of(c.accepted_at));
    facts.add("承诺时间", text_of(c.promised_at));
    facts.add("办理方式", mode_text(c.mode));
    for (std::size_t i = 0; i < c.subjects.size(); ++i)
        add_subject(facts, "主体" + std::to_string(i + 1), c.subjects[i]);
    facts.mask("经办工作人员", !c.handlers.empty());
    return facts;
}

Facts facts_of(const Withdrawal& w) {
    Facts facts{"撤回", {}, {}};
    add_key(facts, w.key);
    facts.add("撤回时间", text_of(w.withdrawn_at));
    facts.mask("撤回原因", !w.reason.empty());  // free text
    return facts;
}

Facts facts_of(const BidsOpened& b) {
    Facts facts{"开标", b.project_no, {}};
    facts.add("平台", b.host_id);
    facts.add("项目编号", b.project_no);
    facts.add("标段", b.section.empty() ? "整个项目" : b.section);
    facts.add("开标时间", text_of(b.opened_at));
    return facts;
}

Facts facts_of(const Visit& v) {
    Facts facts{"现场办理", v.visit_no, {}};
    facts.add("平台", v.host_id);
    facts.add("办理编号", v.visit_no);
    facts.add("业务类别", text_of(v.line));
    facts.add("办理时间", text_of(v.visited_at));
    facts.add("窗口", v.window);
    facts.add("部门", v.department_name.empty() ? v.department_id : v.department_name);
    facts.add("事项", v.item_code);
    facts.mask("经办工作人员", !v.staff_id.empty());
    if (v.subject) add_subject(facts, "主体", *v.subject);
    return facts;
}

Facts facts_of(const SetAside& record) {
    if (record.event) return std::visit([](const auto& e) { return facts_of(e); }, *record.event);
    if (!record.damaged_record) return {"无法用现有密钥打开，请检查 old_key_files", {}, {}};
    return {"无法打开的日志记录", "日志记录 " + std::to_string(*record.damaged_record), {}};
}

Refusal no_such(std::int64_t id) {
    return {finding, "没有编号为 " + std::to_string(id) + " 的搁置事件；用 hcpctl journal list 查看编号"};
}

[[noreturn]] void failed(const ports::error_code& error) {
    throw Refusal{finding, error.message()};
}

std::vector<SetAside> all_of(Outside& outside) {
    auto found = outside.journal().set_asides().list(std::numeric_limits<std::int32_t>::max());
    if (!found) failed(found.error());
    return *std::move(found);
}

boost::json::object json_of(const SetAside& record, bool whole) {
    const auto facts = facts_of(record);
    boost::json::object object{{"id", std::to_string(record.id)},
                               {"set_aside_at_us", to_us(record.set_aside_at)},
                               {"reason", record.reason},
                               {"kind", facts.kind},
                               {"number", facts.where}};
    if (!whole) return object;
    boost::json::object lines;
    for (const auto& [name, value] : facts.lines) lines[name] = value;
    object["facts"] = std::move(lines);
    return object;
}

}  // namespace

Exit list_journal(Outside& outside, bool json, Streams streams) {
    const auto records = all_of(outside);
    const bool all_open =
        std::all_of(records.begin(), records.end(), [](const auto& r) { return r.event.has_value(); });
    if (json) {
        boost::json::array list;
        for (const auto& record : records) list.push_back(json_of(record, false));
        print_json(streams.out, list);
        return all_open ? fine : finding;
    }
    if (records.empty()) {
        streams.out << "没有搁置的事件。\n";
        return fine;
    }
    Table table{{"编号", "搁置时间", "种类", "办件或项目", "原因"}};
    for (const auto& record : records) {
        const auto facts = facts_of(record);
        table.add(
            {std::to_string(record.id), text_of(record.set_aside_at), facts.kind, facts.where, or_dash(record.reason)});
    }
    streams.out << table << "共 " << records.size()
                << " 条。排除原因后用 hcpctl journal retry 放回；再也打不开的用 hcpctl journal move 移出留存。\n";
    return all_open ? fine : finding;
}

Exit show_journal(Outside& outside, std::int64_t id, bool json, Streams streams) {
    for (const auto& record : all_of(outside)) {
        if (record.id != id) continue;
        if (json) {
            print_json(streams.out, json_of(record, true));
            return fine;
        }
        Sheet sheet;
        const auto facts = facts_of(record);
        sheet.add("编号", std::to_string(record.id));
        sheet.add("搁置时间", text_of(record.set_aside_at));
        sheet.add("原因", or_dash(record.reason));
        sheet.add("种类", facts.kind);
        for (const auto& [name, value] : facts.lines) sheet.add(name, value);
        streams.out << sheet;
        return fine;
    }
    throw no_such(id);
}

Exit retry_journal(Outside& outside, std::optional<std::int64_t> id, Streams streams) {
    std::vector<std::int64_t> ids;
    if (id)
        ids.push_back(*id);
    else
        for (const auto& record : all_of(outside)) ids.push_back(record.id);
    if (ids.empty()) {
        streams.out << "没有搁置的事件。\n";
        return fine;
    }
    Exit code = fine;
    for (const auto each : ids) {
        const auto done = outside.journal().set_asides().retry(each, outside.now());
        if (!done && done.error() == ports::journal_errc::missing) throw no_such(each);
        if (done) {
            streams.out << "事件 " << each << " 已放回本地日志末尾，实例启动后入库。\n";
        } else {
            streams.err << "事件 " << each << " 没有放回：" << done.error().message() << '\n';
            code = finding;
        }
    }
    return code;
}

Exit move_journal(Outside& outside, std::int64_t id, const std::filesystem::path& file, Streams streams) {
    const auto record = outside.journal().set_asides().sealed(id);
    if (!record && record.error() == ports::journal_errc::missing) throw no_such(id);
    if (!record) failed(record.error());
    boost::json::object content{{"journal", record->journal}, {"sealed", hex_text(record->sealed)}};
    if (record->accepted_at) content["accepted_at_us"] = to_us(*record->accepted_at);
    if (record->events) content["events"] = *record->events;
    NewFiles files;
    files.write(file, boost::json::serialize(content), S_IRUSR | S_IWUSR);
    if (const auto dropped = outside.journal().set_asides().drop(id); !dropped) failed(dropped.error());
    files.keep();
    streams.out << "搁置的事件 " << id << " 已移到 " << file.string() << "（仍为密文，只有本人可读），不再入库。\n";
    return fine;
}

}  // namespace hcp::ctl
