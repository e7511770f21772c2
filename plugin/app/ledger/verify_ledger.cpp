#include "plugin/app/ledger/verify_ledger.hpp"

#include "plugin/app/ledger/ledger_account.hpp"
#include "plugin/app/ledger/ledger_chain.hpp"

#include <iterator>
#include <set>
#include <utility>

namespace hcp::app {

namespace {

using namespace domain;

constexpr std::size_t page_size = 1000;

// Hands every entry to the chain, and what it says to the account.
class Reading {
public:
    Reading(const LedgerKeys& keys, const ports::Signs& signs)
        : chain_{keys}, account_{keys.digests, signs}, signs_{signs} {}

    void take_anchors(const ports::Anchors::Content& content) {
        report_.anchors = std::ssize(content.anchors);
        chain_.take_anchors(content);
    }

    ports::result<LedgerReport> report_on(ports::Snapshot& rows) {
        HCP_TRY(const auto heads, rows.ledger().heads());
        auto lanes = chain_.anchored_lanes();
        for (const auto& head : heads) lanes.insert(head.lane);
        for (const auto lane : lanes) HCP_CHECK(read(rows.ledger(), lane));
        HCP_TRY(report_.ratings, account_.compare(rows));
        report_.findings = chain_.take_findings();
        auto of_rows = account_.take_findings();
        std::move(of_rows.begin(), of_rows.end(), std::back_inserter(report_.findings));
        report_.not_anchored = chain_.not_anchored();
        return std::move(report_);
    }

private:
    ports::result<void> read(ports::LedgerQueries& ledger, std::int32_t lane) {
        chain_.begin(lane);
        for (std::int64_t last = 0;;) {
            HCP_TRY(const auto page, ledger.after(lane, last, page_size));
            if (page.empty()) break;
            for (const auto& row : page) {
                last = row.seq;
                take(row);
            }
            signs_.met(report_.entries);
            HCP_CHECK(signs_.go_on());
        }
        chain_.end();
        return {};
    }

    void take(const ports::LedgerRow& row) {
        // What the chain finds slipped in says nothing.
        if (const auto from = chain_.take(row)) account_.forget(row.lane, *from);
        if (const auto fact = fact_in(row.canonical)) account_.note(row.lane, row.seq, *fact);
        report_.entries += secrecy_of_lane(row.lane).counts();
    }

    LedgerChain chain_;
    LedgerAccount account_;
    const ports::Signs& signs_;
    LedgerReport report_;
};

}  // namespace

ports::result<LedgerReport> verify_ledger(ports::Store& store, ports::Anchors& anchors, const LedgerKeys& keys,
                                          const ports::Signs& signs) {
    HCP_TRY(const auto content, anchors.read());
    return ports::ask(store, [&](ports::Snapshot& rows) {
        Reading reading{keys, signs};
        reading.take_anchors(content);
        return reading.report_on(rows);
    });
}

}  // namespace hcp::app
