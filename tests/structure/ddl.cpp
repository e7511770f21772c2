#include "tests/structure/ddl.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <utility>

namespace hcp::test::ddl {
namespace {

std::vector<std::string> tokens_of(std::string_view text) {
    const auto in_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    std::vector<std::string> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const auto start = at;
        if (std::isspace(static_cast<unsigned char>(text[at])) != 0) {
            ++at;
            continue;
        }
        if (text.substr(at).starts_with("--")) {
            at = std::min(text.find('\n', at), text.size());
            continue;
        }
        if (in_word(text[at])) {
            while (at < text.size() && in_word(text[at])) ++at;
        } else if (text[at] == '\'') {
            at = std::min(text.find('\'', at + 1), text.size() - 1) + 1;
        } else {
            const auto next = text.substr(at, 2);
            at += next == "<=" || next == ">=" || next == "<>" || next == "!=" || next == "||" ? 2 : 1;
        }
        auto token = std::string{text.substr(start, at - start)};
        if (token.front() != '\'')
            std::ranges::transform(token, token.begin(), [](unsigned char c) { return std::tolower(c); });
        tokens.push_back(std::move(token));
    }
    return tokens;
}

class Parser {
public:
    explicit Parser(std::string_view text) : tokens_{tokens_of(text)} {}

    Step run() {
        if (taken({"create", "table"}))
            table("create table");
        else if (taken({"create", "unique", "index"}))
            index("create unique index");
        else if (taken({"create", "index"}))
            index("create index");
        else if (taken({"alter", "table"}))
            alter();
        else
            stop();
        if (at_ != tokens_.size()) stop();
        return std::move(step_);
    }

private:
    void table(std::string verb) {
        begin(std::move(verb));
        items();
        step_.options = rest();
    }
    void index(std::string verb) {
        begin(std::move(verb));
        need("on");
        step_.on = next();
        step_.indexed = in_parentheses();
        if (taken({"where"})) step_.where = rest();
    }
    void alter() {
        step_.verb = "alter table";
        step_.name = next();
        do {
            need("add");
            taken({"column"});
            if (is("("))
                items();
            else
                item();
        } while (taken({","}));
    }

    void begin(std::string verb) {
        step_.verb = std::move(verb);
        step_.if_not_exists = taken({"if", "not", "exists"});
        step_.name = next();
    }
    void items() {
        need("(");
        do item();
        while (taken({","}));
        need(")");
    }
    void item() {
        if (taken({"constraint"})) {
            auto name = next();
            constraint(std::move(name));
        } else if (is("primary") || is("unique") || is("foreign") || is("check")) {
            constraint({});
        } else {
            column();
        }
    }
    void constraint(std::string name) {
        auto text = up_to_the_comma();
        if (name.empty()) name = text;
        if (!step_.constraints.emplace(std::move(name), std::move(text)).second) stop();
    }
    void column() {
        Column column;
        column.name = next();
        column.type = next();
        if (is("(")) column.type += "(" + in_parentheses() + ")";
        while (!is(",") && !is(")") && at_ != tokens_.size()) {
            if (taken({"not", "null"}))
                column.may_be_null = false;
            else if (taken({"primary", "key"}))
                column.is_primary_key = true;
            else if (taken({"default"}))
                column.fallback = next();
            else if (taken({"check"}))
                column.checks.push_back(in_parentheses());
            else
                stop();
        }
        step_.columns.push_back(std::move(column));
    }

    [[nodiscard]] bool is(std::string_view token) const { return at_ < tokens_.size() && tokens_[at_] == token; }
    bool taken(std::initializer_list<std::string_view> words) {
        if (tokens_.size() - at_ < words.size()) return false;
        if (!std::equal(words.begin(), words.end(), tokens_.begin() + static_cast<std::ptrdiff_t>(at_))) return false;
        at_ += words.size();
        return true;
    }
    void need(std::string_view token) {
        if (!taken({token})) stop();
    }
    std::string next() {
        if (at_ == tokens_.size()) stop();
        return tokens_[at_++];
    }
    void append_next(std::string& text) {
        if (!text.empty()) text += ' ';
        text += next();
    }
    std::string rest() {
        std::string text;
        while (at_ < tokens_.size()) append_next(text);
        return text;
    }
    // What stands between the parenthesis here and its partner.
    std::string in_parentheses() {
        need("(");
        std::string text;
        for (int depth = 1;;) {
            if (is("(")) ++depth;
            if (is(")") && --depth == 0) break;
            append_next(text);
        }
        need(")");
        return text;
    }
    std::string up_to_the_comma() {
        std::string text;
        for (int depth = 0; at_ < tokens_.size(); append_next(text)) {
            if (depth == 0 && (is(",") || is(")"))) break;
            if (is("(")) ++depth;
            if (is(")")) --depth;
        }
        return text;
    }
    [[noreturn]] void stop() const {
        std::string where;
        for (auto i = at_; i < std::min(at_ + 6, tokens_.size()); ++i) where += " " + tokens_[i];
        throw std::runtime_error{"not understood:" + (where.empty() ? " the end" : where)};
    }

    std::vector<std::string> tokens_;
    std::size_t at_ = 0;
    Step step_;
};

}  // namespace

Step parse(std::string_view text) {
    return Parser{text}.run();
}

}  // namespace hcp::test::ddl
