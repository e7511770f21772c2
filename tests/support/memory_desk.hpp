#pragma once
#include "tests/support/desk.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/plain_crypto.hpp"

namespace hcp::test {

// What a desk in memory stands on.
struct MemoryGround {
    MemoryDatabase rows;
    MemoryJournalFile journal_file;
    PlainRing ring;
    PlainDigests sm3;
    PlainKeyedDigest lookup = ring.keyed_digest("lookup"), link = ring.keyed_digest("link"),
                     content = ring.keyed_digest("content"), ledger = ring.keyed_digest("ledger");
    PlainSealer records = ring.sealer("records"), journal_records = ring.sealer("journal");
    std::unique_ptr<PlainVault> vault = ring.vault();
};

// The use cases on stand-ins: no file, no database, no cryptography.
class MemoryDesk : private MemoryGround, public Desk {
public:
    MemoryDesk()
        : Desk{std::make_unique<MemoryStore>(rows), record::Keys{sm3, lookup, link, content, records, *vault}, ledger} {
    }

    [[nodiscard]] std::unique_ptr<ports::Journal> open_journal() {
        return std::make_unique<MemoryJournal>(journal_file, journal_records);
    }
    // From now on the key of this subject of the stored case does not open.
    void lose_key(const Completion& event, std::size_t subject = 0) {
        vault->lose(view(event, subject).subject.wrapped_key);
    }
};

}  // namespace hcp::test
