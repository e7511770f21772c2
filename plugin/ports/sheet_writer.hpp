#pragma once
#include "plugin/domain/file_form.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace hcp::ports {

// Nothing, a text, a number, or a moment, which is told in Shanghai's time.
using SheetCell = std::variant<std::monostate, std::string, std::int64_t, domain::Instant>;

// A list that leaves as a file.
struct Sheet {
    std::string title;                         // Chinese
    std::string mark;                          // who took it, when; a column of its own, so that each row tells
    std::vector<std::string> columns;          // their titles, in order
    std::vector<std::vector<SheetCell>> rows;  // each as long as `columns`
};

// Any thread.
class SheetWriter {
public:
    virtual ~SheetWriter() = default;
    // Whether files of that form can be written on this machine.
    [[nodiscard]] virtual bool can_write(domain::FileForm) const = 0;
    // The bytes of the file. A text that a spreadsheet would take for a formula stays a text. Fails as
    // function_not_supported where it cannot be written, and as no_space_on_device where the temporary files of a large
    // one find no room.
    [[nodiscard]] virtual result<std::string> write(const Sheet&, domain::FileForm) const = 0;
};

}  // namespace hcp::ports
