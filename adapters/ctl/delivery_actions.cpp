#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/delivery_words.hpp"
#include "adapters/ctl/print.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace hcp::ctl {
namespace {

using namespace domain;
using ports::DeliverySummary;

// What is done to one delivery, in words, and in the store; the reason why not, where it may not be.
struct Action {
    std::string verb, done;  // “重新推送”, “已放回待推送队列”
    std::function<std::string(const ports::DeliveryRow&)> hindrance;
    std::function<ports::result<std::int64_t>(ports::DeliveryHolds&, DeliveryId)> act;
};

class Acting {
public:
    Acting(Outside& outside, const Action& action, Streams streams)
        : outside_{outside}, action_{action}, streams_{streams} {}

    Exit one(DeliveryId id) {
        bool known = false;
        std::string why;
        const auto done = outside_.store().write([&](ports::Transaction& tx) -> ports::result<void> {
            HCP_TRY(const auto summary, tx.deliveries().find(id));
            known = summary.has_value();
            if (!known) return {};
            why = action_.hindrance(summary->delivery);
            if (!why.empty()) return {};
            HCP_TRY(const auto moved, action_.act(tx.deliveries().holds(), id));
            if (moved != 1) return ports::store_errc::conflict;
            return {};
        });
        if (!done) throw refused_by_database(done.error());
        if (!known) throw no_such_delivery(id);
        if (!why.empty()) throw Refusal{finding, "推送 " + id_text(id) + " 不能" + action_.verb + "：" + why};
        streams_.out << "推送 " << id_text(id) << " " << action_.done << "。\n";
        return fine;
    }

    // Nothing is done before its count was shown and confirmed; a page is a transaction, and between two of them it may
    // be given up.
    Exit all(ports::DeliveryFilter filter, bool confirmed) {
        const auto total =
            ports::ask(outside_.store(), [&](ports::Snapshot& rows) { return rows.deliveries().count(filter); });
        if (!total) throw refused_by_database(total.error());
        streams_.out << "符合条件的推送 " << *total << " 条。\n";
        if (*total == 0) return fine;
        if (!confirmed) {
            streams_.out << "尚未" << action_.verb << "任何一条：核对后加 --yes 执行。\n";
            return finding;
        }
        filter.limit = 100;
        filter.after = DeliveryId{};
        std::int64_t seen = 0;
        bool cancelled = false;
        for (bool more = true; more && !cancelled; cancelled = more && outside_.cancelled()) {
            more = page(filter, seen);
            streams_.err << "已处理 " << seen << "/" << *total << " 条\n";
        }
        streams_.out << acted_ << " 条" << action_.done << "。\n";
        for (const auto& [why, n] : skipped_) streams_.out << "未处理 " << n << " 条：" << why << "\n";
        if (cancelled) streams_.out << "已中止：其余 " << std::max<std::int64_t>(*total - seen, 0) << " 条没有动。\n";
        return cancelled || !skipped_.empty() ? finding : fine;
    }

private:
    // Whether there is more behind it.
    bool page(ports::DeliveryFilter& filter, std::int64_t& seen) {
        std::vector<DeliverySummary> found;
        std::int64_t acted = 0;
        std::map<std::string, std::int64_t> skipped;
        const auto done = outside_.store().write([&](ports::Transaction& tx) -> ports::result<void> {
            acted = 0;
            skipped.clear();
            HCP_TRY(found, tx.deliveries().list(filter));
            for (const auto& one : found) {
                if (auto why = action_.hindrance(one.delivery); !why.empty()) {
                    ++skipped[std::move(why)];
                    continue;
                }
                HCP_TRY(const auto moved, action_.act(tx.deliveries().holds(), one.delivery.id));
                acted += moved;
            }
            return {};
        });
        if (!done) throw refused_by_database(done.error());
        seen += std::ssize(found);
        acted_ += acted;
        for (const auto& [why, n] : skipped) skipped_[why] += n;
        if (!found.empty()) filter.after = found.back().delivery.id;
        return found.size() == filter.limit;
    }

    Outside& outside_;
    const Action& action_;
    Streams streams_;
    std::int64_t acted_ = 0;
    std::map<std::string, std::int64_t> skipped_;
};

Exit act(Outside& outside, const Action& action, const DeliveriesChosen& chosen, Streams streams) {
    Acting acting{outside, action, streams};
    return chosen.id ? acting.one(*chosen.id) : acting.all(chosen.filter, chosen.confirmed);
}

void say_if_off(const std::optional<record::BridgeTerms>& bridge, Streams streams) {
    if (!bridge) streams.out << "注意：[province] enabled = off，打开后才会推送。\n";
}

// The one that is parked for this case, or the one that is named.
DeliverySummary parked_one(Outside& outside, const AdoptService& request) {
    std::vector<DeliverySummary> parked;
    const auto read = outside.store().read([&](ports::Snapshot& rows) -> ports::result<void> {
        ports::DeliveryFilter filter;
        filter.case_no = request.case_no;
        for (const auto state : {DeliveryState::parked, DeliveryState::held}) {
            filter.state = state;
            HCP_TRY(const auto found, rows.deliveries().list(filter));
            for (const auto& one : found) {
                const auto reason = one.delivery.held_reason;
                const bool asks = reason == HeldReason::doubled || reason == HeldReason::unclear;
                if (asks && (!request.delivery || one.delivery.id == *request.delivery)) parked.push_back(one);
            }
        }
        return {};
    });
    if (!read) throw refused_by_database(read.error());
    if (parked.empty())
        throw Refusal{finding, "办件 " + request.case_no + " 没有待认定的推送；用 hcpctl deliveries list --case " +
                                   request.case_no + " 查看"};
    const auto same = [&](const DeliverySummary& one) {
        return one.delivery.evaluation_id == parked.front().delivery.evaluation_id;
    };
    if (!std::ranges::all_of(parked, same)) {
        std::string ids;
        for (const auto& one : parked) ids += " " + id_text(one.delivery.id);
        throw Refusal{finding, "办件 " + request.case_no + " 有多个主体的推送待认定：" + ids.substr(1) +
                                   "；用 --delivery 指明是哪一条（hcpctl deliveries show 可见两边的清单）"};
    }
    return parked.front();
}

ports::Adoption adoption_of(const DeliverySummary& one, const ports::DossierListing& listing, std::int32_t number) {
    const auto own = std::ranges::find(listing.sent, one.delivery.evaluation_id, &ports::SentService::evaluation_id);
    const auto entry = std::ranges::find(listing.listed, number, &ports::KnownService::number);
    const auto refuse = [](std::string why) { throw Refusal{finding, "不能认定：" + std::move(why)}; };
    if (own == listing.sent.end()) refuse("这一条没有发送过");
    if (entry == listing.listed.end()) refuse("省平台的清单中没有编号 " + std::to_string(number));
    if (!entry->service_name.empty() && entry->service_name != own->name)
        refuse("编号 " + std::to_string(number) + " 是“" + entry->service_name + "”，这一条是“" + own->name + "”");
    ports::Adoption adoption{one.delivery.evaluation_id, one.delivery.dossier_id, number, {}, {}, {}};
    bool all_known = true;
    std::vector<std::int32_t> numbers{number};
    for (const auto& sent : listing.sent) {
        if (sent.evaluation_id == own->evaluation_id || sent.name != own->name || sent.pending) continue;
        if (sent.number == number) refuse("编号 " + std::to_string(number) + " 已认定为另一条服务");
        all_known = all_known && sent.number != 0;
        numbers.push_back(sent.number);
    }
    // While another of its name has no number, what is left may be that one.
    for (const auto& listed : listing.listed)
        if (all_known && listed.service_name == entry->service_name &&
            std::ranges::find(numbers, listed.number) == numbers.end())
            adoption.surplus.push_back(listed.number);
    return adoption;
}

}  // namespace

Refusal no_such_delivery(DeliveryId id) {
    return {finding, "没有编号为 " + id_text(id) + " 的推送；用 hcpctl deliveries list 查看编号"};
}

Exit retry_deliveries(Outside& outside, const DeliveriesChosen& chosen, Streams streams) {
    const auto bridge = outside.bridge();
    const auto terms = bridge.value_or(record::BridgeTerms{});
    const auto now = outside.now();
    const auto give_up_at = now + terms.give_up_after;
    const Action action{"重新推送", "已放回待推送队列，" + text_of(give_up_at) + " 前持续重试",
                        [&](const ports::DeliveryRow& row) { return hindrance(row, terms); },
                        [&](ports::DeliveryHolds& holds, DeliveryId id) { return holds.requeue(id, now, give_up_at); }};
    const auto code = act(outside, action, chosen, streams);
    say_if_off(bridge, streams);
    return code;
}

Exit hold_deliveries(Outside& outside, const DeliveriesChosen& chosen, Streams streams) {
    const Action action{"暂缓", "已暂缓，用 hcpctl deliveries release 解除",
                        [](const ports::DeliveryRow& row) -> std::string {
                            if (row.state == DeliveryState::queued || row.state == DeliveryState::parked) return {};
                            if (row.state == DeliveryState::claimed) return "正在推送，稍后再试";
                            return row.state == DeliveryState::held ? "已经暂缓" : "已经送达";
                        },
                        [&](ports::DeliveryHolds& holds, DeliveryId id) { return holds.hold(id, outside.now()); }};
    return act(outside, action, chosen, streams);
}

Exit release_deliveries(Outside& outside, const DeliveriesChosen& chosen, Streams streams) {
    const auto bridge = outside.bridge();
    const auto now = outside.now();
    const auto give_up_at = now + bridge.value_or(record::BridgeTerms{}).give_up_after;
    const Action action{"解除暂缓", "已解除暂缓，放回待推送队列",
                        [](const ports::DeliveryRow& row) -> std::string {
                            const bool ours =
                                row.state == DeliveryState::held && row.held_reason == HeldReason::by_operator;
                            return ours ? "" : "不是人工暂缓的，release 只解除人工暂缓";
                        },
                        [&](ports::DeliveryHolds& holds, DeliveryId id) { return holds.requeue(id, now, give_up_at); }};
    const auto code = act(outside, action, chosen, streams);
    say_if_off(bridge, streams);
    return code;
}

Exit adopt_service(Outside& outside, const AdoptService& request, Streams streams) {
    const auto one = parked_one(outside, request);
    const auto bridge = outside.bridge();
    const auto listing = ports::ask(
        outside.store(), [&](ports::Snapshot& rows) { return rows.dossiers().listing(one.delivery.dossier_id); });
    if (!listing) throw refused_by_database(listing.error());
    auto adoption = adoption_of(one, *listing, request.number);
    adoption.now = outside.now();
    adoption.give_up_at = adoption.now + bridge.value_or(record::BridgeTerms{}).give_up_after;
    const auto done =
        outside.store().write([&](ports::Transaction& tx) { return tx.deliveries().holds().adopt(adoption); });
    if (!done && done.error() == ports::store_errc::conflict)
        throw Refusal{finding,
                      "不能认定：编号 " + std::to_string(request.number) + " 已属于另一条服务，或这一条已有编号"};
    if (!done) throw refused_by_database(done.error());
    streams.out << "已认定：办件 " << request.case_no << " 的这一服务是省平台 " << one.project_no << " 的第 "
                << request.number << " 号；因此暂停的推送已放回队列。\n";
    say_if_off(bridge, streams);
    return fine;
}

}  // namespace hcp::ctl
