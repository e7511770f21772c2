#pragma once
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace hcp::app {

// How many rows of a kind lie under which master key.
struct SealedUnder {
    ports::SealedKind kind{};
    ports::KeyId key{};
    std::int64_t rows = 0;
};

// Goes through the whole store, page by page, changing nothing. Kinds in their order; of no seal that can be read as
// one, the key is zero. `cancelled` is asked between pages.
[[nodiscard]] ports::result<std::vector<SealedUnder>> sealed_under(ports::Store&, const ports::MasterKeys&,
                                                                   const std::function<bool()>& cancelled);

// Brings everything in the store that lies under another master key of the ring under the current one: data keys are
// wrapped anew, so that what is sealed under them stays as it is. It keeps no place of its own: what is done is known
// by its seal, so it may end at any point, be begun again, and run beside hosts and beside itself. Each row is compared
// and set; what a host has in hand in the first pass is awaited in the next, one row a transaction.
class RotateKeys {
public:
    struct Means {
        ports::Store& store;
        const ports::Sealer& sealer;
        const ports::SubjectVault& vault;
        const ports::MasterKeys& masters;
    };
    struct Progress {
        std::int64_t done = 0, of = 0;  // rows; more may come while it goes on
    };
    struct Outcome {
        std::int64_t done = 0;
        std::int64_t spoilt = 0;         // does not open under the very key that it names
        std::vector<SealedUnder> under;  // afterwards
        bool ended_early = false;        // cancelled: `under` is not known

        [[nodiscard]] std::int64_t left(const ports::MasterKeys& masters) const;  // under another than the current key
    };
    RotateKeys(const Means& means, std::size_t batch) : means_{means}, batch_{batch} {}

    [[nodiscard]] ports::result<Outcome> run(const std::function<void(Progress)>& tell,
                                             const std::function<bool()>& cancelled);

private:
    struct Passed {
        std::int64_t met = 0, done = 0, spoilt = 0;  // rows; met: under another key of the ring
    };
    [[nodiscard]] ports::result<Passed> pass(ports::InHand, const std::function<void(std::int64_t)>& done,
                                             const std::function<bool()>& cancelled);
    [[nodiscard]] ports::result<ports::Bytes> anew(ports::SealedKind, const ports::SealedRow&) const;

    const Means means_;
    const std::size_t batch_;
};

}  // namespace hcp::app
