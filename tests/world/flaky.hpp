#pragma once
#include "plugin/ports/journal.hpp"
#include "plugin/ports/store/door.hpp"
#include "plugin/ports/store/store.hpp"
#include "tests/world/simulated_time.hpp"

#include <string>

namespace hcp::world {

// A store that is away at times, now and then refuses a transaction for another's sake, and now and then commits and
// loses the answer.
class FlakyStore final : public ports::Store, public ports::StoreDoor {
public:
    FlakyStore(ports::Store& store, Dice& dice) : store_{store}, dice_{dice} {}

    bool away = false, dependable = false;

    ports::result<void> open(std::string& why) override {
        if (!away) return {};
        why = "数据库没有应答";
        return ports::store_errc::unavailable;
    }
    void shut() noexcept override {}

    ports::result<void> read(const std::function<ports::result<void>(ports::Snapshot&)>& work) override {
        if (away) return ports::store_errc::unavailable;
        return store_.read(work);
    }
    ports::result<void> write(const std::function<ports::result<void>(ports::Transaction&)>& work) override {
        if (away) return ports::store_errc::unavailable;
        if (!dependable && dice_.one_in(150)) return ports::store_errc::conflict;
        auto done = store_.write(work);
        if (done && !dependable && dice_.one_in(150)) return ports::store_errc::in_doubt;
        return done;
    }
    ports::result<ports::InstanceNo> lease_instance(std::string_view token, domain::Instant now,
                                                    domain::Instant until) override {
        if (away) return ports::store_errc::unavailable;
        return store_.lease_instance(token, now, until);
    }
    ports::result<std::optional<domain::Instant>> server_time() override { return store_.server_time(); }
    ports::result<std::optional<std::int64_t>> tend_wal() override { return store_.tend_wal(); }

private:
    ports::Store& store_;
    Dice& dice_;
};

}  // namespace hcp::world
