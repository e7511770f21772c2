#include "adapters/province/province_client.hpp"

#include "adapters/province/envelope.hpp"
#include "adapters/province/https_client.hpp"
#include "adapters/province/listed_services.hpp"
#include "adapters/province/messages.hpp"
#include "adapters/province/reply.hpp"
#include "adapters/province/sending_rate.hpp"
#include "adapters/province/wire_text.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/overloaded.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/openssl_library.hpp"
#include "plugin/run/thread.hpp"

#include <openssl/rand.h>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace hcp::province {
namespace {

namespace asio = boost::asio;
using domain::Verdict;
using Steady = std::chrono::steady_clock;

Asked asked_by(const ports::ProvinceMessage& message) {
    return std::visit(domain::Overloaded{[](const ports::ServiceMessage&) { return Asked::service; },
                                         [](const ports::ServiceQuery&) { return Asked::query; },
                                         [](const ports::RatingMessage&) { return Asked::rating; }},
                      message);
}

std::string_view text_of(Asked asked) {
    switch (asked) {
        case Asked::service:
            return "办件服务";
        case Asked::query:
            return "服务查询";
        case Asked::rating:
            break;
    }
    return "评价";
}

const std::string& path_of(Asked asked, const ports::ProvincePaths& paths) {
    return asked == Asked::service ? paths.service : asked == Asked::query ? paths.query : paths.rating;
}

std::string random_id() {
    std::array<unsigned char, 16> bytes{};
    RAND_bytes_ex(run::openssl_library(), bytes.data(), bytes.size(), 0);  // an identifier for tracing, not a secret
    return domain::hex_text(bytes);
}

asio::thread_pool pool_of(std::size_t threads) {
    const run::SignalsBlocked inherited;
    return asio::thread_pool{threads};
}

std::string why_not(const ports::ProvinceProfile& profile, const ClientOptions& options,
                    const ports::RecordCipher* cipher) {
    if (profile.sm2.has_value() != (cipher != nullptr)) return "省档案的 sm2 与所给的加密器不一致";
    if (!profile.sm2 && (options.base_url.is_https() || !options.base_url.is_loopback()))
        return "省档案 sm2 = off 只能用于指向本机的 http 地址";
    return {};
}

}  // namespace

class ProvinceClient::Impl {
public:
    Impl(ports::ProvinceProfile profile, ClientOptions options, const ports::RecordCipher* cipher,
         const ports::KeyedDigest& digest, const ports::Clock& clock, ports::Log& log)
        : profile_{std::move(profile)},
          options_{std::move(options)},
          cipher_{cipher},
          digest_{digest},
          clock_{clock},
          log_{log},
          parallel_{std::max<std::size_t>(1, std::min<std::size_t>(options_.parallel, profile_.max_parallel))},
          rate_{static_cast<double>(profile_.per_second)},
          crypto_(pool_of(std::max<std::size_t>(1, options_.crypto_threads))),
          http_{{.base = options_.base_url,
                 .ca_file = options_.ca_file,
                 .connections = parallel_,
                 .connect = profile_.connect,
                 .total = profile_.per_attempt,
                 .idle = options_.idle}} {}

    ~Impl() { stop(); }

    [[nodiscard]] std::size_t parallel() const noexcept { return parallel_; }

    [[nodiscard]] ports::WireRecord written(const ports::ProvinceMessage& message, domain::Instant at) const {
        auto record = std::visit([&](const auto& m) { return to_record(m, profile_, at); }, message);
        if (record.faults.empty()) record.digest = digest_.of({ports::as_bytes(record.text)});
        return record;
    }

    void exchange(ports::ProvinceMessage message, ports::WireRecord record, domain::Instant leave_by,
                  std::function<void(ports::Exchange)> done) {
        auto job = std::make_shared<Job>(std::move(message), std::move(record), std::move(done));
        if (leave_by != domain::Instant::max()) job->leave_by = Steady::now() + (leave_by - clock_.now());
        run::Lock lock{mutex_};
        if (stopping_) {
            lock.unlock();
            return call(*job, with_verdict(Verdict::again, "推送通道已停止"));
        }
        if (waiting_.size() >= options_.waiting) {
            asio::post(crypto_, [job] { call(*job, with_verdict(Verdict::again, "等待推送的消息过多")); });
            return;
        }
        waiting_.push_back(std::move(job));
        admit();
    }

    void stop() noexcept {
        std::call_once(stop_once_, [this] {
            std::deque<std::shared_ptr<Job>> given_up;
            {
                const run::Lock lock{mutex_};
                stopping_ = true;
                given_up.swap(waiting_);
                turn_.cancel();
            }
            for (auto& job : given_up)
                asio::post(crypto_, [job] { call(*job, with_verdict(Verdict::again, "推送通道已停止")); });
            http_.stop();    // every answer, or its absence, is now known or queued on the crypto threads
            crypto_.join();  // whose own posts are refused by the stopped client at once
        });
    }

private:
    struct Job {
        Job(ports::ProvinceMessage m, ports::WireRecord r, std::function<void(ports::Exchange)> d)
            : message{std::move(m)}, record{std::move(r)}, done{std::move(d)}, asked{asked_by(message)} {}
        ports::ProvinceMessage message;
        ports::WireRecord record;
        std::function<void(ports::Exchange)> done;
        Asked asked;
        Steady::time_point began{};
        Steady::time_point leave_by = Steady::time_point::max();
        ports::Exchange result;
    };
    using JobPtr = std::shared_ptr<Job>;

    static ports::Exchange with_verdict(Verdict verdict, std::string reason) {
        ports::Exchange out;
        out.verdict = verdict;
        out.reason = std::move(reason);
        out.left = false;
        return out;
    }

    static void call(Job& job, ports::Exchange result) noexcept {
        try {
            job.done(std::move(result));
        } catch (...) {  // a callback that throws breaks its promise; the other exchanges must not pay for it
        }
    }

    // Lets in as many as the profile's limits allow now.
    void admit() HCP_REQUIRES(mutex_) {
        while (!waiting_.empty() && under_way_ < parallel_) {
            const auto now = Steady::now();
            if (const auto later = rate_.take(now)) {
                if (std::exchange(turn_set_, true)) return;
                turn_.expires_at(*later);
                turn_.async_wait([this](boost::system::error_code) {
                    const run::Lock lock{mutex_};
                    turn_set_ = false;
                    admit();
                });
                return;
            }
            ++under_way_;
            auto job = std::move(waiting_.front());
            waiting_.pop_front();
            job->began = now;
            asio::post(crypto_, [this, job = std::move(job)] { prepare(job); });
        }
    }

    // Crypto thread.
    void prepare(const JobPtr& job) noexcept {
        try {
            send(job);
        } catch (const std::exception&) {  // memory: nothing was handed to the client yet
            finish(job, Verdict::again, "程序内部错误，未发送");
        }
    }

    void send(const JobPtr& job) {
        const auto now = clock_.now();
        const auto& record = job->record;
        const auto kind = "发送" + std::string{text_of(job->asked)};
        if (!record.notes.empty()) log_.often(ports::LogLevel::info, kind, domain::joined(record.notes, "；"));
        if (!record.moved.empty()) log_.often(ports::LogLevel::debug, kind, domain::joined(record.moved, "；"));
        job->result.left = false;  // until the client has it
        const auto envelope = enclose(record.text, {options_.app_mark, ports::as_text(options_.app_word.view())}, now,
                                      profile_.envelope, cipher_);
        if (!envelope.fault.empty()) return finish(job, Verdict::stop_channel, envelope.fault);
        if (Steady::now() >= job->leave_by) return finish(job, Verdict::again, "等待发送的时间过长，未发送");
        if (const auto pause = pause_left(); pause.count() > 0) {
            job->result.retry_after = pause;
            return finish(job, Verdict::again, "省平台要求稍后再试");
        }

        const HttpRequest request{"POST",        path_of(job->asked, profile_.paths), headers(now),
                                  envelope.body, job->asked != Asked::service,        job->leave_by};
        job->result.left = true;
        http_.send(request, [this, job](const HttpOutcome& outcome) { answered(job, outcome); });
    }

    [[nodiscard]] std::chrono::milliseconds pause_left() {
        const run::Lock lock{mutex_};
        return std::chrono::ceil<std::chrono::milliseconds>(
            std::max(paused_until_ - Steady::now(), Steady::duration{}));
    }

    // What the answer says of everything that is to be sent.
    void heed(const Judgement& judgement) {
        const run::Lock lock{mutex_};
        if (judgement.throttled) rate_.halve(Steady::now());
        if (judgement.retry_after) paused_until_ = std::max(paused_until_, Steady::now() + *judgement.retry_after);
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> headers(domain::Instant now) const {
        auto out = profile_.headers;
        for (auto& [name, value] : out) {
            fill(value, "{tenancy_id}", [&] { return profile_.tenancy_id; });
            fill(value, "{app_mark}", [&] { return options_.app_mark; });
            fill(value, "{request_id}", random_id);
            fill(value, "{time_ms}", [&] { return stamp_with_ms(now); });
        }
        return out;
    }
    template <class Make>
    static void fill(std::string& value, std::string_view placeholder, Make make) {
        if (const auto at = value.find(placeholder); at != value.npos) value.replace(at, placeholder.size(), make());
    }

    // The client's thread; the crypto threads' when it was stopped.
    void answered(const JobPtr& job, const HttpOutcome& outcome) noexcept {
        try {
            auto judgement = outcome.reply ? judge(*outcome.reply, job->asked, job->record.text, profile_, clock_.now())
                                           : judge(outcome.progress, outcome.why, job->asked);
            job->result.retry_after = judgement.retry_after;
            job->result.duplicate = judgement.duplicate;
            job->result.denied = judgement.denied;
            job->result.throttled = judgement.throttled;
            if (outcome.reply) job->result.province_now = read_date(outcome.reply->date);
            heed(judgement);
            if (judgement.listed) {  // decrypting is not for the client's thread
                asio::post(crypto_, [this, job, listed = std::move(*judgement.listed)] { learn(job, listed); });
                return;
            }
            finish(job, judgement.verdict, std::move(judgement.reason));
        } catch (const std::exception&) {
            finish(job, Verdict::ask_first, "程序内部错误，结果未知");
        }
    }

    // Crypto thread.
    void learn(const JobPtr& job, const std::string& listed) noexcept {
        try {
            // A long list takes many times its length while it is opened: one at a time.
            constexpr std::size_t long_list = 1 << 20;
            if (listed.size() <= long_list) return open_list(job, listed);
            const run::Lock alone{long_lists_};
            open_list(job, listed);
        } catch (const std::exception&) {
            finish(job, Verdict::again, "程序内部错误");
        }
    }

    void open_list(const JobPtr& job, const std::string& listed) {
        std::string plain;
        if (cipher_) {
            const auto opened = cipher_->decrypt(listed);
            if (!opened)
                return finish(job, Verdict::stop_channel, "省平台返回的服务清单无法解密：" + opened.error().message());
            plain = ports::as_text(*opened);
        } else {
            plain = listed;
        }
        auto services = read_services(plain, profile_);
        if (!services) return finish(job, Verdict::again, "省平台返回的服务清单格式不符");
        job->result.services = std::move(*services);
        finish(job, Verdict::delivered, {});
    }

    // A refusal may repeat what it refuses, and reasons are stored, listed and logged.
    static std::string without_identity(std::string reason, const ports::ProvinceMessage& message) {
        const auto mask = [&](std::string_view value) {
            constexpr std::string_view masked = "＊";
            if (value.size() < 2) return;
            for (auto at = reason.find(value); at != std::string::npos; at = reason.find(value, at + masked.size()))
                reason.replace(at, value.size(), masked);
        };
        const auto mask_subject = [&](const domain::SubjectFacts& subject) {
            for (const auto* value :
                 {&subject.name, &subject.certificate_no, &subject.mobile, &subject.agent_name, &subject.agent_no})
                mask(*value);
        };
        std::visit(domain::Overloaded{[&](const ports::ServiceMessage& service) {
                                          mask_subject(service.subject);
                                          mask(service.handler_name);
                                      },
                                      [&](const ports::ServiceQuery& query) { mask_subject(query.subject); },
                                      [&](const ports::RatingMessage& rating) {
                                          mask(rating.subject_name);
                                          mask(rating.text);
                                      }},
                   message);
        return reason;
    }

    void finish(const JobPtr& job, Verdict verdict, std::string reason) {
        job->result.verdict = verdict;
        job->result.reason = without_identity(std::move(reason), job->message);
        job->result.took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - job->began);
        {
            const run::Lock lock{mutex_};
            --under_way_;
            admit();
        }
        call(*job, std::move(job->result));
    }

    const ports::ProvinceProfile profile_;
    const ClientOptions options_;
    const ports::RecordCipher* const cipher_;
    const ports::KeyedDigest& digest_;
    const ports::Clock& clock_;
    ports::Log& log_;
    const std::size_t parallel_;

    run::Mutex long_lists_;
    run::Mutex mutex_;
    Steady::time_point paused_until_ HCP_GUARDED_BY(mutex_){};
    std::deque<JobPtr> waiting_ HCP_GUARDED_BY(mutex_);
    std::size_t under_way_ HCP_GUARDED_BY(mutex_) = 0;
    SendingRate rate_ HCP_GUARDED_BY(mutex_);
    bool turn_set_ HCP_GUARDED_BY(mutex_) = false;
    bool stopping_ HCP_GUARDED_BY(mutex_) = false;
    std::once_flag stop_once_;

    asio::thread_pool crypto_;
    asio::steady_timer turn_ HCP_GUARDED_BY(mutex_) = asio::steady_timer{crypto_};
    HttpsClient http_;
};

ProvinceClient::ProvinceClient(ports::ProvinceProfile profile, ClientOptions options, const ports::RecordCipher* cipher,
                               const ports::KeyedDigest& digest, const ports::Clock& clock, ports::Log& log) {
    if (auto fault = why_not(profile, options, cipher); !fault.empty()) throw std::runtime_error(fault);
    impl_ = std::make_unique<Impl>(std::move(profile), std::move(options), cipher, digest, clock, log);
}
ProvinceClient::~ProvinceClient() = default;
ports::WireRecord ProvinceClient::written(const ports::ProvinceMessage& message, domain::Instant at) const {
    return impl_->written(message, at);
}
void ProvinceClient::exchange(ports::ProvinceMessage message, ports::WireRecord record, domain::Instant leave_by,
                              std::function<void(ports::Exchange)> done) {
    impl_->exchange(std::move(message), std::move(record), leave_by, std::move(done));
}
std::size_t ProvinceClient::parallel() const noexcept {
    return impl_->parallel();
}
void ProvinceClient::stop() noexcept {
    impl_->stop();
}

}  // namespace hcp::province
