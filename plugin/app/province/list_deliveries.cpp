#include "plugin/app/province/list_deliveries.hpp"

#include "plugin/app/province/delivery_words.hpp"
#include "plugin/record/json.hpp"

#include <boost/json.hpp>

#include <utility>

namespace hcp::app {

using namespace domain;
using record::id_text;
namespace json = boost::json;

namespace {

json::value id_json(DeliveryId id) {
    if (id == DeliveryId{}) return nullptr;
    return json::value_from(id_text(id));
}

json::value number_json(std::int32_t number) {
    return number == 0 ? json::value{} : json::value{number};
}

}  // namespace

ports::result<std::optional<DeliverySheet>> find_delivery(ports::Store& store, DeliveryId id) {
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<std::optional<DeliverySheet>> {
        HCP_TRY(auto summary, rows.deliveries().find(id));
        if (!summary) return std::optional<DeliverySheet>{};
        HCP_TRY(auto listing, rows.dossiers().listing(summary->delivery.dossier_id));
        return std::optional{DeliverySheet{*std::move(summary), std::move(listing)}};
    });
}

ports::result<DeliveryPage> list_deliveries(ports::Store& store, const ports::DeliveryFilter& filter) {
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<DeliveryPage> {
        DeliveryPage page;
        HCP_TRY(page.deliveries, rows.deliveries().list(filter));
        HCP_TRY(page.total, rows.deliveries().count(filter));
        return page;
    });
}

ports::result<DeliveryPage> all_deliveries(ports::Store& store, ports::DeliveryFilter filter, std::size_t most) {
    filter.limit = 1000;
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<DeliveryPage> {
        DeliveryPage all;
        filter.after = {};
        HCP_TRY(all.total, rows.deliveries().count(filter));
        if (all.total > static_cast<std::int64_t>(most)) return all;
        for (;;) {
            HCP_TRY(const auto page, rows.deliveries().list(filter));
            all.deliveries.insert(all.deliveries.end(), page.begin(), page.end());
            if (page.size() < filter.limit) return all;
            filter.after = page.back().delivery.id;
        }
    });
}

json::object json_of(const ports::DeliverySummary& summary) {
    const auto& d = summary.delivery;
    const auto code = code_of(d.held_reason);
    const auto origin = [&]() -> json::value {
        if (!summary.origin) return nullptr;
        return *summary.origin == Origin::by_default ? "default" : "authored";
    };
    return {{"id", id_text(d.id)},
            {"kind", code_of(d.kind)},
            {"kind_text", kind_text(summary)},
            {"origin", origin()},
            {"unsubmitted", summary.unsubmitted},
            {"revision", d.revision},
            {"state", code_of(d.state)},
            {"state_text", text_of(d.state)},
            {"reason", reason_of(d)},
            {"reason_code", code.empty() ? json::value{} : json::value(code)},
            {"attempts", d.attempts},
            {"outcome_unknown", d.outcome_unknown},
            {"left_by_us", record::json_of(d.known.left_by)},
            {"absent_at_us", record::json_of(d.known.absent_at)},
            {"waits_for", id_json(d.waits_for)},
            {"created_at_us", to_us(d.created_at)},
            {"next_at_us", to_us(d.next_at)},
            {"give_up_at_us", to_us(d.give_up_at)},
            {"held_since_us", record::json_of(d.held_since)},
            {"delivered_at_us", record::json_of(d.delivered_at)},
            {"case_id", id_text(summary.case_id)},
            {"case_no", summary.case_no},
            {"completion_no", summary.completion_no},
            {"node", summary.node},
            {"project_no", summary.project_no},
            {"service_number", number_json(summary.service_number)}};
}

json::object json_of(const ports::DossierListing& listing) {
    json::array sent, listed;
    for (const auto& one : listing.sent)
        if (!one.pending)
            sent.push_back({{"ordinal", one.ordinal},
                            {"service_name", one.name},
                            {"service_time", one.time},
                            {"service_number", number_json(one.number)}});
    for (const auto& one : listing.listed)
        listed.push_back({{"service_number", one.number},
                          {"service_name", one.service_name},
                          {"service_time", one.service_time},
                          {"level", one.level ? json::value(static_cast<int>(*one.level)) : nullptr},
                          {"level_text", one.level ? json::value(text_of(*one.level)) : nullptr}});
    return {
        {"sent", std::move(sent)}, {"listed", std::move(listed)}, {"listed_at_us", record::json_of(listing.listed_at)}};
}

}  // namespace hcp::app
