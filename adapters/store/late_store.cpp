#include "adapters/store/late_store.hpp"

#include <utility>

namespace hcp::store {

using ports::result;
using ports::store_errc;

result<void> LateStore::open(std::string& why) {
    if (opened()) return {};
    auto opened = open_(why);
    if (!opened) return opened.error();
    const run::Lock lock{mutex_};
    store_ = *std::move(opened);
    return {};
}

void LateStore::shut() noexcept {
    std::shared_ptr<ports::Store> gone;  // after the lock
    const run::Lock lock{mutex_};
    gone.swap(store_);
}

std::shared_ptr<ports::Store> LateStore::opened() const {
    const run::Lock lock{mutex_};
    return store_;
}

result<void> LateStore::read(const std::function<result<void>(ports::Snapshot&)>& work) {
    const auto store = opened();
    return store ? store->read(work) : result<void>{store_errc::unavailable};
}

result<void> LateStore::write(const std::function<result<void>(ports::Transaction&)>& work) {
    const auto store = opened();
    return store ? store->write(work) : result<void>{store_errc::unavailable};
}

result<ports::InstanceNo> LateStore::lease_instance(std::string_view token, domain::Instant now,
                                                    domain::Instant until) {
    const auto store = opened();
    if (!store) return store_errc::unavailable;
    return store->lease_instance(token, now, until);
}

result<std::optional<domain::Instant>> LateStore::server_time() {
    const auto store = opened();
    if (!store) return store_errc::unavailable;
    return store->server_time();
}

result<std::optional<std::int64_t>> LateStore::tend_wal() {
    const auto store = opened();
    if (!store) return store_errc::unavailable;
    return store->tend_wal();
}

std::string LateStore::complaint() const {
    const auto store = opened();
    return store ? store->complaint() : std::string{};
}

}  // namespace hcp::store
