#include "plugin/compose/module.hpp"

#include "adapters/config/load_settings.hpp"
#include "adapters/host/answers.hpp"
#include "plugin/compose/instance.hpp"
#include "plugin/compose/openers.hpp"
#include "plugin/run/ask.hpp"
#include "plugin/run/mutex.hpp"

#include <filesystem>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace hcp::compose {
namespace {

using std::chrono::milliseconds;

// One call of the host, on its way to the journal.
class Call final : public host::Intake {
public:
    explicit Call(app::AcceptEvents& to) : call_{to} {}
    ports::result<void> take(std::span<const domain::Event> piece) override { return call_.take(piece); }

private:
    app::AcceptEvents::Call call_;
};

class PluginModule final : public host::Module {
public:
    PluginModule(config::LoadedSettings loaded, host::HostPorts& host)
        : loaded_{std::move(loaded)}, host_{host}, accepted_hosts_{loaded_.settings.host} {}

    hcp_status start() override {
        const auto failed = [this](hcp_status status, const std::exception& error) {
            host_.log().error(std::string{"启动失败："} + error.what());
            return status;
        };
        try {
            instance_ =
                std::make_unique<Instance>(loaded_, host_.log(), host_, host_.clock(), host_.clock_is_virtual());
            return HCP_OK;
        } catch (const Refused& refused) {
            return failed(refused.needs() == Refused::Needs::time ? HCP_E_STATE : HCP_E_INVALID, refused);
        } catch (const std::exception& error) {
            return failed(HCP_E_INTERNAL, error);
        }
    }
    void close() override {
        if (instance_) instance_->close();
    }
    bool stop(milliseconds limit) override { return !instance_ || instance_->stop(limit); }
    void release() override {
        if (!instance_) return;
        instance_.reset();
        host_.log().info("好差评模块已停止");
    }
    bool reload() override {
        const auto fresh = instance_->reload();
        if (!fresh) return false;
        host_.log().least_level(fresh->log_level);
        const run::Lock lock{mutex_};
        accepted_hosts_ = fresh->host;
        return true;
    }

    // Asked already while it starts, of what the host's scan lists.
    bool accepts_host(const std::string& host_id) const override {
        const run::Lock lock{mutex_};
        return accepted_hosts_.accepts(host_id);
    }
    domain::Instant earliest_completion() const override {
        return instance_->use_cases().rules.current()->policies.begins();
    }
    std::unique_ptr<host::Intake> intake() override { return std::make_unique<Call>(instance_->accept_events()); }
    std::string link(const host::Rater& rater) override {
        instance_->use_cases().watch_presence.asked();
        return instance_->link_base() + "/e/" + token_of(rater);
    }
    std::string health() override { return instance_->use_cases().health(); }

    host::Reply pending(domain::SubjectType type, const std::string& certificate_no,
                        const std::optional<ports::UnansweredPlace>& after, milliseconds limit) override {
        instance_->use_cases().watch_presence.asked();
        auto page = [&show = instance_->use_cases().show_evaluation, now = host_.clock().now(), type, certificate_no,
                     after] { return show.unanswered_of_subject(type, certificate_no, after, now); };
        const auto listed = run::ask<app::UnansweredPage>(instance_->readers(), std::move(page), limit);
        return host::reply_to(listed, instance_->link_base(), host_.log());
    }
    host::Reply rate(const host::Rater& rater, const domain::Answer& answer, milliseconds limit) override {
        instance_->use_cases().watch_presence.asked();
        app::RatingRequest request;
        request.token_digest = *record::token_digest(instance_->keys(), token_of(rater));
        request.answer = answer;
        auto& queue = instance_->use_cases().rating_queue;
        auto asked = queue.ask(std::move(request));
        return host::reply_to(queue.answer_within(asked, limit), instance_->keys(), host_.log());
    }

private:
    [[nodiscard]] std::string token_of(const host::Rater& rater) const {
        return record::link_token(instance_->keys(), rater.key, rater.type, rater.certificate_no);
    }

    const config::LoadedSettings loaded_;
    host::HostPorts& host_;
    mutable run::Mutex mutex_;
    ports::HostSettings accepted_hosts_ HCP_GUARDED_BY(mutex_);
    std::unique_ptr<Instance> instance_;  // from start to the end of stop
};

}  // namespace

std::unique_ptr<host::Module> make_module(host::HostPorts& host, std::string_view config_path) {
    auto loaded = config::load_settings(std::filesystem::path{config_path});
    if (const auto* faults = std::get_if<std::vector<ports::Fault>>(&loaded)) {
        host.log().error("拒绝加载：配置" + log_faults(*faults, host.log()) + "，可用 hcpctl config check 检查");
        return nullptr;
    }
    auto& settings = std::get<config::LoadedSettings>(loaded);
    host.log().least_level(settings.settings.log_level);
    for (const auto& warning : settings.warnings) host.log().warning(config::text_of(warning));
    (void)host.choose_clock(settings.settings.allow_virtual_clock);
    if (host.clock_is_virtual()) host.log().warning("正在使用主机提供的虚拟时钟，只可用于测试和演示");
    return std::make_unique<PluginModule>(std::move(settings), host);
}

}  // namespace hcp::compose
