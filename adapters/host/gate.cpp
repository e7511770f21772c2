#include "adapters/host/gate.hpp"

#include "adapters/host/calls.hpp"
#include "adapters/host/cursor.hpp"
#include "adapters/host/emit.hpp"
#include "adapters/host/exit_guard.hpp"
#include "adapters/host/reporting.hpp"
#include "adapters/host/translate.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace hcp::host {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// How long the host's log may hold up what is not bound by a deadline of the host's; and what it is given beyond one.
constexpr std::chrono::seconds patience{4};
constexpr milliseconds least_patience{50};

class Gate {
public:
    Gate(const hcp_host& host, std::string_view config_path, const MakeModule& make)
        : host_ports_{host}, calls_{host_ports_.log()}, module_{make(host_ports_, config_path)} {
        host_ports_.accept_hosts_by([this](const std::string& id) { return module_->accepts_host(id); });
    }
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    [[nodiscard]] bool usable() const { return module_ != nullptr; }
    [[nodiscard]] hcp_plugin* table() { return &table_; }

private:
    // ---- control
    hcp_status start() {
        const Calls::Control call{calls_, "start"};
        if (!call.allowed_in({State::created})) return HCP_E_STATE;
        host_ports_.log().start_writing();
        const Failed undo{*this};
        if (!host_ports_.add_hook(hook, this)) {
            host_ports_.log().error("宿主拒绝登记办结回调（add_hook），未启动");
            return HCP_E_STATE;
        }
        hooked_ = true;
        if (const auto status = module_->start(); status != HCP_OK) return status;
        calls_.enter(State::running);
        (void)host_ports_.log().written_by(steady_clock::now() + patience);
        return HCP_OK;
    }
    // Until running, a failed start must leave nothing behind, however it fails; and the host has read why.
    struct Failed {
        Gate& gate;
        ~Failed() {
            if (gate.calls_.state() == State::running) return;
            gate.unhook();
            (void)gate.host_ports_.log().stop_writing_by(steady_clock::now() + patience);
        }
    };
    void unhook() noexcept {
        if (hooked_ && !host_ports_.remove_hook(hook, this))
            host_ports_.log().error("宿主没有注销办结回调（remove_hook）；此后的回调一律被拒绝（HCP_E_STATE）");
        hooked_ = false;
    }

    hcp_status stop(milliseconds limit) {
        const Calls::Control call{calls_, "stop"};
        if (!call.allowed_in({State::running, State::stopping, State::stopped})) return HCP_E_STATE;
        if (calls_.state() == State::stopped) return HCP_OK;
        const auto deadline = steady_clock::now() + limit;
        calls_.enter(State::stopping);
        module_->close();
        // The calls in flight first: the host's remove_hook waits for them too, and knows nothing of the deadline.
        if (!calls_.are_over_by(deadline)) return HCP_E_TIMEOUT;
        unhook();
        const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
        if (!module_->stop(std::max(left, milliseconds{0}))) return HCP_E_TIMEOUT;
        module_->release();
        if (!host_ports_.log().stop_writing_by(std::max(deadline, steady_clock::now() + least_patience)))
            return HCP_E_TIMEOUT;
        calls_.enter(State::stopped);
        return HCP_OK;
    }

    // The host calls exit() without stop: our threads end first. Nothing is freed, for threads of its own may still be
    // in here; they, and those that come, are answered HCP_E_STATE.
    void end_with_process() {
        const auto deadline = steady_clock::now() + patience;
        const Calls::Control call{calls_, deadline};
        if (!call.alone() || (calls_.state() != State::running && calls_.state() != State::stopping)) return;
        calls_.enter(State::stopping);
        module_->close();
        (void)calls_.are_over_by(steady_clock::now() + patience / 4);
        (void)module_->stop(patience / 2);
        (void)host_ports_.log().written_by(deadline);
    }

    hcp_status may_be_destroyed() {
        const Calls::Control call{calls_, "destroy"};
        return call.allowed_in({State::created, State::stopped}) ? HCP_OK : HCP_E_STATE;
    }

    hcp_status reload() {
        const Calls::Control call{calls_, "reload"};
        if (!call.allowed_in({State::running})) return HCP_E_STATE;
        const bool taken = module_->reload();
        (void)host_ports_.log().written_by(steady_clock::now() + patience);
        return taken ? HCP_OK : HCP_E_REFUSED;
    }

    // ---- events
    [[nodiscard]] Terms terms() const {
        return {host_ports_.clock().now(), [this](const std::string& id) { return module_->accepts_host(id); },
                module_->earliest_completion()};
    }
    void report_fault(const char* function, const Fault& fault) {
        host_ports_.log().often(ports::LogLevel::warning, std::string{function} + " 的参数有误",
                                fault.field + "，" + fault.reason);
    }

    template <class T>
    hcp_status report(const char* function, const T* events, size_t count, const Results& results, bool answered) {
        const auto refuse_all = [&](const std::string& field, const std::string& reason) {
            const Fault fault{field, reason};
            results.set_all(HCP_E_INVALID, &fault);
            report_fault(function, fault);
            return HCP_E_INVALID;
        };
        if (count == 0) return HCP_OK;
        if (!answered && count > 1) return refuse_all("results", "多个事件时必须提供同样个数的 results");
        if (auto why = array_fault(events, count, least_size<T>, alignof(T))) return refuse_all("struct_size", *why);

        const Array<T> array{events, count};
        const auto conditions = terms();
        const auto intake = module_->intake();
        Reporting reporting{*intake, results, count};
        std::optional<Fault> first_fault;
        bool more_faults = false;
        try {
            for (size_t i = 0; i < count && !reporting.broken_off(); ++i) {
                domain::Event event;
                if (auto fault = translate(array[i], conditions, event)) {
                    reporting.refuse(*fault);
                    more_faults |= first_fault.has_value();
                    if (!first_fault) first_fault = std::move(fault);
                } else {
                    reporting.take(std::move(event));
                }
            }
            reporting.finish();
            if (first_fault) {
                if (more_faults) first_fault->reason += "；同一调用中还有不合格的";
                report_fault(function, *first_fault);
            }
        } catch (...) {
            // What was stored before stays OK.
            calls_.report_exception(function);
            reporting.break_off(HCP_E_INTERNAL);
        }
        return reporting.status();
    }

    template <class T>
    static hcp_status reported(hcp_plugin* p, const char* function, const T* events, size_t count, hcp_result* first,
                               Calls::Use::Kind kind = Calls::Use::Kind::call) noexcept {
        // More than may be there: neither events nor results are looked at.
        const bool too_many = count > HCP_MAX_EVENTS;
        const Results results{too_many ? nullptr : first, count};
        const auto answer_all = [&](hcp_status status) {
            results.set_all(status);
            return status;
        };
        return guarded(p, function, [&](Gate& g) {
            const auto unusable = results.fault();
            const Calls::Use call{g.calls_, function, kind};
            if (!call) return unusable ? hcp_status{HCP_E_STATE} : answer_all(HCP_E_STATE);
            if (too_many)
                return g.invalid(function, {"count", "一次调用最多 " + std::to_string(HCP_MAX_EVENTS) +
                                                         " 个事件；请分几次上报（results 未填写）"});
            if (unusable) return g.invalid(function, {"results", *unusable});
            try {
                return g.report(function, events, count, results, first != nullptr);
            } catch (...) {
                g.calls_.report_exception(function);
                return answer_all(HCP_E_INTERNAL);
            }
        });
    }

    static void hook(void* self, const hcp_completion* events, size_t count, hcp_result* results) noexcept {
        if (!self) return;
        (void)reported(static_cast<Gate*>(self)->table(), "completed", events, count, results, Calls::Use::Kind::hook);
    }

    // ---- questions
    hcp_status invalid(const char* function, const Fault& fault) {
        report_fault(function, fault);
        return HCP_E_INVALID;
    }

    hcp_status evaluation_link(const hcp_completion* key, const hcp_subject* subject, hcp_emit emit, void* ctx) {
        const Calls::Use call{calls_, "evaluation_link"};
        if (!call) return HCP_E_STATE;
        if (!key || !subject || !emit) return invalid("evaluation_link", {"key, subject, emit", "不得为 NULL"});
        Rater rater;
        if (const auto fault = translate(*key, *subject, terms(), rater)) return invalid("evaluation_link", *fault);
        give(emit, ctx, module_->link(rater));
        return HCP_OK;
    }

    hcp_status health(hcp_emit emit, void* ctx) {
        const Calls::Use call{calls_, "health"};
        if (!call) return HCP_E_STATE;
        if (!emit) return invalid("health", {"emit", "不得为 NULL"});
        give(emit, ctx, module_->health());
        return HCP_OK;
    }

    static hcp_status answer(const Reply& reply, hcp_emit emit, void* ctx) {
        if (reply.status == HCP_OK || reply.status == HCP_E_REFUSED || reply.status == HCP_E_INVALID)
            give(emit, ctx, reply.json);
        return reply.status;
    }

    // The reason goes to the caller as well: a page can show it.
    hcp_status invalid(const char* function, const Fault& fault, hcp_emit emit, void* ctx) {
        try {
            give(emit, ctx, json::serialize(json::object{{"field", fault.field}, {"reason", fault.reason}}));
        } catch (...) {
            tell_of_exception(function);
        }
        return invalid(function, fault);
    }

    hcp_status pending_for(int32_t subject_type, hcp_text certificate_no, hcp_text cursor, milliseconds limit,
                           hcp_emit emit, void* ctx) {
        const Calls::Use call{calls_, "pending_for"};
        if (!call) return HCP_E_STATE;
        if (!emit) return invalid("pending_for", {"emit", "不得为 NULL"});
        domain::SubjectType type{};
        std::string number;
        if (const auto fault = translate(subject_type, certificate_no, type, number))
            return invalid("pending_for", *fault, emit, ctx);
        std::optional<ports::UnansweredPlace> after;
        if (const auto fault = read_cursor(cursor, after)) return invalid("pending_for", *fault, emit, ctx);
        return answer(module_->pending(type, number, after, limit), emit, ctx);
    }

    hcp_status rate(const hcp_rating* rating, milliseconds limit, hcp_emit emit, void* ctx) {
        const Calls::Use call{calls_, "rate"};
        if (!call) return HCP_E_STATE;
        if (!rating || !emit) return invalid("rate", {"rating, emit", "不得为 NULL"});
        Rater rater;
        domain::Answer given;
        if (const auto fault = translate(*rating, terms(), rater, given)) return invalid("rate", *fault, emit, ctx);
        // From here on it may be stored, whatever becomes of the answer.
        try {
            return answer(module_->rate(rater, given, limit), emit, ctx);
        } catch (...) {
            tell_of_exception("rate");
            return HCP_E_IN_DOUBT;
        }
    }

    // ---- the table
    // Of the exception being handled.
    void tell_of_exception(const char* function) noexcept {
        try {
            throw;
        } catch (const EmitThrew&) {
            calls_.breach_in(function, "emit 抛出了异常，回答没有送到");
        } catch (...) {
            calls_.report_exception(function);
        }
    }
    // Every way in: what is thrown inside ends here.
    template <class Body>
    static hcp_status guarded(hcp_plugin* p, const char* function, Body&& body) noexcept {
        auto* const gate = p ? static_cast<Gate*>(p->self) : nullptr;
        if (!gate) return HCP_E_INVALID;
        try {
            return body(*gate);
        } catch (...) {
            gate->tell_of_exception(function);
            return HCP_E_INTERNAL;
        }
    }

    hcp_plugin table_{
        .struct_size = sizeof(hcp_plugin),
        .abi_major = HCP_ABI_MAJOR,
        .abi_minor = HCP_ABI_MINOR,
        .reserved = 0,
        .self = this,
        .start = [](hcp_plugin* p) noexcept { return guarded(p, "start", [](Gate& g) { return g.start(); }); },
        .stop =
            [](hcp_plugin* p, uint32_t deadline_ms) noexcept {
                return guarded(p, "stop", [&](Gate& g) { return g.stop(milliseconds{deadline_ms}); });
            },
        .destroy =
            [](hcp_plugin* p) noexcept {
                const auto status = guarded(p, "destroy", [](Gate& g) { return g.may_be_destroyed(); });
                if (status == HCP_OK) delete static_cast<Gate*>(p->self);
                return status;
            },
        .reload = [](hcp_plugin* p) noexcept { return guarded(p, "reload", [](Gate& g) { return g.reload(); }); },
        .completed = [](hcp_plugin* p, const hcp_completion* e, size_t n,
                        hcp_result* r) noexcept { return reported(p, "completed", e, n, r); },
        .withdrawn = [](hcp_plugin* p, const hcp_withdrawal* e, size_t n,
                        hcp_result* r) noexcept { return reported(p, "withdrawn", e, n, r); },
        .bids_opened = [](hcp_plugin* p, const hcp_bids_opened* e, size_t n,
                          hcp_result* r) noexcept { return reported(p, "bids_opened", e, n, r); },
        .visit = [](hcp_plugin* p, const hcp_visit* e, size_t n,
                    hcp_result* r) noexcept { return reported(p, "visit", e, n, r); },
        .evaluation_link =
            [](hcp_plugin* p, const hcp_completion* key, const hcp_subject* subject, hcp_emit emit,
               void* ctx) noexcept {
                return guarded(p, "evaluation_link",
                               [&](Gate& g) { return g.evaluation_link(key, subject, emit, ctx); });
            },
        .health = [](hcp_plugin* p, hcp_emit emit,
                     void* ctx) noexcept { return guarded(p, "health", [&](Gate& g) { return g.health(emit, ctx); }); },
        .pending_for =
            [](hcp_plugin* p, int32_t type, hcp_text number, hcp_text cursor, uint32_t deadline_ms, hcp_emit emit,
               void* ctx) noexcept {
                return guarded(p, "pending_for", [&](Gate& g) {
                    return g.pending_for(type, number, cursor, milliseconds{deadline_ms}, emit, ctx);
                });
            },
        .rate =
            [](hcp_plugin* p, const hcp_rating* rating, uint32_t deadline_ms, hcp_emit emit, void* ctx) noexcept {
                return guarded(p, "rate",
                               [&](Gate& g) { return g.rate(rating, milliseconds{deadline_ms}, emit, ctx); });
            },
    };
    HostPorts host_ports_;
    Calls calls_;
    std::unique_ptr<Module> module_;
    bool hooked_ = false;
    const ExitGuard exit_guard_{[this] { end_with_process(); }, [this] { host_ports_.log().silence(); }};
};

bool has_log(const hcp_host& host) {
    return HCP_HAS(&host, hcp_host, log) && host.log;
}

// Why this host cannot be served. The place of `log` and of what comes before it is the same in every major.
std::string refusal_of(const hcp_host& host) {
    const auto versions = "宿主接口 " + std::to_string(host.abi_major) + "." + std::to_string(host.abi_minor) +
                          "（hcp_host " + std::to_string(host.struct_size) + " 字节），插件接口 " +
                          std::to_string(HCP_ABI_MAJOR) + "." + std::to_string(HCP_ABI_MINOR) + "（hcp_host " +
                          std::to_string(sizeof(hcp_host)) + " 字节）";
    if (host.abi_major != HCP_ABI_MAJOR) return "拒绝加载：主版本不同。" + versions;
    if (host.struct_size < sizeof(hcp_host)) return "拒绝加载：宿主的结构太短。" + versions;
    if (!host.extension)
        return "拒绝加载：hcp_host.extension 为 NULL。没有扩展的宿主也应提供返回 NULL 的函数。" + versions;
    return {};
}

void say(const hcp_host& host, std::string_view line) noexcept {
    try {
        host.log(host.self, HCP_LOG_ERROR, {line.data(), static_cast<uint32_t>(line.size())});
    } catch (...) {
        // A host in C++ that throws here has lost its own line.
    }
}

}  // namespace

hcp_plugin* make_gate(const hcp_host* host, hcp_text config_path, const MakeModule& make) noexcept {
    if (!host || !has_log(*host)) return nullptr;
    try {
        if (const auto refusal = refusal_of(*host); !refusal.empty()) {
            say(*host, refusal);
            return nullptr;
        }
        const std::string_view path{config_path.data ? config_path.data : "", config_path.data ? config_path.size : 0};
        if (path.empty() || path.find('\0') != std::string_view::npos) {
            say(*host, "拒绝加载：config_path 应为配置文件 haochaping.ini 的路径");
            return nullptr;
        }
        auto gate = std::make_unique<Gate>(*host, path, make);
        return gate->usable() ? gate.release()->table() : nullptr;
    } catch (const std::exception& e) {
        say(*host, std::string_view{"拒绝加载：内部错误"});
        say(*host, e.what());
    } catch (...) {
        say(*host, "拒绝加载：内部错误");
    }
    return nullptr;
}

}  // namespace hcp::host
