#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <optional>
#include <span>
#include <vector>

namespace hcp::ports {

using namespace domain;

// Unique: lookup. The data key dies with an erasure (E29); what was sealed under it can then be read by nobody, and the
// row is found by nothing that is known of the subject, who gets another one by trading again.
struct SubjectRow {
    SubjectId id;
    Digest lookup{};  // keyed digest of type and certificate number
    SubjectType type = SubjectType::legal;
    Bytes wrapped_key;
    Instant created_at;

    [[nodiscard]] bool is_erased() const noexcept { return wrapped_key.empty(); }
};

// What an operator is told before an erasure; nothing of it is secret (E14).
struct SubjectMatters {
    std::int64_t evaluations = 0;
    bool ticket_open = false;  // of any evaluation (E46), as what follows
    bool leak_open = false;    // a case of its identity being out (M16.4)
};

class SubjectQueries {
public:
    virtual ~SubjectQueries() = default;
    virtual result<std::vector<std::optional<SubjectRow>>> by_lookup(std::span<const Digest>) = 0;  // in order
    virtual result<std::vector<SubjectRow>> after(SubjectId, std::size_t limit) = 0;                // by id
    virtual result<SubjectMatters> matters(SubjectId) = 0;
};

class Subjects : public SubjectQueries {
public:
    virtual result<void> insert(std::span<const SubjectRow>) = 0;
    // Takes the data key out of the row, and `instead` stands for its lookup. Answers how many rows: none where that
    // subject has another lookup by now.
    virtual result<std::int64_t> erase(SubjectId, const Digest& lookup, const Digest& instead) = 0;
};

}  // namespace hcp::ports
