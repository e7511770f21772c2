#include "tests/support/memory_store.hpp"

#include "tests/support/memory/together.hpp"

#include <stdexcept>

namespace hcp::test {

using namespace ports;
using namespace memory;

MemoryDatabase::MemoryDatabase() : tables_{std::make_shared<Tables>()} {}

result<void> MemoryStore::read(const std::function<result<void>(Snapshot&)>& work) {
    if (database_.writing_ == std::this_thread::get_id()) throw std::logic_error{"a read within a write"};
    struct Reading {
        run::Mutex& leaving;
        std::shared_ptr<Tables> tables;
        ~Reading() {
            const run::Lock lock{leaving};
            tables.reset();
        }
    };
    const auto now = [this] {
        const run::Lock lock{database_.mutex_};
        return database_.tables_;
    };
    const Reading reading{database_.leaving_, now()};
    try {
        Unit unit{*reading.tables, {}, {}};
        MemorySnapshot snapshot{unit};
        return work(snapshot);
    } catch (const std::exception&) {
        return make_error_code(store_errc::unavailable);
    }
}

result<void> MemoryStore::write(const std::function<result<void>(Transaction&)>& work) {
    if (database_.writing_ == std::this_thread::get_id()) throw std::logic_error{"a write within a write"};
    const run::Lock lock{database_.mutex_};
    struct Mine {
        std::atomic<std::thread::id>& who;
        explicit Mine(std::atomic<std::thread::id>& id) : who{id} { who = std::this_thread::get_id(); }
        ~Mine() { who = std::thread::id{}; }
    };
    const Mine mine(database_.writing_);
    // Nobody else can begin to read now, but somebody may still be reading.
    {
        const run::Lock nobody_leaves{database_.leaving_};
        if (database_.tables_.use_count() > 1) database_.tables_ = std::make_shared<Tables>(*database_.tables_);
    }
    Unit unit{*database_.tables_, {}, {}};
    result<void> done = make_error_code(store_errc::unavailable);
    try {
        MemoryTransaction transaction{unit};
        done = work(transaction);
    } catch (const std::exception&) {
        done = make_error_code(store_errc::unavailable);
    }
    if (done && unit.failed) done = make_error_code(*unit.failed);
    if (!done) unit.undo.take_back();
    return done;
}

result<InstanceNo> MemoryStore::lease_instance(std::string_view token, Instant now, Instant until) {
    const run::Lock lock{database_.mutex_};
    auto& numbers = database_.tables_->instances;
    std::optional<std::int32_t> own, fresh, over;
    std::int32_t next = 1;
    for (const auto& [number, leased] : numbers) {
        if (leased.token == token) own = number;
        if (!fresh && number > next) fresh = next;
        const bool is_held = leased.until > now && leased.until <= until + std::chrono::days{1};
        if (!over && !is_held) over = number;
        next = number + 1;
    }
    if (!fresh && next <= 1023) fresh = next;
    const auto number = own ? own : fresh ? fresh : over;
    if (!number) return make_error_code(store_errc::conflict);
    Undo kept;
    numbers.put(kept, *number, {std::string{token}, until});
    return InstanceNo{*number};
}

}  // namespace hcp::test
