#include "plugin/compose/web.hpp"

#include "plugin/compose/opened.hpp"
#include "plugin/compose/rule_files.hpp"

#include <utility>

namespace hcp::compose {
namespace {

std::variant<std::shared_ptr<const record::Rules>, std::vector<ports::Fault>> offered_rules(
    const ports::RuleSettings& files) {
    auto loaded = load_rules(files);
    if (auto* const faults = std::get_if<std::vector<ports::Fault>>(&loaded)) return std::move(*faults);
    return std::get<app::RuleFiles>(std::move(loaded)).rules;
}

std::unique_ptr<web::WebServer> make_server(const ports::Settings& settings, UseCases& use, Crew& crew,
                                            metrics::Metrics& metrics, const ports::Tokens& tokens,
                                            const ports::SheetWriter& sheets, web::StaffInspections* inspections,
                                            OpenId* openid) {
    if (!settings.web && !settings.staff && !settings.operations_listen) return nullptr;
    const auto& ground = use.ground;
    web::WebOptions options;
    options.public_web = settings.web;
    options.staff = settings.staff;
    options.operations_listen = settings.operations_listen;
    options.io_threads = settings.limits.io_threads;
    auto redeem = [&crew, &host = ground.host](std::string ticket,
                                               std::function<void(std::optional<ports::SignedOn>)> done) {
        crew.host.post([&host, ticket = std::move(ticket), done = std::move(done)] { done(host.redeem(ticket)); });
    };
    return std::make_unique<web::WebServer>(
        web::WebServices{
            use.show_evaluation, use.rating_queue, use.rules, ground.keys, ground.clock, ground.log, crew.readers,
            std::move(redeem), [&use] { return use.health(); }, [&metrics] { return metrics.text(); },
            [&alarms = use.alarms] { return !alarms.standing("store") && !alarms.standing("journal_read"); },
            [&metrics](std::string_view route, int status) { metrics.request(route, status); },
            [&watch = use.watch_connections](const ports::ConnectionFigures& figures) { watch.tell(figures); },
            use.terms.profile ? use.terms.profile->text_limit : std::nullopt,
            inspections == nullptr
                ? std::nullopt
                : std::optional{web::StaffServices{
                      ground.store,
                      {use.books, ground.keys, tokens, crew.writer},
                      crew.writer,
                      ground.rule_texts,
                      sheets,
                      *inspections,
                      [files = settings.rules] { return offered_rules(files); },
                      use.terms.profile ? record::bridge_terms(*use.terms.profile) : record::BridgeTerms{},
                      openid ? &openid->provider() : nullptr,
                      openid ? settings.openid->name : std::string{}}}},
        std::move(options));
}

std::unique_ptr<web::StaffInspections> make_inspections(const ports::Settings& settings, const Ground& ground) {
    if (!settings.staff) return nullptr;
    return std::make_unique<web::StaffInspections>(
        [&ground](const auto&, const ports::Signs& signs) {
            return app::verify_ledger(ground.store, ground.anchors,
                                      {ground.keys.digests, ground.anchor_key, &ground.ledger_seal}, signs);
        },
        [&ground, channels = app::configured_channels(settings.web.has_value())](
            const web::StaffInspections::Days& days, const ports::Signs& signs) {
            return app::coverage(ground.store, ground.keys, days.from, days.to, channels, ground.clock.now(), signs);
        },
        ground.clock, ground.log);
}

// Starts it; answers what links begin with.
std::string start(web::WebServer* server, const ports::Settings& settings, ports::Log& log) {
    if (server == nullptr) return {};
    const auto started = server->start();
    if (!started) {
        const bool taken = started.error() == boost::system::errc::address_in_use;
        throw Refused{"网页服务无法启动：" + (taken ? "端口正被另一个程序使用" : started.error().message()),
                      taken ? Refused::Needs::time : Refused::Needs::change};
    }
    if (started->public_port != 0) log.info("评价网页已启动，端口 " + std::to_string(started->public_port));
    if (started->staff_port != 0) log.info("工作人员页面已启动，端口 " + std::to_string(started->staff_port));
    if (started->operations_port != 0) log.info("运维接口已启动，端口 " + std::to_string(started->operations_port));
    return settings.web ? settings.web->base_url.text_at(started->public_port) : std::string{};
}

}  // namespace

Web::Web(const ports::Settings& settings, UseCases& use_cases, Crew& crew, metrics::Metrics& metrics)
    : inspections_{make_inspections(settings, use_cases.ground)},
      openid_{settings.staff && settings.openid ? std::make_unique<OpenId>(*settings.openid, use_cases.ground.clock)
                                                : nullptr},
      server_{make_server(settings, use_cases, crew, metrics, tokens_, sheets_, inspections_.get(), openid_.get())},
      base_url_{start(server_.get(), settings, use_cases.ground.log)} {}

bool Web::stop(std::chrono::milliseconds limit) {
    if (openid_) openid_->stop();
    if (inspections_) inspections_->cancel();
    if (server_ && !server_->stop(limit)) return false;
    return !inspections_ || inspections_->stop_within(limit);
}

void Web::take_over(const ports::Settings& fresh) {
    if (server_ && fresh.web) server_->take_over(*fresh.web);
}

}  // namespace hcp::compose
