#pragma once
#include "plugin/app/alarms.hpp"
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/store/store.hpp"

#include <map>

namespace hcp::app {

// Signs the heads of all lanes and appends them to the anchor file outside the database, so that a cut tail, a
// rewritten chain and a restored old database show. A head is written when it moved since the last time.
// That of a secret lane (E14) is blinded, and when it is written does not depend on it: beside its instance's open
// lane, every ten minutes, and at stop.
class AnchorLedger {
public:
    AnchorLedger(ports::Store& store, ports::Anchors& anchors, const ports::Digests& digests,
                 const ports::Signer& signer, const ports::Clock& clock, Alarms& alarms)
        : store_{store}, anchors_{anchors}, digests_{digests}, signer_{signer}, clock_{clock}, alarms_{alarms} {}

    // Every minute, and at stop, which is `last`. Database threads.
    void anchor(bool last = false);

private:
    ports::result<void> append_due(bool last);
    [[nodiscard]] bool is_due(const ports::LedgerHead& head, domain::Instant now, bool last) const;

    ports::Store& store_;
    ports::Anchors& anchors_;
    const ports::Digests& digests_;
    const ports::Signer& signer_;
    const ports::Clock& clock_;
    Alarms& alarms_;
    std::map<std::int32_t, std::int64_t> anchored_;            // open lane -> sequence
    std::map<std::int32_t, domain::Instant> secret_anchored_;  // secret lane -> when
};

}  // namespace hcp::app
