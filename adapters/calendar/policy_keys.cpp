#include "adapters/calendar/policy_keys.hpp"

#include "plugin/domain/text.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace hcp::calendar {
namespace {

using domain::Day;
using domain::LegalBasis;
using domain::PolicyVersion;
using domain::Rule;
using std::chrono::days;
using std::chrono::minutes;

std::optional<int> integer(std::string_view text, int least, int most) {
    const auto value = domain::whole_number<int>(text);
    if (!value || *value < least || *value > most) return std::nullopt;
    return value;
}

std::string two_digits(std::int64_t n) {
    return (n < 10 ? "0" : "") + std::to_string(n);
}

// ---- one maker per kind of value ----

PolicyKey count(std::string_view name, int PolicyVersion::*field, int least, int most) {
    return {name, true, "写 " + std::to_string(least) + " 到 " + std::to_string(most) + " 的整数",
            [=](PolicyVersion& v, std::string_view text) {
                const auto value = integer(text, least, most);
                if (value) v.*field = *value;
                return value.has_value();
            },
            [=](const PolicyVersion& v) { return std::to_string(v.*field); }};
}

template <class T>
PolicyKey choice(std::string_view name, T PolicyVersion::*field, std::vector<std::pair<std::string_view, T>> values) {
    std::vector<std::string_view> names;
    names.reserve(values.size());
    for (const auto& [word, value] : values) names.push_back(word);
    return {name, true, "写其中之一：" + domain::joined(names, "、"),
            [=](PolicyVersion& v, std::string_view text) {
                for (const auto& [word, value] : values)
                    if (word == text) return v.*field = value, true;
                return false;
            },
            [=](const PolicyVersion& v) -> std::string {
                for (const auto& [word, value] : values)
                    if (v.*field == value) return std::string{word};
                return {};
            }};
}

PolicyKey flag(std::string_view name, bool PolicyVersion::*field) {
    return choice<bool>(name, field, {{"on", true}, {"off", false}});
}

std::optional<LegalBasis> basis_from(std::string_view text) {
    const auto parts = domain::split(text, " | ");
    if (parts.size() < 2 || parts.size() > 3 || parts[0].empty() || parts[1].empty()) return std::nullopt;
    if (parts.size() == 3 && !parts[2].starts_with("https://") && !parts[2].starts_with("http://")) return std::nullopt;
    return LegalBasis{parts[0], parts[1], parts.size() == 3 ? parts[2] : std::string{}};
}

std::string text_of(const LegalBasis& basis) {
    if (basis.title.empty()) return {};
    return basis.number + " | " + basis.title + (basis.url.empty() ? "" : " | " + basis.url);
}

constexpr std::string_view basis_remedy = "写成 文号 | 标题，或 文号 | 标题 | https://链接";

PolicyKey basis(std::string_view name, std::size_t index) {
    return {name, false, std::string{basis_remedy},
            [=](PolicyVersion& v, std::string_view text) {
                auto value = basis_from(text);
                if (!value) return false;
                v.basis.resize(std::max(v.basis.size(), index + 1));
                v.basis[index] = std::move(*value);
                return true;
            },
            [=](const PolicyVersion& v) { return index < v.basis.size() ? text_of(v.basis[index]) : std::string{}; }};
}

PolicyKey clause(std::string_view name, Rule rule) {
    const auto index = static_cast<std::size_t>(rule);
    return {name, false, "写条号和原文，如 第7条 事项办结后……",
            [=](PolicyVersion& v, std::string_view text) { return v.clauses[index] = text, true; },
            [=](const PolicyVersion& v) { return v.clauses[index]; }};
}

// ---- keys of their own kind ----

PolicyKey measures() {
    return {"measures", true, std::string{basis_remedy},
            [](PolicyVersion& v, std::string_view text) {
                auto value = basis_from(text);
                if (value) v.measures = std::move(*value);
                return value.has_value();
            },
            [](const PolicyVersion& v) { return text_of(v.measures); }};
}

PolicyKey valid_from() {
    return {"valid_from", true, "写施行的第一天，如 2020-08-01",
            [](PolicyVersion& v, std::string_view text) {
                const auto day = domain::day_from(text);
                if (day) v.valid_from = *day;
                return day.has_value();
            },
            [](const PolicyVersion& v) { return domain::text_of(v.valid_from); }};
}

// People write the last day, the code keeps the first one after it.
PolicyKey valid_until() {
    return {"valid_until", false, "写有效期的最后一天，如 2022-07-31；长期有效时删去这一行",
            [](PolicyVersion& v, std::string_view text) {
                const auto day = domain::day_from(text);
                if (day) v.valid_to = *day + days{1};
                return day.has_value();
            },
            [](const PolicyVersion& v) { return v.valid_to ? domain::text_of(*v.valid_to - days{1}) : std::string{}; }};
}

PolicyKey after_end() {
    return {"after_end", true, "写 continue，或接替版本的名称",
            [](PolicyVersion& v, std::string_view text) {
                v.successor = text == "continue" ? std::string{} : std::string{text};
                return true;
            },
            [](const PolicyVersion& v) { return v.successor.empty() ? std::string{"continue"} : v.successor; }};
}

std::optional<minutes> time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = integer(text.substr(0, 2), 0, 23), minute = integer(text.substr(3), 0, 59);
    if (!hour || !minute) return std::nullopt;
    return std::chrono::hours{*hour} + minutes{*minute};
}

std::string text_of(minutes time) {
    return two_digits(time.count() / 60) + ':' + two_digits(time.count() % 60);
}

PolicyKey close_of_business() {
    return {"close_of_business", true, "写 24 小时制的时刻，如 17:00",
            [](PolicyVersion& v, std::string_view text) {
                const auto time = time_of_day(text);
                if (!time || *time == minutes{}) return false;
                v.close_of_business = *time;
                return true;
            },
            [](const PolicyVersion& v) { return text_of(v.close_of_business); }};
}

std::optional<domain::OfficeHours> office_hours_from(std::string_view text) {
    domain::OfficeHours hours;
    for (const auto& part : domain::split(text, ", ")) {
        const auto ends = domain::split(part, '-');
        if (ends.size() != 2) return std::nullopt;
        const auto from = time_of_day(ends[0]), until = time_of_day(ends[1]);
        if (!from || !until || *from >= *until || (!hours.empty() && *from < hours.back().until)) return std::nullopt;
        hours.push_back({*from, *until});
    }
    return hours;
}

PolicyKey office_hours() {
    return {"office_hours", true, "写一天的办公时段，先后有序、互不重叠，如 09:00-12:00, 13:30-17:00",
            [](PolicyVersion& v, std::string_view text) {
                const auto hours = office_hours_from(text);
                if (hours) v.office_hours = *hours;
                return hours.has_value();
            },
            [](const PolicyVersion& v) {
                std::string text;
                for (const auto& span : v.office_hours)
                    text += (text.empty() ? "" : ", ") + text_of(span.from) + '-' + text_of(span.until);
                return text;
            }};
}

// Nothing serves a default of a visit yet: who writes on waits for what will never come.
PolicyKey on_site_default() {
    return {"on_site_default", true, "写 off：只报到访、没有办结的，本版本不产生待评价，因而也没有系统默认",
            [](PolicyVersion&, std::string_view text) { return text == "off"; },
            [](const PolicyVersion&) { return std::string{"off"}; }};
}

std::vector<PolicyKey> make_keys() {
    using P = PolicyVersion;
    using domain::Anchor;
    using domain::DayKind;
    using domain::DeadlineEnd;
    using domain::Identity;
    using domain::Level;
    const std::vector<std::pair<std::string_view, Anchor>> anchors{{"excluded", Anchor::excluded},
                                                                   {"inclusive", Anchor::inclusive}};
    return {
        measures(),
        basis("basis_1", 0),
        basis("basis_2", 1),
        basis("basis_3", 2),
        valid_from(),
        valid_until(),
        after_end(),
        clause("clause_window", Rule::window),
        clause("clause_on_site", Rule::on_site),
        count("window_days", &P::window_days, 1, 60),
        choice<DayKind>("window_kind", &P::window_kind, {{"working", DayKind::working}, {"natural", DayKind::natural}}),
        choice<Anchor>("anchor_online", &P::anchor_online, anchors),
        choice<Anchor>("anchor_on_site", &P::anchor_on_site, anchors),
        choice<DeadlineEnd>("deadline_end", &P::deadline_end,
                            {{"24:00", DeadlineEnd::midnight}, {"close_of_business", DeadlineEnd::close_of_business}}),
        close_of_business(),
        office_hours(),
        choice<Level>("default_level", &P::default_level,
                      {{"5", Level::very_satisfied}, {"4", Level::satisfied}, {"3", Level::basically_satisfied}}),
        on_site_default(),
        flag("barred_default", &P::barred_default),
        flag("ranking_counts_defaults", &P::ranking_counts_defaults),
        count("reminder_days", &P::reminder_days, 1, 30),
        choice<Identity>("identity", &P::identity, {{"either", Identity::either}, {"real_name", Identity::real_name}}),
        clause("clause_bad_review", Rule::bad_review),
        count("bad_review_min_characters", &P::bad_review_min_characters, 1, 200),
        clause("clause_rectification", Rule::rectification),
        count("contact_days", &P::contact_days, 1, 30),
        count("rectify_days", &P::rectify_days, 1, 60),
        count("contact_attempts", &P::contact_attempts, 1, 20),
        count("contact_half_days", &P::contact_half_days, 1, 20),
        clause("clause_appeal", Rule::appeal),
        count("appeal_days", &P::appeal_days, 1, 60),
        clause("clause_bar", Rule::bar),
        count("bar_reviews", &P::bar_reviews, 1, 20),
        count("bar_within_months", &P::bar_within_months, 1, 60),
        count("bar_months", &P::bar_months, 1, 60),
        flag("bar_counts_mistaken", &P::bar_counts_mistaken),
        clause("clause_concentration", Rule::concentration),
        count("concentration_reviews", &P::concentration_reviews, 2, 100),
        count("concentration_days", &P::concentration_days, 1, 120),
        clause("clause_publicity", Rule::publicity),
    };
}

}  // namespace

std::span<const PolicyKey> policy_keys() {
    static const auto keys = make_keys();
    return keys;
}

const PolicyKey* find_policy_key(std::string_view name) {
    const auto keys = policy_keys();
    const auto it = std::find_if(keys.begin(), keys.end(), [&](const PolicyKey& k) { return k.name == name; });
    return it == keys.end() ? nullptr : &*it;
}

std::vector<std::string_view> policy_key_names() {
    std::vector<std::string_view> names;
    for (const auto& key : policy_keys()) names.push_back(key.name);
    return names;
}

}  // namespace hcp::calendar
