#include "adapters/web/public_site.hpp"

#include "adapters/web/addresses.hpp"
#include "adapters/web/assets.hpp"
#include "adapters/web/embedded.hpp"
#include "adapters/web/form.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace hcp::web {

using std::chrono::steady_clock;

namespace {

std::string_view cookie_name(const ports::Url& base) noexcept {
    return base.is_https() ? "__Host-hcp_session" : "hcp_session";
}

// What a page can be asked for. Other keys it takes no notice of: web views add their own.
struct KnownKey {
    std::string_view name;
    std::vector<std::string_view> values;
};

bool makes_sense(const std::string& query) {
    static const std::array known{KnownKey{elder_choice.parameter, {elder_choice.chosen, elder_choice.usual}},
                                  KnownKey{english_choice.parameter, {english_choice.chosen, english_choice.usual}},
                                  KnownKey{"state", {"pending", "rated", "closed"}}, KnownKey{"noted", {"1"}},
                                  KnownKey{"already", {"1"}}};
    const auto form = Form::parse(query);
    return form && std::ranges::all_of(known, [&](const KnownKey& key) {
               const auto given = form->all(key.name);
               return std::ranges::all_of(given, [&](const std::string& value) {
                   return value.empty() || std::ranges::find(key.values, value) != key.values.end();
               });
           });
}

bool is_for_machines(std::string_view path) {
    return path.starts_with("/assets/") || path == "/healthz";
}

}  // namespace

PublicContext::PublicContext(WebServices s, const ports::PublicWebSettings& settings, Sessions::Lives session_lives,
                             std::size_t max_sessions)
    : services{std::move(s)},
      sessions{session_lives, max_sessions},
      by_secret{settings.per_token_per_minute},
      by_address{settings.per_address_per_minute},
      base_url{settings.base_url},
      own_hosts{settings.base_url, settings.allowed_hosts},
      centre_name_{settings.centre_name},
      help_phone_{settings.help_phone},
      portal_url_{settings.portal_url ? settings.portal_url->text : ""} {}

void PublicContext::take_over(const ports::PublicWebSettings& settings) {
    by_secret.set_per_minute(settings.per_token_per_minute);
    by_address.set_per_minute(settings.per_address_per_minute);
    const run::Lock lock{mutex_};
    centre_name_ = settings.centre_name;
    help_phone_ = settings.help_phone;
    portal_url_ = settings.portal_url ? settings.portal_url->text : "";
}

Look PublicContext::look(const Request& request, std::string query_to_keep) const {
    Look look;
    {
        const run::Lock lock{mutex_};
        look.centre_name = centre_name_;
        look.help_phone = help_phone_;
        look.portal_url = portal_url_;
    }
    const auto query = Form::parse(request.query);
    const auto chosen = [&](const Choice& choice) {
        const auto asked = query ? query->first(choice.parameter) : std::string_view{};
        return asked.empty() ? cookie_value(request.cookie, choice.cookie) == "1" : asked == choice.chosen;
    };
    look.elder = chosen(elder_choice);
    look.language = chosen(english_choice) ? Language::en : Language::zh;
    look.base = base_url.path;
    look.path = path_of(request);
    look.query_to_keep = std::move(query_to_keep);
    return look;
}

std::string_view PublicContext::session_of(const Request& request) const noexcept {
    return cookie_value(request.cookie, cookie_name(base_url));
}

std::string PublicContext::session_cookie(std::string_view secret) const {
    return std::string{cookie_name(base_url)}.append("=").append(secret).append("; Path=/; HttpOnly; SameSite=Lax") +
           (base_url.is_https() ? "; Secure" : "");
}

std::optional<ports::SignedOn> PublicContext::signed_on(const Request& request) {
    return sessions.find(session_of(request), steady_clock::now());
}

Look PublicContext::leading_on(const Request& request, std::string_view done) {
    auto found = look(request);
    const auto who = signed_on(request);
    if (!who) return found;
    found.leads_to_list = true;
    // A page is worth showing without what comes after it.
    const auto waiting =
        services.show.unanswered_of_subject(who->subject_type, who->certificate_no, {}, services.clock.now());
    if (!waiting) return found;
    Look::Next next{{}, 0, !waiting->next};
    for (const auto& one : waiting->evaluations) {
        if (one.token == done) continue;
        if (next.token.empty()) next.token = one.token;
        ++next.left;
    }
    if (!next.token.empty()) found.next = std::move(next);
    return found;
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
                       Sessions::Lives session_lives, std::size_t max_sessions)
    : RoutedSite{services.on_request, settings.base_url.path},
      context_{std::make_shared<PublicContext>(services, settings, session_lives, max_sessions)} {
    add_rating_pages(routes_, context_);
    add_rating_api(routes_, context_);
    add_my_pages(routes_, context_);
    add_sign_on(routes_, context_);
    add_guide_pages(routes_, context_);
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
        routes_.add(Method::get, asset_path(file.name), [&file](const auto& request, const auto&, const Reply& reply) {
            reply(asset_response(file, request->accept_encoding));
        });
    }
}

std::optional<Response> PublicSite::admit(const Request& head) {
    const auto path = context_->path_of(head);
    if (path == "/healthz") return std::nullopt;  // balancers ask by the address
    // HTTP/1.0 may come without a Host; no browser does.
    if (!head.host.empty() && !context_->own_hosts.has(head.host)) {
        context_->services.log.often(ports::LogLevel::warning, "请求的 Host 不是本站",
                                     std::string{domain::first_characters(head.host, 64)} +
                                         "；若确是公众使用的名字，把它加进 [web] allowed_hosts");
        return context_->answers.failure(400, head);
    }
    if (path.starts_with("/assets/")) return std::nullopt;
    const auto now = steady_clock::now();
    auto wait = context_->by_address.refuse(address_group(head.address), now);
    if (!wait) {
        const auto match = match_of(head);
        const auto token = match.parameters.find("token");
        const auto secret =
            token != match.parameters.end() ? std::string_view{token->second} : context_->session_of(head);
        if (!secret.empty()) wait = context_->by_secret.refuse(secret, now);
    }
    if (!wait) return std::nullopt;
    auto refusal = context_->answers.failure(429, head);
    refusal.headers.emplace_back("Retry-After", std::to_string(wait->count()));
    return refusal;
}

void PublicSite::handle(std::shared_ptr<const Request> request, Reply reply) {
    if (!is_for_machines(context_->path_of(*request)) && !makes_sense(request->query))
        return reply(context_->answers.failure(400, *request));
    RoutedSite::handle(std::move(request), std::move(reply));
}

}  // namespace hcp::web
