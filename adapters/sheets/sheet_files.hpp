#pragma once
#include "plugin/ports/sheet_writer.hpp"

#include <string>

namespace hcp::sheets {

class SheetFiles final : public ports::SheetWriter {
public:
    [[nodiscard]] bool can_write(domain::FileForm) const override;
    [[nodiscard]] ports::result<std::string> write(const ports::Sheet&, domain::FileForm) const override;
};

}  // namespace hcp::sheets
