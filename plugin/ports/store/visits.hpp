#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// An on-site service (M10.5). Unique: key_digest.
struct VisitRow {
    VisitId id;
    Digest key_digest{};
    std::string host_id, visit_no;
    Line line = Line::unknown;
    Instant visited_at;
    std::string window, department_id, department_name, item_code, staff_id;
    Bytes sealed_subject;  // empty = not known; under the module's seal key
    Instant stored_at;
};

class VisitQueries {
public:
    virtual ~VisitQueries() = default;
    virtual result<std::vector<bool>> known(std::span<const Digest>) = 0;         // in order
    virtual result<std::vector<VisitRow>> after(VisitId, std::size_t limit) = 0;  // by id
};

class Visits : public VisitQueries {
public:
    virtual result<void> insert(std::span<const VisitRow>) = 0;
};

}  // namespace hcp::ports
