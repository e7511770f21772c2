#pragma once
#include "plugin/app/identity.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_entry.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/store.hpp"

#include <concepts>
#include <mutex>
#include <vector>

namespace hcp::app {

// What one transaction needs beside the rows: ids, and the next entries of this instance's ledger lane.
class Pen {
public:
    Pen(domain::IdSource& ids, const ports::Digests& digests, const ports::KeyedDigest& seal, ports::LedgerHead head,
        domain::Instant now)
        : ids_{ids}, digests_{digests}, seal_{seal}, head_{head}, now_{now} {}

    [[nodiscard]] domain::Instant now() const noexcept { return now_; }
    // Ids decide nothing, so they follow the machine's clock: a virtual one may be set back and would repeat them.
    template <class Id>
    [[nodiscard]] Id id() {
        return ids_.next<Id>(ports::SystemClock{}.now());
    }

    // Writes one entry: `fill` adds the fields. Answers where it stands.
    template <std::invocable<domain::LedgerEntry&> Fill>
    ports::LedgerHead enter(domain::LedgerKind kind, Fill fill) {
        domain::LedgerEntry entry{kind, head_.lane, head_.seq + 1, now_};
        fill(entry);
        head_ = {head_.lane, head_.seq + 1, digests_.sm3({View{head_.hash}, View{entry.bytes()}})};
        rows_.push_back({head_.lane, head_.seq, static_cast<std::int32_t>(kind), now_, entry.bytes(), head_.hash,
                         seal_.of({View{head_.hash}})});
        return head_;
    }
    [[nodiscard]] const std::vector<ports::LedgerRow>& rows() const noexcept { return rows_; }
    [[nodiscard]] const ports::LedgerHead& head() const noexcept { return head_; }

private:
    domain::IdSource& ids_;
    const ports::Digests& digests_;
    const ports::KeyedDigest& seal_;
    ports::LedgerHead head_;
    domain::Instant now_;
    std::vector<ports::LedgerRow> rows_;
};

// The writing side of one instance: its transactions follow one another, since they share a ledger lane.
class Books {
public:
    Books(ports::Store& store, const ports::Digests& digests, const ports::KeyedDigest& ledger_seal,
          const ports::Clock& clock, domain::InstanceNo instance)
        : store_{store},
          digests_{digests},
          ledger_seal_{ledger_seal},
          clock_{clock},
          ids_{instance},
          lane_{instance.value()} {}

    // One transaction of rows and their ledger entries. `work(writing, pen)` may be run again after a conflict, so it
    // decides from what it reads there and keeps nothing between runs. Database threads only.
    template <std::invocable<ports::Writing&, Pen&> Work>
    ports::result<void> write(Work work) {
        const std::lock_guard lock{mutex_};
        ports::result<void> done;
        for (int attempt = 0; attempt < 3; ++attempt) {
            ports::LedgerHead next;
            done = store_.write([&](ports::Writing& rows) -> ports::result<void> {
                if (!head_known_) HCP_CHECK(read_head(rows));
                Pen pen{ids_, digests_, ledger_seal_, head_, clock_.now()};
                HCP_CHECK(work(rows, pen));
                if (!pen.rows().empty()) HCP_CHECK(rows.insert(std::span{pen.rows()}));
                next = pen.head();
                return {};
            });
            if (done) {
                head_ = next;
                return done;
            }
            // Whether it happened or not, the lane's end is only known from the store again.
            head_known_ = false;
            if (done.error() != ports::store_errc::conflict) return done;
        }
        return done;
    }

    [[nodiscard]] domain::InstanceNo instance() const noexcept { return domain::InstanceNo{lane_}; }

private:
    ports::result<void> read_head(ports::Reading& rows) {
        HCP_TRY(const auto heads, rows.ledger_heads());
        head_ = {lane_, 0, {}};
        for (const auto& head : heads)
            if (head.lane == lane_) head_ = head;
        head_known_ = true;
        return {};
    }

    ports::Store& store_;
    const ports::Digests& digests_;
    const ports::KeyedDigest& ledger_seal_;
    const ports::Clock& clock_;
    std::mutex mutex_;
    domain::IdSource ids_;
    std::int32_t lane_;
    ports::LedgerHead head_{};
    bool head_known_ = false;
};

}  // namespace hcp::app
