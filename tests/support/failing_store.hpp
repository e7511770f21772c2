#pragma once
#include "plugin/ports/store/store.hpp"

#include <atomic>

namespace hcp::test {

// A store of which a number of writes fail.
class FailingStore final : public ports::Store {
public:
    explicit FailingStore(ports::Store& store) : store_{store} {}
    ports::result<void> read(const std::function<ports::result<void>(ports::Snapshot&)>& work) override {
        return store_.read(work);
    }
    ports::result<void> write(const std::function<ports::result<void>(ports::Transaction&)>& work) override {
        if (failures > 0) return failures--, make_error_code(error);
        return store_.write(work);
    }
    ports::result<ports::InstanceNo> lease_instance(std::string_view token, domain::Instant now,
                                                    domain::Instant until) override {
        return store_.lease_instance(token, now, until);
    }
    ports::result<std::optional<domain::Instant>> server_time() override { return store_.server_time(); }

    std::atomic<int> failures{0};
    ports::store_errc error{};

private:
    ports::Store& store_;
};

}  // namespace hcp::test
