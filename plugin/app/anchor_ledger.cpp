#include "plugin/app/anchor_ledger.hpp"

#include "plugin/domain/ledger_entry.hpp"

#include <algorithm>
#include <chrono>

namespace hcp::app {

using domain::is_secret_lane;

void AnchorLedger::anchor() {
    const auto done = append_due();
    alarms_.set("anchor", !done, done ? std::string{} : "留痕锚点无法写入：" + done.error().message());
}

ports::result<void> AnchorLedger::append_due() {
    std::vector<ports::LedgerHead> heads;
    HCP_CHECK(store_.read([&](ports::Reading& rows) -> ports::result<void> {
        HCP_TRY(heads, rows.ledger_heads());
        return {};
    }));
    const auto now = clock_.now();
    std::vector<ports::Anchor> due;
    for (const auto& head : heads) {
        const bool secret = is_secret_lane(head.lane);
        const bool with_open =
            secret && std::any_of(heads.begin(), heads.end(), [&](const ports::LedgerHead& other) {
                return domain::lane_of(domain::InstanceNo{other.lane}, domain::Chain::secret) == head.lane &&
                       is_due(other, now);
            });
        if (!with_open && !is_due(head, now)) continue;
        ports::Anchor anchor{head, now, {}};
        if (secret) anchor.head.seq = 0;
        HCP_TRY(anchor.signature, signer_.sign(ports::as_bytes(anchor.signed_text())));
        due.push_back(std::move(anchor));
    }
    if (due.empty()) return {};
    HCP_CHECK(anchors_.append(due));
    for (const auto& anchor : due)
        if (is_secret_lane(anchor.head.lane))
            secret_anchored_[anchor.head.lane] = now;
        else
            anchored_[anchor.head.lane] = anchor.head.seq;
    return {};
}

bool AnchorLedger::is_due(const ports::LedgerHead& head, domain::Instant now) const {
    if (is_secret_lane(head.lane)) {
        const auto last = secret_anchored_.find(head.lane);
        // Also when the clock was set back.
        return last == secret_anchored_.end() || now < last->second || now - last->second >= std::chrono::hours{1};
    }
    const auto last = anchored_.find(head.lane);
    return last == anchored_.end() || last->second != head.seq;
}

}  // namespace hcp::app
