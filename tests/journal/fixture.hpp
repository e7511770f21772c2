#pragma once
#include "adapters/gm/keyring.hpp"
#include "adapters/journal/journal.hpp"
#include "tests/contract/journal/samples.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/support/text_in.hpp"

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace hcp::test {

class Lines final : public ports::Log {
public:
    void write(ports::LogLevel, std::string_view line) noexcept override {
        const std::lock_guard lock{mutex_};
        all.emplace_back(line);
    }
    std::vector<std::string> all;

private:
    std::mutex mutex_;
};

inline std::unique_ptr<ports::Sealer> sealer(std::uint8_t seed = 7,
                                             ports::Cipher cipher = ports::Cipher::sm4_ctr_hmac_sm3) {
    std::array<std::uint8_t, 32> key;
    key.fill(seed);
    return gm::Keyring::of(ports::Secret{key}).value().sealer("journal", cipher);
}

using contract::at;
using contract::completion;

// A journal in a directory of its own, which may be closed and opened again.
struct Fixture {
    TempDirectory directory{"hcp journal ?#%"};  // what a URI must not take for its own
    Lines log;
    std::unique_ptr<ports::Sealer> seal = sealer();
    journal::Options options{.path = directory.path() / "journal.db"};
    std::unique_ptr<ports::Journal> journal = journal::open(options, *seal, log).value();

    void reopen() {
        journal.reset();
        journal = journal::open(options, *seal, log).value();
    }
    ports::result<void> add(const std::string& case_no) { return contract::add(*journal, {case_no}); }
    ports::result<void> add_call(const contract::Cases& case_nos) { return contract::add(*journal, case_nos); }
    contract::Cases read(std::size_t limit = 1000) { return contract::cases_in(*journal, limit); }
    ports::Position position_of(const std::string& case_no) { return contract::position_of(*journal, case_no); }
};

}  // namespace hcp::test
