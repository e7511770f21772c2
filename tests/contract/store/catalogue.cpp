#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void items_are_replaced(Database& database) {
    const auto store = database.open();
    ItemRow item{"事项-1", "招标文件备案", "370000", "D1", "住建局", "T1", "H1", "1", "2", false};
    const ItemRow bare{"事项-0", "", "", "", "", "", "", "", "", true};
    must(put(*store, item, bare));
    item.classified = true;
    item.name = "招标文件备案（新）";
    must(put(*store, item));
    const auto items = reading(*store, [](Snapshot& rows) { return rows.catalogue().items(); });
    REQUIRE(items.size() == 2);
    CHECK(same(items[0], bare));
    CHECK(same(items[1], item));
}

}  // namespace

void add_catalogue(std::vector<Clause>& all) {
    all.push_back({"an item is put in or replaced", items_are_replaced});
}

}  // namespace hcp::contract
