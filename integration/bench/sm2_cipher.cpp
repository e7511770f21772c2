// What the module's SM2 encryption does, beside bare_sm2.c: the same threads, seconds and texts, and the same two
// figures.
//   bench_sm2_cipher THREADS SECONDS SIGN_BYTES RECORD_BYTES     prints: messages/s, CPU ms a message
#include "adapters/gm/sm2_cipher.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>
#include <utility>
#include <vector>

int main(int argc, char** argv) {
    using namespace hcp;
    using Clock = std::chrono::steady_clock;
    if (argc != 5) return 2;
    const auto threads = std::strtoul(argv[1], nullptr, 10);
    const std::chrono::duration<double> length{std::strtod(argv[2], nullptr)};
    const gm::Bytes sign(std::strtoul(argv[3], nullptr, 10)), record(std::strtoul(argv[4], nullptr, 10));

    const auto text = gm::new_sm2_private_hex();
    if (!text) return 1;
    auto key = gm::sm2_private_from_hex(ports::as_text(text->view()));
    if (!key) return 1;
    const gm::Sm2Cipher cipher{{}, std::move(*key), nullptr};

    std::atomic<unsigned long> all{0};
    std::atomic<bool> failed{false};
    const auto began = Clock::now();
    const auto cpu = std::clock();
    std::vector<std::thread> running;
    for (unsigned long i = 0; i < threads; ++i)
        running.emplace_back([&] {
            unsigned long count = 0;
            for (; Clock::now() - began < length && !failed; ++count)
                if (!cipher.encrypt(sign) || !cipher.encrypt(record)) failed = true;
            all += count;
        });
    for (auto& thread : running) thread.join();
    if (failed || all == 0) return 1;
    const std::chrono::duration<double> took = Clock::now() - began;
    std::printf("%.0f %.4f\n", static_cast<double>(all) / took.count(),
                1000.0 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC / static_cast<double>(all));
    return 0;
}
