#include "plugin/compose/rule_files.hpp"

#include "adapters/calendar/calendar_file.hpp"
#include "adapters/calendar/catalogue_file.hpp"
#include "adapters/calendar/policy_file.hpp"
#include "adapters/calendar/policy_keys.hpp"
#include "adapters/calendar/tags_file.hpp"
#include "adapters/config/ini_reader.hpp"
#include "plugin/run/descriptor.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace hcp::compose {
namespace {

namespace fs = std::filesystem;

template <class T>
std::optional<T> without_fault(calendar::Parsed<T> parsed) {
    if (!parsed.faults.empty()) return std::nullopt;
    return std::move(parsed.value);
}

class Loading {
public:
    template <class T>
    T take(calendar::Parsed<T> parsed) {
        add(std::move(parsed.faults));
        return std::move(parsed.value);
    }
    config::Ini ini(const fs::path& path) {
        auto read = config::read_ini_file(path);
        if (read.faults.empty()) tell_of_nothing(read);
        add(std::move(read.faults));
        return read;
    }
    std::string text(const fs::path& path) {
        auto text = run::text_of_file(path);
        if (!text) faults_.push_back({path.filename().string(), 0, {}, {}, "文件无法打开", "检查路径与权限"});
        return std::move(text).value_or(std::string{});
    }
    // A section here is a version or a notice, and a file somebody's work: one that says nothing was cut off.
    void tell_of_nothing(const config::Ini& read) {
        if (read.sections.empty())
            faults_.push_back({read.file, 0, {}, {}, "文件中没有任何内容", "补上内容，或删去这个文件"});
        for (const auto& section : read.sections)
            if (std::none_of(read.entries.begin(), read.entries.end(),
                             [&](const auto& entry) { return entry.section == section.name; }))
                faults_.push_back(
                    {read.file, section.line, section.name, {}, "这一段没有任何内容", "补上内容，或删去这一段"});
    }
    void add(std::vector<ports::Fault> more) { std::move(more.begin(), more.end(), std::back_inserter(faults_)); }
    std::vector<ports::Fault> faults_;
};

std::vector<fs::path> calendar_files(const fs::path& directory, Loading& loading) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{directory, error})
        if (entry.path().extension() == ".ini") files.push_back(entry.path());
    if (error || files.empty())
        loading.faults_.push_back(
            {directory.string(), 0, {}, {}, "目录中没有工作日历文件（*.ini）", "放入 cn-年份.ini"});
    std::sort(files.begin(), files.end());
    return files;
}

domain::PolicyBook read_policies(const fs::path& file, Loading& loading) {
    const auto policy = loading.ini(file);
    return loading.take(calendar::policy_from(policy.file, policy.entries));
}

domain::Calendar read_calendar(const fs::path& directory, const fs::path& added, Loading& loading) {
    auto files = calendar_files(directory, loading);
    if (!added.empty()) {
        std::erase_if(files, [&](const fs::path& file) { return file.filename() == added.filename(); });
        files.push_back(added);
    }
    std::vector<calendar::IniFile> notices;
    for (const auto& path : files) {
        auto read = loading.ini(path);
        notices.push_back({read.file, std::move(read.entries)});
    }
    return loading.take(calendar::calendar_from(notices));
}

}  // namespace

std::variant<std::shared_ptr<const record::Rules>, std::vector<ports::Fault>> load_calendar_rules(
    const fs::path& policy_file, const fs::path& calendar_directory) {
    Loading loading;
    auto rules = std::make_shared<record::Rules>();
    rules->policies = read_policies(policy_file, loading);
    rules->calendar = read_calendar(calendar_directory, {}, loading);
    if (!loading.faults_.empty()) return std::move(loading.faults_);
    return rules;
}

std::variant<app::RuleFiles, std::vector<ports::Fault>> load_rules(const ports::RuleSettings& files,
                                                                   const fs::path& notices) {
    Loading loading;
    auto rules = std::make_shared<record::Rules>();
    app::RuleFiles loaded;
    const auto refer = [&](ports::ReferenceKind kind, std::string version, std::string content) {
        loaded.references.push_back({kind, std::move(version), std::move(content)});
    };

    rules->policies = read_policies(files.policy_file, loading);
    for (const auto& version : rules->policies.versions())
        refer(ports::ReferenceKind::policy, version.name, calendar::ini_text(domain::PolicyBook{{version}}));

    rules->calendar = read_calendar(files.calendar_directory, notices, loading);
    refer(ports::ReferenceKind::calendar, rules->calendar.version(), calendar::ini_text(rules->calendar));

    rules->tags = loading.take(calendar::tags_from(files.tags_file.filename().string(), loading.text(files.tags_file)));
    refer(ports::ReferenceKind::tags, std::string{rules->tags.version()}, calendar::csv_text(rules->tags));
    for (auto& item :
         loading.take(calendar::items_from(files.items_file.filename().string(), loading.text(files.items_file))))
        rules->items.emplace(item.item_code, item);
    for (auto& node :
         loading.take(calendar::nodes_from(files.nodes_file.filename().string(), loading.text(files.nodes_file))))
        rules->nodes.emplace(node.node, node);

    if (!loading.faults_.empty()) return std::move(loading.faults_);
    loaded.rules = std::move(rules);
    return loaded;
}

std::vector<ports::Fault> codes_unfit_for(const ports::ProvinceProfile& profile,
                                          const std::filesystem::path& profile_file, const record::Rules& rules) {
    for (const auto& [code, item] : rules.items) {
        const auto size = item.task_code.size();
        if (!item.classified || size <= profile.task_code_length || size == profile.task_handle_item_length) continue;
        return {{profile_file.string(), 0, "record", "task_code_length",
                 "事项 " + code + " 的实施编码有 " + std::to_string(size) + " 位，省档案只允许 " +
                     std::to_string(profile.task_code_length) + " 位（业务办理项 " +
                     std::to_string(profile.task_handle_item_length) + " 位）",
                 "改 task_code_length，或在事项清单中改正编码"}};
    }
    return {};
}

std::optional<domain::PolicyBook> StoredRuleTexts::policies(std::string_view text) const {
    const auto read = config::read_ini("stored", text);
    if (!read.faults.empty()) return std::nullopt;
    return without_fault(calendar::stored_policy_from(read.file, read.entries));
}

std::optional<domain::Calendar> StoredRuleTexts::calendar(std::string_view text) const {
    const auto read = config::read_ini("stored", text);
    if (!read.faults.empty()) return std::nullopt;
    const calendar::IniFile file{read.file, read.entries};
    return without_fault(calendar::calendar_from(std::span{&file, 1}));
}

std::optional<domain::TagBook> StoredRuleTexts::tags(std::string_view text) const {
    return without_fault(calendar::tags_from("stored", text));
}

std::vector<ports::RuleLine> StoredRuleTexts::lines_of(const domain::PolicyVersion& version) const {
    const auto keys = calendar::policy_keys();
    std::vector<ports::RuleLine> lines;
    lines.reserve(keys.size());
    for (const auto& key : keys) lines.push_back({std::string{key.name}, key.get(version)});
    return lines;
}

std::string StoredRuleTexts::text_of(const domain::Calendar& calendar) const {
    return calendar::ini_text(calendar);
}

}  // namespace hcp::compose
