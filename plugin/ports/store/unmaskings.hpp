#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/domain/unmasking.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// That somebody of the centre saw who rated, or his telephone number (M16.3). Immutable, never deleted. Unique: id.
struct UnmaskingRow {
    UnmaskingId id;
    EvaluationId evaluation_id;
    std::string staff_id;
    Unmasked shown = Unmasked::identity;
    UnmaskingPurpose purpose = UnmaskingPurpose::contact;
    Bytes sealed_reason;  // under the subject's data key: it may name him
    Digest reason_digest{};
    Instant seen_at;
};

// How often somebody saw what, and for what.
struct UnmaskingCount {
    std::string staff_id;
    Unmasked shown = Unmasked::identity;
    UnmaskingPurpose purpose = UnmaskingPurpose::contact;
    std::int64_t times = 0, evaluations = 0;
};

class UnmaskingQueries {
public:
    virtual ~UnmaskingQueries() = default;
    virtual result<std::vector<UnmaskingRow>> after(UnmaskingId, std::size_t limit) = 0;  // by id
    virtual result<std::vector<UnmaskingRow>> of_evaluation(EvaluationId) = 0;            // by id
    // Seen in [from, to); the latest first, those before that one.
    virtual result<std::vector<UnmaskingRow>> between(Instant from, Instant to, UnmaskingId before,
                                                      std::size_t limit) = 0;
    // Seen in [from, to), by person, what he saw, and purpose.
    virtual result<std::vector<UnmaskingCount>> counts(Instant from, Instant to) = 0;
};

class Unmaskings : public UnmaskingQueries {
public:
    virtual result<void> insert(std::span<const UnmaskingRow>) = 0;
};

}  // namespace hcp::ports
