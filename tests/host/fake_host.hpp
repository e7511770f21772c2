#pragma once
#include "adapters/host/gate.hpp"
#include "plugin/ports/journal.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace hcp::test {

inline hcp_text text(std::string_view s) {
    return {s.data(), static_cast<uint32_t>(s.size())};
}
inline constexpr std::int64_t now_us = 1'772'000'000'000'000;  // some day in 2026
inline constexpr std::int64_t earliest_us = now_us - 365LL * 86'400'000'000;

// What is behind the gate: does what the test says, and remembers what it was given.
class FakeModule final : public host::Module {
public:
    hcp_status start() override { return act("start"), start_answer.load(); }
    void close() override { act("close"); }
    bool stop(std::chrono::milliseconds) override { return act("stop"), stop_answer; }
    void release() override { act("release"); }
    bool reload() override { return act("reload"), reload_answer; }
    bool accepts_host(const std::string& id) const override { return id != "stranger"; }
    domain::Instant earliest_completion() const override { return domain::instant_from_us(earliest_us); }
    std::unique_ptr<host::Intake> intake() override {
        struct Call final : host::Intake {
            explicit Call(FakeModule& to) : module{to} {}
            ports::result<void> take(std::span<const domain::Event> piece) override { return module.accept(piece); }
            FakeModule& module;
        };
        ++intakes;
        return std::make_unique<Call>(*this);
    }
    ports::result<void> accept(std::span<const domain::Event> piece) {
        act("accept");
        const std::lock_guard lock{mutex};
        if (accept_error) return accept_error;
        pieces.emplace_back(piece.begin(), piece.end());
        return {};
    }
    std::string link(const host::Rater& r) override {
        act("link");
        return "https://example.test/" + r.key.case_no + "/" + r.certificate_no;
    }
    std::string health() override { return act("health"), R"({"state":"ok"})"; }
    host::Reply pending(domain::SubjectType, const std::string&, const std::optional<ports::UnansweredPlace>& after,
                        std::chrono::milliseconds limit) override {
        return act("pending"), last_after = after, last_limit = limit, reply;
    }
    host::Reply rate(const host::Rater& r, const domain::Answer& a, std::chrono::milliseconds limit) override {
        act("rate");
        rater = r;
        answer = a;
        last_limit = limit;
        return reply;
    }

    std::atomic<hcp_status> start_answer{HCP_OK};
    std::atomic<bool> stop_answer{true}, reload_answer{true};
    ports::error_code accept_error;
    host::Reply reply{HCP_OK, "{}"};
    host::Rater rater;
    domain::Answer answer;
    std::chrono::milliseconds last_limit{};
    std::optional<ports::UnansweredPlace> last_after;
    std::atomic<int> intakes{0};
    std::vector<std::vector<domain::Event>> pieces;
    std::mutex mutex;
    std::function<void(const std::string&)> on_call = [](const std::string&) {};

private:
    void act(const std::string& function) const { on_call(function); }
};

// A host in the manner of the header, with every extension that a test sets.
class FakeHost {
public:
    FakeHost() {
        abi.struct_size = sizeof abi;
        abi.abi_major = HCP_ABI_MAJOR;
        abi.abi_minor = HCP_ABI_MINOR;
        abi.self = this;
        abi.log = [](void* self, int32_t level, hcp_text line) {
            auto& h = *static_cast<FakeHost*>(self);
            {
                const std::lock_guard lock{h.mutex};
                h.lines.emplace_back(line.data, line.size);
                h.levels.push_back(level);
            }
            h.on_log();
        };
        abi.extension = [](void* self, const char* id) {
            auto& h = *static_cast<FakeHost*>(self);
            const auto found = h.extensions.find(id);
            return found == h.extensions.end() ? nullptr : found->second;
        };
        clock.struct_size = sizeof clock;
        clock.now_us = [](void* self) { return static_cast<FakeHost*>(self)->now.load(); };
        extensions[HCP_EXT_CLOCK] = &clock;
        hooks.struct_size = sizeof hooks;
        hooks.add_hook = [](void* self, hcp_completion_hook added, void* added_self) {
            auto& h = *static_cast<FakeHost*>(self);
            h.hook = added;
            h.hook_self = added_self;
            return h.add_hook_answer;
        };
        hooks.remove_hook = [](void* self, hcp_completion_hook, void*) {
            auto& h = *static_cast<FakeHost*>(self);
            h.hook = nullptr;
            return hcp_status{HCP_OK};
        };
    }
    FakeHost(const FakeHost&) = delete;
    FakeHost& operator=(const FakeHost&) = delete;
    ~FakeHost() {
        if (!plugin) return;
        (void)plugin->stop(plugin, 1000);
        (void)plugin->destroy(plugin);
    }

    hcp_plugin* create() {
        plugin = host::make_gate(&abi, text("/etc/haochaping.ini"), [this](host::HostPorts& b, std::string_view) {
            host_ports = &b;
            (void)b.choose_clock(true);
            auto made = std::make_unique<FakeModule>();
            module = made.get();
            return made;
        });
        return plugin;
    }
    hcp_plugin* running() {
        create();
        if (plugin->start(plugin) != HCP_OK) throw std::runtime_error{"start"};
        return plugin;
    }
    void destroyed() { plugin = nullptr; }
    [[nodiscard]] bool said(std::string_view part) {
        if (plugin) (void)host_ports->log().written_by(std::chrono::steady_clock::now() + std::chrono::seconds{5});
        const std::lock_guard lock{mutex};
        for (const auto& line : lines)
            if (line.find(part) != std::string::npos) return true;
        return false;
    }

    hcp_host abi{};
    hcp_ext_clock clock{};
    hcp_ext_completion_hooks hooks{};
    std::map<std::string, const void*> extensions;
    hcp_completion_hook hook = nullptr;
    void* hook_self = nullptr;
    hcp_status add_hook_answer = HCP_OK;
    std::atomic<std::int64_t> now{now_us};
    std::mutex mutex;
    std::vector<std::string> lines;
    std::vector<int32_t> levels;
    std::function<void()> on_log = [] {};
    hcp_plugin* plugin = nullptr;
    host::HostPorts* host_ports = nullptr;
    FakeModule* module = nullptr;
};

// A good completion with every field set, over storage of its own.
struct GoodCompletion {
    GoodCompletion() {
        for (auto* s : {&subjects[0], &subjects[1]}) {
            *s = {};
            s->struct_size = sizeof(hcp_subject);
            s->type = HCP_SUBJECT_LEGAL;
            s->role = HCP_ROLE_BIDDER;
            s->certificate_no = text(s == &subjects[0] ? "91370000MA3C0001XY" : "91370000MA3C0002XY");
            s->certificate_kind = text("001");
            s->name = text("山东明湖测试有限公司");
            s->mobile = text("13800000000");
            s->agent_name = text("王小明");
            s->agent_no = text("370102199001011234");
        }
        staff = {};
        staff.struct_size = sizeof staff;
        staff.staff_id = text("s-1");
        staff.name = text("李办事");
        c.struct_size = sizeof c;
        c.line = HCP_LINE_ENGINEERING;
        c.host_id = text("host");
        c.case_no = text("case");
        c.completion_no = text("1");
        c.project_no = text("project");
        c.node = text("项目登记");
        c.completed_at_us = now_us;
        c.accepted_at_us = now_us - 2;
        c.promised_at_us = now_us + 86'400'000'000 * 30;
        c.project_name = text("项目");
        c.section = text("一标段");
        c.item_code = text("item");
        c.department_id = text("jyyb");
        c.department_name = text("交易一部");
        c.channel = HCP_CHANNEL_ONLINE;
        c.bids_secret = 1;
        c.subjects = subjects;
        c.subject_count = 2;
        c.handlers = &staff;
        c.handler_count = 1;
    }
    GoodCompletion(const GoodCompletion&) = delete;
    GoodCompletion& operator=(const GoodCompletion&) = delete;
    hcp_subject subjects[2];
    hcp_staff staff;
    hcp_completion c{};
};

inline hcp_result blank_result() {
    hcp_result r{};
    r.struct_size = sizeof r;
    r.status = -1;
    return r;
}

inline void emit_into(void* ctx, hcp_text t) {
    static_cast<std::string*>(ctx)->append(t.data, t.size);
}

}  // namespace hcp::test
