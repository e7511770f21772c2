#include "adapters/store/statement.hpp"

#include "adapters/store/codes.hpp"
#include "adapters/store/columns.hpp"
#include "adapters/store/dialect.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace hcp::store {
namespace {

[[noreturn]] void mistake(const std::string& what) {
    throw std::logic_error{"statement: " + what};
}

std::string_view take_word(std::string_view& text, std::string_view letters = word_letters) {
    const auto word = text.substr(0, text.find_first_not_of(letters));
    text.remove_prefix(word.size());
    text = domain::trimmed(text);
    return word;
}

// Calls `found(what follows the mark)` for each `mark` outside of quoted text; it answers what stands for it and how
// much of the text that uses up.
template <class Found>
std::string replaced(std::string_view text, char mark, Found found) {
    std::string out;
    for (bool quoted = false; !text.empty();) {
        if (text.front() == '\'') quoted = !quoted;
        if (quoted || text.front() != mark) {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        const auto [instead, used] = found(text.substr(1));
        out += instead;
        text.remove_prefix(1 + used);
    }
    return out;
}

std::string insert(std::string_view table) {
    const auto names = columns_of(table);
    return "insert into " + std::string{table} + " (" + domain::joined(names, ", ") +
           ") values (:" + domain::joined(names, ", :") + ")";
}

// "counters by KEY, KEY: ASSIGNMENTS"
std::string upsert(std::string_view rest, const Dialect& dialect) {
    const auto table = take_word(rest);
    if (take_word(rest) != "by") mistake("upsert without a key");
    const auto colon = std::min(rest.find(':'), rest.size());
    const auto keys = rest.substr(0, colon);
    std::string assignments{domain::trimmed(rest.substr(std::min(colon + 1, rest.size())))};
    if (assignments.empty()) {
        std::vector<std::string> parts;
        for (const auto column : columns_of(table)) {
            const auto key_columns = domain::split(keys, ',');
            const bool is_key = std::any_of(key_columns.begin(), key_columns.end(),
                                            [&](const auto& key) { return domain::trimmed(key) == column; });
            if (!is_key) parts.push_back(std::string{column} + " = new." + std::string{column});
        }
        assignments = domain::joined(parts, ", ");
    }
    return dialect.upsert({insert(table), table, keys, std::move(assignments)});
}

// "dossiers o; COLUMN: EXPRESSION"
std::string columns_in_words(std::string_view table, std::string_view rest) {
    const std::string alias{take_word(rest)};
    std::string_view other, expression;
    if (rest.starts_with(';')) {
        rest = domain::trimmed(rest.substr(1));
        other = take_word(rest);
        if (!rest.starts_with(':')) mistake("a column read otherwise needs its expression");
        expression = domain::trimmed(rest.substr(1));
    }
    std::vector<std::string> parts;
    for (const auto column : columns_of(table)) {
        const std::string name{column};
        auto part = alias.empty() ? name : alias + "." + name;
        if (column == other) part = expression;
        if (!alias.empty()) part += " as " + alias + "_" + name;
        parts.push_back(std::move(part));
    }
    return domain::joined(parts, ", ");
}

std::string mark(std::string_view inside, const Dialect& dialect) {
    auto rest = domain::trimmed(inside);
    const auto word = take_word(rest);
    if (word == "insert") return insert(rest);
    if (word == "upsert") return upsert(rest, dialect);
    if (word == "told") return std::string{rest} + ".embargoed = #secrecy.none";
    if (word == "limit") return dialect.limit(rest);
    if (word == "hint") return dialect.hint(rest);
    if (word == "apart") return dialect.apart(rest);
    if (word == "day") return dialect.day(rest);
    if (word == "one" && rest == "row") return std::string{dialect.one_row()};
    if (word == "blank") return std::string{dialect.blank()};
    if (word == "take") return std::string{dialect.take()};
    if (word == "await") return std::string{dialect.await()};
    return columns_in_words(word, rest);
}

}  // namespace

std::string spelled(const Statement& statement, const Dialect& dialect) {
    std::string text{dialect.own(statement.name)};
    if (text.empty())
        for (const auto part : statement.text.parts) text.append(part).append(" ");
    try {
        text = replaced(text, '{', [&](std::string_view rest) {
            const auto end = rest.find('}');
            if (end == std::string_view::npos) mistake("a mark without its end");
            return std::pair{mark(rest.substr(0, end), dialect), end + 1};
        });
        text = replaced(text, '#', [](std::string_view rest) {
            const auto name = rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_."));
            return std::pair{std::to_string(code(name)), name.size()};
        });
    } catch (const std::logic_error& error) {
        throw std::logic_error{std::string{statement.name} + ": " + error.what()};
    }
    // One blank between words: the source is laid out in lines.
    std::string tidy;
    std::unique_copy(text.begin(), text.end(), std::back_inserter(tidy), [](char a, char b) {
        return domain::ascii_blanks.find(a) != std::string_view::npos &&
               domain::ascii_blanks.find(b) != std::string_view::npos;
    });
    std::replace(tidy.begin(), tidy.end(), '\n', ' ');
    return std::string{domain::trimmed(tidy)};
}

DriverText driver_text(std::string_view spelled, std::size_t keys) {
    DriverText out;
    const auto name_at = [](std::string_view rest) { return rest.substr(0, rest.find_first_not_of(word_letters)); };
    std::string text{spelled};
    for (const char kind : {'@', ':'}) {
        // The list first, as parameters of a name that no other has: their places among the others are known at the
        // end.
        text = replaced(text, kind, [&](std::string_view rest) {
            const auto name = name_at(rest);
            if (kind == ':') {
                const auto known = std::find(out.names.begin(), out.names.end(), name);
                const bool is_list = name == "0";
                out.order.push_back(is_list ? DriverText::listed
                                            : static_cast<int>(std::distance(out.names.begin(), known)));
                if (!is_list && known == out.names.end()) out.names.emplace_back(name);
                return std::pair{std::string{"?"}, name.size()};
            }
            std::string parameters;
            for (std::size_t i = 0; i < keys; ++i) parameters += i == 0 ? ":0" : ",:0";
            return std::pair{parameters, name.size()};
        });
    }
    out.sql = std::move(text);
    return out;
}

std::vector<std::size_t> DriverText::places(std::span<const std::string_view> given) const {
    std::vector<std::size_t> at;
    for (const auto& name : names) {
        const auto found = std::find(given.begin(), given.end(), name);
        if (found == given.end()) mistake("no value for :" + name + " in " + sql);
        at.push_back(static_cast<std::size_t>(found - given.begin()));
    }
    return at;
}

std::vector<std::string> DriverText::pieces() const {
    std::vector<std::string> all;
    std::string_view rest = sql;
    (void)replaced(sql, '?', [&](std::string_view behind) {
        all.emplace_back(rest.substr(0, rest.size() - behind.size() - 1));
        rest = behind;
        return std::pair{std::string{}, std::size_t{0}};
    });
    all.emplace_back(rest);
    return all;
}

}  // namespace hcp::store
