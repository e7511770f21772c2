#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/file_form.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_kind.hpp"
#include "plugin/domain/time.hpp"

#include <cstdint>
#include <string>

// What the ledger says of what left the desk (ledger_entries.hpp).
namespace hcp::domain::entries {

// Somebody took a list as a file.
struct ListExported {
    static constexpr auto kind = LedgerKind::list_exported;
    ExportId export_id;
    std::string mark;  // in each row of the file
    std::string staff_id, list_code;
    FileForm form = FileForm::csv;
    std::string conditions;
    std::int64_t rows = 0;
    Digest file{};  // SM3
    Instant made_at;
    friend bool operator==(const ListExported&, const ListExported&) = default;
};
void fields(auto& io, Of<ListExported> auto& e) {
    io("编号", e.export_id);
    io("导出标记", e.mark);
    io("工号", e.staff_id);
    io("列表", e.list_code);
    io("文件格式", e.form);
    io("查询条件", e.conditions);
    io("行数", e.rows);
    io("文件摘要", e.file);
    io("导出时间", e.made_at);
}

}  // namespace hcp::domain::entries
