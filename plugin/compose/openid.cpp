#include "plugin/compose/openid.hpp"

#include "adapters/gm/key_file.hpp"
#include "plugin/compose/opened.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace hcp::compose {
namespace {

using namespace std::chrono_literals;

openid::ProviderOptions options_of(const ports::OpenIdSettings& settings) {
    openid::ProviderOptions options{settings, {}};
    if (settings.secret_file.empty()) return options;
    auto word = gm::read_word_file(settings.secret_file);
    if (!word) throw Refused{"[openid] secret_file 不可用：" + word.error().message()};
    options.secret = *std::move(word);
    return options;
}

}  // namespace

OpenId::OpenId(const ports::OpenIdSettings& settings, const ports::Clock& clock)
    : ca_file_{settings.ca_file},
      provider_{options_of(settings),
                [this](const auto& origin, const auto& question, auto done) { exchange(origin, question, done); },
                clock} {
    try {
        if (const auto issuer = openid::endpoint_of(settings.issuer.text)) (void)client(issuer->origin);
    } catch (const std::runtime_error& unfit) {
        throw Refused{std::string{"[openid] 不可用："} + unfit.what()};
    }
}

OpenId::~OpenId() {
    stop();
}

void OpenId::stop() noexcept {
    std::map<std::string, std::unique_ptr<province::HttpsClient>> clients;
    {
        const run::Lock lock{mutex_};
        stopped_ = true;
        clients.swap(clients_);
    }
}

province::HttpsClient* OpenId::client(const ports::Url& origin) {
    const run::Lock lock{mutex_};
    if (stopped_) return nullptr;
    auto& one = clients_[origin.text];
    if (!one) {
        province::HttpsOptions with;
        with.peer = "认证平台";
        with.base = origin;
        with.ca_file = ca_file_;
        with.connections = 2;
        with.connect = 5s;
        with.total = 15s;
        with.max_reply_bytes = 1 << 20;
        one = std::make_unique<province::HttpsClient>(std::move(with));
    }
    return one.get();
}

void OpenId::exchange(const ports::Url& origin, const openid::Question& question,
                      const std::function<void(std::variant<openid::Answer, std::string>)>& done) {
    auto* const to = client(origin);
    if (!to) return done("程序正在停止");
    to->send({question.method, question.target, question.headers, question.body, question.repeatable},
             [done](const province::HttpOutcome& outcome) {
                 if (!outcome.reply) return done(outcome.why);
                 done(openid::Answer{outcome.reply->status, outcome.reply->body});
             });
}

}  // namespace hcp::compose
