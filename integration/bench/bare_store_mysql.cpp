#include "integration/bench/bare_store.hpp"

#include <mysql.h>

#include <charconv>
#include <memory>
#include <string>

namespace bare {
namespace {

class Mysql final : public Client {
public:
    explicit Mysql(const std::string& where) : connection_{mysql_init(nullptr)} {
        const auto colon = where.rfind(':');
        const auto socket = where.substr(0, colon), database = where.substr(colon + 1);
        mysql_options(connection_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
        if (mysql_real_connect(connection_, nullptr, "root", nullptr, database.c_str(), 0, socket.c_str(),
                               CLIENT_MULTI_STATEMENTS) == nullptr)
            fail();
        run("set session transaction isolation level read committed");
    }
    ~Mysql() override { mysql_close(connection_); }

    Table read(const std::string& sql) override {
        if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) fail();
        const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> rows{mysql_store_result(connection_), mysql_free_result};
        if (rows == nullptr) fail();
        Table out;
        const auto width = mysql_num_fields(rows.get());
        const auto* const fields = mysql_fetch_fields(rows.get());
        for (unsigned i = 0; i < width; ++i) out.columns.emplace_back(fields[i].name);
        while (auto* const from = mysql_fetch_row(rows.get())) {
            const auto* const lengths = mysql_fetch_lengths(rows.get());
            auto& row = out.rows.emplace_back();
            for (unsigned i = 0; i < width; ++i) row.push_back(value(fields[i], from[i], lengths[i]));
        }
        return out;
    }
    void begin() override { run("start transaction"); }
    void commit() override { run("commit"); }

    // The rows of an insert follow one another in one statement; other statements follow one another in one package.
    void write(const std::string& sql, std::span<const Row> rows) override {
        const auto values = sql.find("values (");
        const bool is_insert = values != std::string::npos;
        const auto head = is_insert ? sql.substr(0, values + 7) : std::string{};
        const auto behind = is_insert ? sql.find(')', values) + 1 : sql.size();
        const auto one = sql.substr(head.size(), behind - head.size()), tail = sql.substr(behind);
        while (!rows.empty()) {
            const auto some = rows.first(std::min(rows_at_once, rows.size()));
            text_ = head;
            for (const auto& row : some) {
                if (&row != &some.front()) text_ += is_insert ? ',' : ';';
                std::size_t at = 0;
                for (const char c : one)
                    if (c == '?')
                        add(row[at++]);
                    else
                        text_ += c;
            }
            text_ += tail;
            run(text_);
            rows = rows.subspan(some.size());
        }
    }

private:
    [[noreturn]] void fail() { give_up("mysql", mysql_error(connection_)); }
    void run(std::string_view sql) {
        if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) fail();
        int more = 0;
        do {
            mysql_free_result(mysql_store_result(connection_));
            more = mysql_next_result(connection_);
        } while (more == 0);
        if (more > 0) fail();
    }
    static Value value(const MYSQL_FIELD& field, const char* from, unsigned long length) {
        constexpr unsigned binary = 63;
        if (from == nullptr) return {};
        if (IS_NUM(field.type)) {
            Value number{Value::Kind::integer, 0, {}};
            std::from_chars(from, from + length, number.integer);
            return number;
        }
        return {field.charsetnr == binary ? Value::Kind::bytes : Value::Kind::text, 0, std::string(from, length)};
    }
    void add(const Value& value) {
        switch (value.kind) {
            case Value::Kind::null:
                text_ += "null";
                return;
            case Value::Kind::integer:
                text_ += std::to_string(value.integer);
                return;
            case Value::Kind::text: {
                text_ += '\'';
                const auto before = text_.size();
                text_.resize(before + 2 * value.content.size() + 1);
                text_.resize(before + mysql_real_escape_string(connection_, text_.data() + before, value.content.data(),
                                                               value.content.size()));
                text_ += '\'';
                return;
            }
            case Value::Kind::bytes: {
                text_ += "x'";
                const auto before = text_.size();
                text_.resize(before + 2 * value.content.size() + 1);
                mysql_hex_string(text_.data() + before, value.content.data(), value.content.size());
                text_.back() = '\'';
                return;
            }
        }
    }

    MYSQL* connection_;
    std::string text_;
};

}  // namespace

std::unique_ptr<Client> mysql_client(const std::string& where) {
    return std::make_unique<Mysql>(where);
}

}  // namespace bare
