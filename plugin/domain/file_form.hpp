#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace hcp::domain {

// What form a list has that leaves the desk as a file. Stored and chained: never renumber, never reuse.
enum class FileForm : std::int32_t { csv = 1, xlsx = 2 };

[[nodiscard]] constexpr std::string_view code_of(FileForm form) noexcept {
    return form == FileForm::csv ? "csv" : "xlsx";
}
[[nodiscard]] constexpr std::optional<FileForm> file_form_from(std::string_view code) noexcept {
    if (code == "csv") return FileForm::csv;
    if (code == "xlsx") return FileForm::xlsx;
    return std::nullopt;
}

}  // namespace hcp::domain
