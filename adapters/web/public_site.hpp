#pragma once
#include "adapters/web/own_hosts.hpp"
#include "adapters/web/pages.hpp"
#include "adapters/web/public_answers.hpp"
#include "adapters/web/rate_limiter.hpp"
#include "adapters/web/routed_site.hpp"
#include "adapters/web/server.hpp"
#include "adapters/web/sessions.hpp"
#include "plugin/run/mutex.hpp"

#include <functional>
#include <memory>
#include <string>

namespace hcp::web {

// What the handlers of the public listener share. Handlers and the tasks they post keep it alive.
class PublicContext {
public:
    PublicContext(WebServices services, const ports::PublicWebSettings& settings, Sessions::Lives session_lives,
                  std::size_t max_sessions);

    WebServices services;
    Sessions sessions;
    RateLimiter by_secret, by_address;
    const ports::Url base_url;
    const OwnHosts own_hosts;
    const PublicAnswers answers{*this};

    void take_over(const ports::PublicWebSettings& settings);
    [[nodiscard]] Look look(const Request& request, std::string query_to_keep = {}) const;
    [[nodiscard]] const std::string& own_url() const noexcept { return link_base_; }
    // The secret of the session in a request; empty where there is none. And the cookie that holds one: bound to this
    // very host where people come by TLS, so that no neighbour's page sets it.
    [[nodiscard]] std::string_view session_of(const Request& request) const noexcept;
    [[nodiscard]] std::string session_cookie(std::string_view secret) const;
    // The session of whoever asks, if any.
    [[nodiscard]] std::optional<ports::SignedOn> signed_on(const Request& request);
    // Where a page that asks for nothing leads: what else waits for whoever looks, and their list. `done`: the link
    // just looked at. A database thread.
    [[nodiscard]] Look leading_on(const Request& request, std::string_view done);
    [[nodiscard]] std::string link(std::string_view token) const { return link_base_ + "/e/" + std::string{token}; }
    // Links say the port that the listener got. Before the first request.
    void listening_on(std::uint16_t port) { link_base_ = base_url.text_at(port); }
    [[nodiscard]] std::string_view path_of(const Request& request) const noexcept {
        return without(base_url.path, request.path);
    }
    [[nodiscard]] bool is_api(const Request& request) const noexcept { return path_of(request).starts_with("/api/"); }

    // Runs `work` on a database thread; its answer goes back through `reply`. An exception becomes a 500.
    void on_database(const Request& request, Reply reply, std::function<Response()> work);

private:
    std::string link_base_;
    mutable run::Mutex mutex_;
    std::string centre_name_ HCP_GUARDED_BY(mutex_), help_phone_ HCP_GUARDED_BY(mutex_),
        portal_url_ HCP_GUARDED_BY(mutex_);
};

using Shared = std::shared_ptr<PublicContext>;

// The token of a link, as the store knows it; answers 404 itself when it cannot be one.
[[nodiscard]] std::optional<record::Digest> link_digest(const Shared&, const Request&, const Parameters&, const Reply&);
// Blanks at both ends gone, line ends as one character.
[[nodiscard]] std::string tidy_text(std::string_view text);

void add_rating_pages(RouteTable&, const Shared&);
void add_rating_api(RouteTable&, const Shared&);
void add_my_pages(RouteTable&, const Shared&);
void add_sign_on(RouteTable&, const Shared&);
void add_guide_pages(RouteTable&, const Shared&);

class PublicSite final : public RoutedSite {
public:
    PublicSite(const WebServices& services, const ports::PublicWebSettings& settings, Sessions::Lives session_lives,
               std::size_t max_sessions);
    [[nodiscard]] std::optional<Response> admit(const Request& head) override;
    void handle(std::shared_ptr<const Request> request, Reply reply) override;
    [[nodiscard]] Response failure(int status, const Request& head) override {
        return context_->answers.failure(status, head);
    }
    void take_over(const ports::PublicWebSettings& settings) { context_->take_over(settings); }
    void listening_on(std::uint16_t port) { context_->listening_on(port); }

private:
    Shared context_;
};

}  // namespace hcp::web
