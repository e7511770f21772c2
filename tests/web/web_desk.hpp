#pragma once
#include "adapters/web/public_site.hpp"
#include "plugin/app/rating/rating_queue.hpp"
#include "tests/support/memory_desk.hpp"

#include <future>
#include <mutex>

namespace hcp::test {

class LockedLog final : public ports::Log {
public:
    void write(ports::LogLevel, std::string_view line) noexcept override {
        const std::lock_guard lock{mutex_};
        lines_.emplace_back(line);
    }
    std::string all() const {
        const std::lock_guard lock{mutex_};
        std::string out;
        for (const auto& line : lines_) out += line + '\n';
        return out;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

// The public site over real use cases on a store in memory, and no socket.
class WebDesk : public MemoryDesk {
public:
    WebDesk() {
        settings.listen = {"127.0.0.1", 0};
        settings.base_url = {"https", "pj.example.cn", 443, "", "https://pj.example.cn"};
        settings.allowed_hosts = {"localhost"};
        settings.max_body_bytes = 8192;
        settings.max_connections = 50;
        settings.request_timeout = 10s;
        settings.per_token_per_minute = 1000;
        settings.per_address_per_minute = 10'000;
        settings.centre_name = "测试<中心>";
        settings.help_phone = "0531-1234";
    }

    web::WebServices services() {
        return {*show,
                rating_queue,
                *rules,
                keys,
                clock,
                web_log,
                database,
                [this](const std::string& ticket, const Redeemed& done) {
                    if (ticket == "good")
                        return done(ports::SignedOn{false, SubjectType::legal, "91370000AAAAAAAA1X", ""});
                    if (ticket == "staff") return done(ports::SignedOn{true, SubjectType::legal, "", "S1"});
                    if (ticket == "held") return held.set_value(done);
                    done(std::nullopt);
                },
                [] { return std::string{"{}"}; },
                [] { return std::string{"metrics\n"}; },
                [] { return true; },
                [this](std::string_view route, int status) {
                    const std::lock_guard lock{counted_mutex};
                    counted.emplace_back(std::string{route}, status);
                },
                [this](const ports::ConnectionFigures& now) {
                    const std::lock_guard lock{counted_mutex};
                    figures = now;
                },
                province_text_limit};
    }
    void restart() { site_.reset(); }  // with other settings
    web::PublicSite& site() {
        if (!site_) {
            site_.emplace(services(), settings, web::Sessions::Lives{}, 100);
            site_->listening_on(443);
        }
        return *site_;
    }

    std::string token_text(const Completion& event, std::size_t subject = 0) const {
        return record::link_token(keys, event.key, event.subjects[subject].type,
                                  event.subjects[subject].certificate_no);
    }

    web::Response ask(web::Request request) {
        if (request.received_at == Instant{}) request.received_at = clock.now();
        request.address = "192.0.2.1";
        if (const auto mark = request.path.find('?'); mark != std::string::npos) {
            request.query = request.path.substr(mark + 1);
            request.path.resize(mark);
        }
        if (auto refused = site().admit(request)) return *std::move(refused);
        auto answered = std::make_shared<std::promise<web::Response>>();
        site().handle(std::make_shared<const web::Request>(std::move(request)),
                      [answered](web::Response response) { answered->set_value(std::move(response)); });
        return answered->get_future().get();
    }
    web::Response get(std::string path, std::string cookie = {}) {
        web::Request request;
        request.method = web::Method::get;
        request.path = std::move(path);
        request.cookie = std::move(cookie);
        return ask(std::move(request));
    }
    web::Response post_form(std::string path, std::string body) {
        web::Request request;
        request.method = web::Method::post;
        request.path = std::move(path);
        request.content_type = "application/x-www-form-urlencoded";
        request.body = std::move(body);
        return ask(std::move(request));
    }
    web::Response send_json(web::Method method, std::string path, std::string body) {
        web::Request request;
        request.method = method;
        request.path = std::move(path);
        request.content_type = "application/json";
        request.body = std::move(body);
        return ask(std::move(request));
    }

    using Redeemed = std::function<void(std::optional<ports::SignedOn>)>;
    std::promise<Redeemed> held;  // the ticket "held" is in progress until the test answers it
    LockedLog web_log;
    ports::PublicWebSettings settings;
    std::optional<std::uint32_t> province_text_limit;
    std::mutex counted_mutex;
    std::vector<std::pair<std::string, int>> counted;
    ports::ConnectionFigures figures;

    run::Workers tellers{1, log}, writer{1, log};
    app::RatingQueue rating_queue{*recorder, writer, tellers, [](std::size_t) {}};
    run::Workers database{2, log};

private:
    std::optional<web::PublicSite> site_;
};

inline std::string header(const web::Response& response, std::string_view name) {
    const auto* value = response.header(name);
    return value == nullptr ? std::string{} : *value;
}

inline bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace hcp::test
