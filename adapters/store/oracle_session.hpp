#pragma once
#include "adapters/store/dialect.hpp"
#include "adapters/store/odbc_statement.hpp"

#include <soci/soci.h>

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace hcp::store {

// A connection made by SOCI over ODBC, whose transactions are never committed by the driver itself. Rows go in as
// arrays.
class OracleSession final : public Session {
public:
    OracleSession(const StoreOptions&, Access, const Dialect&);
    ~OracleSession() override;

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
    enum class Half : std::uint8_t { first, second };  // of an upsert; all other statements have one
    // One statement for one length of its list.
    struct Ready {
        DriverText text;
        OdbcStatement statement;
        bool has_second = false;  // half
    };
    using Key = std::tuple<const Statement*, std::size_t, Half>;

    Ready& prepared(const Statement&, std::size_t keys, Half = Half::first);
    // Runs `use` on the statement for each part of the list, and closes it.
    void in_parts(const Statement&, const Encoder& values, const Encoder& keys,
                  const std::function<void(OdbcStatement&, std::int64_t changed)>& use);
    // How many of these rows go at once: so many that they fit into a buffer.
    static std::size_t fitting(std::span<const Value> values, std::size_t width);
    static std::vector<std::size_t> places(const Ready&, std::span<const std::size_t> at);
    void run_all(Ready&, std::span<const Value> values, std::size_t width, std::span<const std::size_t> at);
    // The same, and how many rows each run changed: one at most, else no sum would tell.
    std::vector<std::int64_t> run_counting(Ready&, std::span<const Value> values, std::size_t width,
                                           std::span<const std::size_t> at);
    bool each_changed_one(Ready&, std::span<const Value> values, std::span<const std::size_t> places,
                          std::size_t width);
    void upsert(const Statement&, const Encoder& rows);
    void run(const std::string& sql);
    void need_unicode();
    template <class Work>
    auto translated(const Work& work) -> decltype(work());

    const Dialect& dialect_;
    soci::session soci_;
    SQLHDBC connection_ = nullptr;
    OdbcDriver driver_;
    bool begun_ = false, committing_ = false, lost_ = false, yielded_ = false;
    std::map<Key, Ready> ready_;
};

}  // namespace hcp::store
