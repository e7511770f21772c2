#pragma once
#include "plugin/domain/catalogue.hpp"
#include "plugin/ports/ini_entry.hpp"

#include <vector>

namespace hcp::ports {

template <class Content>
struct FileLine {
    int line = 0;  // of the file, from 1
    Content content;
};

// departments.csv, items.csv and guides.csv of one folder, or every fault. A file that is not there brings nothing.
struct CatalogueFiles {
    std::vector<FileLine<domain::Department>> departments;
    std::vector<FileLine<domain::Item>> items;
    std::vector<FileLine<domain::Guide>> guides;
    std::vector<Fault> faults;
};

}  // namespace hcp::ports
