#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/pen.hpp"
#include "plugin/run/mutex.hpp"

#include <atomic>
#include <concepts>
#include <cstdint>

namespace hcp::record {

// Why a transaction failed: because of what was to be stored, which the store refuses or our keys do not open, and so
// again at every try; or by trouble that passes.
[[nodiscard]] inline bool is_poison(const ports::error_code& error) noexcept {
    return error == ports::store_errc::refused || error.category() == ports::crypto_category();
}

// The writing side of one instance: its transactions follow one another, since they share its ledger lanes.
class Books {
public:
    // `id_clock` gives ids their order and decides nothing: it may not be set back, which would repeat them, so it is
    // the machine's where the other is virtual.
    Books(ports::Store& store, const ports::Digests& digests, const ports::KeyedDigest& ledger_seal,
          const ports::Clock& clock, const ports::Clock& id_clock)
        : store_{store}, digests_{digests}, ledger_seal_{ledger_seal}, clock_{clock}, id_clock_{id_clock} {}

    // Under which number it writes from now on, and the highest id that there is. Before that nothing is written.
    void adopt(domain::InstanceNo number, std::int64_t highest_id = 0) {
        const run::Lock lock{mutex_};
        if (number.value() == number_) return;
        number_ = number.value();
        ids_ = domain::IdSource{number, highest_id};
        heads_known_ = false;
    }

    // One transaction of rows and their ledger entries. `work(tx, pen)` may be run again after a conflict, so it
    // decides from what it reads there and keeps nothing between runs. Database threads only.
    template <std::invocable<ports::Transaction&, Pen&> Work>
    ports::result<void> write(Work work) {
        const run::Lock lock{mutex_};
        if (number_ == 0) return ports::store_errc::unavailable;
        ports::result<void> done;
        for (int attempt = 0; attempt < 3; ++attempt) {
            Pen::Heads next;
            done = store_.write([&](ports::Transaction& tx) HCP_REQUIRES(mutex_) -> ports::result<void> {
                if (!heads_known_) HCP_CHECK(read_heads(tx.ledger()));
                Pen pen{ids_, digests_, ledger_seal_, heads_, clock_.now(), id_clock_.now()};
                HCP_CHECK(work(tx, pen));
                HCP_CHECK(tx.ledger().append(pen.rows()));
                next = pen.heads();
                return {};
            });
            if (done) {
                heads_ = next;
                return done;
            }
            // Whether it happened or not, the lanes' ends are only known from the store again.
            heads_known_ = false;
            if (done.error() != ports::store_errc::conflict) return done;
        }
        return done;
    }

    // 0 before adopt(). Any thread.
    [[nodiscard]] domain::InstanceNo instance() const noexcept { return domain::InstanceNo{number_}; }

private:
    ports::result<void> read_heads(ports::LedgerQueries& ledger) HCP_REQUIRES(mutex_) {
        HCP_TRY(const auto heads, ledger.heads());
        for (const auto chain : {domain::Chain::open, domain::Chain::secret}) {
            auto& own = heads_[static_cast<std::size_t>(chain)];
            own = {domain::lane_of(instance(), chain), 0, {}};
            for (const auto& head : heads)
                if (head.lane == own.lane) own = head;
        }
        heads_known_ = true;
        return {};
    }

    ports::Store& store_;
    const ports::Digests& digests_;
    const ports::KeyedDigest& ledger_seal_;
    const ports::Clock& clock_;
    const ports::Clock& id_clock_;
    std::atomic<std::int32_t> number_ = 0;
    run::Mutex mutex_;
    domain::IdSource ids_ HCP_GUARDED_BY(mutex_) = domain::IdSource{domain::InstanceNo{}};
    Pen::Heads heads_ HCP_GUARDED_BY(mutex_) = {};
    bool heads_known_ HCP_GUARDED_BY(mutex_) = false;
};

}  // namespace hcp::record
