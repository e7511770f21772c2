#pragma once
#include "plugin/app/alarms.hpp"
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/store.hpp"

#include <map>

namespace hcp::app {

// Signs the heads of all lanes and appends them to the anchor file outside the database, so that a cut tail, a
// rewritten chain and a restored old database show. Only heads that moved since the last time are written.
class AnchorLedger {
public:
    AnchorLedger(ports::Store& store, ports::Anchors& anchors, const ports::Signer& signer, const ports::Clock& clock,
                 Alarms& alarms)
        : store_{store}, anchors_{anchors}, signer_{signer}, clock_{clock}, alarms_{alarms} {}

    // Every minute and at stop. Database threads.
    void anchor();

private:
    ports::result<void> append_moved();

    ports::Store& store_;
    ports::Anchors& anchors_;
    const ports::Signer& signer_;
    const ports::Clock& clock_;
    Alarms& alarms_;
    std::map<std::int32_t, std::int64_t> anchored_;  // lane -> sequence
};

}  // namespace hcp::app
