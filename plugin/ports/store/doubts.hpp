#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// What of an accepted completion the host will have got wrong (E36); an evaluation without doubts has no row. Unique:
// evaluation_id.
struct DoubtRow {
    EvaluationId evaluation_id;
    bool number_wrong = false;  // the certificate number is not one, by its form or its check character
    bool kind_unknown = false;  // certificate_kind is none of the table
    bool line_unknown = false;  // so is line

    [[nodiscard]] bool any() const noexcept { return number_wrong || kind_unknown || line_unknown; }
};

// For the person who is to ask the host's vendor.
struct DoubtSummary {
    DoubtRow doubt;
    std::string host_id, case_no, completion_no, node, department_name;
    Line line = Line::unknown;
    Instant opened_at;
};

// Nothing that is under bid secrecy (E14) is known here.
class DoubtQueries {
public:
    virtual ~DoubtQueries() = default;
    virtual result<std::vector<DoubtSummary>> list(EvaluationId after, std::size_t limit) = 0;  // by id
};

class Doubts : public DoubtQueries {
public:
    virtual result<void> insert(std::span<const DoubtRow>) = 0;
};

}  // namespace hcp::ports
