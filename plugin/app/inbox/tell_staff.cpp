#include "plugin/app/inbox/tell_staff.hpp"

#include <chrono>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::NoticeRow;

namespace {

constexpr std::size_t at_once = 20;
constexpr std::chrono::hours worth_telling{24};  // after it was made

}  // namespace

void TellStaff::tell() {
    means_.writer.assert_here();
    if (!means_.host.can_notify_staff()) return;
    auto claimed = claim();
    if (!claimed || claimed->empty()) return;  // what the store did not give is asked for the next time
    means_.host_thread.post([this, claimed = *std::move(claimed)] { ask_host(claimed); });
}

ports::result<std::vector<NoticeRow>> TellStaff::claim() {
    HCP_TRY(const auto waiting, ports::ask(means_.store, [&](ports::Snapshot& rows) {
                return rows.notices().untold(means_.clock.now() - worth_telling, at_once);
            }));
    std::vector<NoticeRow> claimed;
    if (waiting.empty()) return claimed;
    HCP_CHECK(means_.books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        claimed.clear();
        for (const auto& row : waiting) {
            HCP_TRY(const auto marked, tx.notices().mark_told(row.id, pen.now()));
            if (marked == 0) continue;  // another host was quicker
            claimed.push_back(row);
            claimed.back().told_at = pen.now();
        }
        return {};
    }));
    return claimed;
}

void TellStaff::ask_host(const std::vector<NoticeRow>& claimed) {
    for (std::size_t i = 0; i < claimed.size(); ++i) {
        const auto& row = claimed[i];
        const std::string what{text_of(row.kind)};
        const auto where = address_.empty() ? std::string{} : "：" + address_;
        if (means_.host.notify_staff(row.staff_id, "好差评：" + what, what + "。请登录好差评工作台查看" + where))
            continue;
        means_.log.often(ports::LogLevel::warning, "主机没有发出给工作人员的消息", "稍后再试；消息仍在工作台的消息中");
        // Those behind it would most likely fare no better now.
        std::vector<NoticeRow> failed(claimed.begin() + static_cast<std::ptrdiff_t>(i), claimed.end());
        means_.writer.post([this, failed = std::move(failed)] { take_back(failed); });
        return;
    }
}

void TellStaff::take_back(std::span<const NoticeRow> failed) {
    // Where this fails they stay marked: they are in the inbox.
    (void)means_.books.write([&](ports::Transaction& tx, Pen&) -> ports::result<void> {
        for (const auto& row : failed) HCP_CHECK(tx.notices().unmark_told(row.id, *row.told_at));
        return {};
    });
}

}  // namespace hcp::app
