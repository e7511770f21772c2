#include "adapters/config/load_settings.hpp"
#include "adapters/config/settings_table.hpp"

namespace hcp::config {
namespace {

// "web.public_listen 不为 off 且 web.tls = on 时必填"
std::string when(const Key& key) {
    if (key.required) return "必填";
    std::string out;
    for (const auto& condition : key.required_when) {
        const auto& other = row_of(condition.member, settings_keys());
        out.append(out.empty() ? "" : " 且 ").append(other.section).append(".").append(other.name);
        out.append(condition.negated ? " 不为 " : " = ").append(condition.word);
    }
    return out + " 时必填";
}

std::string about(const Key& key) {
    std::string out = shape_of(key);
    if (!key.fallback.empty())
        out.append("；默认 ").append(key.fallback);
    else
        out.append("；").append(key.required || !key.required_when.empty() ? when(key) : "可不填");
    if (key.reloadable) out += "；可在线重载";
    return out;
}

}  // namespace

std::string template_text() {
    std::string out =
        "; 好差评插件的配置。由 hcpctl config template 生成；改完用 hcpctl config check 检查。\n"
        "; 注释以 ; 或 # 开头，独占一行。等号后面全是值，其中的 # 和 ; 不是注释。\n"
        "; 相对路径从本文件所在目录算起。密钥和口令只写文件路径。0 从不表示关闭；要关闭写 off。\n";
    for (const auto& section : settings_sections()) {
        out.append("\n; ").append(section.help).append("\n[").append(section.name).append("]\n");
        for (const auto& key : settings_keys()) {
            if (key.section != section.name) continue;
            out.append("; ").append(key.help).append("\n; ").append(about(key)).append("\n");
            const bool live = !key.fallback.empty();
            out.append(live ? "" : ";")
                .append(key.name)
                .append(" = ")
                .append(live ? key.fallback : key.example)
                .append("\n");
        }
    }
    return out;
}

}  // namespace hcp::config
