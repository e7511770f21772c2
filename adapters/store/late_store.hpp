#pragma once
#include "plugin/ports/store/door.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/run/mutex.hpp"

#include <functional>
#include <memory>
#include <string>

namespace hcp::store {

// A store that is opened when it can be. Any thread, but for what the ports say.
class LateStore final : public ports::Store, public ports::StoreDoor {
public:
    using Open = std::function<ports::result<std::unique_ptr<ports::Store>>(std::string& why)>;
    explicit LateStore(Open open) : open_{std::move(open)} {}

    ports::result<void> open(std::string& why) override;
    void shut() noexcept override;

    ports::result<void> read(const std::function<ports::result<void>(ports::Snapshot&)>& work) override;
    ports::result<void> write(const std::function<ports::result<void>(ports::Transaction&)>& work) override;
    ports::result<ports::InstanceNo> lease_instance(std::string_view token, domain::Instant now,
                                                    domain::Instant until) override;
    ports::result<std::optional<domain::Instant>> server_time() override;
    ports::result<std::optional<std::int64_t>> tend_wal() override;
    [[nodiscard]] std::string complaint() const override;

private:
    [[nodiscard]] std::shared_ptr<ports::Store> opened() const;

    const Open open_;
    mutable run::Mutex mutex_;
    std::shared_ptr<ports::Store> store_ HCP_GUARDED_BY(mutex_);  // whoever is in it keeps it
};

}  // namespace hcp::store
