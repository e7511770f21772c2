#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_entries.hpp"
#include "plugin/domain/secrecy.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/store/ledger.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace hcp::record {

// What one transaction needs beside the rows: ids, and the next entries of this instance's two ledger lanes.
class Pen {
public:
    using Heads = std::array<ports::LedgerHead, 2>;  // by domain::Chain

    Pen(domain::IdSource& ids, const ports::Digests& digests, const ports::KeyedDigest& seal, const Heads& heads,
        domain::Instant now, domain::Instant id_time)
        : ids_{ids}, digests_{digests}, seal_{seal}, heads_{heads}, now_{now}, id_time_{id_time} {}

    [[nodiscard]] domain::Instant now() const noexcept { return now_; }
    template <class Id>
    [[nodiscard]] Id id() {
        return ids_.next<Id>(id_time_);
    }

    // Writes one entry, into the chain that its secrecy asks for. Answers where it stands.
    ports::LedgerHead enter(domain::Secrecy secrecy, const domain::LedgerFact& fact) {
        auto& head = heads_[static_cast<std::size_t>(secrecy.chain())];
        auto canonical = domain::canonical(head.lane, head.seq + 1, now_, fact);
        head = {head.lane, head.seq + 1, digests_.sm3({ports::View{head.hash}, ports::View{canonical}})};
        rows_.push_back({head.lane, head.seq, static_cast<std::int32_t>(domain::kind_of(fact)), now_,
                         std::move(canonical), head.hash, seal_.of({ports::View{head.hash}})});
        return head;
    }
    [[nodiscard]] const std::vector<ports::LedgerRow>& rows() const noexcept { return rows_; }
    [[nodiscard]] const Heads& heads() const noexcept { return heads_; }

private:
    domain::IdSource& ids_;
    const ports::Digests& digests_;
    const ports::KeyedDigest& seal_;
    Heads heads_;
    domain::Instant now_, id_time_;
    std::vector<ports::LedgerRow> rows_;
};

}  // namespace hcp::record
