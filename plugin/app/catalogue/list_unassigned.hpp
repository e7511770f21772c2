#pragma once
#include "plugin/ports/store/attributions.hpp"
#include "plugin/ports/store/cases.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/keys.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::app {

// A case whose item is unknown or that is nobody's.
struct UnassignedCase {
    struct Lack {
        std::string_view code;  // "line", "item", "department", "handlers"
        std::string words;
    };
    ports::CaseRow row;
    std::vector<Lack> lacks;
};
[[nodiscard]] std::string words_of(const std::vector<UnassignedCase::Lack>&);

// What a second signer signs: what is to be, and what is.
struct WaitingAttribution {
    ports::AttributionRow row;
    ports::CaseRow case_row;
    std::vector<std::string> handlers;  // of the case now: staff ids
    std::optional<std::string> reason;  // nothing: no key opens it
};

struct Unassigned {
    std::vector<UnassignedCase> cases;             // by id
    std::vector<WaitingAttribution> to_be_signed;  // all that wait, by id
};
// Nothing that is secret (E14). Any database thread.
[[nodiscard]] ports::result<Unassigned> list_unassigned(ports::Store&, const record::Keys&, domain::CaseId after,
                                                        std::size_t limit);

// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const Unassigned&);

}  // namespace hcp::app
