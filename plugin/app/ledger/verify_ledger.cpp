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
    Reading(const LedgerKeys& keys, const std::function<void(std::int64_t)>& progress)
        : chain_{keys}, account_{keys.digests}, progress_{progress} {}

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
            if (progress_) progress_(report_.entries);
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
    const std::function<void(std::int64_t)>& progress_;
    LedgerReport report_;
};

}  // namespace

std::string_view name_of(LedgerSubject subject) noexcept {
    switch (subject) {
        case LedgerSubject::ledger:
            return "记录";
        case LedgerSubject::case_:
            return "办件";
        case LedgerSubject::evaluation:
            return "待评事项";
        case LedgerSubject::rating:
            return "评价";
        case LedgerSubject::ticket:
            return "整改单";
        case LedgerSubject::comment:
            return "逾期意见";
        case LedgerSubject::consent:
            return "评价人的同意";
        case LedgerSubject::visit:
            return "到访";
        case LedgerSubject::opening:
            return "开标";
        case LedgerSubject::reference:
            return "规则文件";
        case LedgerSubject::subject:
            return "主体";
        case LedgerSubject::role_proposed:
            return "岗位提名";
        case LedgerSubject::role_confirmed:
            return "岗位确认";
        case LedgerSubject::role_ended:
            return "岗位解除";
        case LedgerSubject::staff_invite:
            return "一次性登录链接";
        case LedgerSubject::staff_session:
            return "工作人员登录";
        case LedgerSubject::edition:
            return "目录版本";
        case LedgerSubject::attribution:
            return "归属更改";
        case LedgerSubject::list_export:
            return "导出";
        case LedgerSubject::unmasking:
            return "身份查阅";
        case LedgerSubject::leak_reported:
            return "泄露案件登记";
        case LedgerSubject::leak_decided:
            return "泄露案件决定";
    }
    return "";
}

ports::result<LedgerReport> verify_ledger(ports::Store& store, ports::Anchors& anchors, const LedgerKeys& keys,
                                          const std::function<void(std::int64_t)>& progress) {
    HCP_TRY(const auto content, anchors.read());
    return ports::ask(store, [&](ports::Snapshot& rows) {
        Reading reading{keys, progress};
        reading.take_anchors(content);
        return reading.report_on(rows);
    });
}

}  // namespace hcp::app
