#include "adapters/config/load_profile.hpp"

#include "adapters/config/profile_table.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>
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
              at<&ProvinceProfile::paths, &ProvincePaths::query>, at<&ProvinceProfile::paths, &ProvincePaths::norm>}) {
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
