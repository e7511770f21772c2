#pragma once
#include "plugin/domain/catalogue.hpp"
#include "plugin/domain/edition.hpp"
#include "plugin/ports/store/editions.hpp"
#include "plugin/ports/store/store.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What is active and what is a draft. Any database thread.
namespace hcp::app {

// One edition in a line, whichever part it is of.
struct ListedEdition {
    domain::CataloguePart part = domain::CataloguePart::departments;
    std::string code, name, says;      // name: of a guide its version
    std::optional<domain::Day> until;  // the last day of what is abolished
    domain::Edition edition;
};
[[nodiscard]] ports::result<std::vector<ListedEdition>> list_catalogue(ports::Store&);

// As scripts and the desk read it.
[[nodiscard]] boost::json::array json_of(const std::vector<ListedEdition>&);
// Of one code what is active and what is a draft, cell by cell; nothing where there is neither.
[[nodiscard]] ports::result<std::optional<boost::json::object>> catalogue_sheet(ports::Store&, domain::CataloguePart,
                                                                                std::string_view code);

}  // namespace hcp::app
