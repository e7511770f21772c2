#include "plugin/app/anchor_ledger.hpp"

namespace hcp::app {

void AnchorLedger::anchor() {
    const auto done = append_moved();
    alarms_.set("anchor", !done, done ? std::string{} : "留痕锚点无法写入：" + done.error().message());
}

ports::result<void> AnchorLedger::append_moved() {
    std::vector<ports::LedgerHead> heads;
    HCP_CHECK(store_.read([&](ports::Reading& rows) -> ports::result<void> {
        HCP_TRY(heads, rows.ledger_heads());
        return {};
    }));
    std::vector<ports::Anchor> moved;
    for (const auto& head : heads) {
        if (anchored_[head.lane] == head.seq) continue;
        ports::Anchor anchor{head, clock_.now(), {}};
        HCP_TRY(anchor.signature, signer_.sign(ports::as_bytes(anchor.signed_text())));
        moved.push_back(std::move(anchor));
    }
    if (moved.empty()) return {};
    HCP_CHECK(anchors_.append(moved));
    for (const auto& anchor : moved) anchored_[anchor.head.lane] = anchor.head.seq;
    return {};
}

}  // namespace hcp::app
