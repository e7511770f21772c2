#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/ledger_kind.hpp"
#include "plugin/domain/time.hpp"

#include <cstdint>
#include <string>

// What the ledger says of the catalogue (ledger_entries.hpp): which edition was released, by whom, and what it said.
namespace hcp::domain::entries {

// Of a department, an item or a guide: the same fields under three kinds.
template <LedgerKind which>
struct EditionReleased {
    static constexpr auto kind = which;
    std::string code;
    std::int32_t revision = 1;
    std::string drafted_by;  // staff id
    Instant drafted_at;
    std::string released_by;  // staff id
    Instant released_at;
    Digest content{};  // SM3
    friend bool operator==(const EditionReleased&, const EditionReleased&) = default;
};
using DepartmentReleased = EditionReleased<LedgerKind::department_released>;
using ItemReleased = EditionReleased<LedgerKind::item_released>;
using GuideReleased = EditionReleased<LedgerKind::guide_released>;
template <class T>
requires Of<T, DepartmentReleased> || Of<T, ItemReleased> || Of<T, GuideReleased>
void fields(auto& io, T& e) {
    io("代码", e.code);
    io("次序", e.revision);
    io("起草人", e.drafted_by);
    io("起草时间", e.drafted_at);
    io("发布人", e.released_by);
    io("发布时间", e.released_at);
    io("内容", e.content);
}

}  // namespace hcp::domain::entries
