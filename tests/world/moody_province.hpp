#pragma once
#include "plugin/ports/province.hpp"
#include "tests/support/written_plainly.hpp"
#include "tests/world/trace.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hcp::world {

// A province that keeps what it is sent, numbers services by arrival, and has moods: it does not answer, it answers
// late, it keeps what it was sent and loses the answer.
class MoodyProvince final : public ports::Province {
public:
    MoodyProvince(Time& time, Dice& dice, Trace& trace) : time_{time}, dice_{dice}, trace_{trace} {}

    struct Service {
        std::string name, time, project_name, certificate_no;
        std::optional<domain::Level> rated;
    };
    // Whether anything about this project may be known outside.
    std::function<bool(const std::string& project_name)> may_know;
    bool in_good_mood = false;

    [[nodiscard]] ports::WireRecord written(const ports::ProvinceMessage& message, domain::Instant at) const override {
        return test::written_plainly(message, at);
    }
    void exchange(ports::ProvinceMessage message, ports::WireRecord record, domain::Instant leave_by,
                  std::function<void(ports::Exchange)> done) override;
    [[nodiscard]] std::size_t parallel() const noexcept override { return 3; }

    void change_mood();
    // Whoever waits for an answer is not there any more.
    void hang_up() { ++call_; }
    [[nodiscard]] const std::vector<Service>& services(const std::string& project_no) const;
    [[nodiscard]] std::size_t service_count() const;

private:
    enum class Mood { good, down, busy, loses_answers };
    ports::Exchange take(const ports::ServiceMessage&, const ports::WireRecord&);
    ports::Exchange take(const ports::ServiceQuery&, const ports::WireRecord&) const;
    ports::Exchange take(const ports::RatingMessage&, const ports::WireRecord&);

    Time& time_;
    Dice& dice_;
    Trace& trace_;
    Mood mood_ = Mood::good;
    std::uint64_t call_ = 0;
    std::map<std::string, std::vector<Service>> services_;  // by the province's projectNo
};

}  // namespace hcp::world
