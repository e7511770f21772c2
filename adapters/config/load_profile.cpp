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
    Binding(const Settled& settled, std::span<const Ini* const> layers, std::vector<Fault>& faults)
        : settled_{settled}, layers_{layers}, faults_{faults} {}

    // Also reports what no single row can say.
    ProvinceProfile run() {
        using namespace words;
        ProvinceProfile p;
        p.name = text("profile", "name");
        p.tenancy_id = text("profile", "tenancy_id");
        fill(p.paths, "paths", paths);
        fill(p.envelope, "envelope", envelope);
        fill(p.reply, "reply", reply);
        fill(p.patterns, "patterns", patterns);
        fill(p.service, "service_fields", service_fields);
        fill(p.rating, "rating_fields", rating_fields);
        fill(p.query, "query_fields", query_fields);
        fill(p.listed, "listed_fields", listed_fields);
        fill(p.norm, "norm_fields", norm_fields);
        fill(p, "record", record);
        fill(p.levels, "levels", levels);
        fill(p.channels, "channels", channels);
        fill(p.subject_types, "subject_types", subject_types);
        fill(p.default_certificate_kinds, "default_certificate_kinds", subject_types);
        fill(p.modes, "modes", modes);
        crypto(p);
        scalars(p);
        free_maps(p);
        check_paths();
        check_codes(p);
        return p;
    }

private:
    std::string text(std::string_view section, std::string_view key) const {
        return settled_.get<std::string>(section, key);
    }
    template <class Int = std::uint32_t>
    Int count(std::string_view section, std::string_view key) const {
        return static_cast<Int>(settled_.get<std::int64_t>(section, key));  // the row's range fits the type
    }
    template <class Duration>
    Duration duration(std::string_view section, std::string_view key) const {
        return Duration{count<typename Duration::rep>(section, key)};
    }
    std::optional<std::string> text_or_off(std::string_view section, std::string_view key) const {
        if (settled_.is_off(section, key)) return std::nullopt;
        return text(section, key);
    }

    template <class Owner, class T, std::size_t n>
    void fill(Owner& owner, std::string_view section, const Field<Owner, T> (&fields)[n]) const {
        for (const auto& field : fields) owner.*field.member = settled_.get<T>(section, field.name);
    }
    template <class Enum, std::size_t n>
    void fill(std::map<Enum, std::string>& map, std::string_view section, const Code<Enum> (&codes)[n]) const {
        for (const auto& code : codes) map[code.value] = text(section, code.name);
    }

    void crypto(ProvinceProfile& p) const {
        if (!settled_.get<bool>("crypto", "sm2")) return;
        const auto order = text("crypto", "order"), encoding = text("crypto", "encoding");
        p.sm2 = {order == "C1C2C3" ? ports::Sm2Order::c1c2c3
                 : order == "DER"  ? ports::Sm2Order::der
                                   : ports::Sm2Order::c1c3c2,
                 settled_.get<bool>("crypto", "prefix04"),
                 encoding == "HEX"      ? ports::Encoding::hex_upper
                 : encoding == "base64" ? ports::Encoding::base64
                                        : ports::Encoding::hex_lower};
    }

    void scalars(ProvinceProfile& p) const {
        using std::chrono::days, std::chrono::milliseconds, std::chrono::seconds;
        p.project_no_prefix = text("record", "project_no_prefix");
        p.area_length = count<>("record", "area_length");
        p.task_code_length = count<>("record", "task_code_length");
        p.task_handle_item_length = count<>("record", "task_handle_item_length");
        p.self_built_marker = text_or_off("record", "self_built_marker");
        p.service_number_as_text = text("record", "service_number") == "text";
        p.max_services = count<>("record", "max_services");
        if (!settled_.is_off("record", "text_limit")) p.text_limit = count<>("record", "text_limit");
        if (text("defaults", "push_default") == "marked") p.default_pf = text("defaults", "default_pf");
        p.allow_experts = settled_.get<bool>("secrecy", "allow_experts");
        p.padding = {text_or_off("padding", "mobile"), text_or_off("padding", "subject_name")};
        p.clamp_skew = duration<seconds>("time", "clamp_skew_s");
        if (!settled_.is_off("time", "service_back_s"))
            p.service_time_back = duration<seconds>("time", "service_back_s");
        p.max_parallel = count<>("traffic", "max_parallel");
        p.per_second = count<>("traffic", "per_second");
        p.max_batch = count<>("traffic", "max_batch");
        p.per_attempt = duration<milliseconds>("traffic", "per_attempt_ms");
        p.connect = duration<milliseconds>("traffic", "connect_ms");
        p.backoff = {duration<milliseconds>("retry", "base_ms"), duration<milliseconds>("retry", "fast_cap_ms"),
                     count<int>("retry", "fast_attempts"), duration<milliseconds>("retry", "slow_cap_ms")};
        p.give_up_after = duration<days>("retry", "give_up_after_days");
        p.breaker_failures = count<>("breaker", "failures");
        p.breaker_open_for = duration<milliseconds>("breaker", "open_ms");
    }

    void free_maps(ProvinceProfile& p) {
        each_of("headers", [&](const Ini& ini, const IniEntry& e) {
            const auto printable = [](char c) { return c >= ' ' && c < 0x7F; };
            if (!is_header_name(e.key)) return fault(ini, e, "不是合格的请求头名", "只用字母、数字和 -");
            if (!std::all_of(e.value.begin(), e.value.end(), printable))
                return fault(ini, e, "请求头的值含有非 ASCII 字符", "中文须先编码");
            if (const auto bad = unknown_placeholder(e.value); !bad.empty())
                return fault(ini, e, "没有这个占位符：" + std::string{bad},
                             "可用 {tenancy_id} {app_mark} {request_id} {time_ms}");
            p.headers.emplace_back(e.key, e.value);
        });
        each_of("certificate_kinds", [&](const Ini&, const IniEntry& e) { p.certificate_kinds[e.key] = e.value; });
        each_of("task_types", [&](const Ini&, const IniEntry& e) { p.task_types[e.key] = e.value; });
        each_of("area_renames", [&](const Ini& ini, const IniEntry& e) {
            if (!domain::all_digits(e.key) || !domain::all_digits(e.value) || e.key.size() != e.value.size())
                return fault(ini, e, "不是行政区划代码的对应", "写成 旧代码 = 新代码，位数相同");
            p.area_renames[e.key] = e.value;
        });
    }
    template <class Visit>
    void each_of(std::string_view section, Visit visit) {
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
        for (const auto& field : words::paths) {
            const auto* setting = settled_.find("paths", field.name);
            const auto fits = [](char c) { return c > ' ' && c < 0x7F && c != '#'; };
            if (setting->value &&
                (!setting->text.starts_with('/') || !std::all_of(setting->text.begin(), setting->text.end(), fits)))
                fault(*setting, "不是路径", "以 / 开头，不含空格和中文");
        }
    }

    void check_codes(const ProvinceProfile& p) {
        std::set<std::string> seen;
        for (const auto& level : words::levels) {
            const auto* setting = settled_.find("levels", level.name);
            if (setting->value && !seen.insert(setting->text).second)
                fault(*setting, "两个等级的代码相同", "每个等级用不同的代码");
        }
        // A default that looks like a person's rating is not marked.
        for (const auto& [channel, code] : p.channels)
            if (p.default_pf && !code.empty() && *p.default_pf == code)
                return fault(*settled_.find("defaults", "default_pf"), "与本人评价的渠道代码相同，无法区分系统默认",
                             "填省平台给系统默认的专用代码，或改为 push_default = hold");
    }

    void fault(const Setting& setting, std::string problem, std::string remedy) {
        faults_.push_back(fault_of(setting, *layers_.back(), std::move(problem), std::move(remedy)));
    }
    void fault(const Ini& ini, const IniEntry& entry, std::string problem, std::string remedy) {
        faults_.push_back({ini.file, entry.line, entry.section, entry.key, std::move(problem), std::move(remedy)});
    }

    const Settled& settled_;
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
    if (const auto* based_on = top.find("profile", "based_on")) {
        base = read_ini_file((top.directory / based_on->value).lexically_normal());
        if (unreadable(base)) {
            return std::vector<Fault>{{top.file, based_on->line, "profile", "based_on", base.faults.front().problem,
                                       "检查路径；相对路径从本文件所在目录算起"}};
        }
        if (const auto* deeper = base.find("profile", "based_on"))
            faults.push_back(
                {base.file, deeper->line, "profile", "based_on", "作为底本的省档案不能再有底本", "只允许一层"});
        layers.push_back(&base);
    }
    layers.push_back(&top);

    const auto settled = settle(layers, profile_keys(), profile_free_sections(), faults);
    auto profile = Binding{settled, layers, faults}.run();
    if (!faults.empty()) return faults;
    return profile;
}

}  // namespace hcp::config
