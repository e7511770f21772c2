#pragma once
#include "plugin/app/ledger/ledger_findings.hpp"
#include "plugin/domain/ledger_entries.hpp"
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/store/ledger.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace hcp::app {

// The chains of the ledger held against themselves, our ledger key and the signed anchors; knows no other row. Lanes
// are taken one after the other, each from its beginning.
class LedgerChain {
public:
    explicit LedgerChain(const LedgerKeys& keys) : keys_{keys} {}

    void take_anchors(const ports::Anchors::Content& content);
    [[nodiscard]] std::set<std::int32_t> anchored_lanes() const;

    void begin(std::int32_t lane);
    // The next entry of the lane. Answers from which place on what was taken before turns out not to be of the chain:
    // somebody slipped it in.
    [[nodiscard]] std::optional<std::int64_t> take(const ports::LedgerRow& row);
    void end();

    [[nodiscard]] LedgerFindings take_findings() { return std::move(findings_); }
    // Entries of open lanes after the last anchor of their lane.
    [[nodiscard]] std::int64_t not_anchored() const { return not_anchored_; }

private:
    // One row as it was met. A row claims the number in its canonical entry; its place is its number in the table.
    struct Met {
        std::int64_t place = 0, claim = 0;
        ports::Digest before{}, hash{};  // of the row in front, and its own
    };
    // A lane on its way through. Rows that somebody slipped in, or took out with the gap closed, move all that follow:
    // `shift` is by how much, so that such an attack is one finding and not one for each row behind it.
    struct Lane {
        std::int32_t number = 0;
        std::int64_t last = 0;  // place
        ports::Digest previous{};
        std::int64_t shift = 0;
        std::deque<Met> recent;                    // enough to name what was done nearby
        std::optional<std::int64_t> forged_since;  // place; what stands between there and here was not written by us
        bool forged = false;                       // anything so far
        std::span<const ports::Anchor> secret_anchors{};  // of a secret lane, those not yet met
        std::int64_t anchored = 0;                        // the place of the last one met
    };

    [[nodiscard]] std::string where(std::int64_t seq) const;
    void judge(const ports::LedgerRow& row, const std::optional<domain::LedgerPlace>& entry, const Met& met,
               std::optional<std::int64_t>& dropped_from);
    [[nodiscard]] bool is_ours(const ports::LedgerRow& row) const;
    void end_forged();
    [[nodiscard]] bool follows(const ports::Digest& previous, const ports::LedgerRow& row) const;
    [[nodiscard]] bool follows_own_predecessor(const ports::LedgerRow& row, const Met& met) const;
    [[nodiscard]] bool was_slipped_in_before(const ports::LedgerRow& row, const Met& met) const;
    void drop_inserted(std::int64_t first, std::int64_t last);
    [[nodiscard]] bool follows_closed_gap(const ports::LedgerRow& row, const Met& met) const;
    void close_gap();
    void find_removed(std::int64_t first, std::int64_t last, const std::string& more);
    void withdraw(std::int64_t place);
    void meet_secret_anchors(const ports::LedgerRow& row);
    void judge_secret_end();
    void find(LedgerFault fault, std::int32_t lane, std::int64_t seq, std::string text) {
        findings_.push_back({fault, LedgerSubject::ledger, lane, seq, std::move(text)});
    }

    const LedgerKeys& keys_;
    std::map<std::int32_t, std::map<std::int64_t, ports::Digest>> anchored_;
    std::map<std::int32_t, std::vector<ports::Anchor>> secret_anchors_;  // in the order of signing
    Lane lane_;
    std::int64_t not_anchored_ = 0;
    LedgerFindings findings_;
};

}  // namespace hcp::app
