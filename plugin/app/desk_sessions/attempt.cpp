#include "plugin/app/desk_sessions/attempt.hpp"

#include "plugin/domain/bytes.hpp"
#include "plugin/domain/text.hpp"

#include <utility>

namespace hcp::app {
namespace {

std::string said(const record::Keys& keys, std::string_view what, std::string_view cookie, std::string_view until) {
    return domain::base64url_text(record::keyed(keys.lookup, what, {cookie, until}));
}

// `until`: when its time is over, in seconds. It goes into the state, which is bound to it.
ports::SignOnAttempt made(const record::Keys& keys, std::string_view cookie, const std::string& until,
                          std::string back) {
    return {until + '.' + said(keys, "openid state", cookie, until), said(keys, "openid nonce", cookie, until),
            said(keys, "openid verifier", cookie, until), std::move(back)};
}

std::int64_t seconds_of(domain::Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

}  // namespace

ports::result<BegunAttempt> begin_attempt(const ports::Tokens& tokens, const record::Keys& keys, std::string back,
                                          domain::Instant now) {
    HCP_TRY(auto cookie, tokens.next());
    auto says = made(keys, cookie, std::to_string(seconds_of(now + attempt_life)), std::move(back));
    return BegunAttempt{std::move(cookie), std::move(says)};
}

std::optional<ports::SignOnAttempt> attempt_of(const record::Keys& keys, std::string_view cookie,
                                               std::string_view state, std::string back, domain::Instant now) {
    const std::string until{state.substr(0, state.find('.'))};
    const auto seconds = domain::whole_number<std::int64_t>(until);
    if (cookie.empty() || !seconds || *seconds <= seconds_of(now)) return std::nullopt;
    auto says = made(keys, cookie, until, std::move(back));
    if (says.state != state) return std::nullopt;
    return says;
}

}  // namespace hcp::app
