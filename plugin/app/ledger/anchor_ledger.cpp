#include "plugin/app/ledger/anchor_ledger.hpp"

#include "plugin/domain/ledger_entries.hpp"

#include <algorithm>
#include <chrono>

namespace hcp::app {

using domain::is_secret_lane;

void AnchorLedger::anchor(bool last) {
    writer_.assert_here();
    const auto done = append_due(last);
    alarms_.set("anchor", !done, done ? std::string{} : "留痕锚点无法写入：" + done.error().message());
}

ports::result<void> AnchorLedger::append_due(bool last) {
    HCP_TRY(const auto heads, ports::ask(store_, [](ports::Snapshot& rows) { return rows.ledger().heads(); }));
    const auto now = clock_.now();
    std::vector<ports::Anchor> due;
    for (const auto& head : heads) {
        const bool secret = is_secret_lane(head.lane);
        const bool with_open =
            secret &&
            std::any_of(heads.begin(), heads.end(), [&](const ports::LedgerHead& other) HCP_REQUIRES(writer_) {
                return domain::lane_of(domain::InstanceNo{other.lane}, domain::Chain::secret) == head.lane &&
                       is_due(other, now, last);
            });
        if (!with_open && !is_due(head, now, last)) continue;
        ports::Anchor anchor{head, now, {}};
        if (secret) {
            anchor.head.seq = 0;
            anchor.head.hash = ports::Anchor::secret_head(digests_, now, head.hash);
        }
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

bool AnchorLedger::is_due(const ports::LedgerHead& head, domain::Instant now, bool last) const {
    if (is_secret_lane(head.lane)) {
        const auto when = secret_anchored_.find(head.lane);
        // Also when the clock was set back.
        return last || when == secret_anchored_.end() || now < when->second ||
               now - when->second >= std::chrono::minutes{10};
    }
    const auto reached = anchored_.find(head.lane);
    return reached == anchored_.end() || reached->second != head.seq;
}

}  // namespace hcp::app
