#include "adapters/sheets/xlsxwriter_library.hpp"

#include <dlfcn.h>

#include <optional>

namespace hcp::sheets {
namespace {

// The interface that the header here declares.
constexpr const char* file_name = "libxlsxwriter.so.4";

template <class Function>
bool find(void* library, const char* name, Function*& function) {
    function = reinterpret_cast<Function*>(dlsym(library, name));
    return function != nullptr;
}

std::optional<XlsxwriterLibrary> looked_up() {
    auto* const library = dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return std::nullopt;
    XlsxwriterLibrary found;
    const bool whole = find(library, "workbook_new_opt", found.workbook_new_opt) &&
                       find(library, "workbook_add_format", found.workbook_add_format) &&
                       find(library, "workbook_add_worksheet", found.workbook_add_worksheet) &&
                       find(library, "workbook_set_properties", found.workbook_set_properties) &&
                       find(library, "workbook_close", found.workbook_close) &&
                       find(library, "format_set_bold", found.format_set_bold) &&
                       find(library, "format_set_num_format", found.format_set_num_format) &&
                       find(library, "worksheet_autofilter", found.worksheet_autofilter) &&
                       find(library, "worksheet_freeze_panes", found.worksheet_freeze_panes) &&
                       find(library, "worksheet_repeat_rows", found.worksheet_repeat_rows) &&
                       find(library, "worksheet_set_column", found.worksheet_set_column) &&
                       find(library, "worksheet_set_footer", found.worksheet_set_footer) &&
                       find(library, "worksheet_set_header", found.worksheet_set_header) &&
                       find(library, "worksheet_set_landscape", found.worksheet_set_landscape) &&
                       find(library, "worksheet_write_datetime", found.worksheet_write_datetime) &&
                       find(library, "worksheet_write_number", found.worksheet_write_number) &&
                       find(library, "worksheet_write_string", found.worksheet_write_string);
    if (!whole) return std::nullopt;
    return found;
}

}  // namespace

const XlsxwriterLibrary* xlsxwriter_library() {
    static const auto library = looked_up();
    return library ? &*library : nullptr;
}

}  // namespace hcp::sheets
