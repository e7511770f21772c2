#pragma once
#include "plugin/ports/journal.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <string>
#include <utility>

namespace hcp::journal {

// What a failed statement means for the caller, and what SQLite said. Call inside a catch block.
struct Failure {
    ports::journal_errc errc;
    std::string words;
};
[[nodiscard]] Failure failure_of_current_exception(const std::filesystem::path& file);

// SQLite only says "unable to open"; the operator wants to know what to change.
[[nodiscard]] std::string advice_for(const std::filesystem::path& file);

// Any file name is safe here: SOCI would cut it at a space, SQLite at a question mark.
[[nodiscard]] std::string connection_string(const std::filesystem::path& file, const std::string& vfs_name);

// The raw connection, for the two things SOCI has no words for: the size of the WAL and checkpoints with their result.
[[nodiscard]] sqlite_api::sqlite3* raw(soci::session& sql);

// A statement that is parsed once; what it is bound to outlives it. Between two runs it holds on to no page of the WAL.
// Throws.
class Prepared {
public:
    template <class... Bound>
    Prepared(soci::session& sql, const char* text, Bound&&... bound) : statement_{sql} {
        (statement_.exchange(std::forward<Bound>(bound)), ...);
        statement_.alloc();
        statement_.prepare(text);
        statement_.define_and_bind();
    }

    void run() {  // a change, or a question with one row to answer
        const Rest after{statement_};
        statement_.execute(true);
    }
    template <class Take>
    void each(Take take) {  // row by row, until `take` answers false
        const Rest after{statement_};
        statement_.execute();
        while (statement_.fetch() && take()) {
        }
    }

private:
    struct Rest {
        soci::statement& statement;
        explicit Rest(soci::statement& used) : statement{used} {}
        Rest(const Rest&) = delete;
        Rest& operator=(const Rest&) = delete;
        ~Rest();
    };
    soci::statement statement_;
};

// Copies what it can of the WAL into the file without waiting for anybody. How many of its pages are copied now.
int checkpoint(soci::session& sql);

// Copies what it can of the WAL, and cuts it when that was all, by a session of its own; waits for nobody. Throws.
void shrink_wal(const std::string& connection);

}  // namespace hcp::journal
