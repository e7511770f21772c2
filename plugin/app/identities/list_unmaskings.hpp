#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/keys.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// Who saw who rated (M16.3, M16.4). Any database thread.
namespace hcp::app {

struct ListedUnmasking {
    ports::UnmaskingRow row;
    std::string reason;  // empty: the subject is erased
    std::string case_no, department_name;
};

// Everybody who saw the identity of an evaluation, the first first.
[[nodiscard]] ports::result<std::vector<ListedUnmasking>> unmaskings_of(ports::Store&, const record::Keys&,
                                                                        domain::EvaluationId);

// [from, to)
struct Period {
    domain::Instant from, to;
};
// The latest first; those before `before`, where there is one.
[[nodiscard]] ports::result<std::vector<ListedUnmasking>> unmaskings_between(ports::Store&, const record::Keys&,
                                                                             const Period&,
                                                                             std::optional<domain::UnmaskingId> before,
                                                                             std::size_t limit);
// How often who saw what, and for what: supervision's report of a month.
[[nodiscard]] ports::result<std::vector<ports::UnmaskingCount>> unmasking_report(ports::Store&, const Period&);

// As scripts and the desk read them.
[[nodiscard]] boost::json::object json_of(const ListedUnmasking&);
[[nodiscard]] boost::json::object json_of(const ports::UnmaskingCount&);

}  // namespace hcp::app
