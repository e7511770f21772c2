#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/instances.hpp"

#include <optional>
#include <string>
#include <string_view>

// The numbers that instances lease, so that two of one database never share one, and what each says of itself.
namespace hcp::store {

struct InstanceRow {
    std::int32_t number = 0;
    std::string token;
    Instant leased_until;
};

void fields(auto& io, Of<InstanceRow> auto& r) {
    io("instance_no", r.number);
    io("token", r.token);
    io("leased_until_us", r.leased_until);
}

void fields(auto& io, Of<ports::InstanceStateRow> auto& r) {
    io("instance_no", r.instance_no);
    io("instance_name", r.name);
    io("software_version", r.version);
    io("since_us", r.since);
    io("told_at_us", r.told_at);
    io("stopped_at_us", r.stopped_at);
    io("retired_at_us", r.retired_at);
    io("journal_events", r.journal_events);
}

// The number this token holds already, else the lowest that nobody has ever held, kept until `until`. Only when there
// is no such number one whose lease is over: its holder may have been asleep, and wakes with ids and a lane that are
// another's. Nobody holds one for a day beyond `until`: that was leased by a clock that has been set back (E24).
// Nothing: all 1023 are held. Throws `conflict`: another instance was quicker.
[[nodiscard]] std::optional<std::int32_t> lease_number(Unit&, std::string_view token, Instant now, Instant until);
// False: it is another's by now, or nobody's. Throws.
[[nodiscard]] bool renew_number(Unit&, std::int32_t number, std::string_view token, Instant until);

class SqlInstances final : public ports::Instances {
public:
    explicit SqlInstances(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::InstanceSummary>> all() override;
    result<std::optional<std::int32_t>> held_by(std::string_view token) override;
    result<void> tell(const ports::InstanceStateRow&) override;
    result<std::int64_t> hand_over(std::int32_t instance_no, std::string_view token, Instant now) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
