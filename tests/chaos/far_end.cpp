#include "tests/chaos/far_end.hpp"

#include <utility>

namespace hcp::chaos {

namespace {

province_sim::Rules rules() {
    return {{"SDGGZY", "TestWord-0001", "370000000000"}};
}

// 10 % lost on the way there or back, 5 % refused inside, and what stores late, twice, or says otherwise.
province_sim::Temper temper(std::uint64_t seed) {
    province_sim::Temper temper;
    temper.seed = seed;
    temper.lost = 0.03;
    temper.cut_before = 0.03;
    temper.cut_after = 0.04;
    temper.late = 0.10;
    temper.late_up_to = std::chrono::seconds{90};
    temper.twice = 0.02;
    temper.inner_failure = 0.05;
    temper.busy_stored = 0.03;
    temper.hard_to_read = 0.03;
    temper.lag = std::chrono::seconds{30};
    return temper;
}

}  // namespace

FarEnd::Running::Running(const std::filesystem::path& file, province_sim::Crypto crypto, const FarEnd& owner)
    : store{file, true}, platform{rules(), std::move(crypto), clock, store, faults, mood, stats} {
    clock.hold(owner.time_.now());
}

FarEnd::FarEnd(world::Time& time, MakeCrypto crypto, std::uint64_t seed)
    : time_{time}, crypto_{std::move(crypto)}, seed_{seed} {
    start();
}

void FarEnd::start() {
    running_ = std::make_unique<Running>(records(), crypto_(), *this);
    ++life_;
    if (moody_) running_->mood.begin(temper(seed_ * 1000 + static_cast<std::uint64_t>(life_)));
}

void FarEnd::be_moody() {
    moody_ = true;
    running_->mood.begin(temper(seed_ * 1000));
}

void FarEnd::be_calm() {
    moody_ = false;
    if (!running_) start();
    running_->mood.end();
}

void FarEnd::kill(std::chrono::microseconds for_so_long) {
    if (!running_) return;
    running_.reset();
    time_.at(time_.now() + for_so_long, [this] {
        if (!running_) start();
    });
}

void FarEnd::send(province_sim::Request request, std::chrono::microseconds after,
                  std::function<void(Outcome)> answered) {
    time_.at(time_.now() + after, [this, request = std::move(request), answered = std::move(answered)] {
        if (!running_) return answered({});
        running_->clock.hold(time_.now());
        auto answer = running_->platform.handle(request);
        const auto delay = answer.delay;
        time_.at(time_.now() + delay, [this, life = life_, answered, answer = std::move(answer)]() mutable {
            answer.in_flight.reset();
            // Whoever was answering has died meanwhile.
            if (life != life_ || !running_) answer.cut = true;
            answered({true, std::move(answer)});
        });
    });
}

}  // namespace hcp::chaos
