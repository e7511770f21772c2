#include "plugin/app/province/adopt_service.hpp"

#include "plugin/ports/store/errors.hpp"
#include "plugin/record/json.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace hcp::app {

using namespace domain;
using ports::DeliverySummary;
using record::id_text;

namespace {

// The one that waits for such a word in this case, or the one that is named.
ports::result<std::variant<DeliverySummary, std::string>> waiting_one(ports::Transaction& tx,
                                                                      const AdoptService& request) {
    using Reply = std::variant<DeliverySummary, std::string>;
    std::vector<DeliverySummary> waiting;
    ports::DeliveryFilter filter;
    filter.case_no = request.case_no;
    for (const auto state : {DeliveryState::parked, DeliveryState::held}) {
        filter.state = state;
        HCP_TRY(const auto found, tx.deliveries().list(filter));
        for (const auto& one : found)
            if (waits_for_adoption(one.delivery) && (!request.delivery || one.delivery.id == *request.delivery))
                waiting.push_back(one);
    }
    if (waiting.empty()) return Reply{"办件 " + request.case_no + " 没有待认定的推送：核对办件编号"};
    const auto same = [&](const DeliverySummary& one) {
        return one.delivery.evaluation_id == waiting.front().delivery.evaluation_id;
    };
    if (std::ranges::all_of(waiting, same)) return Reply{waiting.front()};
    std::string ids;
    for (const auto& one : waiting) ids += " " + id_text(one.delivery.id);
    return Reply{"办件 " + request.case_no + " 有多个主体的推送待认定：" + ids.substr(1) +
                 "；指明是哪一条（--delivery），逐条可见两边的清单"};
}

std::variant<ports::Adoption, std::string> adoption_of(const DeliverySummary& one, const ports::DossierListing& listing,
                                                       std::int32_t number) {
    const auto own = std::ranges::find(listing.sent, one.delivery.evaluation_id, &ports::SentService::evaluation_id);
    const auto entry = std::ranges::find(listing.listed, number, &ports::KnownService::number);
    if (own == listing.sent.end()) return "不能认定：这一条没有发送过";
    if (entry == listing.listed.end()) return "不能认定：省平台的清单中没有编号 " + std::to_string(number);
    if (!entry->service_name.empty() && entry->service_name != own->name)
        return "不能认定：编号 " + std::to_string(number) + " 是“" + entry->service_name + "”，这一条是“" + own->name +
               "”";
    ports::Adoption adoption{one.delivery.evaluation_id, one.delivery.dossier_id, number, {}, {}, {}};
    bool all_known = true;
    std::vector<std::int32_t> numbers{number};
    for (const auto& sent : listing.sent) {
        if (sent.evaluation_id == own->evaluation_id || sent.name != own->name || sent.pending) continue;
        if (sent.number == number) return "不能认定：编号 " + std::to_string(number) + " 已认定为另一条服务";
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

ports::result<AdoptReply> adopt(ports::Transaction& tx, const DeliverySummary& one, std::int32_t number,
                                const DeliveryTerms& terms) {
    HCP_TRY(const auto listing, tx.dossiers().listing(one.delivery.dossier_id));
    auto judged = adoption_of(one, listing, number);
    if (auto* const why = std::get_if<std::string>(&judged)) return AdoptReply{std::move(*why)};
    auto& adoption = std::get<ports::Adoption>(judged);
    adoption.now = terms.now;
    adoption.give_up_at = terms.give_up_at();
    HCP_CHECK(tx.deliveries().holds().adopt(adoption));
    return AdoptReply{AdoptedService{one.case_no, one.project_no}};
}

// Where the number was another's, nothing was written.
template <class Decide>
ports::result<AdoptReply> adopted(ports::Store& store, std::int32_t number, const Decide& decide) {
    AdoptReply reply;
    const auto done = store.write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_TRY(reply, decide(tx));
        return {};
    });
    if (!done && done.error() == ports::store_errc::conflict)
        return AdoptReply{"不能认定：编号 " + std::to_string(number) + " 已属于另一条服务，或这一条已有编号"};
    if (!done) return done.error();
    return reply;
}

}  // namespace

bool waits_for_adoption(const ports::DeliveryRow& d) noexcept {
    return (d.state == DeliveryState::parked || d.state == DeliveryState::held) &&
           (d.held_reason == HeldReason::doubled || d.held_reason == HeldReason::unclear);
}

ports::result<AdoptReply> adopt_service(ports::Store& store, const AdoptService& request, const DeliveryTerms& terms) {
    return adopted(store, request.number, [&](ports::Transaction& tx) -> ports::result<AdoptReply> {
        HCP_TRY(auto one, waiting_one(tx, request));
        if (auto* const why = std::get_if<std::string>(&one)) return AdoptReply{std::move(*why)};
        return adopt(tx, std::get<DeliverySummary>(one), request.number, terms);
    });
}

ports::result<AdoptReply> adopt_service_as(ports::Store& store, const record::Keys& keys, const Viewer& viewer,
                                           DeliveryId id, std::int32_t number, const DeliveryTerms& terms) {
    return adopted(store, number, [&](ports::Transaction& tx) -> ports::result<AdoptReply> {
        HCP_TRY(const auto found, tx.deliveries().find(id));
        if (!found) return AdoptReply{"没有这一编号的推送"};
        HCP_TRY(auto why, why_not_his(tx, keys, viewer, Action::adopt_service, found->case_id));
        if (!why.empty()) return AdoptReply{std::move(why)};
        if (!waits_for_adoption(found->delivery)) return AdoptReply{"这一条推送不待认定：只有重复或不明的服务要人认定"};
        return adopt(tx, *found, number, terms);
    });
}

}  // namespace hcp::app
