#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace hcp::ports {

// What lies in the store under a master key itself. All else that is sealed lies under a subject's data key, which is
// the first of these.
enum class SealedKind : std::int32_t {
    data_key = 1,            // of a subject, wrapped
    handlers = 2,            // of a case
    withdrawal_reason = 3,   // of a withdrawal
    visitor = 4,             // of a visit
    staff_name = 5,          // of a version on the roster
    role_reason = 6,         // why a role ended
    attribution_reason = 7,  // why a case is another's
};
inline constexpr std::array all_sealed_kinds{
    SealedKind::data_key,   SealedKind::handlers,    SealedKind::withdrawal_reason, SealedKind::visitor,
    SealedKind::staff_name, SealedKind::role_reason, SealedKind::attribution_reason};

// Unique of a kind: key.
struct SealedRow {
    Digest key{};  // of its row: a subject's lookup, or the digest that the others are sealed with
    Bytes sealed;
};
struct Resealed {
    Digest key{};
    Bytes was, sealed;
};

// What becomes of a row that another transaction has just in hand. The row of a subject who is busy always is: each
// opening holds it. Await one at a time: who waits with others in hand of its own may be waited for.
enum class InHand { left, awaited };

class SealQueries {
public:
    virtual ~SealQueries() = default;
    // By key; rows in which nothing is sealed are left out.
    virtual result<std::vector<SealedRow>> after(SealedKind, const Digest& key, std::size_t limit) = 0;
};

class Seals : public SealQueries {
public:
    // Compare and set: those that still hold `was` hold `sealed` afterwards. Answers how many.
    virtual result<std::int64_t> replace(SealedKind, std::span<const Resealed>, InHand) = 0;
};

}  // namespace hcp::ports
