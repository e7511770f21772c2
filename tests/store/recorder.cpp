#include "tests/store/recorder.hpp"

#include "adapters/store/migrations.hpp"
#include "plugin/domain/bytes.hpp"
#include "tests/contract/store/samples.hpp"
#include "tests/contract/store/store_contract.hpp"
#include "tests/support/temp_directory.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace hcp::store::test {
namespace {

using Kind = Value::Kind;

// A list is cut into parts of so many by the session for Oracle, which takes no more than a thousand.
constexpr std::size_t most_keys = 256;
// Of more than these only how many they were: a few clauses fill whole tables.
constexpr std::size_t most_rows = 100;

std::string written(Kind kind, std::string_view content) {
    const char letter = kind == Kind::integer ? 'i' : kind == Kind::text ? 't' : 'b';
    return letter + (kind == Kind::integer ? std::string{content} : domain::hex_text(domain::as_bytes(content)));
}

std::string written(const Value& value) {
    if (value.type == Kind::null) throw std::logic_error{"a null of no kind"};
    if (value.kind == Kind::null) return written(value.type, {}).substr(0, 1) + "-";
    return written(value.kind, value.kind == Kind::integer ? std::to_string(value.integer) : value.content);
}

// The values of a text's parameters, as they stand in it.
std::string written(const DriverText& text, const Encoder& values, std::size_t row, std::span<const Value> keys) {
    std::string line;
    std::size_t taken = 0;
    const auto at = text.places(values.names());
    const auto width = values.names().size();
    for (const auto name : text.order)
        line += "\t" + written(name == DriverText::listed
                                   ? keys[taken++]
                                   : values.values()[row * width + at[static_cast<std::size_t>(name)]]);
    return line;
}

}  // namespace

// Notes how its columns are read, and what was found in them.
class RecordedRow final : public Row {
public:
    explicit RecordedRow(const Row& row) : row_{row} {}

    [[nodiscard]] bool null(int column) const override { return row_.null(column); }
    [[nodiscard]] std::int64_t integer(int column) const override {
        const auto number = row_.integer(column);
        // SQLite makes a number of anything.
        if (!row_.null(column) && row_.text(column) != std::to_string(number)) throw StoreError{store_errc::corrupt};
        note(column, Kind::integer, std::to_string(number));
        return number;
    }
    [[nodiscard]] std::string_view text(int column) const override {
        note(column, Kind::text, row_.text(column));
        return row_.text(column);
    }
    [[nodiscard]] domain::View bytes(int column) const override {
        note(column, Kind::bytes, domain::as_text(row_.bytes(column)));
        return row_.bytes(column);
    }

    [[nodiscard]] ColumnKinds kinds() const {
        ColumnKinds kinds;
        for (const auto& [kind, content] : read_) kinds.push_back(kind);
        return kinds;
    }
    [[nodiscard]] std::string line() const {
        std::string line = "row";
        for (const auto& [kind, content] : read_) line += "\t" + content;
        return line;
    }

private:
    void note(int column, Kind kind, std::string_view content) const {
        const auto at = static_cast<std::size_t>(column);
        if (read_.size() <= at) read_.resize(at + 1, {Kind::null, "-"});
        auto text = written(kind, content);
        if (row_.null(column)) text = text.substr(0, 1) + "-";
        read_[at] = {kind, std::move(text)};
    }

    const Row& row_;
    mutable std::vector<std::pair<Kind, std::string>> read_;
};

class RecordingSession final : public Session {
public:
    RecordingSession(std::unique_ptr<Session> session, Recorder& recorder)
        : session_{std::move(session)}, recorder_{recorder} {}

    void begin(Access access) override {
        session_->begin(access);
        const run::Lock lock{recorder_.mutex_};
        began_ = recorder_.version_;
        writes_ = access == Access::write;
        block_ = {"begin"};
        open_ = true;
    }
    void commit() override {
        const run::Lock lock{recorder_.mutex_};  // before the next one can begin
        session_->commit();
        end("commit");
        if (writes_) ++recorder_.version_;
    }
    void rollback() noexcept override {
        const run::Lock lock{recorder_.mutex_};
        session_->rollback();
        if (open_) end("rollback");
    }
    void execute(std::string_view text) override { session_->execute(text); }
    [[nodiscard]] bool usable() const noexcept override { return session_->usable(); }

    void each(const Statement& which, const Encoder& rows, std::vector<std::int64_t>* changed) override {
        std::vector<std::int64_t> found;
        const auto note = [&] {
            for (std::size_t i = 0; i < found.size(); ++i) {
                const bool either = runs(which, rows, i, {});
                block_.push_back(either ? "either" : "changed\t" + std::to_string(found[i]));
            }
        };
        try {
            session_->each(which, rows, &found);
        } catch (const StoreError& error) {
            note();
            if (error.code == store_errc::conflict) {
                (void)runs(which, rows, found.size(), {});
                block_.emplace_back("refused");
            }
            throw;
        }
        note();
        if (changed != nullptr) changed->insert(changed->end(), found.begin(), found.end());
    }
    void query(const Statement& which, const Encoder& values, const Encoder& keys,
               const std::function<void(const Row&)>& row) override {
        std::vector<std::string> rows;
        std::size_t found = 0;
        ColumnKinds kinds;
        session_->query(which, values, keys, [&](const Row& one) {
            const RecordedRow recorded{one};
            row(recorded);
            kinds = recorded.kinds();
            if (++found <= most_rows) rows.push_back(recorded.line());
        });
        if (open_) {
            (void)runs(which, values, 0, keys.values());
            block_.push_back("rows\t" + std::to_string(found));
            if (found <= most_rows) block_.insert(block_.end(), rows.begin(), rows.end());
        }
        const run::Lock lock{recorder_.mutex_};
        auto& known = recorder_.columns_[which.name];
        if (!kinds.empty()) known = kinds;
    }
    std::int64_t change(const Statement& which, const Encoder& values, const Encoder& keys) override {
        const auto found = session_->change(which, values, keys);
        (void)runs(which, values, 0, keys.values());
        block_.push_back("changed\t" + std::to_string(found));
        return found;
    }

    bool step(std::string_view text) override { return session_->step(text); }
    SchemaObject found(const SchemaObject& ours) override { return session_->found(ours); }
    bool has_table(std::string_view name) override { return session_->has_table(name); }
    std::optional<Instant> server_time() override { return session_->server_time(); }

private:
    // Answers whether it is two statements in one.
    bool runs(const Statement& which, const Encoder& values, std::size_t row, std::span<const Value> keys) {
        for (;;) {
            const auto part = keys.first(std::min(most_keys, keys.size()));
            const auto& texts = texts_of(which, part.size());
            for (const auto& text : texts)
                block_.push_back("run\t" + text.number + written(text.text, values, row, part));
            keys = keys.subspan(part.size());
            if (keys.empty()) return texts.size() == 2;
        }
    }
    struct Text {
        DriverText text;
        std::string number;
    };
    const std::vector<Text>& texts_of(const Statement& which, std::size_t keys) {
        auto& texts = texts_[{&which, keys}];
        if (!texts.empty()) return texts;
        const auto both = spelled(which, oracle_dialect());
        const auto middle = std::min(both.find(or_else), both.size());
        texts.push_back(numbered(which.name, driver_text(both.substr(0, middle), keys)));
        if (middle != both.size())
            texts.push_back(numbered(which.name, driver_text(both.substr(middle + or_else.size()), keys)));
        return texts;
    }
    Text numbered(std::string_view name, DriverText text) {
        const run::Lock lock{recorder_.mutex_};
        const auto what = std::string{name} + "\t" + text.sql;
        const auto [known, is_new] = recorder_.texts_.try_emplace(what, recorder_.texts_.size());
        auto number = std::to_string(known->second);
        if (is_new) recorder_.lines_.push_back("text\t" + number + "\t" + what);
        return {std::move(text), std::move(number)};
    }
    void end(const char* how) HCP_REQUIRES(recorder_.mutex_) {
        open_ = false;
        if (!writes_ && began_ != recorder_.version_) {
            ++recorder_.left_out_;
            return;
        }
        block_.emplace_back(how);
        recorder_.lines_.insert(recorder_.lines_.end(), block_.begin(), block_.end());
    }

    std::unique_ptr<Session> session_;
    Recorder& recorder_;
    std::int64_t began_ = 0;
    bool writes_ = false, open_ = false;
    std::vector<std::string> block_;
    std::map<std::pair<const Statement*, std::size_t>, std::vector<Text>> texts_;
};

std::unique_ptr<Session> RecordingDialect::open(const StoreOptions& options, Access access, bool create) const {
    return std::make_unique<RecordingSession>(sqlite_.open(options, access, create), recorder_);
}

void Recorder::new_database(std::string_view clause) {
    const run::Lock lock{mutex_};
    lines_.push_back("database\t" + std::string{clause});
}

std::map<std::string_view, ColumnKinds> Recorder::columns() const {
    const run::Lock lock{mutex_};
    return columns_;
}

std::vector<std::string> Recorder::lines() const {
    const run::Lock lock{mutex_};
    return lines_;
}

std::int64_t Recorder::left_out() const {
    const run::Lock lock{mutex_};
    return left_out_;
}

namespace {

class RecordedDatabase final : public contract::Database {
public:
    RecordedDatabase(Recorder& recorder, std::string_view clause, bool made_by_us) : dialect_{recorder} {
        recorder.new_database(clause);
        options_.path = folder_.path() / "recorded.db";
        const Dialect& making = made_by_us ? static_cast<const Dialect&>(dialect_) : sqlite_dialect();
        const auto session = making.open(options_, Access::write, true);
        take_steps(making, *session, contract::monday, nullptr);
    }
    std::unique_ptr<ports::Store> open() override { return open_store(dialect_, options_, nullptr); }

private:
    RecordingDialect dialect_;
    hcp::test::TempDirectory folder_;
    StoreOptions options_;
};

}  // namespace

void record_the_contract(Recorder& recorder) {
    bool first = true;  // its schema is made in sight of the recorder
    for (const auto& clause : contract::store_clauses()) {
        RecordedDatabase database{recorder, clause.says, std::exchange(first, false)};
        clause.holds(database);
    }
}

}  // namespace hcp::store::test
