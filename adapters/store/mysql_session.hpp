#pragma once
#include "adapters/store/dialect.hpp"
#include "adapters/store/mysql_client.hpp"

#include <soci/soci.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::store {

// A connection made by SOCI. Its statements go as text with their values written in: 500 rows of VALUES at once insert
// twenty times as fast as a prepared statement for each, and it is one form for libmariadb and libmysqlclient, whose
// bound parameters are not laid out alike.
class MysqlSession final : public Session {
public:
    MysqlSession(const StoreOptions&, Access, const Dialect&);

    void begin(Access) override;
    void commit() override;
    void rollback() noexcept override;
    [[nodiscard]] bool usable() const noexcept override { return !lost_; }
    [[nodiscard]] bool yielded() const noexcept override { return yielded_; }
    void each(const Statement&, const Encoder& rows, std::vector<std::int64_t>* changed) override;
    void query(const Statement&, const Encoder& values, const Encoder& keys,
               const std::function<void(const Row&)>&) override;
    std::int64_t change(const Statement&, const Encoder& values, const Encoder& keys) override;
    void execute(std::string_view text) override;
    bool step(std::string_view text) override;
    SchemaObject found(const SchemaObject& ours) override;
    bool has_table(std::string_view name) override;
    std::optional<Instant> server_time() override;

private:
    // A statement cut at its parameters: between[i] stands before the parameter text.order[i], the last one after them
    // all.
    struct Cut {
        DriverText text;
        std::vector<std::string> between;
        // An insert whose rows can follow one another: the parameters are its row.
        [[nodiscard]] bool takes_rows() const { return between.front().ends_with("values ("); }
    };

    const Cut& cut(const Statement&);
    // The statement with its values written in, `keys` in place of its list.
    void write(std::string& to, const Cut&, std::span<const Value> values, std::span<const std::size_t> at,
               std::span<const Value> keys);
    void write(std::string& to, const Value&);
    // Runs `use` on the statement for each part of the list.
    void in_parts(const Statement&, const Encoder& values, const Encoder& keys,
                  const std::function<void(const std::string& sql)>& use);
    // Several rows in one package, since what takes time is the way there and back: `add(values, first)` writes one.
    template <class Add>
    void in_packages(const Encoder& rows, const std::string& head, std::string_view tail, const Add& add,
                     std::vector<std::int64_t>* found, std::size_t most);
    // One or several statements; answers how many rows each found.
    void run(std::string_view sql, std::vector<std::int64_t>* found = nullptr);
    void leave_nobody_waiting(std::chrono::milliseconds patience);
    [[nodiscard]] bool is_set(const std::string& variable);  // of the server
    [[noreturn]] void fail();

    const Dialect& dialect_;
    soci::session soci_;
    MYSQL* connection_ = nullptr;
    bool committing_ = false, lost_ = false, yielded_ = false, is_of_galera_ = false;
    std::map<const Statement*, Cut> cut_;
    std::string text_;  // kept for its memory
};

}  // namespace hcp::store
