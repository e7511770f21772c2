#pragma once
#include "plugin/app/identity.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_entries.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/run/mutex.hpp"

#include <array>
#include <concepts>
#include <vector>

namespace hcp::app {

// What one transaction needs beside the rows: ids, and the next entries of this instance's two ledger lanes.
class Pen {
public:
    using Heads = std::array<ports::LedgerHead, 2>;  // by domain::Chain

    Pen(domain::IdSource& ids, const ports::Digests& digests, const ports::KeyedDigest& seal, const Heads& heads,
        domain::Instant now)
        : ids_{ids}, digests_{digests}, seal_{seal}, heads_{heads}, now_{now} {}

    [[nodiscard]] domain::Instant now() const noexcept { return now_; }
    // Ids decide nothing, so they follow the machine's clock: a virtual one may be set back and would repeat them.
    template <class Id>
    [[nodiscard]] Id id() {
        return ids_.next<Id>(ports::SystemClock{}.now());
    }

    // Writes one entry, into the chain that its secrecy asks for. Answers where it stands.
    ports::LedgerHead enter(domain::Secrecy secrecy, const domain::LedgerFact& fact) {
        auto& head = heads_[static_cast<std::size_t>(secrecy.chain())];
        auto canonical = domain::canonical(head.lane, head.seq + 1, now_, fact);
        head = {head.lane, head.seq + 1, digests_.sm3({View{head.hash}, View{canonical}})};
        rows_.push_back({head.lane, head.seq, static_cast<std::int32_t>(domain::kind_of(fact)), now_,
                         std::move(canonical), head.hash, seal_.of({View{head.hash}})});
        return head;
    }
    [[nodiscard]] const std::vector<ports::LedgerRow>& rows() const noexcept { return rows_; }
    [[nodiscard]] const Heads& heads() const noexcept { return heads_; }

private:
    domain::IdSource& ids_;
    const ports::Digests& digests_;
    const ports::KeyedDigest& seal_;
    Heads heads_;
    domain::Instant now_;
    std::vector<ports::LedgerRow> rows_;
};

// Why a transaction failed: because of what was to be stored, which the store refuses or our keys do not open, and so
// again at every try; or by trouble that passes.
[[nodiscard]] inline bool is_poison(const ports::error_code& error) noexcept {
    return error == ports::store_errc::refused || error.category() == ports::crypto_category();
}

// The writing side of one instance: its transactions follow one another, since they share its ledger lanes.
class Books {
public:
    Books(ports::Store& store, const ports::Digests& digests, const ports::KeyedDigest& ledger_seal,
          const ports::Clock& clock, domain::InstanceNo instance)
        : store_{store},
          digests_{digests},
          ledger_seal_{ledger_seal},
          clock_{clock},
          instance_{instance},
          ids_{instance} {}

    // One transaction of rows and their ledger entries. `work(tx, pen)` may be run again after a conflict, so it
    // decides from what it reads there and keeps nothing between runs. Database threads only.
    template <std::invocable<ports::Transaction&, Pen&> Work>
    ports::result<void> write(Work work) {
        const run::Lock lock{mutex_};
        ports::result<void> done;
        for (int attempt = 0; attempt < 3; ++attempt) {
            Pen::Heads next;
            done = store_.write([&](ports::Transaction& tx) HCP_REQUIRES(mutex_) -> ports::result<void> {
                if (!heads_known_) HCP_CHECK(read_heads(tx.ledger()));
                Pen pen{ids_, digests_, ledger_seal_, heads_, clock_.now()};
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

    [[nodiscard]] domain::InstanceNo instance() const noexcept { return instance_; }

private:
    ports::result<void> read_heads(ports::LedgerQueries& ledger) HCP_REQUIRES(mutex_) {
        HCP_TRY(const auto heads, ledger.heads());
        for (const auto chain : {domain::Chain::open, domain::Chain::secret}) {
            auto& own = heads_[static_cast<std::size_t>(chain)];
            own = {domain::lane_of(instance_, chain), 0, {}};
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
    const domain::InstanceNo instance_;
    run::Mutex mutex_;
    domain::IdSource ids_ HCP_GUARDED_BY(mutex_);
    Pen::Heads heads_ HCP_GUARDED_BY(mutex_) = {};
    bool heads_known_ HCP_GUARDED_BY(mutex_) = false;
};

}  // namespace hcp::app
