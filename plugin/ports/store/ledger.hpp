#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <span>
#include <vector>

namespace hcp::ports {

using namespace domain;

// Unique: (lane, seq).
struct LedgerRow {
    std::int32_t lane = 0;
    std::int64_t seq = 0;  // 1.. without gaps
    std::int32_t kind = 0;
    Instant at;
    Bytes canonical;
    Digest hash{};  // SM3(previous hash || canonical)
    Digest seal{};  // HMAC-SM3 of the hash under the ledger key: whoever lacks it cannot write an entry
};

struct LedgerHead {
    std::int32_t lane = 0;
    std::int64_t seq = 0;
    Digest hash{};
};

class LedgerQueries {
public:
    virtual ~LedgerQueries() = default;
    virtual result<std::vector<LedgerHead>> heads() = 0;  // by lane
    virtual result<std::vector<LedgerRow>> after(std::int32_t lane, std::int64_t seq, std::size_t limit) = 0;  // by seq
};

class Ledger : public LedgerQueries {
public:
    virtual result<void> append(std::span<const LedgerRow>) = 0;
};

}  // namespace hcp::ports
