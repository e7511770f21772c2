#include "adapters/web/public_site.hpp"

#include "adapters/web/addresses.hpp"
#include "adapters/web/embedded.hpp"
#include "adapters/web/form.hpp"
#include "adapters/web/protection.hpp"
#include "plugin/domain/text.hpp"

namespace hcp::web {

using std::chrono::steady_clock;

PublicContext::PublicContext(WebServices s, const ports::PublicWebSettings& settings,
                             std::chrono::milliseconds session_life, std::size_t max_sessions)
    : services{std::move(s)},
      sessions{session_life, max_sessions},
      by_secret{settings.per_token_per_minute},
      by_address{settings.per_address_per_minute},
      base_url{settings.base_url},
      centre_name_{settings.centre_name},
      help_phone_{settings.help_phone} {}

void PublicContext::take_over(const ports::PublicWebSettings& settings) {
    by_secret.set_per_minute(settings.per_token_per_minute);
    by_address.set_per_minute(settings.per_address_per_minute);
    const run::Lock lock{mutex_};
    centre_name_ = settings.centre_name;
    help_phone_ = settings.help_phone;
}

Look PublicContext::look(const Request& request, std::string query_to_keep) const {
    Look look;
    {
        const run::Lock lock{mutex_};
        look.centre_name = centre_name_;
        look.help_phone = help_phone_;
    }
    const auto query = Form::parse(request.query);
    const auto asked = query ? query->first("elder") : std::string_view{};
    look.elder = asked.empty() ? cookie_value(request.cookie, elder_cookie) == "1" : asked == "on";
    look.base = base_url.path;
    look.path = path_of(request);
    look.query_to_keep = std::move(query_to_keep);
    return look;
}

void PublicContext::on_database(const Request& request, Reply reply, std::function<Response()> work) {
    auto failed = answers.failure(500, request);
    services.database.post(
        [&log = services.log, reply = std::move(reply), work = std::move(work), failed = std::move(failed)]() mutable {
            try {
                reply(work());
            } catch (const std::exception& fault) {
                log.often(ports::LogLevel::error, "页面处理出错", fault.what());
                reply(std::move(failed));
            }
        });
}

std::optional<record::Digest> link_digest(const Shared& context, const Request& request, const Parameters& parameters,
                                          const Reply& reply) {
    auto digest = record::token_digest(context->services.keys, parameters.find("token")->second);
    if (!digest) reply(context->answers.failure(404, request));
    return digest;
}

std::string tidy_text(std::string_view text) {
    text = domain::trimmed(text);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r') {
            out.push_back(text[i]);
        } else if (i + 1 >= text.size() || text[i + 1] != '\n') {
            out.push_back('\n');
        }
    return out;
}

PublicSite::PublicSite(const WebServices& services, const ports::PublicWebSettings& settings,
                       std::chrono::milliseconds session_life, std::size_t max_sessions)
    : RoutedSite{services.on_request, settings.base_url.path},
      context_{std::make_shared<PublicContext>(services, settings, session_life, max_sessions)} {
    add_rating_pages(routes_, context_);
    add_rating_api(routes_, context_);
    add_my_pages(routes_, context_);
    routes_.add(Method::get, "/", [context = context_](const auto& request, const auto&, const Reply& reply) {
        reply(context->answers.page(200, help_page(context->look(*request)), *request));
    });
    routes_.add(Method::get, "/healthz", [](const auto&, const auto&, const Reply& reply) {
        reply({200,
               "text/plain; charset=utf-8",
               "ok\n",
               {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}}});
    });
    for (const auto& file : embedded_files()) {
        if (!file.name.starts_with("assets/")) continue;
        const auto* type = file.name.ends_with(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
        routes_.add(
            Method::get, asset_path(file.name),
            [&file, type, context = context_](const auto&, const auto&, const Reply& reply) {
                // The name holds the content's hash, so what was fetched once is good for ever.
                Response response{
                    200, type, std::string{file.bytes}, {{"Cache-Control", "public, max-age=31536000, immutable"}}};
                protect(response, context->base_url.is_https());
                reply(std::move(response));
            });
    }
}

std::optional<Response> PublicSite::admit(const Request& head) {
    if (const auto path = context_->path_of(head); path.starts_with("/assets/") || path == "/healthz")
        return std::nullopt;
    const auto now = steady_clock::now();
    auto wait = context_->by_address.refuse(address_group(head.address), now);
    if (!wait) {
        const auto match = match_of(head);
        const auto token = match.parameters.find("token");
        const auto secret = token != match.parameters.end() ? std::string_view{token->second}
                                                            : cookie_value(head.cookie, session_cookie);
        if (!secret.empty()) wait = context_->by_secret.refuse(secret, now);
    }
    if (!wait) return std::nullopt;
    auto refusal = context_->answers.failure(429, head);
    refusal.headers.emplace_back("Retry-After", std::to_string(wait->count()));
    return refusal;
}

}  // namespace hcp::web
