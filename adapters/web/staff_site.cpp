#include "adapters/web/staff_site.hpp"

#include "adapters/web/addresses.hpp"
#include "adapters/web/embedded.hpp"
#include "adapters/web/form.hpp"
#include "adapters/web/protection.hpp"
#include "plugin/app/desk_sessions/sign_out.hpp"
#include "plugin/domain/utf8.hpp"

#include <chrono>
#include <utility>

namespace hcp::web {

using std::chrono::steady_clock;

namespace {

constexpr std::string_view cookie_name = "__Host-hcp-staff";
constexpr std::string_view cookie_terms = "; Path=/; Secure; HttpOnly; SameSite=Strict";
constexpr std::uint32_t requests_per_minute = 1200, sign_ons_per_minute = 60;  // of an address: offices share one
constexpr std::string_view sign_on_path = "/staff/sign-on", openid_path = "/staff/openid";

}  // namespace

StaffContext::StaffContext(WebServices s, const StaffServices& with, const ports::StaffWebSettings& decided)
    : services{std::move(s)},
      staff{with},
      settings{decided},
      lives{std::chrono::minutes{decided.idle_minutes}, std::chrono::hours{decided.absolute_hours}},
      own_hosts{decided.base_url, {}},
      requests{requests_per_minute},
      sign_ons{sign_ons_per_minute},
      answers{services.log} {}

std::string_view StaffContext::token_of(const Request& request) noexcept {
    return cookie_value(request.cookie, cookie_name);
}

std::string StaffContext::cookie(std::string_view token) {
    return std::string{cookie_name}.append("=").append(token).append(cookie_terms);
}

std::string StaffContext::no_cookie() {
    return cookie("") + "; Max-Age=0";
}

void StaffContext::guarded_on(run::Workers& workers, const std::shared_ptr<const Request>& request, Reply reply,
                              std::function<void()> work) const {
    workers.post([this, request, reply = std::move(reply), work = std::move(work)] {
        try {
            work();
        } catch (const std::exception& fault) {
            services.log.often(ports::LogLevel::error, "工作人员页面处理出错", fault.what());
            reply(answers.failure(500, *request));
        }
    });
}

void StaffContext::on(run::Workers& workers, const std::shared_ptr<const Request>& request, Reply reply,
                      std::function<Response()> work) const {
    auto told = [reply, work = std::move(work)] { reply(work()); };
    guarded_on(workers, request, std::move(reply), std::move(told));
}

Response StaffContext::looked_up(const Request& request, const std::function<Response()>& nobody,
                                 const Work& work) const {
    const auto found =
        app::find_session(staff.store, staff.means.keys, services.clock.now(), StaffContext::token_of(request));
    if (!found) return answers.store_failure(found.error(), request);
    // A request that is answered is worth more than the time at which it was seen: a failure here has no consequence,
    // since the next request finds the same due.
    if (found->due != app::FoundSession::Due::nothing)
        staff.writer.post(
            [means = staff.means, lives = lives, found = *found] { (void)app::keep_session(means, lives, found); });
    return found->session ? work(*found->session) : nobody();
}

void StaffContext::signed_on(const std::shared_ptr<const Request>& request, Reply reply,
                             std::function<Response()> nobody, Work work) const {
    on(services.database, request, std::move(reply),
       [this, request, nobody = std::move(nobody), work = std::move(work)] {
           return looked_up(*request, nobody, work);
       });
}

void StaffContext::changes(const std::shared_ptr<const Request>& request, Reply reply, std::function<Response()> nobody,
                           Work work) const {
    if (!from_our_own_page(*request, own_hosts)) return reply(answers.failure(403, *request));
    on(staff.writer, request, std::move(reply), [this, request, nobody = std::move(nobody), work = std::move(work)] {
        return looked_up(*request, nobody, work);
    });
}

void StaffContext::prepared_changes(const std::shared_ptr<const Request>& request, Reply reply,
                                    std::function<Response()> nobody, Preparation prepare) const {
    if (!from_our_own_page(*request, own_hosts)) return reply(answers.failure(403, *request));
    const auto first = [this, request, reply, nobody = std::move(nobody), prepare = std::move(prepare)] {
        std::function<Response()> last;
        auto answer = looked_up(*request, nobody, [&](const app::DeskSession& session) {
            auto prepared = prepare(session);
            if (auto* const refusal = std::get_if<Response>(&prepared)) return std::move(*refusal);
            last = std::get<std::function<Response()>>(std::move(prepared));
            return Response{};
        });
        if (!last) return reply(std::move(answer));
        on(staff.writer, request, reply, std::move(last));
    };
    guarded_on(services.database, request, std::move(reply), first);
}

StaffSite::StaffSite(const WebServices& services, const StaffServices& staff, const ports::StaffWebSettings& settings)
    : RoutedSite{services.on_request}, context_{std::make_shared<StaffContext>(services, staff, settings)} {
    add_staff_pages(routes_, context_);
    add_staff_sign_on(routes_, context_);
    if (staff.openid) add_staff_openid(routes_, context_);
    add_staff_api(routes_, context_);
    add_staff_people_api(routes_, context_);
    add_staff_calendar_api(routes_, context_);
    add_staff_catalogue_api(routes_, context_);
    add_staff_deliveries_api(routes_, context_);
    add_staff_evaluations_api(routes_, context_);
    add_staff_exports_api(routes_, context_);
    add_staff_inbox_api(routes_, context_);
    add_staff_inspections_api(routes_, context_);
    add_staff_policies_api(routes_, context_);
    add_staff_unmaskings_api(routes_, context_);
}

std::optional<Response> StaffSite::admit(const Request& head) {
    if (!context_->own_hosts.has(head.host)) {
        context_->services.log.often(
            ports::LogLevel::warning, "工作人员页面的请求 Host 不是本站",
            std::string{domain::first_characters(head.host, 64)} + "；若确是工作人员使用的名字，改 [staff] base_url");
        return context_->answers.failure(400, head);
    }
    const auto now = steady_clock::now();
    const auto address = address_group(head.address);
    auto wait = context_->requests.refuse(address, now);
    if (!wait && (head.path == sign_on_path || head.path.starts_with(openid_path)))
        wait = context_->sign_ons.refuse(address, now);
    if (!wait) return std::nullopt;
    auto refusal = context_->answers.failure(429, head);
    refusal.headers.emplace_back("Retry-After", std::to_string(wait->count()));
    return refusal;
}

}  // namespace hcp::web
