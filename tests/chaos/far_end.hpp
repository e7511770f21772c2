#pragma once
#include "integration/province_sim/platform.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/world/simulated_time.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace hcp::chaos {

// The stand-in province as a process of virtual time: it can be killed and started again on what it has committed, and
// what is on its way to it arrives, whoever sent it and whether he still lives.
class FarEnd {
public:
    using MakeCrypto = std::function<province_sim::Crypto()>;
    FarEnd(world::Time& time, MakeCrypto crypto, std::uint64_t seed);

    void be_moody();
    void be_calm();
    void kill(std::chrono::microseconds for_so_long);
    [[nodiscard]] bool is_down() const { return !running_; }

    // The request arrives `after` so long, or finds nobody. `answered` gets its answer, which may be late or a cut.
    struct Outcome {
        bool arrived = false;
        province_sim::Answer answer;
    };
    void send(province_sim::Request request, std::chrono::microseconds after, std::function<void(Outcome)> answered);

    // M1s of one dossier that were on their way or being answered at once, at most.
    void enters(const std::string& project_no) { most_at_once = std::max(most_at_once, ++under_way_[project_no]); }
    void leaves(const std::string& project_no) { --under_way_[project_no]; }
    int most_at_once = 0;

    [[nodiscard]] std::filesystem::path records() const { return folder_.path() / "province.db"; }

private:
    struct Running {
        Running(const std::filesystem::path& file, province_sim::Crypto crypto, const FarEnd& owner);
        province_sim::Clock clock;
        province_sim::Store store;
        province_sim::Faults faults{1};
        province_sim::Mood mood;
        province_sim::Stats stats;
        province_sim::Platform platform;
    };
    void start();

    world::Time& time_;
    const MakeCrypto crypto_;
    std::uint64_t seed_;
    bool moody_ = false;
    int life_ = 0;
    test::TempDirectory folder_;
    std::unique_ptr<Running> running_;
    std::map<std::string, int> under_way_;
};

}  // namespace hcp::chaos
