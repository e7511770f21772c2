#include "adapters/store/sql_store.hpp"

#include "adapters/store/complaint.hpp"
#include "adapters/store/instances.hpp"
#include "adapters/store/ledger.hpp"
#include "adapters/store/line.hpp"
#include "adapters/store/migrations.hpp"
#include "adapters/store/together.hpp"
#include "plugin/run/mutex.hpp"

#include <soci/soci.h>

namespace hcp::store {
namespace {

// Lines for reading; whoever finds none waits for one.
class Pool {
public:
    Pool(Ways& ways, std::size_t size) {
        for (std::size_t i = 0; i < std::max<std::size_t>(1, size); ++i)
            free_.push_back(std::make_unique<Line>(ways, Access::read, ways.open(Access::read)));
    }
    class Lent {
    public:
        explicit Lent(Pool& pool) : pool_{pool}, line_{pool.take()} {}
        Lent(const Lent&) = delete;
        ~Lent() { pool_.give_back(std::move(line_)); }
        Line& line() { return *line_; }

    private:
        Pool& pool_;
        std::unique_ptr<Line> line_;
    };

private:
    std::unique_ptr<Line> take() {
        const run::Lock lock{mutex_};
        returned_.wait(mutex_, [this]() HCP_REQUIRES(mutex_) { return !free_.empty(); });
        auto line = std::move(free_.back());
        free_.pop_back();
        return line;
    }
    void give_back(std::unique_ptr<Line> line) {
        {
            const run::Lock lock{mutex_};
            free_.push_back(std::move(line));
        }
        returned_.notify_one();
    }

    run::Mutex mutex_;
    run::Condition returned_;
    std::vector<std::unique_ptr<Line>> free_ HCP_GUARDED_BY(mutex_);
};

// One transaction of `line` around `work(unit)`. Whatever fails, or throws, it is rolled back.
template <class Work>
result<void> in_transaction(const Dialect& dialect, Line& line, std::int32_t instance, LastComplaint& complaint,
                            const Work& work) {
    Session* session = nullptr;
    try {
        session = &line.begin();
        Unit unit{dialect, *session, instance};
        const auto done = work(unit);
        if (!done || unit.failed()) {
            session->rollback();
            if (unit.failed()) complaint.keep(*unit.failed(), unit.complaint());
            if (!done) return done;
            return make_error_code(*unit.failed());
        }
        session->commit();
        return {};
    } catch (...) {
        const auto error = current_error(dialect);
        complaint.keep(error, current_complaint());
        if (session != nullptr) session->rollback();
        return make_error_code(error);
    }
}

class SqlStore final : public ports::Store {
public:
    // `why`: what is wrong with the database where this throws.
    SqlStore(const Dialect& dialect, const StoreOptions& options, std::string* why)
        : dialect_{dialect},
          options_{options},
          why_{why},
          boot_{options.boot != nullptr ? *options.boot : machines_boot_clock()},
          ways_{dialect, options_, [this](Session& session) { examine(session); }},
          writer_{ways_, Access::write, opened()},
          readers_{ways_, options.readers} {
        why_ = nullptr;
    }

    result<void> read(const std::function<result<void>(ports::Snapshot&)>& work) override {
        Pool::Lent lent{readers_};
        return in_transaction(dialect_, lent.line(), 0, complaint_, [&](Unit& unit) {
            SqlSnapshot snapshot{unit};
            return work(snapshot);
        });
    }

    result<void> write(const std::function<result<void>(ports::Transaction&)>& work) override {
        const run::Lock lock{writing_};
        for (int attempt = 0;; ++attempt) {
            std::optional<ports::LedgerHead> written;
            auto tenure = tenure_;
            const auto done = in_transaction(dialect_, writer_, tenure.number, complaint_, [&](Unit& unit) {
                if (tenure.number != 0 && boot_.now() >= tenure.over_at) renew(unit, tenure);
                SqlTransaction transaction{unit};
                auto answer = work(transaction);
                written = unit.ledger_end();
                return answer;
            });
            if (!done && writer_.yielded() && attempt < most_attempts) continue;
            HCP_CHECK(done);
            tenure_ = tenure;
            if (written) last_written_.set(*written);
            return {};
        }
    }

    result<ports::InstanceNo> lease_instance(std::string_view token, Instant now, Instant until) override {
        const run::Lock lock{writing_};
        const auto length = until - now;
        const auto over_at = boot_.now() + length;
        for (int attempt = 0;; ++attempt) {
            std::optional<std::int32_t> number;
            const auto done = in_transaction(dialect_, writer_, 0, complaint_, [&](Unit& unit) {
                return unit.guarded([&] { number = lease_number(unit, token, now, until); });
            });
            // Of several that come at once one is the first; the others look again.
            const bool came_second = !done && (done.error() == store_errc::conflict || writer_.yielded());
            if (came_second && attempt < most_attempts) continue;
            if (came_second) return make_error_code(store_errc::unavailable);
            HCP_CHECK(done);
            if (!number) return make_error_code(store_errc::conflict);
            tenure_ = {*number, std::string{token}, until, length, over_at};
            return ports::InstanceNo{*number};
        }
    }

    result<std::optional<Instant>> server_time() override {
        Pool::Lent lent{readers_};
        std::optional<Instant> now;
        HCP_CHECK(in_transaction(dialect_, lent.line(), 0, complaint_, [&](Unit& unit) {
            return unit.guarded([&] { now = unit.session().server_time(); });
        }));
        return now;
    }

    result<std::optional<std::int64_t>> tend_wal() override {
        try {
            return dialect_.tend_wal(options_);
        } catch (...) {
            const auto error = current_error(dialect_);
            complaint_.keep(error, current_complaint());
            return make_error_code(error);
        }
    }

    std::string complaint() const override { return complaint_.said(); }

private:
    static constexpr int most_attempts = 20;  // of what another was ahead of

    // The number under which is written, and until when the store says it is ours, by a clock that runs while the
    // process or the machine is stopped.
    struct Tenure {
        std::int32_t number = 0;  // 0 until a lease
        std::string token;
        Instant until;
        std::chrono::microseconds length{}, over_at{};
    };
    static const ports::BootClock& machines_boot_clock() {
        static const ports::SystemBootClock clock;
        return clock;
    }
    // Throws where the number is not ours any more.
    void renew(Unit& unit, Tenure& tenure) const {
        const auto now = boot_.now();
        tenure.until += now + tenure.length - tenure.over_at;
        tenure.over_at = now + tenure.length;
        if (!renew_number(unit, tenure.number, tenure.token, tenure.until))
            throw StoreError{store_errc::unavailable, "实例编号 " + std::to_string(tenure.number) +
                                                          " 已注销或已归其他实例，本实例不再写入。请重新启动本实例"};
    }

    // What was committed last, of which a database that is still the same knows.
    class LastWritten {
    public:
        void set(const ports::LedgerHead& head) {
            const run::Lock lock{mutex_};
            head_ = head;
        }
        [[nodiscard]] std::optional<ports::LedgerHead> get() const {
            const run::Lock lock{mutex_};
            return head_;
        }

    private:
        mutable run::Mutex mutex_;
        std::optional<ports::LedgerHead> head_ HCP_GUARDED_BY(mutex_);
    };

    // What comes back in the place of a lost one may be another database, one that was restored, or a copy that lags.
    void examine(Session& session) const {
        (void)need_schema(dialect_, session, why_);
        if (const auto head = last_written_.get()) need_entry(session, *head);
    }
    [[nodiscard]] std::unique_ptr<Session> opened() {
        auto session = ways_.open(Access::write);
        dialect_.examine(*session, options_, why_);
        if (const auto newer = told_of_newer(compare_steps(dialect_, *session, why_)); !newer.empty())
            options_.warn(newer);
        return session;
    }
    void need_entry(Session& session, const ports::LedgerHead& head) const {
        Unit unit{dialect_, session, 0};
        const auto found = SqlLedger{unit}.at(head.lane, head.seq);
        if (!found) throw StoreError{*unit.failed(), unit.complaint()};
        if (!*found || (*found)->hash != head.hash)
            throw StoreError{store_errc::corrupt,
                             "数据库中没有本实例最后写入的留痕（通道 " + std::to_string(head.lane) + " 第 " +
                                 std::to_string(head.seq) +
                                 " 条），多半是恢复了旧备份，或切换到了落后的副本。请恢复到最新的数据，恢复后自动继续"};
    }

    const Dialect& dialect_;
    const StoreOptions options_;
    std::string* why_;  // while it is being opened
    const ports::BootClock& boot_;
    LastComplaint complaint_;
    LastWritten last_written_;
    Ways ways_;
    run::Mutex writing_;
    Line writer_ HCP_GUARDED_BY(writing_);
    Tenure tenure_ HCP_GUARDED_BY(writing_);
    Pool readers_;
};

// The file of an embedded one; who connects where is in the connection file, and stays there.
std::string name_of(const StoreOptions& options) {
    return options.path.empty() ? std::string{} : " " + options.path.string();
}

template <class Work>
auto guarded(const StoreOptions& options, std::string* why, Work work)
    -> result<std::invoke_result_t<Work, const Dialect&>> {
    if (why != nullptr) why->clear();
    const auto& dialect = dialect_of(options.backend);
    try {
        return work(dialect);
    } catch (const soci::soci_error& e) {
        if (why != nullptr) *why = "无法打开数据库" + name_of(options) + "：" + e.what();
        return make_error_code(current_error(dialect));
    } catch (...) {
        const auto error = make_error_code(current_error(dialect));
        const auto said = current_complaint();
        if (why != nullptr && why->empty())
            *why = "数据库" + name_of(options) + "：" + error.message() + (said.empty() ? "" : "（" + said + "）");
        return error;
    }
}

}  // namespace

result<std::size_t> migrate(const StoreOptions& options, Instant now, std::string* why, Steps which) {
    auto patient = options;
    // A server takes its time for an index on a grown table, and who comes second waits for it.
    constexpr std::chrono::hours longest_step{2};
    if (options.backend != ports::Backend::sqlite3) patient.busy_timeout = longest_step;
    return guarded(options, why, [&](const Dialect& dialect) {
        const auto session = Ways{dialect, patient}.open(Access::write, true);
        return take_steps(dialect, *session, now, why, which);
    });
}

result<std::string> migration_script(const StoreOptions& options, Instant now, std::string* why, Steps which) {
    return guarded(options, why, [&](const Dialect& dialect) {
        std::error_code error;
        if (options.backend == ports::Backend::sqlite3 && !std::filesystem::exists(options.path, error))
            return script_of(dialect, our_steps(dialect), now, which);
        const auto session = Ways{dialect, options}.open(Access::read);
        auto steps = script_of(dialect, compare_steps(dialect, *session, why), now, which);
        if (steps.empty() || options.schema.empty()) return steps;
        return dialect.enter(options.schema) + ";\n\n" + steps;
    });
}

result<std::vector<Step>> migration_status(const StoreOptions& options, std::string* why) {
    return guarded(options, why, [&](const Dialect& dialect) {
        const auto session = Ways{dialect, options}.open(Access::read);
        return compare_steps(dialect, *session, why);
    });
}

std::unique_ptr<ports::Store> open_store(const Dialect& dialect, const StoreOptions& options, std::string* why) {
    return std::make_unique<SqlStore>(dialect, options, why);
}

result<std::unique_ptr<ports::Store>> open_store(const StoreOptions& options, std::string* why) {
    return guarded(options, why, [&](const Dialect& dialect) { return open_store(dialect, options, why); });
}

std::vector<SpelledStatement> statements(ports::Backend backend) {
    const auto& dialect = dialect_of(backend);
    std::vector<SpelledStatement> all;
    for (const auto* statement : all_statements())
        all.push_back({statement->name, spelled(*statement, dialect), !dialect.own(statement->name).empty()});
    return all;
}

}  // namespace hcp::store
