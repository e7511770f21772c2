#pragma once
#include "plugin/app/ledger/ledger_account.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/record/ledger_facts.hpp"

#include <limits>

// How the account holds rows against entries, of whatever kind they are.
namespace hcp::app {

using namespace domain;
using namespace record;

inline constexpr std::size_t page_size = 1000;
inline constexpr auto before_all = std::numeric_limits<std::int64_t>::min();  // an attacker may use any id

// How a row is named to people, and by which number.
template <class Tag>
std::string label_of(const Strong<Tag, std::int64_t>& id) {
    return " " + std::to_string(id.value());
}
inline std::string label_of(const std::tuple<std::string, std::string, Instant>& opening) {
    const auto& [project, section, at] = opening;
    return "（项目 " + project + (section.empty() ? "" : " 标段 " + section) + "）";
}
inline std::string label_of(const std::pair<std::int32_t, std::string>& reference) {
    return "（" + std::string{text_of(static_cast<ports::ReferenceKind>(reference.first))} + " " + reference.second +
           "）";
}
template <class Tag>
std::int64_t number_of(const Strong<Tag, std::int64_t>& id) {
    return id.value();
}
inline std::int64_t number_of(const std::tuple<std::string, std::string, Instant>& opening) {
    return to_us(std::get<Instant>(opening));
}
inline std::int64_t number_of(const std::pair<std::int32_t, std::string>& reference) {
    return reference.first;
}

inline std::string label_of(const std::tuple<CataloguePart, std::string, std::int32_t>& edition) {
    const auto& [part, code, revision] = edition;
    return "（" + std::string{text_of(part)} + " " + code + " 第 " + std::to_string(revision) + " 版）";
}
inline std::int64_t number_of(const std::tuple<CataloguePart, std::string, std::int32_t>& edition) {
    return std::get<std::int32_t>(edition);
}

template <class Row>
auto key_of(const Row& row) {
    if constexpr (requires { row.id; })
        return row.id;
    else
        return row.rating_id;
}

// The digest alone does not bring the words back.
template <class Row>
std::string taken_away(const Row& row) {
    if constexpr (requires { row.text_digest; })
        if (row.text_digest != no_digest && row.sealed_text.empty()) return " 的文字已被拿走";
    if constexpr (requires { row.sealed_reason; })
        if (row.reason_digest != no_digest && row.sealed_reason.empty()) return " 的原因已被拿走";
    if constexpr (requires { row.phone_digest; })
        if (row.phone_digest != no_digest && row.sealed_phone.empty()) return " 的联系电话已被拿走";
    return {};
}

template <class Key>
std::string named(LedgerSubject subject, const Key& key) {
    return std::string{name_of(subject)} + label_of(key);
}

template <class Key>
void LedgerAccount::find_taken(LedgerSubject subject, const Key& key, std::string_view what) {
    find(LedgerFault::row_changed, subject, 0, number_of(key),
         named(subject, key).append(" 的").append(what) + "已被拿走");
}

template <class Key>
void LedgerAccount::note(LedgerSubject subject, Facts<Key>& facts, const Key& key, std::int32_t lane,
                         std::int64_t place, const LedgerFact& fact) {
    const auto [known, first] = facts.try_emplace(key, Entered{fact, lane});
    if (!first && known->second.fact != fact)
        find(LedgerFault::row_changed, subject, lane, number_of(key),
             named(subject, key) + " 在留痕链中有两种记载：其一是伪造的");
    if (!first) return;
    recent_.push_back({lane, place, [&facts, key] { facts.erase(key); }});
    constexpr std::size_t remembered = 1000;
    if (recent_.size() > remembered) recent_.pop_front();
}

template <class Key>
void LedgerAccount::compare(LedgerSubject subject, Facts<Key>& facts, const Key& key, std::int32_t lane,
                            const LedgerFact& said_by_row) {
    const auto entered = facts.find(key);
    if (entered == facts.end())
        return find(LedgerFault::row_inserted, subject, lane, number_of(key),
                    named(subject, key) + " 在留痕链中没有记录");
    entered->second.met = true;
    const auto& fact = entered->second.fact;
    if (fact == said_by_row) return;
    const auto what = fact.index() == said_by_row.index() ? joined(differing_fields(fact, said_by_row), "、") : "来源";
    find(LedgerFault::row_changed, subject, entered->second.lane, number_of(key),
         named(subject, key) + " 的" + what + "与留痕链记载不符");
}

template <class Row, class Key, class Next>
ports::result<void> LedgerAccount::compare_pages(LedgerSubject subject, Facts<Key>& facts, const Next& next) {
    for (Key after{before_all};;) {
        HCP_CHECK(signs_.go_on());
        HCP_TRY(const auto page, next(after));
        if (page.empty()) break;
        for (const Row& row : page) {
            after = key_of(row);
            std::int32_t lane = 0;
            if constexpr (requires { row.ledger_lane; }) lane = row.ledger_lane;
            compare(subject, facts, after, lane, fact_of(row));
            if (const auto taken = taken_away(row); !taken.empty())
                find(LedgerFault::row_changed, subject, lane, after.value(), named(subject, after) + taken);
        }
    }
    find_missing(subject, facts);
    return {};
}

template <class Key>
void LedgerAccount::find_missing(LedgerSubject subject, const Facts<Key>& facts) {
    for (const auto& [key, entered] : facts)
        if (!entered.met)
            find(LedgerFault::row_removed, subject, entered.lane, number_of(key),
                 "留痕链记载的" + named(subject, key) + " 已不在数据库中");
}

}  // namespace hcp::app
