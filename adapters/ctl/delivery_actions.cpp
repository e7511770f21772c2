#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/app/province/change_deliveries.hpp"
#include "plugin/record/json.hpp"

#include <algorithm>
#include <map>

namespace hcp::ctl {
namespace {

using namespace domain;
using ports::DeliverySummary;
using record::id_text;

// A change in words.
struct Action {
    app::DeliveryChange change;
    std::string verb, done;  // “重新推送”, “已放回待推送队列”
};

class Acting {
public:
    Acting(Outside& outside, const Action& action, const app::DeliveryTerms& terms, Streams streams)
        : outside_{outside}, action_{action}, terms_{terms}, streams_{streams} {}

    Exit one(DeliveryId id) {
        bool known = false;
        std::string why;
        const auto done = outside_.store().write([&](ports::Transaction& tx) -> ports::result<void> {
            HCP_TRY(const auto summary, tx.deliveries().find(id));
            known = summary.has_value();
            if (!known) return {};
            HCP_TRY(auto changed, app::change_deliveries(tx, action_.change, {&*summary, 1}, terms_));
            why = std::move(changed.front().why);
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
            HCP_TRY(auto changed, app::change_deliveries(tx, action_.change, found, terms_));
            for (auto& one : changed) one.why.empty() ? ++acted : ++skipped[std::move(one.why)];
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
    const app::DeliveryTerms& terms_;
    Streams streams_;
    std::int64_t acted_ = 0;
    std::map<std::string, std::int64_t> skipped_;
};

Exit act(Outside& outside, const Action& action, const app::DeliveryTerms& terms, const DeliveriesChosen& chosen,
         Streams streams) {
    Acting acting{outside, action, terms, streams};
    return chosen.id ? acting.one(*chosen.id) : acting.all(chosen.filter, chosen.confirmed);
}

void say_if_off(const std::optional<record::BridgeTerms>& bridge, Streams streams) {
    if (!bridge) streams.out << "注意：[province] enabled = off，打开后才会推送。\n";
}

}  // namespace

Refusal no_such_delivery(DeliveryId id) {
    return {finding, "没有编号为 " + id_text(id) + " 的推送；用 hcpctl deliveries list 查看编号"};
}

Exit retry_deliveries(Outside& outside, const DeliveriesChosen& chosen, Streams streams) {
    const auto bridge = outside.bridge();
    const auto by = bridge.value_or(record::BridgeTerms{});
    const app::DeliveryTerms terms{by, outside.now()};
    const Action action{app::DeliveryChange::retry, "重新推送",
                        "已放回待推送队列，" + text_of(terms.give_up_at()) + " 前持续重试"};
    const auto code = act(outside, action, terms, chosen, streams);
    say_if_off(bridge, streams);
    return code;
}

Exit hold_deliveries(Outside& outside, const DeliveriesChosen& chosen, Streams streams) {
    const record::BridgeTerms any;
    const Action action{app::DeliveryChange::hold, "暂缓", "已暂缓，用 hcpctl deliveries release 解除"};
    return act(outside, action, {any, outside.now()}, chosen, streams);
}

Exit release_deliveries(Outside& outside, const DeliveriesChosen& chosen, Streams streams) {
    const auto bridge = outside.bridge();
    const auto by = bridge.value_or(record::BridgeTerms{});
    const Action action{app::DeliveryChange::release, "解除暂缓", "已解除暂缓，放回待推送队列"};
    const auto code = act(outside, action, {by, outside.now()}, chosen, streams);
    say_if_off(bridge, streams);
    return code;
}

Exit adopt_service(Outside& outside, const app::AdoptService& request, Streams streams) {
    const auto bridge = outside.bridge();
    const auto by = bridge.value_or(record::BridgeTerms{});
    const auto reply = app::adopt_service(outside.store(), request, {by, outside.now()});
    if (!reply) throw refused_by_database(reply.error());
    if (const auto* const why = std::get_if<std::string>(&*reply)) throw Refusal{finding, *why};
    const auto& adopted = std::get<app::AdoptedService>(*reply);
    streams.out << "已认定：办件 " << adopted.case_no << " 的这一服务是省平台 " << adopted.project_no << " 的第 "
                << request.number << " 号；因此暂停的推送已放回队列。\n";
    say_if_off(bridge, streams);
    return fine;
}

}  // namespace hcp::ctl
