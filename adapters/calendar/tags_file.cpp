#include "adapters/calendar/tags_file.hpp"

#include "adapters/calendar/csv.hpp"
#include "adapters/calendar/faults.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace hcp::calendar {
namespace {

using domain::Head;
using domain::Tag;

constexpr std::array<std::string_view, 6> tag_columns{"version", "level", "code", "text", "head", "expanded"};
constexpr std::array heads{Head::items, Head::process, Head::conduct, Head::platform};

std::optional<Head> head_from(std::string_view text) {
    const auto it = std::find_if(heads.begin(), heads.end(), [&](Head h) { return domain::text_of(h) == text; });
    return it == heads.end() ? std::nullopt : std::optional{*it};
}

bool is_code(std::string_view s) {
    return s.size() >= 3 && s.size() <= 8 && domain::all_digits(s);
}

// The tag of a row, or its faults.
std::optional<Tag> tag_from(const CsvRow& row, Faults& faults) {
    const auto& [version, level, code, text, head, expanded] =
        std::tie(row.cells[0], row.cells[1], row.cells[2], row.cells[3], row.cells[4], row.cells[5]);
    bool sound = true;
    const auto complain = [&](std::string_view column, std::string problem, std::string remedy) {
        faults.at(row.line, {}, std::string{column}, std::move(problem), std::move(remedy));
        sound = false;
    };
    if (!domain::is_tag_version(version))
        complain("version", version.empty() ? "版本为空" : "版本 “" + version + "” 不是 年-月",
                 "写四位年、两位月，如 2020-05，同一个月再出一版写 2020-05.2；电子表格会把它改成日期，"
                 "先把这一列的格式设为文本");
    const auto known_level =
        level.size() == 1 ? domain::level_from(level.front() - '0') : std::optional<domain::Level>{};
    if (!known_level) complain("level", "等级 “" + level + "” 不存在", "写 5、4、3、2、1 之一");
    if (!is_code(code))
        complain("code", "代码 “" + code + "” 不是 3 至 8 位数字", "按省平台的测评指标代码填写");
    else if (known_level && code.front() != level.front())
        complain("code", "代码 “" + code + "” 的首位与等级 " + level + " 不符", "代码首位就是等级，改正其一");
    if (text.empty()) complain("text", "标签文字为空", "填写标签文字");
    const auto known_head = head_from(head);
    if (!known_head) {
        std::array<std::string_view, heads.size()> words;
        std::transform(heads.begin(), heads.end(), words.begin(), [](Head h) { return domain::text_of(h); });
        complain("head", "没有 “" + head + "” 这一方面", "写其中之一：" + domain::joined(words, "、"));
    }
    if (expanded != "0" && expanded != "1")
        complain("expanded", "“" + expanded + "” 不是 0 或 1", "0 先显示，1 展开后显示");
    if (!sound) return std::nullopt;
    return Tag{version, *known_level, code, text, *known_head, expanded == "1"};
}

}  // namespace

Parsed<domain::TagBook> tags_from(std::string_view file, std::string_view text) {
    auto table = read_csv(file, text, tag_columns);
    Faults faults{file};
    std::vector<Tag> tags;
    std::map<std::pair<std::string, std::string>, int> lines;
    for (const auto& row : table.value) {
        auto tag = tag_from(row, faults);
        if (!tag) continue;
        const auto [seen, fresh] = lines.try_emplace({tag->version, tag->code}, row.line);
        if (fresh)
            tags.push_back(std::move(*tag));
        else
            faults.at(row.line, {}, "code",
                      "代码 “" + tag->code + "” 重复，第 " + std::to_string(seen->second) + " 行已有",
                      "同一版本中一个代码只写一次");
    }
    auto all = std::move(table.faults);
    for (auto& fault : faults.take()) all.push_back(std::move(fault));
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    return {domain::TagBook{std::move(tags)}, std::move(all)};
}

std::string csv_text(const domain::TagBook& tags) {
    const std::vector<std::string> header{tag_columns.begin(), tag_columns.end()};
    std::string text = csv_line(header);
    for (const auto& tag : tags.tags()) {
        const std::array<std::string, 6> cells{
            tag.version, std::to_string(static_cast<int>(tag.level)), tag.code,
            tag.text,    std::string{domain::text_of(tag.head)},      tag.expanded ? "1" : "0"};
        text += csv_line(cells);
    }
    return text;
}

}  // namespace hcp::calendar
