#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

// What the host may offer beside the log. Calls block and belong on the host thread alone.
struct SignedOn {
    bool staff = false;
    domain::SubjectType subject_type = domain::SubjectType::legal;
    std::string certificate_no;  // of a subject
    std::string staff_id;        // of a staff member
};

struct ScanPage {
    std::vector<domain::Completion> completions;
    std::size_t malformed = 0;  // entries that the gate would have answered INVALID
    std::string next_cursor;    // empty: this was the last page
};

class Host {
public:
    virtual ~Host() = default;
    // M9.1. Nothing when the host has no identity extension or does not know the ticket.
    virtual std::optional<SignedOn> redeem(std::string_view ticket) = 0;
    // H4. Nothing when the host has no completion scan or the scan failed.
    virtual std::optional<ScanPage> list_completed(domain::Instant since, std::string_view cursor) = 0;
    [[nodiscard]] virtual bool can_scan() const noexcept = 0;
    // Messages a member of the staff in the host's own way. False when the host has no such extension or did not do it.
    virtual bool notify_staff(std::string_view staff_id, std::string_view subject_line, std::string_view body) = 0;
    [[nodiscard]] virtual bool can_notify_staff() const noexcept = 0;
};

// One without any extension.
class NoHost final : public Host {
public:
    std::optional<SignedOn> redeem(std::string_view) override { return std::nullopt; }
    std::optional<ScanPage> list_completed(domain::Instant, std::string_view) override { return std::nullopt; }
    [[nodiscard]] bool can_scan() const noexcept override { return false; }
    bool notify_staff(std::string_view, std::string_view, std::string_view) override { return false; }
    [[nodiscard]] bool can_notify_staff() const noexcept override { return false; }
};

}  // namespace hcp::ports
