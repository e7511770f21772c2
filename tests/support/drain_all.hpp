#pragma once
#include "plugin/app/intake/drain_journal.hpp"

namespace hcp::test {

// Steps until there are no more. True: everything accepted is in the store.
inline bool drain_all(app::DrainJournal& drain) {
    for (;;) {
        const auto step = drain.step().step;
        if (step != app::DrainJournal::Step::more) return step == app::DrainJournal::Step::empty;
    }
}

}  // namespace hcp::test
