#pragma once
#include "plugin/ports/identity_provider.hpp"
#include "plugin/ports/tokens.hpp"
#include "plugin/record/keys.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::app {

// What an attempt to sign on by OpenID Connect is made of: one secret, which its browser keeps as a cookie. What goes
// to the provider are keyed digests of it, so that nothing has to be kept here, any instance can go on with it, and
// whoever has not our key can make no state that a cookie fits.
struct BegunAttempt {
    std::string cookie;
    ports::SignOnAttempt says;
};

// [begun, begun + attempt_life): longer than a page of the provider's and a code from a phone take.
inline constexpr std::chrono::minutes attempt_life{10};

// `back`: where on our pages the browser comes back to. Any thread.
[[nodiscard]] ports::result<BegunAttempt> begin_attempt(const ports::Tokens&, const record::Keys&, std::string back,
                                                        domain::Instant now);
// The attempt that came back with this state. Nothing: the browser has another cookie or none, the state is none of
// ours, or its time is over.
[[nodiscard]] std::optional<ports::SignOnAttempt> attempt_of(const record::Keys&, std::string_view cookie,
                                                             std::string_view state, std::string back,
                                                             domain::Instant now);

}  // namespace hcp::app
