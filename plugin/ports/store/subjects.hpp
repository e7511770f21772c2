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

// Unique: lookup. The data key dies with an erasure (E29); what was sealed under it can then be read by nobody.
struct SubjectRow {
    SubjectId id;
    Digest lookup{};  // keyed digest of type and certificate number
    SubjectType type = SubjectType::legal;
    Bytes wrapped_key;
    Instant created_at;
};

class SubjectQueries {
public:
    virtual ~SubjectQueries() = default;
    virtual result<std::vector<std::optional<SubjectRow>>> by_lookup(std::span<const Digest>) = 0;  // in order
};

class Subjects : public SubjectQueries {
public:
    virtual result<void> insert(std::span<const SubjectRow>) = 0;
};

}  // namespace hcp::ports
