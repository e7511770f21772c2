#pragma once
#include "adapters/host/host_log.hpp"
#include "plugin/abi/haochaping.h"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/host.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::host {

// What the host gives, as ports. Made on the control thread, where it asks for every extension once; one that is too
// short or lacks a function counts as absent, and the log says so. Nothing thrown by a host in C++ gets past it.
class HostPorts final : public ports::Host {
public:
    explicit HostPorts(const hcp_host& host);

    [[nodiscard]] HostLog& log() noexcept { return log_; }

    // Blocking: the host thread only.
    std::optional<ports::SignedOn> redeem(std::string_view ticket) override;
    std::optional<ports::ScanPage> list_completed(domain::Instant since, std::string_view cursor) override;
    [[nodiscard]] bool can_scan() const noexcept override { return scan_ != nullptr; }
    [[nodiscard]] bool can_notify() const noexcept { return notify_ != nullptr; }
    bool notify_staff(std::string_view staff_id, std::string_view subject_line, std::string_view body) override;
    [[nodiscard]] bool can_notify_staff() const noexcept override { return notify_staff_ != nullptr; }
    bool notify(domain::SubjectType type, std::string_view certificate_no, std::string_view subject_line,
                std::string_view body);

    // [control] The host's clock when it has one and `allow_virtual`, else the system's: the clock of every decision,
    // the gate's included. Before the first call it is the system's.
    const ports::Clock& choose_clock(bool allow_virtual) noexcept;
    [[nodiscard]] const ports::Clock& clock() const noexcept { return *clock_; }
    [[nodiscard]] bool clock_is_virtual() const noexcept { return clock_ == &host_clock_; }

    // [control] By which scanned completions are judged, as reported ones are.
    void accept_hosts_by(std::function<bool(const std::string&)> accepts) { accepts_host_ = std::move(accepts); }

    // [control] True also when the host has no hooks: then it calls the plugin itself.
    bool add_hook(hcp_completion_hook hook, void* hook_self) noexcept;
    bool remove_hook(hcp_completion_hook hook, void* hook_self) noexcept;

private:
    class HostClock final : public ports::Clock {
    public:
        [[nodiscard]] domain::Instant now() const noexcept override;
        const hcp_ext_clock* extension = nullptr;
        void* self = nullptr;
    };

    // Whether the host did it: that it threw is a breach, which the log is told so.
    template <class Ask>
    bool did(std::string_view when_it_throws, const Ask& ask);
    template <class T, class... Function>
    const T* find(const char* id, Function T::*... functions);

    const hcp_host& host_;
    HostLog log_;
    std::function<bool(const std::string&)> accepts_host_ = [](const std::string&) { return true; };
    const hcp_ext_completion_hooks* hooks_ = nullptr;
    const hcp_ext_completion_scan* scan_ = nullptr;
    const hcp_ext_identity* identity_ = nullptr;
    const hcp_ext_notify* notify_ = nullptr;
    const hcp_ext_notify_staff* notify_staff_ = nullptr;
    HostClock host_clock_;
    ports::SystemClock system_clock_;
    const ports::Clock* clock_ = &system_clock_;
};

}  // namespace hcp::host
