#pragma once
#include "plugin/ports/result.hpp"

#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

// E18: items are versioned with their table; here the one in force. Unique: item_code.
struct ItemRow {
    std::string item_code;
    std::string name;
    std::string area_code, department_code, department_name, task_code, task_handle_item, task_type, project_type;
    bool classified = true;  // false: made from a completion that named an unknown item

    friend bool operator==(const ItemRow&, const ItemRow&) = default;
};

// What the province calls a step (M11.3); not stored.
struct NodeRow {
    std::string node, service_name, project_status;
};

class CatalogueQueries {
public:
    virtual ~CatalogueQueries() = default;
    virtual result<std::vector<ItemRow>> items() = 0;  // by code
};

class Catalogue : public CatalogueQueries {
public:
    virtual result<void> put(std::span<const ItemRow>) = 0;  // insert or replace
};

}  // namespace hcp::ports
