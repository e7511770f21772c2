#include "plugin/app/membership/join_store.hpp"

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

}  // namespace hcp::app
