#include "adapters/host/host_ports.hpp"

#include "adapters/host/translate.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace hcp::host {
namespace {

constexpr std::chrono::seconds slow_page{2};
constexpr std::string_view breach = "宿主违反约定";

}  // namespace

HostPorts::HostPorts(const hcp_host& host) : host_{host}, log_{host} {
    hooks_ =
        find(HCP_EXT_COMPLETION_HOOKS, &hcp_ext_completion_hooks::add_hook, &hcp_ext_completion_hooks::remove_hook);
    scan_ = find(HCP_EXT_COMPLETION_SCAN, &hcp_ext_completion_scan::list_completed);
    identity_ = find(HCP_EXT_IDENTITY, &hcp_ext_identity::redeem);
    notify_ = find(HCP_EXT_NOTIFY, &hcp_ext_notify::notify);
    notify_staff_ = find(HCP_EXT_NOTIFY_STAFF, &hcp_ext_notify_staff::notify_staff);
    host_clock_.extension = find(HCP_EXT_CLOCK, &hcp_ext_clock::now_us);
    host_clock_.self = host_.self;
}

// `functions`: those that the extension must have.
template <class T, class... Function>
const T* HostPorts::find(const char* id, Function T::*... functions) {
    const auto* const found = static_cast<const T*>(host_.extension(host_.self, id));
    if (!found) return nullptr;
    if (found->struct_size < sizeof(T) || !(... && (found->*functions))) {
        log_.warning("宿主扩展 " + std::string{id} + " 不可用：struct_size 为 " + std::to_string(found->struct_size) +
                     "，至少应为 " + std::to_string(sizeof(T)) + "，且函数指针不得为 NULL");
        return nullptr;
    }
    return found;
}

std::optional<ports::SignedOn> HostPorts::redeem(std::string_view ticket) {
    if (!identity_) return std::nullopt;
    struct Given {
        std::optional<ports::SignedOn> who;
        bool faulty = false;
        int times = 0;
    } given;
    const auto found = [](void* ctx, const hcp_identity* identity) noexcept {
        auto& out = *static_cast<Given*>(ctx);
        out.faulty = true;  // until it has turned out well
        ++out.times;
        try {
            if (array_fault(identity, identity ? 1 : 0, sizeof(hcp_identity), alignof(hcp_identity)) || !identity)
                return;
            ports::SignedOn seen;
            Check check;
            seen.staff = identity->subject_type == 0;
            if (seen.staff) {
                check.required("staff_id", identity->staff_id, 64, seen.staff_id, domain::bare_name);
            } else if (auto fault = translate(identity->subject_type, identity->certificate_no, seen.subject_type,
                                              seen.certificate_no)) {
                return;
            }
            if (check.failed()) return;
            out.who = std::move(seen);
            out.faulty = false;
        } catch (...) {
            out.who.reset();
        }
    };
    try {
        if (identity_->redeem(host_.self, borrowed(ticket), found, &given) != HCP_OK) return std::nullopt;
    } catch (...) {
        log_.often(ports::LogLevel::error, breach, "redeem 抛出了异常");
        return std::nullopt;
    }
    if (given.times > 1) {
        // Whose ticket it is cannot be guessed.
        log_.often(ports::LogLevel::error, breach, "redeem 对一张票据调用了多次 found，按票据无效处理");
        return std::nullopt;
    }
    if (given.faulty) log_.often(ports::LogLevel::warning, breach, "redeem 给出的身份不合接口要求，按票据无效处理");
    return given.who;
}

std::optional<ports::ScanPage> HostPorts::list_completed(domain::Instant since, std::string_view cursor) {
    if (!scan_) return std::nullopt;
    struct Scan {
        Terms terms;
        ports::ScanPage page;
        bool failed = false;
        int ends = 0;
    } scan{{clock_->now(), accepts_host_, {}}, {}, false, 0};
    const auto each = [](void* ctx, const hcp_completion* event) noexcept {
        auto& s = *static_cast<Scan*>(ctx);
        try {
            domain::Event read;
            if (!event || translate(*event, s.terms, read))
                ++s.page.malformed;
            else
                s.page.completions.push_back(std::get<domain::Completion>(std::move(read)));
        } catch (...) {
            s.failed = true;
        }
    };
    const auto next = [](void* ctx, hcp_text text) noexcept {
        auto& s = *static_cast<Scan*>(ctx);
        ++s.ends;
        try {
            if (text.data) s.page.next_cursor.assign(text.data, text.size);
        } catch (...) {
            s.failed = true;
        }
    };
    const auto began = std::chrono::steady_clock::now();
    try {
        const auto status =
            scan_->list_completed(host_.self, domain::to_us(since), borrowed(cursor), each, next, &scan);
        if (status != HCP_OK || scan.failed) return std::nullopt;
    } catch (...) {
        log_.often(ports::LogLevel::error, breach, "list_completed 抛出了异常");
        return std::nullopt;
    }
    if (scan.ends != 1) {
        // Taken for the last page it would end the scan early, and what was never reported stay unknown.
        log_.often(ports::LogLevel::error, breach,
                   scan.ends == 0 ? "list_completed 的一页没有以 next 结束，本次对账作废"
                                  : "list_completed 的一页调用了多次 next，本次对账作废");
        return std::nullopt;
    }
    const auto took = std::chrono::steady_clock::now() - began;
    if (took >= slow_page)
        log_.often(ports::LogLevel::warning, "宿主的办结清单太慢",
                   "一页用了 " + std::to_string(std::chrono::floor<std::chrono::seconds>(took).count()) +
                       " 秒，其间登录票据要等待；请减少每页条数或为它建立索引");
    return std::move(scan.page);
}

template <class Ask>
bool HostPorts::did(std::string_view when_it_throws, const Ask& ask) {
    try {
        return ask() == HCP_OK;
    } catch (...) {
        log_.often(ports::LogLevel::error, breach, when_it_throws);
        return false;
    }
}

bool HostPorts::notify(domain::SubjectType type, std::string_view certificate_no, std::string_view subject_line,
                       std::string_view body) {
    return notify_ && did("notify 抛出了异常", [&] {
               return notify_->notify(host_.self, static_cast<std::int32_t>(type), borrowed(certificate_no),
                                      borrowed(subject_line), borrowed(body));
           });
}

bool HostPorts::notify_staff(std::string_view staff_id, std::string_view subject_line, std::string_view body) {
    return notify_staff_ && did("notify_staff 抛出了异常", [&] {
               return notify_staff_->notify_staff(host_.self, borrowed(staff_id), borrowed(subject_line),
                                                  borrowed(body));
           });
}

const ports::Clock& HostPorts::choose_clock(bool allow_virtual) noexcept {
    clock_ = allow_virtual && host_clock_.extension ? static_cast<const ports::Clock*>(&host_clock_) : &system_clock_;
    return *clock_;
}

domain::Instant HostPorts::HostClock::now() const noexcept {
    try {
        return domain::instant_from_us(extension->now_us(self));
    } catch (...) {
        return ports::SystemClock{}.now();  // a host in C++ that throws here
    }
}

bool HostPorts::add_hook(hcp_completion_hook hook, void* hook_self) noexcept {
    return !hooks_ || did("add_hook 抛出了异常", [&] { return hooks_->add_hook(host_.self, hook, hook_self); });
}

bool HostPorts::remove_hook(hcp_completion_hook hook, void* hook_self) noexcept {
    return !hooks_ || did("remove_hook 抛出了异常", [&] { return hooks_->remove_hook(host_.self, hook, hook_self); });
}

}  // namespace hcp::host
