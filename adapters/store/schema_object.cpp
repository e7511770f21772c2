#include "adapters/store/schema_object.hpp"

#include "adapters/store/statement.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <stdexcept>

namespace hcp::store {
namespace {

// Words, and every other sign by itself; comments are blanks.
std::vector<std::string> tokens_of(std::string_view text) {
    std::vector<std::string> tokens;
    while (!(text = domain::trimmed(text)).empty()) {
        if (text.starts_with("--")) {
            text.remove_prefix(std::min(text.find('\n'), text.size()));
            continue;
        }
        const auto length = std::max<std::size_t>(1, std::min(text.find_first_not_of(word_letters), text.size()));
        tokens.emplace_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return tokens;
}

class Parser {
public:
    explicit Parser(std::string_view ddl) : tokens_{tokens_of(ddl)} {}

    SchemaObject run() {
        if (taken({"alter", "table"})) {
            made_.kind = SchemaObject::Kind::columns;
            made_.name = made_.table = next();
            need("add");
            taken({"column"});
            const bool several = taken({"("});
            items();
            if (several) need(")");
            return std::move(made_);
        }
        need("create");
        made_.unique = taken({"unique"});
        const bool index = taken({"index"});
        if (!index) need("table");
        taken({"if", "not", "exists"});
        made_.name = made_.table = next();
        if (index) {
            made_.kind = SchemaObject::Kind::index;
            need("on");
            made_.table = next();
        }
        need("(");
        if (index) do
                made_.columns.push_back({next(), {}, true});
            while (taken({","}));
        else
            items();
        need(")");
        return std::move(made_);
    }

private:
    void items() {
        do item();
        while (taken({","}));
    }
    void item() {
        constexpr std::string_view constraints[] = {"constraint", "primary", "unique", "foreign", "check"};
        const bool column = std::find(std::begin(constraints), std::end(constraints), peek()) == std::end(constraints);
        if (column) {
            made_.columns.push_back({next(), next(), true});
            if (peek() == "(") made_.columns.back().type += in_parentheses();
        }
        while (!peek().empty() && peek() != "," && peek() != ")") {
            if (peek() == "(")
                (void)in_parentheses();
            else if (column && taken({"not", "null"}))
                made_.columns.back().may_be_null = false;
            else
                next();
        }
    }
    std::string in_parentheses() {
        std::string text = next();
        while (peek() != ")") text += peek() == "(" ? in_parentheses() : next();
        return text + next();
    }

    [[nodiscard]] std::string_view peek() const { return at_ < tokens_.size() ? tokens_[at_] : std::string_view{}; }
    std::string next() {
        if (at_ == tokens_.size()) throw std::logic_error{"a step that ends too early"};
        return tokens_[at_++];
    }
    bool taken(std::initializer_list<std::string_view> words) {
        const auto rest = std::span{tokens_}.subspan(at_);
        if (rest.size() < words.size() || !std::equal(words.begin(), words.end(), rest.begin())) return false;
        at_ += words.size();
        return true;
    }
    void need(std::string_view word) {
        if (!taken({word})) throw std::logic_error{"a step with no " + std::string{word} + " where one belongs"};
    }

    std::vector<std::string> tokens_;
    std::size_t at_ = 0;
    SchemaObject made_;
};

}  // namespace

SchemaObject made_by(std::string_view ddl) {
    return Parser{ddl}.run();
}

void leave_columns_of(SchemaObject& theirs, const SchemaObject& ours) {
    std::erase_if(theirs.columns, [&](const auto& column) {
        return std::ranges::find(ours.columns, column.name, &SchemaObject::Column::name) == ours.columns.end();
    });
}

std::string text_of(const SchemaObject& object) {
    std::vector<std::string> columns;
    for (const auto& [name, type, may_be_null] : object.columns)
        columns.push_back(name + (type.empty() ? "" : " ") + type + (may_be_null ? "" : " not null"));
    std::string text;
    if (object.kind == SchemaObject::Kind::index)
        text = (object.unique ? "unique index " : "index ") + object.name + " on ";
    return text + object.table + " (" + domain::joined(columns, ", ") + ")";
}

}  // namespace hcp::store
