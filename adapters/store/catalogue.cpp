#include "adapters/store/catalogue.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::ItemRow;

namespace {

constexpr struct {
    Statement put_item{"catalogue.put_item", "{upsert items by item_code}"};
    Statement items{"catalogue.items", "select {items} from items order by item_code", true};
} catalogue_sql;

}  // namespace

std::vector<const Statement*> SqlCatalogue::statements() {
    return list_of(catalogue_sql);
}

result<std::vector<ItemRow>> SqlCatalogue::items() {
    return unit_.guarded([&] { return unit_.rows<ItemRow>(catalogue_sql.items); });
}

result<void> SqlCatalogue::put(std::span<const ItemRow> all) {
    return unit_.guarded([&] { unit_.insert(catalogue_sql.put_item, all); });
}

}  // namespace hcp::store
