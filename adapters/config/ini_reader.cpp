#include "adapters/config/ini_reader.hpp"

#include "plugin/domain/text.hpp"
#include "plugin/domain/unseen.hpp"
#include "plugin/domain/utf8.hpp"
#include "plugin/run/descriptor.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

namespace hcp::config {
namespace {

constexpr std::size_t longest_line = 4096;
constexpr std::size_t most_faults = 100;
constexpr std::uintmax_t largest_file = 1 << 20;

bool breaks_a_line(char c) {
    return domain::is_control(c) && c != '\t';
}

// Of a line that cannot be taken: the key that its fault is about, where that much of it can be read.
std::string key_before_equals(std::string_view raw) {
    const auto equals = raw.find('=');
    if (equals == std::string_view::npos) return {};
    const auto key = domain::trimmed_wide(raw.substr(0, equals));
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
    return key.find_first_not_of(letters) == std::string_view::npos ? std::string{key} : std::string{};
}

class Reader {
public:
    explicit Reader(Ini& ini) : ini_{ini} {}

    void line(std::string_view raw) {
        ++number_;
        if (raw.ends_with('\r')) raw.remove_suffix(1);
        const auto unreadable = [&](std::string problem, std::string remedy) {
            fault(std::move(problem), std::move(remedy), key_before_equals(raw));
        };
        if (raw.size() > longest_line) return unreadable("这一行超过 4096 字节", "把它分成几项，或检查是否少了换行");
        if (!domain::is_utf8(raw))
            return unreadable("这一行不是 UTF-8", "把文件另存为 UTF-8 编码（常见原因：用 GBK 保存）");
        if (raw.find('\0') != std::string_view::npos)
            return unreadable("这一行含有 NUL 字节", "检查文件是否损坏，或被存成了 UTF-16");
        if (std::any_of(raw.begin(), raw.end(), breaks_a_line))
            return unreadable("这一行含有控制字符", "删去不可见字符");

        const auto text = domain::trimmed_wide(raw);
        if (text.empty() || text.front() == ';' || text.front() == '#') return;
        if (const auto unseen = domain::first_unseen(text))
            return unreadable("这一行含有看不见的字符 " + domain::code_point_text(*unseen),
                              "重新手工键入这一行（常见原因：从网页或文档复制）");
        if (text.front() == '[') return section(text);
        entry(text);
    }

private:
    void section(std::string_view text) {
        // A header that cannot be read ends the section before it, lest its keys land there.
        where_ = Where::lost;
        section_.clear();
        if (text.back() != ']') return fault("段名没有以 “]” 结束", "写成 [段名]，注释另起一行");
        const auto name = domain::trimmed(text.substr(1, text.size() - 2), domain::line_blanks);
        if (name.empty()) return fault("段名为空", "写成 [段名]");
        where_ = Where::inside;
        section_ = name;
        ini_.sections.push_back({section_, number_});
    }

    void entry(std::string_view text) {
        const auto equals = text.find('=');
        if (equals == std::string_view::npos)
            return fault("这一行既不是 “键 = 值”，也不是 [段名]", "补上 “=”；注释以 “;” 或 “#” 开头");
        const auto key = domain::trimmed_wide(text.substr(0, equals));
        const auto value = domain::trimmed_wide(text.substr(equals + 1));
        if (key.empty()) return fault("“=” 前没有键名", "写成 键 = 值");
        if (where_ == Where::lost) return;  // the header is the fault; its keys are not reported one by one
        if (where_ == Where::before) return fault("键写在第一个 [段名] 之前", "先写段名，再写键", std::string{key});
        const auto [seen, fresh] = lines_.try_emplace({section_, std::string{key}}, number_);
        if (!fresh)
            return fault("键重复，第 " + std::to_string(seen->second) + " 行和第 " + std::to_string(number_) + " 行",
                         "只保留一行", std::string{key});
        if (value.empty()) return fault("值为空", "填上值；不需要时在行首加 “;”", std::string{key});
        if (value.find('\t') != value.npos) return fault("值中有制表符", "改为空格，或删去", std::string{key});
        ini_.entries.push_back({section_, std::string{key}, std::string{value}, number_});
    }

    void fault(std::string problem, std::string remedy, std::string key = {}) {
        if (ini_.faults.size() < most_faults)
            ini_.faults.push_back(
                {ini_.file, number_, section_, std::move(key), std::move(problem), std::move(remedy)});
    }

    Ini& ini_;
    int number_ = 0;
    enum class Where { before, inside, lost } where_ = Where::before;
    std::string section_;
    std::map<std::pair<std::string, std::string>, int> lines_;
};

Ini unreadable(std::string file, std::string problem, std::string remedy) {
    Ini ini;
    ini.faults.push_back({file, 0, {}, {}, std::move(problem), std::move(remedy)});
    ini.file = std::move(file);
    return ini;
}

}  // namespace

const IniEntry* Ini::find(std::string_view section, std::string_view key) const {
    const auto it = std::find_if(entries.begin(), entries.end(),
                                 [&](const IniEntry& e) { return e.section == section && e.key == key; });
    return it == entries.end() ? nullptr : &*it;
}

Ini read_ini(std::string file, std::string_view text) {
    Ini ini;
    ini.file = std::move(file);
    if (domain::has_utf16_mark(text)) {
        ini.faults.push_back({ini.file, 1, {}, {}, "文件是 UTF-16 编码", "另存为 UTF-8 编码"});
        return ini;
    }
    text = domain::without_mark(text);
    Reader reader{ini};
    while (!text.empty()) {
        const auto end = text.find('\n');
        reader.line(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return ini;
}

Ini read_ini_file(const std::filesystem::path& path) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(path, error).lexically_normal();
    const auto status = std::filesystem::status(absolute, error);
    if (!std::filesystem::exists(status)) return unreadable(path.string(), "文件不存在", "检查路径");
    if (!std::filesystem::is_regular_file(status)) return unreadable(path.string(), "不是普通文件", "检查路径");
    if (std::filesystem::file_size(absolute, error) > largest_file)
        return unreadable(path.string(), "文件超过 1 MiB", "检查是否给错了文件");
    const auto text = run::text_of_file(absolute);
    if (!text) return unreadable(path.string(), "文件读不出来", "检查权限");
    auto ini = read_ini(path.string(), *text);
    ini.directory = absolute.parent_path();
    return ini;
}

std::string text_of(const Fault& fault) {
    std::string out = fault.file;
    if (fault.line > 0) out += ":" + std::to_string(fault.line);
    if (!fault.section.empty()) out += " [" + fault.section + "]";
    if (!fault.key.empty()) out += " " + fault.key;
    return out + "：" + fault.problem + "；" + fault.remedy;
}

}  // namespace hcp::config
