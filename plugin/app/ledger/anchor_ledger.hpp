#pragma once
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/workers.hpp"

#include <map>

namespace hcp::app {

// Signs the heads of all lanes and appends them to the anchor file outside the database, so that a cut tail, a
// rewritten chain and a restored old database show. A head is written when it moved since the last time.
// That of a secret lane (E14) is blinded, and when it is written does not depend on it: beside its instance's open
// lane, every ten minutes, and at stop.
class AnchorLedger {
public:
    AnchorLedger(ports::Store& store, ports::Anchors& anchors, const ports::Digests& digests,
                 const ports::Signer& signer, const ports::Clock& clock, run::Alarms& alarms,
                 const run::Workers& writer)
        : store_{store},
          anchors_{anchors},
          digests_{digests},
          signer_{signer},
          clock_{clock},
          alarms_{alarms},
          writer_{writer} {}

    // Every minute, and at stop, which is `last`. The writer's thread.
    void anchor(bool last = false);

private:
    ports::result<void> append_due(bool last) HCP_REQUIRES(writer_);
    [[nodiscard]] bool is_due(const ports::LedgerHead& head, domain::Instant now, bool last) const
        HCP_REQUIRES(writer_);

    ports::Store& store_;
    ports::Anchors& anchors_;
    const ports::Digests& digests_;
    const ports::Signer& signer_;
    const ports::Clock& clock_;
    run::Alarms& alarms_;
    const run::Workers& writer_;
    std::map<std::int32_t, std::int64_t> anchored_ HCP_GUARDED_BY(writer_);            // open lane -> sequence
    std::map<std::int32_t, domain::Instant> secret_anchored_ HCP_GUARDED_BY(writer_);  // secret lane -> when
};

}  // namespace hcp::app
