#include "adapters/sheets/sheet_files.hpp"

#include "adapters/sheets/csv.hpp"
#include "adapters/sheets/xlsx.hpp"

namespace hcp::sheets {

bool SheetFiles::can_write(domain::FileForm form) const {
    return form == domain::FileForm::csv || writes_xlsx();
}

ports::result<std::string> SheetFiles::write(const ports::Sheet& sheet, domain::FileForm form) const {
    if (form == domain::FileForm::csv) return csv_of(sheet);
    return xlsx_of(sheet);
}

}  // namespace hcp::sheets
