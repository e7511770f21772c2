#pragma once
#include "adapters/store/dialect.hpp"
#include "plugin/run/mutex.hpp"
#include "tests/store/column_types.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::store::test {

// What the product asks of a database, and what it was answered: for judges that the product cannot run on. Its texts
// are Oracle's, its lines are these, parted by tabs:
//
//   text N NAME SQL             what N stands for below
//   database CLAUSE             an empty one from here on, to keep this clause
//   begin, commit, rollback     of a transaction; one after another, whoever they were of
//   run N VALUES                once, or several times for the parts of a list; and then what became of it:
//   rows HOW_MANY               it found them, each in a line `row VALUES` unless they are many
//   changed HOW_MANY
//   either                      of two runs the second was for a row that the first one did not find
//   refused                     by a constraint
//
// A value is its kind (i, t or b), and what it is: digits, or the bytes in hexadecimal; a null is its kind and a dash.
class Recorder {
public:
    void new_database(std::string_view clause);
    [[nodiscard]] std::map<std::string_view, ColumnKinds> columns() const;
    [[nodiscard]] std::vector<std::string> lines() const;
    // Of transactions that saw what was changed while they ran: what they read depends on who was faster.
    [[nodiscard]] std::int64_t left_out() const;

private:
    friend class RecordingSession;

    mutable run::Mutex mutex_;
    std::map<std::string, std::size_t> texts_ HCP_GUARDED_BY(mutex_);
    std::vector<std::string> lines_ HCP_GUARDED_BY(mutex_);
    std::map<std::string_view, ColumnKinds> columns_ HCP_GUARDED_BY(mutex_);
    std::int64_t version_ HCP_GUARDED_BY(mutex_) = 0, left_out_ HCP_GUARDED_BY(mutex_) = 0;
};

// SQLite, whose every session is recorded.
class RecordingDialect final : public Dialect {
public:
    explicit RecordingDialect(Recorder& recorder) : recorder_{recorder} {}

    std::string limit(std::string_view parameter) const override { return sqlite_.limit(parameter); }
    std::string hint(std::string_view index) const override { return sqlite_.hint(index); }
    std::string apart(std::string_view column) const override { return sqlite_.apart(column); }
    std::string day(std::string_view column) const override { return sqlite_.day(column); }
    std::string_view one_row() const override { return sqlite_.one_row(); }
    std::string_view take() const override { return sqlite_.take(); }
    std::string_view await() const override { return sqlite_.await(); }
    std::string_view blank() const override { return sqlite_.blank(); }
    std::string upsert(const Upsert& upsert) const override { return sqlite_.upsert(upsert); }
    std::string_view own(std::string_view statement) const override { return sqlite_.own(statement); }
    std::span<const MigrationFile> migrations() const override { return sqlite_.migrations(); }
    std::unique_ptr<Session> open(const StoreOptions& options, Access access, bool create) const override;
    store_errc classify(const std::exception& error) const noexcept override { return sqlite_.classify(error); }
    std::optional<std::int64_t> tend_wal(const StoreOptions& options) const override {
        return sqlite_.tend_wal(options);
    }

private:
    const Dialect& sqlite_ = sqlite_dialect();
    Recorder& recorder_;
};

// The whole contract of the store, and the making of its schema, on SQLite.
void record_the_contract(Recorder&);

}  // namespace hcp::store::test
