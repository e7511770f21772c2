#pragma once
#include "adapters/province/reply.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/province.hpp"
#include "plugin/ports/province_profile.hpp"
#include "tests/chaos/far_end.hpp"
#include "tests/world/trace.hpp"

#include <functional>
#include <memory>

namespace hcp::chaos {

// The bridge's line to the far end without sockets: the same records, envelopes, encryption and judgement as
// ProvinceClient's, in virtual time. Requests are delayed at random, some so long that those behind them overtake them.
class VirtualLine final : public ports::Province {
public:
    struct Means {
        world::Time& time;
        world::Dice& dice;
        world::Trace& trace;
        FarEnd& far_end;
        const ports::ProvinceProfile& profile;
        const ports::RecordCipher* cipher;  // null: plain
        const ports::KeyedDigest& digest;
    };
    explicit VirtualLine(const Means& means) : means_{means} {}

    [[nodiscard]] ports::WireRecord written(const ports::ProvinceMessage& message, domain::Instant at) const override;
    void exchange(ports::ProvinceMessage message, ports::WireRecord record, domain::Instant leave_by,
                  std::function<void(ports::Exchange)> done) override;
    [[nodiscard]] std::size_t parallel() const noexcept override { return 16; }

    // Whoever waits for an answer is dead; what left arrives all the same.
    void hang_up() { ++call_; }
    bool is_calm = false;

private:
    struct Conversation;
    [[nodiscard]] std::chrono::microseconds on_the_way();
    void come_back(const std::shared_ptr<Conversation>& of, ports::Exchange exchange);
    [[nodiscard]] ports::Exchange judged(const Conversation& of, const province_sim::Answer& answer) const;

    const Means means_;
    std::uint64_t call_ = 0;
};

}  // namespace hcp::chaos
