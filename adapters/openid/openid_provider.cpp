#include "adapters/openid/openid_provider.hpp"

#include "adapters/openid/id_token.hpp"
#include "adapters/openid/members.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/openssl_library.hpp"

#include <openssl/evp.h>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <array>
#include <chrono>
#include <functional>
#include <new>
#include <utility>
#include <variant>

namespace hcp::openid {
namespace {

using namespace std::chrono_literals;
using ports::IdentityFault;

constexpr auto provider_is_known_for = 1h;
constexpr auto keys_are_known_for = 1min;  // before a name that is not among them has them read again

std::string encoded(std::string_view text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

void add(std::string& form, std::string_view name, std::string_view value) {
    if (!form.empty()) form += '&';
    form.append(name).append("=").append(encoded(value));
}

// RFC 7636, 4.2.
std::string challenge_of(std::string_view verifier) {
    std::array<unsigned char, 32> digest{};
    std::size_t length = digest.size();
    if (EVP_Q_digest(run::openssl_library(), "SHA256", nullptr, verifier.data(), verifier.size(), digest.data(),
                     &length) != 1)
        throw std::bad_alloc{};
    return domain::base64url_text(domain::View{digest});
}

// RFC 6749, 2.3.1: each encoded before they are joined.
std::string basic(std::string_view id, std::string_view secret) {
    const auto both = encoded(id) + ':' + encoded(secret);
    std::string text(4 * ((both.size() + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(both.data()), static_cast<int>(both.size()));
    text.resize(static_cast<std::size_t>(length));
    return "Basic " + text;
}

// RFC 6749, 5.2: a word of a short list. Its description may have anything in it.
std::string fault_named_in(const std::string& body) {
    const auto object = object_of(body);
    const auto named = object ? text_in(*object, "error") : std::nullopt;
    for (const std::string_view known : {"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client",
                                         "unsupported_grant_type", "invalid_scope"})
        if (named == known) return "（" + std::string{known} + "）";
    return {};
}

Question read_only() {
    Question question;
    question.method = "GET";
    question.repeatable = true;
    return question;
}

}  // namespace

class OpenIdProvider::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(ProviderOptions options, Exchange exchange, const ports::Clock& clock)
        : options_{std::move(options)}, exchange_{std::move(exchange)}, clock_{clock} {
        if (auto known = endpoint_of(options_.settings.issuer.text + std::string{discovery_path}))
            discovery_ = *std::move(known);
    }

    void authorize(const ports::SignOnAttempt& attempt, const Done<std::string>& done) {
        with_provider(done, [self = shared_from_this(), attempt, done](const Provider& provider) {
            const auto& settings = self->options_.settings;
            std::string query;
            add(query, "response_type", "code");
            add(query, "client_id", settings.client_id);
            add(query, "redirect_uri", attempt.back);
            add(query, "scope", settings.scope);
            add(query, "state", attempt.state);
            add(query, "nonce", attempt.nonce);
            add(query, "code_challenge", challenge_of(attempt.verifier));
            add(query, "code_challenge_method", "S256");
            const auto& base = provider.authorize;
            done(base + (base.find('?') == std::string::npos ? '?' : '&') + query);
        });
    }

    void redeem(const ports::SignOnAttempt& attempt, const std::string& code, const Done<std::string>& done) {
        with_provider(done, [self = shared_from_this(), attempt, code, done](const Provider& provider) {
            self->exchange(provider, attempt, code, done);
        });
    }

private:
    // The body of a 200 goes to `then`; whatever else comes of it is a fault.
    void ask(const Endpoint& endpoint, Question question, const std::string& what, const Done<std::string>& done,
             const std::function<void(const std::string&)>& then) const {
        question.target = endpoint.target;
        exchange_(endpoint.origin, question, [what, done, then](const std::variant<Answer, std::string>& outcome) {
            if (const auto* const why = std::get_if<std::string>(&outcome))
                return done(IdentityFault{what + "：" + *why, true});
            const auto& [status, body] = std::get<Answer>(outcome);
            if (status == 200) return then(body);
            done(IdentityFault{what + "：它答复 HTTP " + std::to_string(status) + fault_named_in(body), status >= 500});
        });
    }

    void with_provider(const Done<std::string>& done, const std::function<void(const Provider&)>& then) {
        if (const auto known = provider_known()) return then(*known);
        ask(discovery_, read_only(), "读取认证平台的配置", done,
            [self = shared_from_this(), then, done](const std::string& body) {
                auto read = read_provider(body, self->options_.settings.issuer.text);
                if (const auto* const why = std::get_if<std::string>(&read))
                    return done(IdentityFault{"认证平台不可用：" + *why, true});
                const auto provider = std::make_shared<const Provider>(std::get<Provider>(std::move(read)));
                {
                    const run::Lock lock{self->mutex_};
                    self->provider_ = provider;
                    self->provider_read_at_ = self->clock_.now();
                }
                then(*provider);
            });
    }

    [[nodiscard]] std::shared_ptr<const Provider> provider_known() {
        const run::Lock lock{mutex_};
        const auto since = clock_.now() - provider_read_at_;
        return since >= 0s && since < provider_is_known_for ? provider_ : nullptr;
    }

    void exchange(const Provider& provider, const ports::SignOnAttempt& attempt, const std::string& code,
                  const Done<std::string>& done) {
        const auto& client_id = options_.settings.client_id;
        Question question;
        question.method = "POST";
        question.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        add(question.body, "grant_type", "authorization_code");
        add(question.body, "code", code);
        add(question.body, "redirect_uri", attempt.back);
        add(question.body, "code_verifier", attempt.verifier);
        const auto secret = ports::as_text(options_.secret.view());
        if (secret.empty() || provider.secret_in_body) add(question.body, "client_id", client_id);
        if (!secret.empty() && provider.secret_in_body) add(question.body, "client_secret", secret);
        if (!secret.empty() && !provider.secret_in_body)
            question.headers.emplace_back("Authorization", basic(client_id, secret));
        const IdTokenTerms terms{provider.issuer, client_id, options_.settings.staff_claim, attempt.nonce};
        ask(provider.token, std::move(question), "向认证平台兑换授权码", done,
            [self = shared_from_this(), terms, keys = provider.keys, done](const std::string& body) {
                const auto object = object_of(body);
                const auto token = object ? text_in(*object, "id_token") : std::nullopt;
                if (!token) return done(IdentityFault{"认证平台的答复中没有 ID 令牌：核对 [openid] scope"});
                self->judge(std::string{*token}, terms, keys, done);
            });
    }

    void judge(const std::string& token, const IdTokenTerms& terms, const Endpoint& keys,
               const Done<std::string>& done) {
        const auto [known, fresh] = keys_known();
        if (known) {
            auto verdict = staff_id_in(token, *known, terms, clock_.now());
            const auto* const fault = std::get_if<TokenFault>(&verdict);
            if (!fault || *fault != TokenFault::unknown_key || fresh) return tell(std::move(verdict), done);
        }
        ask(keys, read_only(), "读取认证平台的签名密钥", done,
            [self = shared_from_this(), token, terms, done](const std::string& body) {
                auto read = SigningKeys::read(body);
                if (!read || read->empty())
                    return done(IdentityFault{"认证平台没有公布 RSA（2048 位以上）或 P-256 的签名密钥", true});
                const auto fresh_keys = std::make_shared<const SigningKeys>(*std::move(read));
                {
                    const run::Lock lock{self->mutex_};
                    self->keys_ = fresh_keys;
                    self->keys_read_at_ = self->clock_.now();
                }
                tell(staff_id_in(token, *fresh_keys, terms, self->clock_.now()), done);
            });
    }

    // And whether they were read just now.
    [[nodiscard]] std::pair<std::shared_ptr<const SigningKeys>, bool> keys_known() {
        const run::Lock lock{mutex_};
        const auto since = clock_.now() - keys_read_at_;
        return {keys_, since >= 0s && since < keys_are_known_for};
    }

    static void tell(std::variant<std::string, TokenFault> verdict, const Done<std::string>& done) {
        if (const auto* const fault = std::get_if<TokenFault>(&verdict))
            return done(IdentityFault{std::string{text_of(*fault)}});
        done(std::get<std::string>(std::move(verdict)));
    }

    const ProviderOptions options_;
    const Exchange exchange_;
    const ports::Clock& clock_;
    Endpoint discovery_;
    run::Mutex mutex_;
    std::shared_ptr<const Provider> provider_ HCP_GUARDED_BY(mutex_);
    std::shared_ptr<const SigningKeys> keys_ HCP_GUARDED_BY(mutex_);
    domain::Instant provider_read_at_ HCP_GUARDED_BY(mutex_){}, keys_read_at_ HCP_GUARDED_BY(mutex_){};
};

OpenIdProvider::OpenIdProvider(ProviderOptions options, Exchange exchange, const ports::Clock& clock)
    : impl_{std::make_shared<Impl>(std::move(options), std::move(exchange), clock)} {}

OpenIdProvider::~OpenIdProvider() = default;

void OpenIdProvider::authorize(const ports::SignOnAttempt& attempt, Done<std::string> done) {
    impl_->authorize(attempt, done);
}

void OpenIdProvider::redeem(const ports::SignOnAttempt& attempt, std::string code, Done<std::string> done) {
    impl_->redeem(attempt, code, done);
}

}  // namespace hcp::openid
