#pragma once
#include "tests/support/desk.hpp"
#include "tests/support/memory_ground.hpp"

namespace hcp::test {

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
