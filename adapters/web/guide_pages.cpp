#include "adapters/web/guide_page.hpp"
#include "adapters/web/public_site.hpp"
#include "plugin/app/catalogue/show_guides.hpp"
#include "plugin/domain/text.hpp"

#include <optional>

namespace hcp::web {
namespace {

void get_guides(const Shared& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    const auto& services = context->services;
    const auto lines = app::list_guides(*services.rules.current()->catalogue, domain::day_of(services.clock.now()));
    reply(context->answers.page(200, guides_page(context->look(*request), lines), *request));
}

void get_guide(const Shared& context, const std::shared_ptr<const Request>& request, const Parameters& parameters,
               const Reply& reply) {
    std::optional<std::int32_t> revision;
    if (const auto asked = parameters.find("edition"); asked != parameters.end()) {
        revision = domain::whole_number<std::int32_t>(asked->second);
        if (!revision) return reply(context->answers.failure(404, *request));
    }
    const auto now = context->services.clock.now();
    const auto facts =
        app::show_guide(*context->services.rules.current()->catalogue, parameters.find("item")->second, revision, now);
    if (!facts) return reply(context->answers.failure(404, *request));
    reply(context->answers.page(200, guide_page(context->look(*request), *facts, domain::day_of(now)), *request));
}

}  // namespace

// From what is in memory, so that they need no thread of the database's.
void add_guide_pages(RouteTable& routes, const Shared& context) {
    routes.add(Method::get, "/guides", [context](const auto& request, const auto&, const Reply& reply) {
        get_guides(context, request, reply);
    });
    for (const auto* pattern : {"/guides/{item}", "/guides/{item}/{edition}"})
        routes.add(Method::get, pattern, [context](const auto& request, const auto& parameters, const Reply& reply) {
            get_guide(context, request, parameters, reply);
        });
}

}  // namespace hcp::web
