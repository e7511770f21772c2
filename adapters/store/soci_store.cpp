#include "adapters/store/soci_store.hpp"

#include "adapters/store/errors.hpp"
#include "adapters/store/migrations.hpp"
#include "adapters/store/unit.hpp"

#include <soci/soci.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace hcp::store {
namespace {

// Sessions for reading; whoever finds none waits for one.
class Pool {
public:
    Pool(const Dialect& dialect, const StoreOptions& options) {
        for (std::size_t i = 0; i < std::max<std::size_t>(1, options.readers); ++i)
            free_.push_back(dialect.open(options, Access::read, false));
    }
    class Lent {
    public:
        explicit Lent(Pool& pool) : pool_{pool}, session_{pool.take()} {}
        Lent(const Lent&) = delete;
        ~Lent() { pool_.give_back(std::move(session_)); }
        Session& session() { return *session_; }

    private:
        Pool& pool_;
        std::unique_ptr<Session> session_;
    };

private:
    std::unique_ptr<Session> take() {
        std::unique_lock lock{mutex_};
        returned_.wait(lock, [&] { return !free_.empty(); });
        auto session = std::move(free_.back());
        free_.pop_back();
        return session;
    }
    void give_back(std::unique_ptr<Session> session) {
        {
            const std::lock_guard lock{mutex_};
            free_.push_back(std::move(session));
        }
        returned_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Session>> free_;
};

// One transaction of `session` around `work`. Whatever fails, or throws, it is rolled back.
template <class Work>
result<void> in_transaction(Session& session, Access access, std::int32_t instance, const Work& work) {
    try {
        session.begin(access);
        Unit unit{session, instance};
        const auto done = work(unit);
        if (!done || unit.failed()) {
            session.rollback();
            if (!done) return done;
            return make_error_code(*unit.failed());
        }
        session.commit();
        return {};
    } catch (...) {
        const auto code = current_error();
        session.rollback();
        return make_error_code(code);
    }
}

class SociStore final : public ports::Store {
public:
    SociStore(const Dialect& dialect, const StoreOptions& options, std::unique_ptr<Session> writer)
        : dialect_{dialect}, writer_{std::move(writer)}, readers_{dialect, options} {}

    result<void> read(const std::function<result<void>(ports::Reading&)>& work) override {
        Pool::Lent lent{readers_};
        return in_transaction(lent.session(), Access::read, 0, work);
    }

    result<void> write(const std::function<result<void>(ports::Writing&)>& work) override {
        const std::lock_guard lock{writing_};
        return in_transaction(*writer_, Access::write, instance_, work);
    }

    result<ports::InstanceNo> lease_instance(std::string_view token, Instant now, Instant until) override {
        const std::lock_guard lock{writing_};
        std::int32_t number = 0;
        const auto done = in_transaction(*writer_, Access::write, 0, [&](Unit&) -> result<void> {
            number = free_instance(token, now);
            if (number == 0) return make_error_code(store_errc::conflict);
            const auto values = encode(number, token, until);
            writer_->each(Sql::lease_instance, 3, values.values());
            return {};
        });
        if (!done) return done.error();
        instance_ = number;
        return ports::InstanceNo{number};
    }

    result<std::optional<Instant>> server_time() override {
        const std::lock_guard lock{writing_};
        try {
            return dialect_.server_time(*writer_);
        } catch (...) {
            return make_error_code(current_error());
        }
    }

private:
    // The number this token holds already; else the lowest that nobody holds at `now`; 0 when there is none.
    std::int32_t free_instance(std::string_view token, Instant now) {
        std::int32_t own = 0, free = 0, next = 1;
        writer_->query(Sql::instances, {}, {}, [&](const Row& row) {
            Decoder from{row};
            const auto number = from.take<std::int32_t>();
            if (from.take<std::string>() == token) own = number;
            const bool over = from.take<Instant>() <= now;
            if (free == 0 && number > next) free = next;
            if (free == 0 && over) free = number;
            next = number + 1;
        });
        if (own != 0) return own;
        if (free != 0) return free;
        return next <= 1023 ? next : 0;
    }

    const Dialect& dialect_;
    std::mutex writing_;
    std::unique_ptr<Session> writer_;
    std::int32_t instance_ = 0;  // of the counters; 0 until a lease
    Pool readers_;
};

template <class Work>
auto guarded(const StoreOptions& options, std::string* why, Work work)
    -> result<std::invoke_result_t<Work, const Dialect&>> {
    try {
        return work(dialect_of(options.backend, why));
    } catch (const soci::soci_error& e) {
        const auto code = current_error();
        if (why != nullptr) *why = "无法打开数据库 " + options.path.string() + "：" + e.what();
        return make_error_code(code);
    } catch (...) {
        const auto code = make_error_code(current_error());
        if (why != nullptr && why->empty()) *why = "数据库 " + options.path.string() + "：" + code.message();
        return code;
    }
}

}  // namespace

const Dialect& dialect_of(ports::Backend backend, std::string* why) {
    if (backend == ports::Backend::sqlite3) return sqlite_dialect();
    if (why != nullptr)
        *why = std::string{"本版本尚不支持 "} + (backend == ports::Backend::mysql ? "MySQL" : "Oracle") +
               " 数据库，请在 [store] 中设置 backend = sqlite3。";
    throw StoreError{store_errc::refused};
}

result<std::size_t> migrate(const StoreOptions& options, Instant now, std::string* why) {
    if (why != nullptr) why->clear();
    return guarded(options, why, [&](const Dialect& dialect) {
        const auto session = dialect.open(options, Access::write, true);
        return take_steps(dialect, *session, now, why);
    });
}

result<std::vector<Step>> migration_status(const StoreOptions& options, std::string* why) {
    if (why != nullptr) why->clear();
    return guarded(options, why, [&](const Dialect& dialect) {
        const auto session = dialect.open(options, Access::read, false);
        return compare_steps(dialect, *session, why);
    });
}

result<std::unique_ptr<ports::Store>> open_store(const StoreOptions& options, std::string* why) {
    if (why != nullptr) why->clear();
    return guarded(options, why, [&](const Dialect& dialect) -> std::unique_ptr<ports::Store> {
        auto writer = dialect.open(options, Access::write, false);
        for (const auto& step : compare_steps(dialect, *writer, why)) {
            if (step.applied_at) continue;
            if (why != nullptr) *why = "数据库缺少步骤 " + step.name + "，请先运行 hcpctl db migrate。";
            throw StoreError{store_errc::corrupt};
        }
        return std::make_unique<SociStore>(dialect, options, std::move(writer));
    });
}

}  // namespace hcp::store
