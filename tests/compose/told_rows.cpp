#include "tests/compose/told_rows.hpp"

#include "plugin/domain/ledger_entries.hpp"
#include "plugin/domain/text.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <type_traits>

namespace hcp::test {

using domain::as_text;
using domain::Bytes;
using domain::View;

namespace {

struct Value {
    int type = SQLITE_NULL;
    std::int64_t number = 0;
    Bytes bytes;  // of a text or a blob
};
using Row = std::map<std::string, Value>;

class Store {
public:
    explicit Store(const std::filesystem::path& file) {
        REQUIRE(sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
        sqlite3_busy_timeout(db_, 5000);
        REQUIRE(sqlite3_exec(db_, "begin", nullptr, nullptr, nullptr) == SQLITE_OK);  // all as of one moment
    }
    ~Store() { sqlite3_close(db_); }
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    [[nodiscard]] std::vector<Row> rows(const std::string& sql) const {
        sqlite3_stmt* raw = nullptr;
        INFO(sql);
        REQUIRE(sqlite3_prepare_v2(db_, sql.c_str(), -1, &raw, nullptr) == SQLITE_OK);
        const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement{raw, sqlite3_finalize};
        std::vector<Row> all;
        int step = SQLITE_ROW;
        while ((step = sqlite3_step(raw)) == SQLITE_ROW) {
            auto& row = all.emplace_back();
            for (int i = 0; i < sqlite3_column_count(raw); ++i) row[sqlite3_column_name(raw, i)] = value(raw, i);
        }
        REQUIRE(step == SQLITE_DONE);
        return all;
    }
    [[nodiscard]] std::vector<std::string> tables() const {
        std::vector<std::string> names;
        for (const auto& row : rows("select name from sqlite_master where type = 'table' order by name"))
            names.emplace_back(as_text(row.at("name").bytes));
        return names;
    }
    // By its key, which comes first in every table.
    [[nodiscard]] std::vector<Row> rows_of(const std::string& table) const {
        const auto columns = rows("select name from pragma_table_info('" + table + "')").size();
        std::string order = "1";
        for (std::size_t i = 2; i <= std::min<std::size_t>(columns, 6); ++i) order += ", " + std::to_string(i);
        return rows("select * from " + table + " order by " + order);
    }

private:
    static Value value(sqlite3_stmt* row, int i) {
        Value v{sqlite3_column_type(row, i), 0, {}};
        if (v.type == SQLITE_INTEGER) v.number = sqlite3_column_int64(row, i);
        if (v.type != SQLITE_TEXT && v.type != SQLITE_BLOB) return v;
        const auto* const data = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, i));
        v.bytes.assign(data, data + sqlite3_column_bytes(row, i));
        return v;
    }
    sqlite3* db_ = nullptr;
};

// Random, or made of what is random; and a lease, which goes by the machine's own time.
const std::set<std::string> own{
    "subjects.wrapped_key", "ratings.text_digest", "comments.text_digest", "rating_consents.phone_digest",
    "ledger.hash",          "ledger.seal",         "instances.token",      "instances.leased_until_us"};
// What is sealed, and the column that it is bound to: under the subject's key where there is one to the row.
const std::map<std::string, std::string> sealed{
    {"cases.sealed_handlers", "key_digest"},     {"visits.sealed_subject", "key_digest"},
    {"withdrawals.sealed_reason", "key_digest"}, {"evaluations.sealed_subject", "token_digest"},
    {"ratings.sealed_text", "text_digest"},      {"comments.sealed_text", "text_digest"},
    {"drafts.sealed_text", "token_digest"}};

class Telling {
public:
    Telling(const Store& store, const record::Keys& keys) : keys_{keys} {
        for (const auto& table : store.tables()) {
            std::size_t place = 0;
            for (const auto& row : store.rows_of(table))
                if (const auto id = row.find("id"); id != row.end())
                    ids_.emplace(id->second.number, table + "#" + std::to_string(++place));
        }
        for (const auto& row : store.rows("select e.id, s.wrapped_key, e.token_digest from evaluations e "
                                          "join subjects s on s.id = e.subject_id")) {
            const auto key = keys.vault.unwrap(View{row.at("wrapped_key").bytes});
            REQUIRE(key.has_value());
            evaluations_.emplace(row.at("id").number, Evaluation{*key, row.at("token_digest").bytes});
        }
    }

    [[nodiscard]] std::string row(const std::string& table, const Row& row) const {
        std::string out;
        for (const auto& [column, value] : row) out += column + " = " + told(table, column, row) + "\n";
        return out;
    }

private:
    struct Evaluation {
        std::shared_ptr<const ports::SubjectKey> key;
        Bytes token_digest;
    };

    // Takes the fields of an entry of the ledger.
    struct Entry {
        const Telling& all;
        std::string text;

        void operator()(std::string_view name, const auto& value) { add(name, put(value)); }
        // Of a person and his words under a key that is random, else of what was reported under one of the instance's.
        void operator()(std::string_view name, const domain::Digest& digest) {
            add(name, name == "主体" || name == "文字" || name == "联系电话" ? "…" : domain::hex_text(digest));
        }

    private:
        void add(std::string_view name, std::string_view value) {
            text.append(name).append(" ").append(value).append("; ");
        }
        template <class Tag>
        std::string put(const domain::Strong<Tag, std::int64_t>& id) {
            return all.number(id.value());
        }
        template <class T>
        requires std::integral<T> || std::is_enum_v<T> std::string put(const T& n) {
            return std::to_string(static_cast<std::int64_t>(n));
        }
        std::string put(const domain::Instant& t) { return std::to_string(domain::to_us(t)); }
        template <class T>
        std::string put(const std::optional<T>& value) {
            return value ? put(*value) : "null";
        }
        std::string put(const std::string& of) { return of; }
        std::string put(const std::vector<std::string>& all_of) { return domain::joined(all_of, ","); }
    };

    [[nodiscard]] std::string told(const std::string& table, const std::string& column, const Row& row) const {
        const auto& value = row.at(column);
        const auto place = table + "." + column;
        if (value.type == SQLITE_NULL) return "null";
        if (own.contains(place)) return "…";
        if (const auto to = sealed.find(place); to != sealed.end()) return opened(row, value, to->second);
        if (place == "ledger.canonical") return ledger(value);
        if (place == "dossiers.project_no") return numbered(std::string{as_text(value.bytes)}, row.at("id").number);
        if (value.type == SQLITE_INTEGER) return number(value.number);
        return value.type == SQLITE_BLOB ? domain::hex_text(View{value.bytes}) : std::string{as_text(value.bytes)};
    }
    [[nodiscard]] std::string number(std::int64_t n) const {
        const auto id = ids_.find(n);
        return id == ids_.end() ? std::to_string(n) : id->second;
    }
    // The number that a dossier has at the province is made of its id.
    [[nodiscard]] std::string numbered(std::string text, std::int64_t id) const {
        const auto digits = std::to_string(id);
        REQUIRE(text.ends_with(digits));
        return text.substr(0, text.size() - digits.size()) + number(id);
    }
    [[nodiscard]] std::string opened(const Row& row, const Value& value, const std::string& bound_to) const {
        const auto about = row.find(row.contains("evaluation_id") ? "evaluation_id" : "id");
        const auto evaluation = about == row.end() ? evaluations_.end() : evaluations_.find(about->second.number);
        const bool is_own = evaluation != evaluations_.end();
        const auto& bound = row.contains(bound_to) ? row.at(bound_to).bytes : evaluation->second.token_digest;
        const ports::Sealer& sealer =
            is_own ? static_cast<const ports::Sealer&>(*evaluation->second.key) : keys_.sealer;
        const auto plain = sealer.open(View{value.bytes}, View{bound});
        REQUIRE(plain.has_value());
        return domain::hex_text(View{*plain});
    }
    [[nodiscard]] std::string ledger(const Value& value) const {
        const auto fact = domain::fact_in(View{value.bytes});
        REQUIRE(fact);
        Entry entry{*this, {}};
        std::visit([&](const auto& of) { fields(entry, of); }, *fact);
        return entry.text;
    }

    const record::Keys& keys_;
    std::map<std::int64_t, std::string> ids_;
    std::map<std::int64_t, Evaluation> evaluations_;
};

}  // namespace

std::map<std::string, std::vector<std::string>> told_rows(const std::filesystem::path& store,
                                                          const record::Keys& keys) {
    const Store opened{store};
    const Telling telling{opened, keys};
    std::map<std::string, std::vector<std::string>> all;
    for (const auto& table : opened.tables()) {
        auto& rows = all[table];
        for (const auto& row : opened.rows_of(table)) rows.push_back(telling.row(table, row));
    }
    return all;
}

}  // namespace hcp::test
