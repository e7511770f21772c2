#pragma once
#include "adapters/web/own_hosts.hpp"
#include "adapters/web/rate_limiter.hpp"
#include "adapters/web/routed_site.hpp"
#include "adapters/web/server.hpp"
#include "adapters/web/staff_answers.hpp"
#include "adapters/web/used_once.hpp"
#include "plugin/app/desk_sessions/find_session.hpp"
#include "plugin/app/desk_sessions/sign_on.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace hcp::web {

// What the handlers of the staff listener share. Handlers and the tasks they post keep it alive.
class StaffContext {
public:
    StaffContext(WebServices services, const StaffServices& staff, const ports::StaffWebSettings& settings);

    const WebServices services;
    const StaffServices staff;
    const ports::StaffWebSettings settings;
    const domain::SessionLives lives;
    const OwnHosts own_hosts;
    RateLimiter requests, sign_ons;  // by address
    UsedOnce attempts;               // states of sign-ons by OpenID Connect
    const StaffAnswers answers;

    // The token in the cookie; empty where there is none.
    [[nodiscard]] static std::string_view token_of(const Request& request) noexcept;
    [[nodiscard]] static std::string cookie(std::string_view token);
    [[nodiscard]] static std::string no_cookie();

    // Runs `work` on a thread of these workers; its answer goes back through `reply`. An exception becomes a 500.
    void on(run::Workers& workers, const std::shared_ptr<const Request>& request, Reply reply,
            std::function<Response()> work) const;
    // Who asks, looked up on a database thread, where `work` goes on with him; what is due is written behind it.
    // Whoever is nobody gets `nobody`.
    using Work = std::function<Response(const app::DeskSession&)>;
    void signed_on(const std::shared_ptr<const Request>& request, Reply reply, std::function<Response()> nobody,
                   Work work) const;
    // The same for what changes something: of our own pages only, and on the writer.
    void changes(const std::shared_ptr<const Request>& request, Reply reply, std::function<Response()> nobody,
                 Work work) const;
    // The same for what has much to read first: that on a database thread, and what it answers last on the writer.
    using Prepared = std::variant<Response, std::function<Response()>>;
    using Preparation = std::function<Prepared(const app::DeskSession&)>;
    void prepared_changes(const std::shared_ptr<const Request>& request, Reply reply, std::function<Response()> nobody,
                          Preparation prepare) const;

private:
    // `work` answers through `reply` itself, once, unless it throws.
    void guarded_on(run::Workers& workers, const std::shared_ptr<const Request>& request, Reply reply,
                    std::function<void()> work) const;
    [[nodiscard]] Response looked_up(const Request& request, const std::function<Response()>& nobody,
                                     const Work& work) const;
};

using SharedStaff = std::shared_ptr<StaffContext>;

// What comes of signing on: `welcome`, with the session's cookie; the one refusal; or that the store did not answer.
// The session of before in this browser ends. The writer's thread.
[[nodiscard]] Response answer_sign_on(const StaffContext&, const Request&,
                                      const ports::result<std::optional<app::SignedOnDesk>>& opened, Response welcome);

void add_staff_pages(RouteTable&, const SharedStaff&);
void add_staff_sign_on(RouteTable&, const SharedStaff&);
void add_staff_openid(RouteTable&, const SharedStaff&);
void add_staff_api(RouteTable&, const SharedStaff&);
void add_staff_people_api(RouteTable&, const SharedStaff&);
void add_staff_calendar_api(RouteTable&, const SharedStaff&);
void add_staff_catalogue_api(RouteTable&, const SharedStaff&);
void add_staff_deliveries_api(RouteTable&, const SharedStaff&);
void add_staff_evaluations_api(RouteTable&, const SharedStaff&);
void add_staff_exports_api(RouteTable&, const SharedStaff&);
void add_staff_inbox_api(RouteTable&, const SharedStaff&);
void add_staff_inspections_api(RouteTable&, const SharedStaff&);
void add_staff_policies_api(RouteTable&, const SharedStaff&);
void add_staff_unmaskings_api(RouteTable&, const SharedStaff&);

// For the centre's own people: signing on, and what they have of sessions and roles. TLS always.
class StaffSite final : public RoutedSite {
public:
    StaffSite(const WebServices& services, const StaffServices& staff, const ports::StaffWebSettings& settings);
    [[nodiscard]] std::optional<Response> admit(const Request& head) override;
    [[nodiscard]] Response failure(int status, const Request& head) override {
        return context_->answers.failure(status, head);
    }

private:
    SharedStaff context_;
};

}  // namespace hcp::web
