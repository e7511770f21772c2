#pragma once
#include "plugin/ports/clock.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/province.hpp"
#include "plugin/ports/province_profile.hpp"
#include "plugin/ports/settings.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>

namespace hcp::province {

struct ClientOptions {
    ports::Url base_url;
    std::filesystem::path ca_file;  // empty only with http on loopback
    std::string app_mark;
    ports::Secret app_word;
    std::size_t parallel = 4;  // exchanges at once; the profile may allow fewer
    std::size_t crypto_threads = 1;
    std::size_t waiting = 1024;  // exchanges that may wait for their turn; one more is answered `again` at once
    std::chrono::milliseconds idle{15'000};  // an unused connection is closed after this
};

// The province over HTTPS: the profile's limits -> encryption on the crypto threads -> post on the io thread ->
// verdict. The rate is halved when the province says that it is too high, and comes back slowly.
class ProvinceClient final : public ports::Province {
public:
    // `cipher` is null exactly when the profile is plain, which is accepted only over http on loopback. It, `digest`,
    // `clock` and `log` outlive it. Throws std::runtime_error, in Chinese, when it cannot be made.
    ProvinceClient(ports::ProvinceProfile profile, ClientOptions options, const ports::RecordCipher* cipher,
                   const ports::KeyedDigest& digest, const ports::Clock& clock, ports::Log& log);
    ~ProvinceClient() override;  // stops

    [[nodiscard]] ports::WireRecord written(const ports::ProvinceMessage& message, domain::Instant at) const override;
    // As the port says. `took` is counted from the exchange's turn, waiting left out. While a Retry-After runs nothing
    // leaves: what comes to its turn then is answered `again` at once. After stop() `done` is called by the caller's
    // thread.
    void exchange(ports::ProvinceMessage message, ports::WireRecord record, domain::Instant leave_by,
                  std::function<void(ports::Exchange)> done) override;
    [[nodiscard]] std::size_t parallel() const noexcept override;

    // Gives up what waits (again) and what is under way (by how far it got), calls every `done`, joins every thread.
    // Not from a `done`.
    void stop() noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hcp::province
