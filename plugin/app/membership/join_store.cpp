#include "plugin/app/membership/join_store.hpp"

#include <map>

namespace hcp::app {

using namespace domain;

JoinStore::Answer JoinStore::failed(const ports::error_code& error, const std::string& what) {
    const bool passes = error == ports::store_errc::unavailable || error == ports::store_errc::in_doubt;
    means_.door.shut();
    return {passes ? Joined::not_yet : Joined::refused, InstanceNo{}, what};
}

JoinStore::Answer JoinStore::join() {
    means_.writer.assert_here();
    std::string why;
    if (const auto opened = means_.door.open(why); !opened)
        return failed(opened.error(), why.empty() ? opened.error().message() : why);
    const auto ours = is_our_store();
    if (!ours) return failed(ours.error(), "数据库无法读取：" + ports::told(ours.error(), means_.store));
    if (!*ours)
        return failed(ports::store_errc::refused,
                      "主密钥与数据库中已有数据的创始密钥不同：请核对 [keys]，更换过主密钥的，"
                      "旧密钥须都列在 old_key_files，新的在前，创始的那一把在最后");
    const auto lost = missing();
    if (!lost) return failed(lost.error(), "数据库或留痕锚点无法读取：" + lost.error().message());
    if (!lost->empty()) return failed(ports::store_errc::refused, *lost);
    const auto now = means_.clock.now();
    const auto number = means_.store.lease_instance(who_.token, now, now + who_.lease);
    if (!number) return failed(number.error(), "无法取得实例编号：" + ports::told(number.error(), means_.store));
    // Were the clock set back since they were made, the same ids would be made again.
    const auto highest = ports::ask(means_.store, [](ports::Snapshot& rows) { return rows.figures().highest_id(); });
    if (!highest) return failed(highest.error(), "数据库无法读取：" + ports::told(highest.error(), means_.store));
    means_.books.adopt(*number, *highest);
    const auto begun = means_.books.write([&](ports::Transaction& tx, record::Pen& pen) -> ports::result<void> {
        HCP_CHECK(tx.deliveries().expire_claims(number->value(), now));
        if (who_.virtual_clock) pen.enter(open_to_all, entries::VirtualClock{});
        return {};
    });
    if (!begun) return failed(begun.error(), "数据库无法写入：" + ports::told(begun.error(), means_.store));
    return {Joined::yes, *number, {}};
}

// Under another founding key nothing stored would be found again, and all of it would be opened and sent a second time.
ports::result<bool> JoinStore::is_our_store() const {
    const auto any = ports::ask(means_.store, [](ports::Snapshot& rows) { return rows.cases().after(CaseId{}, 1); });
    if (!any) return {boost::system::in_place_error, any.error()};
    if (any->empty()) return true;
    const auto& first = any->front();
    return record::case_key(means_.keys, {first.host_id, first.case_no, first.completion_no}) == first.key_digest;
}

// On a database that was restored from a backup the numbers that were given since would be given again, and what the
// province has had since would be sent a second time.
ports::result<std::string> JoinStore::missing() const {
    HCP_TRY(const auto known, means_.anchors.read());
    std::map<std::int32_t, ports::LedgerHead> latest;
    for (const auto& anchor : known.anchors)
        if (!is_secret_lane(anchor.head.lane)) latest[anchor.head.lane] = anchor.head;
    for (const auto& each : latest) {
        const auto lane = each.first;
        const auto& head = each.second;
        HCP_TRY(const auto found, ports::ask(means_.store, [&](ports::Snapshot& rows) {
                    return rows.ledger().after(lane, head.seq - 1, 1);
                }));
        if (!found.empty() && found.front().seq == head.seq && found.front().hash == head.hash) continue;
        const auto reached = found.empty() ? "没有第 " + std::to_string(head.seq) + " 条"
                                           : "第 " + std::to_string(head.seq) + " 条是另一条";
        return "数据库与留痕锚点不符：锚点在通道 " + std::to_string(lane) + " 签到第 " + std::to_string(head.seq) +
               " 条，数据库中" + reached +
               "，多半是恢复了旧备份或换了库。请恢复到最新的数据；确实无法找回的，用 hcpctl ledger verify "
               "查明缺了什么并存档，"
               "再把实例目录中的锚点文件移走后启动";
    }
    return std::string{};
}

}  // namespace hcp::app
