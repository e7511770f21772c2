#pragma once
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/plain_crypto.hpp"

#include <cstdint>
#include <memory>

namespace hcp::test {

// What an instance in memory stands on: its rows, its journal's file, its keys.
struct MemoryGround {
    explicit MemoryGround(std::uint64_t seed = 1) : ring{seed} {}

    MemoryDatabase rows;
    MemoryJournalFile journal_file;
    PlainRing ring;
    PlainDigests sm3;
    PlainKeyedDigest lookup = ring.keyed_digest("lookup"), link = ring.keyed_digest("link"),
                     content = ring.keyed_digest("content"), ledger = ring.keyed_digest("ledger");
    PlainSealer records = ring.sealer("records"), journal_records = ring.sealer("journal");
    std::unique_ptr<PlainVault> vault = ring.vault();
};

}  // namespace hcp::test
