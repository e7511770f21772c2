#include "adapters/calendar/policy_file.hpp"

#include "adapters/calendar/faults.hpp"
#include "adapters/calendar/policy_keys.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace hcp::calendar {
namespace {

using domain::PolicyBook;
using domain::PolicyVersion;
using ports::IniEntry;

constexpr std::string_view heading = "policy ";

// A version as it is being read, with the lines its faults are told by.
struct Draft {
    std::string section;
    int line = 0;
    PolicyVersion version;
    std::map<std::string, int, std::less<>> lines;  // by key
};

std::string_view name_in(std::string_view section) {
    if (!section.starts_with(heading)) return {};
    const auto name = section.substr(heading.size());
    return name.size() <= 32 && name.find_first_of(" \t") == name.npos ? name : std::string_view{};
}

void take(Draft& draft, const IniEntry& entry, Faults& faults) {
    const auto* key = find_policy_key(entry.key);
    if (!key) {
        const auto names = policy_key_names();
        const auto hint = nearest_hint(entry.key, names);
        return faults.at(entry, "没有这样的键", hint.empty() ? "删去这一行，或对照随附的 policy.ini" : hint);
    }
    draft.lines.emplace(entry.key, entry.line);
    if (!key->set(draft.version, entry.value)) faults.at(entry, "“" + entry.value + "” 不可用", key->remedy);
}

void check_complete(const Draft& draft, Faults& faults) {
    for (const auto& key : policy_keys())
        if (key.required && !draft.lines.contains(key.name))
            faults.at(draft.line, draft.section, std::string{key.name}, "缺少这一项", key.remedy);
}

void check_dates(const Draft& draft, Faults& faults) {
    const auto& v = draft.version;
    if (v.valid_to && *v.valid_to <= v.valid_from)
        faults.at(draft.lines.at("valid_until"), draft.section, "valid_until", "在 valid_from 之前",
                  "写有效期的最后一天");
}

std::vector<Draft> drafts_of(std::span<const IniEntry> entries, Faults& faults) {
    std::vector<Draft> drafts;
    std::set<std::string_view> refused;
    for (const auto& entry : entries) {
        const auto name = name_in(entry.section);
        if (name.empty()) {
            if (refused.insert(entry.section).second)
                faults.at(entry.line, entry.section, {}, "段名不是 “policy 版本名”",
                          "写成 [policy 2020]，版本名不含空格，至多 32 字节");
            continue;
        }
        auto it =
            std::find_if(drafts.begin(), drafts.end(), [&](const Draft& d) { return d.section == entry.section; });
        if (it == drafts.end()) {
            Draft fresh{entry.section, entry.line, {}, {}};
            fresh.version.name = name;
            fresh.version.measures = {};
            fresh.version.valid_to.reset();
            it = drafts.insert(drafts.end(), std::move(fresh));
        }
        take(*it, entry, faults);
    }
    return drafts;
}

void check_together(std::vector<Draft>& drafts, Faults& faults) {
    std::stable_sort(drafts.begin(), drafts.end(),
                     [](const Draft& a, const Draft& b) { return a.version.valid_from < b.version.valid_from; });
    for (auto it = drafts.begin(); it != drafts.end(); ++it) {
        const auto& v = it->version;
        if (const auto next = std::next(it);
            next != drafts.end() && (!v.valid_to || *v.valid_to > next->version.valid_from))
            faults.at(next->line, next->section, "valid_from", "与 [" + it->section + "] 的有效期重叠",
                      "把前一版本的 valid_until 写成本版本开始的前一天");
        const auto known = std::any_of(drafts.begin(), drafts.end(), [&](const Draft& d) {
            return d.version.name == v.successor && d.version.valid_from > v.valid_from;
        });
        if (!v.successor.empty() && !known)
            faults.at(it->lines.at("after_end"), it->section, "after_end", "没有更晚的版本 “" + v.successor + "”",
                      "写 continue，或写一个更晚版本的名称");
    }
}

Parsed<PolicyBook> read(std::string_view file, std::span<const IniEntry> entries, bool must_be_complete) {
    Faults faults{file};
    auto drafts = drafts_of(entries, faults);
    for (const auto& draft : drafts) {
        if (must_be_complete) check_complete(draft, faults);
        check_dates(draft, faults);
    }
    auto all = faults.take();
    // Versions that could not be read whole have no honest dates to compare.
    if (all.empty()) {
        Faults together{file};
        check_together(drafts, together);
        if (drafts.empty()) together.at(0, {}, {}, "没有任何规则版本", "至少写一段 [policy 版本名]");
        all = together.take();
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    if (!all.empty()) return {PolicyBook{}, std::move(all)};

    std::vector<PolicyVersion> versions;
    versions.reserve(drafts.size());
    for (auto& draft : drafts) versions.push_back(std::move(draft.version));
    return {PolicyBook{std::move(versions)}, {}};
}

}  // namespace

Parsed<PolicyBook> policy_from(std::string_view file, std::span<const IniEntry> entries) {
    return read(file, entries, true);
}

Parsed<PolicyBook> stored_policy_from(std::string_view file, std::span<const IniEntry> entries) {
    return read(file, entries, false);
}

std::string ini_text(const PolicyBook& policies) {
    std::string text;
    for (const auto& version : policies.versions()) {
        text += '[' + std::string{heading} + version.name + "]\n";
        for (const auto& key : policy_keys()) {
            const auto value = key.get(version);
            if (!value.empty()) text += std::string{key.name} + " = " + value + '\n';
        }
    }
    return text;
}

}  // namespace hcp::calendar
