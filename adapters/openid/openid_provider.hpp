#pragma once
#include "adapters/openid/discovery.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/identity_provider.hpp"
#include "plugin/ports/settings.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hcp::openid {

struct Question {
    std::string method, target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    bool repeatable = false;  // harmless twice
};
struct Answer {
    unsigned status = 0;
    std::string body;
};
// An exchange with a server of the provider's. `done` is called exactly once, with the answer or, in Chinese, why there
// is none.
using Exchange = std::function<void(const ports::Url& origin, const Question&,
                                    std::function<void(std::variant<Answer, std::string>)> done)>;

struct ProviderOptions {
    ports::OpenIdSettings settings;
    ports::Secret secret;  // empty: we have none, and PKCE alone binds the code to us
};

// Asks the provider what it is at the first sign-on and once an hour, so that a provider that is down keeps nobody from
// starting. Its keys are read again when a token names one that is not there, once a minute at most. No thread of its
// own.
class OpenIdProvider final : public ports::IdentityProvider {
public:
    // The issuer is https, or http to this machine.
    OpenIdProvider(ProviderOptions options, Exchange exchange, const ports::Clock& clock);
    ~OpenIdProvider() override;

    void authorize(const ports::SignOnAttempt&, Done<std::string> done) override;
    void redeem(const ports::SignOnAttempt&, std::string code, Done<std::string> done) override;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;  // exchanges under way keep it
};

}  // namespace hcp::openid
