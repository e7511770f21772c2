#include "adapters/sheets/xlsx.hpp"

#include "adapters/sheets/mark_column.hpp"
#include "adapters/sheets/xlsxwriter_library.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/overloaded.hpp"
#include "plugin/domain/utf8.hpp"
#include "plugin/run/descriptor.hpp"
#include "plugin/run/mutex.hpp"

#include <boost/system/errc.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <new>
#include <span>
#include <string_view>
#include <utility>

namespace hcp::sheets {
namespace {

namespace errc = boost::system::errc;
using ports::error_code, ports::Sheet, ports::SheetCell;

constexpr std::size_t longest_text = 32'767;  // of a cell, in characters: the format's own limit
constexpr std::size_t measured_rows = 200;    // by which columns are as wide as they are
constexpr double narrowest = 8, widest = 60;  // in characters

error_code last_error() {
    return {errno, boost::system::system_category()};
}

// A file that has no name and lies in memory: whatever happens, nothing of it stays anywhere.
run::Descriptor memory_file() {
    return run::Descriptor{memfd_create("sheet", MFD_CLOEXEC)};
}
std::string path_of(const run::Descriptor& file) {
    return "/proc/self/fd/" + std::to_string(file.get());
}

// In halves of a Chinese character, which is what a column's width counts.
double width_of(std::string_view text) {
    const auto all = domain::characters(text);
    const auto narrow =
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0x80u) == 0; });
    return static_cast<double>(2 * all) - static_cast<double>(narrow);
}
double width_of(const SheetCell& cell) {
    return std::visit(domain::Overloaded{
                          [](std::monostate) { return 0.0; },
                          [](const std::string& text) { return width_of(std::string_view{text}); },
                          [](std::int64_t number) { return static_cast<double>(std::to_string(number).size()); },
                          [](domain::Instant) { return 19.0; },
                      },
                      cell);
}

std::size_t bytes_of(const Sheet& sheet) {
    std::size_t all = 0;
    for (const auto& row : sheet.rows) {
        all += sheet.mark.size() + 64;
        for (const auto& cell : row) {
            const auto* const text = std::get_if<std::string>(&cell);
            all += 64 + (text == nullptr ? 0 : text->size());
        }
    }
    return all;
}

// libxlsxwriter writes the parts of a file as temporary files and does not look whether they were written whole: a
// full disk would give a damaged file. So there has to be room for twice what it can come to.
bool has_room_for(const Sheet& sheet) {
    std::error_code error;
    const auto folder = std::filesystem::temp_directory_path(error);
    if (error) return false;
    const auto space = std::filesystem::space(folder, error);
    constexpr std::uintmax_t others = 1 << 20;
    return !error && space.available > 2 * bytes_of(sheet) + others;
}

lxw_datetime datetime_of(domain::Instant moment) {
    const auto day = domain::day_of(moment);
    const auto date = domain::date_of(day);
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(moment - domain::start_of(day))};
    return {int{date.year()},
            static_cast<int>(unsigned{date.month()}),
            static_cast<int>(unsigned{date.day()}),
            static_cast<int>(time.hours().count()),
            static_cast<int>(time.minutes().count()),
            static_cast<double>(time.seconds().count())};
}

class Book {
public:
    Book(const XlsxwriterLibrary& library, const std::string& path) : lxw_{library} {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        book_ = lxw_.workbook_new_opt(path.c_str(), &options);
        if (book_ == nullptr) throw std::bad_alloc{};
        text_ = format("@");
        time_ = format("yyyy-mm-dd hh:mm:ss");
        title_ = format("@");
        lxw_.format_set_bold(title_);
    }
    ~Book() {
        if (book_ != nullptr) (void)lxw_.workbook_close(book_);
    }
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    [[nodiscard]] bool write(const Sheet& sheet) {
        page_ = lxw_.workbook_add_worksheet(book_, nullptr);
        if (page_ == nullptr) return false;
        set_up(sheet);
        std::size_t row = 0;
        for (std::size_t column = 0; column < sheet.columns.size(); ++column)
            put(row, column, sheet.columns[column], title_);
        put(row, sheet.columns.size(), mark_column, title_);
        for (const auto& cells : sheet.rows) {
            ++row;
            for (std::size_t column = 0; column < cells.size(); ++column) put(row, column, cells[column]);
            put(row, cells.size(), sheet.mark, text_);
        }
        lxw_.worksheet_autofilter(page_, 0, 0, static_cast<lxw_row_t>(row),
                                  static_cast<lxw_col_t>(sheet.columns.size()));
        return !failed_;
    }
    [[nodiscard]] bool close() {
        auto* const book = std::exchange(book_, nullptr);
        return lxw_.workbook_close(book) == LXW_NO_ERROR;
    }

private:
    [[nodiscard]] lxw_format* format(const char* number) {
        auto* const made = lxw_.workbook_add_format(book_);
        if (made == nullptr) throw std::bad_alloc{};
        lxw_.format_set_num_format(made, number);
        return made;
    }

    void set_up(const Sheet& sheet) {
        auto title = sheet.title, mark = sheet.mark;
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.comments = mark.data();
        lxw_.workbook_set_properties(book_, &properties);
        for (std::size_t column = 0; column <= sheet.columns.size(); ++column) {
            auto width = column < sheet.columns.size() ? width_of(std::string_view{sheet.columns[column]})
                                                       : width_of(std::string_view{sheet.mark});
            for (const auto& row : std::span{sheet.rows}.first(std::min(measured_rows, sheet.rows.size())))
                if (column < row.size()) width = std::max(width, width_of(row[column]));
            const auto at = static_cast<lxw_col_t>(column);
            lxw_.worksheet_set_column(page_, at, at, std::clamp(width + 2, narrowest, widest), nullptr);
        }
        lxw_.worksheet_freeze_panes(page_, 1, 0);
        lxw_.worksheet_repeat_rows(page_, 0, 0);
        lxw_.worksheet_set_landscape(page_);
        // '&' begins a command there.
        lxw_.worksheet_set_header(page_, ("&C" + doubled(sheet.title)).c_str());
        lxw_.worksheet_set_footer(page_, ("&L" + doubled(sheet.mark) + "&R&P / &N").c_str());
    }
    static std::string doubled(std::string_view text) {
        std::string out;
        for (const char c : text) out.append(c == '&' ? 2 : 1, c);
        return out;
    }

    void put(std::size_t row, std::size_t column, std::string_view text, lxw_format* format) {
        const std::string whole{domain::first_characters(text, longest_text)};
        check(lxw_.worksheet_write_string(page_, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                          whole.c_str(), format));
    }
    void put(std::size_t row, std::size_t column, const SheetCell& cell) {
        const auto r = static_cast<lxw_row_t>(row);
        const auto c = static_cast<lxw_col_t>(column);
        std::visit(domain::Overloaded{
                       [](std::monostate) {},
                       [&](const std::string& text) { put(row, column, text, text_); },
                       [&](std::int64_t number) {
                           check(lxw_.worksheet_write_number(page_, r, c, static_cast<double>(number), nullptr));
                       },
                       [&](domain::Instant moment) {
                           auto time = datetime_of(moment);
                           check(lxw_.worksheet_write_datetime(page_, r, c, &time, time_));
                       },
                   },
                   cell);
    }
    void check(lxw_error error) { failed_ = failed_ || error != LXW_NO_ERROR; }

    const XlsxwriterLibrary& lxw_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* page_ = nullptr;
    lxw_format *text_ = nullptr, *time_ = nullptr, *title_ = nullptr;
    bool failed_ = false;
};

}  // namespace

bool writes_xlsx() {
    return xlsxwriter_library() != nullptr;
}

ports::result<std::string> xlsx_of(const Sheet& sheet) {
    // The library asks gmtime(3), which has one answer for the whole process.
    static run::Mutex one_at_a_time;
    const run::Lock lock{one_at_a_time};
    const auto* const library = xlsxwriter_library();
    if (library == nullptr) return errc::make_error_code(errc::function_not_supported);
    if (!has_room_for(sheet)) return errc::make_error_code(errc::no_space_on_device);
    const auto file = memory_file();
    if (!file) return last_error();
    Book book{*library, path_of(file)};
    const bool written = book.write(sheet);
    if (!book.close() || !written) return errc::make_error_code(errc::io_error);
    if (lseek(file.get(), 0, SEEK_SET) != 0) return last_error();
    auto bytes = run::rest_of(file);
    if (!bytes) return last_error();
    return *std::move(bytes);
}

}  // namespace hcp::sheets
