#include "adapters/config/ini_reader.hpp"
#include "adapters/config/load_settings.hpp"
#include "adapters/host/bridge.hpp"
#include "adapters/host/gate.hpp"
#include "adapters/host/module.hpp"
#include "plugin/compose/instance.hpp"

#include <boost/json.hpp>

#include <memory>
#include <variant>

// The composition root of the module: the one exported function, and the instance behind the gate.
namespace {

namespace json = boost::json;
using namespace hcp;
using std::chrono::milliseconds;

std::string_view reason_of(domain::AnswerFate fate) {
    switch (fate) {
        case domain::AnswerFate::already_rated:
            return "本办件已评价，无需重复评价";
        case domain::AnswerFate::late:
            return "评价期限已过，您的意见已作为网上意见转交，不计入等级";
        case domain::AnswerFate::barred:
            return "您暂时不能评价，如有异议请联系监督部";
        case domain::AnswerFate::voided:
            return "办件已撤回，无需评价";
        case domain::AnswerFate::accepted:
        case domain::AnswerFate::replaces_default:
        case domain::AnswerFate::repeated:
            break;
    }
    return "";
}

class PluginModule final : public host::Module {
public:
    PluginModule(config::LoadedSettings loaded, host::HostBridge& bridge, const ports::Clock& clock, bool virtual_clock)
        : bridge_{bridge}, instance_{std::move(loaded), bridge.log(), bridge, clock, virtual_clock} {}

    bool start() override { return instance_.start(); }
    void close() override { instance_.close(); }
    bool stop(milliseconds limit) override { return instance_.stop(limit); }
    bool reload() override {
        const bool complete = instance_.reload();
        bridge_.log().least_level(instance_.log_level());
        return complete;
    }
    bool accepts_host(const std::string& host_id) const override { return instance_.accepts_host(host_id); }
    std::unique_ptr<host::Intake> intake() override { return std::make_unique<Call>(instance_); }
    std::string link(const host::Rater& rater) override {
        return instance_.link(rater.key, rater.type, rater.certificate_no);
    }
    std::string health() override { return instance_.health(); }

    host::Reply pending(domain::SubjectType type, const std::string& certificate_no, milliseconds limit) override {
        return std::visit([this](auto outcome) { return this->reply_to(std::move(outcome)); },
                          instance_.pending(type, certificate_no, limit));
    }
    host::Reply rate(const host::Rater& rater, const domain::Answer& answer, milliseconds limit) override {
        return std::visit([this](auto outcome) { return this->reply_to(std::move(outcome)); },
                          instance_.rate(rater.key, rater.type, rater.certificate_no, answer, limit));
    }

private:
    class Call final : public host::Intake {
    public:
        explicit Call(compose::Instance& instance) : to_{instance} {}
        ports::result<void> take(std::span<const domain::Event> piece) override { return to_.take(piece); }

    private:
        compose::Instance::Intake to_;
    };
    // Every end of a question, and what the host is told.
    static host::Reply reply_to(app::DidNotHappen) { return {HCP_E_TIMEOUT, {}}; }
    static host::Reply reply_to(app::InDoubt) { return {HCP_E_IN_DOUBT, {}}; }
    host::Reply reply_to(app::Failed failed) {
        bridge_.log().error("评价数据无法读写：" + failed.why.message());
        return {HCP_E_INTERNAL, {}};
    }
    static host::Reply reply_to(std::string listed) { return {HCP_OK, std::move(listed)}; }
    host::Reply reply_to(const app::RatingReply& decided) {
        using Kind = app::RatingReply::Kind;
        if (decided.kind == Kind::no_such_evaluation)
            return {HCP_E_REFUSED,
                    json::serialize(json::object{{"reason", "没有这件评价：办件未上报，或该主体不是其交易主体"}})};
        if (decided.kind == Kind::fault)
            return {HCP_E_INVALID,
                    json::serialize(json::object{{"field", decided.fault->field}, {"reason", decided.fault->problem}})};
        if (const auto reason = reason_of(decided.fate); !reason.empty())
            return {HCP_E_REFUSED, json::serialize(json::object{{"reason", reason}})};
        return {HCP_OK, json::serialize(json::object{{"receipt", instance_.receipt(decided)}})};
    }

    host::HostBridge& bridge_;
    compose::Instance instance_;
};

std::unique_ptr<host::Module> make_module(host::HostBridge& bridge, std::string_view config_path) {
    auto loaded = config::load_settings(std::filesystem::path{config_path});
    if (const auto* faults = std::get_if<std::vector<ports::Fault>>(&loaded)) {
        for (const auto& fault : *faults) bridge.log().error(config::text_of(fault));
        bridge.log().error("拒绝加载：配置有 " + std::to_string(faults->size()) +
                           " 处错误，可用 hcpctl config check 检查");
        return nullptr;
    }
    auto& settings = std::get<config::LoadedSettings>(loaded);
    bridge.log().least_level(settings.settings.log_level);
    const auto& clock = bridge.choose_clock(settings.settings.allow_virtual_clock);
    if (bridge.clock_is_virtual()) bridge.log().warning("正在使用主机提供的虚拟时钟，只可用于测试和演示");
    return std::make_unique<PluginModule>(std::move(settings), bridge, clock, bridge.clock_is_virtual());
}

}  // namespace

extern "C" HCP_EXPORT hcp_plugin* hcp_plugin_create(const hcp_host* host, hcp_text config_path) {
    return hcp::host::make_gate(host, config_path, make_module);
}
