#pragma once
#include <functional>
#include <string>
#include <variant>

// Where the centre's people are known already: OpenID Connect Core 1.0, authorization code flow (3.1) with PKCE (RFC
// 7636).
namespace hcp::ports {

// Of one attempt to sign on. Its browser alone has what they are made of. URL-safe.
struct SignOnAttempt {
    std::string state;     // comes back with the code, and binds it to the browser
    std::string nonce;     // comes back in the token, and binds it to the attempt
    std::string verifier;  // shown with the code by us alone: 43 characters
    std::string back;      // where on our pages the browser comes back to, as it is registered with the provider
};

// Why nothing came of it, for the log: Chinese, without a secret or a name.
struct IdentityFault {
    std::string why;
    bool unreachable = false;  // the provider, or its keys: another time it may go; otherwise it said no, or what it
                               // said does not hold
};

class IdentityProvider {
public:
    virtual ~IdentityProvider() = default;

    // Any thread. `done` is called exactly once, on a thread of the provider's or at once on the caller's, and must be
    // quick.
    template <class T>
    using Done = std::function<void(std::variant<T, IdentityFault>)>;

    // Where the browser is sent to sign on.
    virtual void authorize(const SignOnAttempt&, Done<std::string> done) = 0;
    // Whom the code that came back is about: his staff id. A code counts once.
    virtual void redeem(const SignOnAttempt&, std::string code, Done<std::string> done) = 0;
};

}  // namespace hcp::ports
