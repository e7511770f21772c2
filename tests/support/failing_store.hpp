#pragma once
#include "plugin/ports/store/store.hpp"

#include <atomic>
#include <optional>
#include <string>

namespace hcp::test {

// A store of which a number of calls fail, and whose server has the clock that a test gives it.
class FailingStore final : public ports::Store {
public:
    explicit FailingStore(ports::Store& store) : store_{store} {}
    ports::result<void> read(const std::function<ports::result<void>(ports::Snapshot&)>& work) override {
        if (read_failures > 0) return read_failures--, make_error_code(error);
        return store_.read(work);
    }
    ports::result<void> write(const std::function<ports::result<void>(ports::Transaction&)>& work) override {
        ++writes;
        if (failures > 0) return failures--, make_error_code(error);
        return store_.write(work);
    }
    ports::result<ports::InstanceNo> lease_instance(std::string_view token, domain::Instant now,
                                                    domain::Instant until) override {
        if (lease_failures > 0) return lease_failures--, make_error_code(error);
        return store_.lease_instance(token, now, until);
    }
    ports::result<std::optional<domain::Instant>> server_time() override {
        if (server_clock) return server_clock;
        return store_.server_time();
    }
    ports::result<std::optional<std::int64_t>> tend_wal() override { return wal_bytes; }
    std::string complaint() const override { return said; }

    std::atomic<int> failures{0}, read_failures{0}, lease_failures{0};
    std::atomic<int> writes{0};  // that were asked for
    ports::store_errc error{};
    std::string said;  // by its database
    std::optional<domain::Instant> server_clock;
    std::optional<std::int64_t> wal_bytes;

private:
    ports::Store& store_;
};

}  // namespace hcp::test
