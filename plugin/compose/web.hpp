#pragma once
#include "adapters/gm/tokens.hpp"
#include "adapters/metrics/metrics.hpp"
#include "adapters/sheets/sheet_files.hpp"
#include "adapters/web/server.hpp"
#include "plugin/compose/openid.hpp"
#include "plugin/compose/use_cases.hpp"
#include "plugin/ports/settings.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace hcp::compose {

// The instance's listeners for people, for the centre's own and for operators, started; those that are off are none.
class Web {
public:
    // Throws Refused. What it serves outlives it.
    Web(const ports::Settings& settings, UseCases& use_cases, Crew& crew, metrics::Metrics& metrics);

    [[nodiscard]] const std::string& base_url() const noexcept { return base_url_; }  // what links begin with
    void take_over(const ports::Settings& fresh);
    [[nodiscard]] bool stop(std::chrono::milliseconds limit);

private:
    const gm::RandomTokens tokens_;
    const sheets::SheetFiles sheets_;
    const std::unique_ptr<web::StaffInspections> inspections_;  // null: there is no desk
    const std::unique_ptr<OpenId> openid_;                      // null: the centre's people do not sign on that way
    const std::unique_ptr<web::WebServer> server_;
    const std::string base_url_;
};

}  // namespace hcp::compose
