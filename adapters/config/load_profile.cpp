#include "adapters/config/load_profile.hpp"

#include "adapters/config/profile_table.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace hcp::config {
namespace {

namespace fs = std::filesystem;
using ports::ProvinceProfile;

bool is_header_name(std::string_view name) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != others.npos;
    });
}

// The first placeholder that nobody fills; a lone brace counts as one.
std::string_view unknown_placeholder(std::string_view value) {
    while (!value.empty()) {
        const auto open = value.find_first_of("{}");
        if (open == std::string_view::npos) return {};
        const auto close = value[open] == '{' ? value.find('}', open) : std::string_view::npos;
        const auto whole = value.substr(open, close == std::string_view::npos ? 1 : close - open + 1);
        if (whole != "{tenancy_id}" && whole != "{app_mark}" && whole != "{request_id}" && whole != "{time_ms}")
            return whole;
        value.remove_prefix(close + 1);
    }
    return {};
}

class Binding {
public:
    Binding(const Settled<ProvinceProfile>& settled, std::span<const Ini* const> layers, std::vector<Fault>& faults)
        : settled_{settled}, layers_{layers}, faults_{faults} {}

    // Also reports what no single row can say.
    ProvinceProfile run() {
        auto p = settled_.whole();
        free_maps(p);
        check_paths();
        check_codes(p);
        check_names();
        check_required(p);
        check_sizes(p);
        return p;
    }

private:
    void free_maps(ProvinceProfile& p) {
        each_of(free_keys<&ProvinceProfile::headers>, [&](const Ini& ini, const IniEntry& e) {
            const auto printable = [](char c) { return c >= ' ' && c < 0x7F; };
            if (!is_header_name(e.key)) return fault(ini, e, "不是合格的请求头名", "只用字母、数字和 -");
            if (!std::all_of(e.value.begin(), e.value.end(), printable))
                return fault(ini, e, "请求头的值含有非 ASCII 字符", "中文须先编码");
            if (const auto bad = unknown_placeholder(e.value); !bad.empty())
                return fault(ini, e, "没有这个占位符：" + std::string{bad},
                             "可用 {tenancy_id} {app_mark} {request_id} {time_ms}");
            p.headers.emplace_back(e.key, e.value);
        });
        each_of(free_keys<&ProvinceProfile::certificate_kinds>,
                [&](const Ini&, const IniEntry& e) { p.certificate_kinds[e.key] = e.value; });
        each_of(free_keys<&ProvinceProfile::task_types>,
                [&](const Ini&, const IniEntry& e) { p.task_types[e.key] = e.value; });
        each_of(free_keys<&ProvinceProfile::area_renames>, [&](const Ini& ini, const IniEntry& e) {
            if (!domain::all_digits(e.key) || !domain::all_digits(e.value) || e.key.size() != e.value.size())
                return fault(ini, e, "不是行政区划代码的对应", "写成 旧代码 = 新代码，位数相同");
            p.area_renames[e.key] = e.value;
        });
    }
    template <class Visit>
    void each_of(const Member* member, Visit visit) {
        const auto sections = profile_free_sections();
        const auto section = std::ranges::find(sections, member, &FreeSection::member)->name;
        for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
            bool found = false;
            for (const auto& s : (*layer)->sections) found = found || s.name == section;
            if (!found) continue;
            for (const auto& entry : (*layer)->entries)
                if (entry.section == section) visit(**layer, entry);
            return;
        }
    }

    void check_paths() {
        using ports::ProvincePaths;
        for (const auto key :
             {at<&ProvinceProfile::paths, &ProvincePaths::service>, at<&ProvinceProfile::paths, &ProvincePaths::rating>,
              at<&ProvinceProfile::paths, &ProvincePaths::query>}) {
            const auto* path = settled_.value(key);
            const auto fits = [](char c) { return c > ' ' && c < 0x7F && c != '#'; };
            if (path && (!path->starts_with('/') || !std::all_of(path->begin(), path->end(), fits)))
                fault(settled_[key], "不是路径", "以 / 开头，不含空格和中文");
        }
    }

    void check_codes(const ProvinceProfile& p) {
        std::set<std::string> seen;
        for (const auto& level : levels) {
            const auto* code = settled_.value(level.key);
            if (code && !seen.insert(*code).second)
                fault(settled_[level.key], "两个等级的代码相同", "每个等级用不同的代码");
        }
        // A default that looks like a person's rating is not marked.
        for (const auto& [channel, code] : p.channels)
            if (p.default_pf && !code.empty() && *p.default_pf == code)
                return fault(settled_[at<&ProvinceProfile::default_pf, inside>],
                             "与本人评价的渠道代码相同，无法区分系统默认",
                             "填省平台给系统默认的专用代码，或改为 push_default = hold");
    }

    // In one message, list or layer a name stands for one thing: what was filled in last would go out as both.
    void check_names() {
        std::map<std::pair<std::string_view, std::string>, const Setting*> seen;
        for (const auto& setting : settled_.all()) {
            const auto section = setting.key->section;
            constexpr std::array sections{std::string_view{"service_fields"}, std::string_view{"rating_fields"},
                                          std::string_view{"query_fields"}, std::string_view{"listed_fields"},
                                          std::string_view{"envelope"}};
            if (setting.is_off() || std::ranges::find(sections, section) == sections.end()) continue;
            if (setting.key->name == "identified_by") continue;  // no field's name
            std::vector<std::string> names;
            if (const auto* list = std::get_if<std::vector<std::string>>(&*setting.value)) names = *list;
            if (const auto* word = std::get_if<std::string>(&*setting.value)) names = {*word};
            for (const auto& name : names) {
                const auto [first, is_new] = seen.try_emplace({section, name}, &setting);
                if (!is_new)
                    fault(setting, "字段名 " + name + " 已用于 " + std::string{first->second->key->name},
                          "每个字段名在一个消息里只写一次");
            }
        }
    }

    // Without these a message says nothing, whatever the province.
    void check_required(const ProvinceProfile& p) {
        struct Required {
            std::string_view section, name;
        };
        constexpr Required all[] = {
            {"service_fields", "project_no"},   {"service_fields", "service_name"}, {"service_fields", "service_time"},
            {"service_fields", "status"},       {"service_fields", "task_code"},    {"service_fields", "task_name"},
            {"service_fields", "area_code"},    {"service_fields", "project_type"}, {"service_fields", "subject_type"},
            {"service_fields", "subject_name"}, {"rating_fields", "project_no"},    {"rating_fields", "service_number"},
            {"rating_fields", "level"},         {"rating_fields", "channel"},       {"rating_fields", "rated_at"},
            {"query_fields", "certificate_no"}, {"listed_fields", "project_no"},    {"listed_fields", "service_number"},
        };
        for (const auto& [section, name] : all) must_have(section, name, "这一项必须发送，写省平台的字段名");
        const auto& f = p.service;
        if (f.certificate_no.empty() && (f.certificate_no_online.empty() || f.certificate_no_on_site.empty()))
            must_have("service_fields", "certificate_no",
                      "证件号码须发送：写 certificate_no，或同时写 certificate_no_online 和 certificate_no_on_site");
        using ports::IdentifiedBy;
        const auto by = p.listed.identified_by;
        if (by == IdentifiedBy::name_and_time || by == IdentifiedBy::name)
            must_have("listed_fields", "service_name", "identified_by 要用到它");
        if (by == IdentifiedBy::name_and_time || by == IdentifiedBy::time)
            must_have("listed_fields", "service_time", "identified_by 要用到它");
    }
    void must_have(std::string_view section, std::string_view name, std::string remedy) {
        const auto& all = settled_.all();
        const auto setting = std::ranges::find_if(
            all, [&](const Setting& s) { return s.key->section == section && s.key->name == name; });
        // What is absent or wrong is a fault already.
        if (setting->value && setting->is_off()) fault(*setting, "不能写 off", std::move(remedy));
    }

    void check_sizes(const ProvinceProfile& p) {
        if (p.area_length != 6 && p.area_length != 9 && p.area_length != 12)
            fault(settled_[at<&ProvinceProfile::area_length>], "不是行政区划代码的位数", "写 6、9 或 12");
        if (p.task_handle_item_length <= p.task_code_length)
            fault(settled_[at<&ProvinceProfile::task_handle_item_length>], "不比实施编码长",
                  "业务办理项编码是实施编码加上后缀，写大于 task_code_length 的位数");
        // An attempt may be under way for so long, and take as long again to be stored.
        if (p.settle.settle_after < 3 * p.per_attempt)
            fault(settled_[at<&ProvinceProfile::settle, &domain::SettleTerms::settle_after>],
                  "短于 per_attempt_ms 的三倍", "写不小于 3 × per_attempt_ms 的秒数");
    }

    void fault(const Setting& setting, std::string problem, std::string remedy) {
        faults_.push_back(fault_of(setting, *layers_.back(), std::move(problem), std::move(remedy)));
    }
    void fault(const Ini& ini, const IniEntry& entry, std::string problem, std::string remedy) {
        faults_.push_back({ini.file, entry.line, entry.section, entry.key, std::move(problem), std::move(remedy)});
    }

    const Settled<ProvinceProfile>& settled_;
    std::span<const Ini* const> layers_;
    std::vector<Fault>& faults_;
};

}  // namespace

std::variant<ProvinceProfile, std::vector<Fault>> load_profile(const fs::path& file) {
    const auto top = read_ini_file(file);
    const auto unreadable = [](const Ini& ini) { return !ini.faults.empty() && ini.faults.front().line == 0; };
    if (unreadable(top)) return top.faults;

    std::vector<Fault> faults;
    Ini base;
    std::vector<const Ini*> layers;
    if (const auto* base_line = top.find(based_on.section, based_on.name)) {
        base = read_ini_file((top.directory / base_line->value).lexically_normal());
        if (unreadable(base)) {
            return std::vector<Fault>{{top.file, base_line->line, base_line->section, base_line->key,
                                       base.faults.front().problem, "检查路径；相对路径从本文件所在目录算起"}};
        }
        if (const auto* deeper = base.find(based_on.section, based_on.name))
            faults.push_back(
                {base.file, deeper->line, deeper->section, deeper->key, "作为底本的省档案不能再有底本", "只允许一层"});
        layers.push_back(&base);
    }
    layers.push_back(&top);

    const Settled<ProvinceProfile> settled{settle(layers, profile_keys(), profile_free_sections(), faults)};
    auto profile = Binding{settled, layers, faults}.run();
    if (!faults.empty()) return faults;
    return profile;
}

}  // namespace hcp::config
