#pragma once
#include "adapters/openid/openid_provider.hpp"
#include "adapters/province/https_client.hpp"
#include "plugin/run/mutex.hpp"

#include <map>
#include <memory>
#include <string>

namespace hcp::compose {

// The centre's own sign-on over HTTPS: a client for each of the provider's servers, each a thread.
class OpenId {
public:
    // Throws Refused.
    OpenId(const ports::OpenIdSettings& settings, const ports::Clock& clock);
    ~OpenId();

    // Gives up what is under way: whoever waits for it is told so. Idempotent.
    void stop() noexcept;

    [[nodiscard]] ports::IdentityProvider& provider() noexcept { return provider_; }

private:
    void exchange(const ports::Url& origin, const openid::Question& question,
                  const std::function<void(std::variant<openid::Answer, std::string>)>& done);
    [[nodiscard]] province::HttpsClient* client(const ports::Url& origin);

    const std::filesystem::path ca_file_;
    run::Mutex mutex_;
    bool stopped_ HCP_GUARDED_BY(mutex_) = false;
    std::map<std::string, std::unique_ptr<province::HttpsClient>> clients_ HCP_GUARDED_BY(mutex_);  // by origin
    openid::OpenIdProvider provider_;
};

}  // namespace hcp::compose
