#include "adapters/config/schema.hpp"

#include "plugin/domain/nearest_name.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>
#include <map>

namespace hcp::config {
namespace {

class Check {
public:
    Check(std::span<const Ini* const> layers, std::span<const Key> keys, std::span<const FreeSection> free_sections)
        : layers_{layers}, keys_{keys}, free_{free_sections} {
        for (const auto& key : keys_) add_section(key.section);
        for (const auto& section : free_) add_section(section.name);
    }

    std::vector<Setting> run(std::vector<Fault>& faults) {
        for (const auto* ini : layers_) {
            faults.insert(faults.end(), ini->faults.begin(), ini->faults.end());
            const auto first = static_cast<std::ptrdiff_t>(faults.size());
            for (const auto& section : ini->sections) check_section(*ini, section, faults);
            for (const auto& entry : ini->entries) check_entry(*ini, entry, faults);
            std::stable_sort(faults.begin() + first, faults.end(),
                             [](const Fault& a, const Fault& b) { return a.line < b.line; });
        }
        for (const auto& key : keys_) settle_missing(key, faults);
        std::vector<Setting> out;
        for (const auto& key : keys_) out.push_back(std::move(found_.at(&key)));
        return out;
    }

private:
    void add_section(std::string_view name) {
        if (std::find(sections_.begin(), sections_.end(), name) == sections_.end()) sections_.push_back(name);
    }
    const FreeSection* free_section(std::string_view name) const {
        const auto it = std::find_if(free_.begin(), free_.end(), [&](const auto& s) { return s.name == name; });
        return it == free_.end() ? nullptr : &*it;
    }

    void check_section(const Ini& ini, const Ini::Section& section, std::vector<Fault>& faults) const {
        if (std::find(sections_.begin(), sections_.end(), section.name) != sections_.end()) return;
        const auto near = nearest(section.name, sections_);
        faults.push_back(
            {ini.file,
             section.line,
             section.name,
             {},
             "没有这个段",
             near.empty() ? "可用的段：" + domain::joined(sections_, "、") : "是否想写 [" + std::string{near} + "]"});
    }

    void check_entry(const Ini& ini, const IniEntry& entry, std::vector<Fault>& faults) {
        const auto report = [&](std::string problem, std::string remedy) {
            faults.push_back({ini.file, entry.line, entry.section, entry.key, std::move(problem), std::move(remedy)});
        };
        if (const auto* section = free_section(entry.section)) {
            const Key key{
                .section = section->name, .name = entry.key, .kind = section->kind, .min = 1, .max = section->max};
            const auto read = read_value(key, entry.value, ini.directory);
            if (const auto* wrong = std::get_if<Wrong>(&read)) report(wrong->problem, wrong->remedy);
            return;
        }
        if (std::find(sections_.begin(), sections_.end(), entry.section) == sections_.end())
            return;  // the section is the fault
        const auto key = std::find_if(keys_.begin(), keys_.end(),
                                      [&](const Key& k) { return k.section == entry.section && k.name == entry.key; });
        if (key == keys_.end()) return report("没有这个键", meant(entry));

        auto read = read_value(*key, entry.value, ini.directory);
        Setting setting{&*key, entry.value, entry.line, ini.file, std::nullopt};
        if (auto* wrong = std::get_if<Wrong>(&read))
            report(std::move(wrong->problem), std::move(wrong->remedy));
        else
            setting.value = std::move(std::get<Value>(read));
        found_.insert_or_assign(&*key, std::move(setting));
    }

    std::string meant(const IniEntry& entry) const {
        std::vector<std::string_view> here, elsewhere;
        for (const auto& key : keys_) {
            if (key.section == entry.section) here.push_back(key.name);
            if (key.name == entry.key) elsewhere.push_back(key.section);
        }
        if (const auto near = nearest(entry.key, here); !near.empty()) return "是否想写 “" + std::string{near} + "”";
        if (!elsewhere.empty()) return "它属于 [" + domain::joined(elsewhere, "、") + "] 段";
        return "本段可用的键：" + domain::joined(here, "、");
    }

    void settle_missing(const Key& key, std::vector<Fault>& faults) {
        if (found_.contains(&key)) return;
        const auto& ini = *layers_.back();
        Setting setting{&key, std::string{key.fallback}, 0, {}, std::nullopt};
        if (key.fallback.empty()) {
            // A key whose line could not be read is not missing; its line has been reported.
            const auto reported = [&](const Fault& f) { return f.section == key.section && f.key == key.name; };
            if (needed(key) && std::none_of(faults.begin(), faults.end(), reported)) {
                const auto remedy = key.example.empty()
                                        ? "应为：" + shape_of(key)
                                        : "例如：" + std::string{key.name} + " = " + std::string{key.example};
                faults.push_back(fault_of(setting, ini, "缺少必填项", remedy));
            }
        } else if (needed(key) || key.required_when.empty()) {
            auto read = read_value(key, key.fallback, ini.directory);
            if (auto* wrong = std::get_if<Wrong>(&read))
                faults.push_back(
                    fault_of(setting, ini, "默认值 “" + setting.text + "” 不能用：" + wrong->problem, wrong->remedy));
            else
                setting.value = std::move(std::get<Value>(read));
        }
        found_.insert_or_assign(&key, std::move(setting));
    }

    bool needed(const Key& key) const {
        return key.required || (!key.required_when.empty() &&
                                std::all_of(key.required_when.begin(), key.required_when.end(),
                                            [&](const Condition& condition) { return holds(condition); }));
    }
    bool holds(const Condition& condition) const {
        const auto& key = row_of(condition.member, keys_);
        const auto found = found_.find(&key);
        const auto text = found == found_.end() ? key.fallback : std::string_view{found->second.text};
        return (text == condition.word) != condition.negated;
    }

    std::span<const Ini* const> layers_;
    std::span<const Key> keys_;
    std::span<const FreeSection> free_;
    std::vector<std::string_view> sections_;
    std::map<const Key*, Setting> found_;
};

}  // namespace

std::vector<Setting> settle(std::span<const Ini* const> layers, std::span<const Key> keys,
                            std::span<const FreeSection> free_sections, std::vector<Fault>& faults) {
    return Check{layers, keys, free_sections}.run(faults);
}

const Key& row_of(const Member* member, std::span<const Key> keys) {
    return *std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.member == member; });
}

Fault fault_of(const Setting& setting, const Ini& ini, std::string problem, std::string remedy) {
    return {setting.file.empty() ? ini.file : setting.file,
            setting.line,
            std::string{setting.key->section},
            std::string{setting.key->name},
            std::move(problem),
            std::move(remedy)};
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    return domain::nearest_name(word, candidates, std::min(std::max<std::size_t>(2, word.size() / 3) + 1, word.size()));
}

}  // namespace hcp::config
