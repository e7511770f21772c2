#pragma once
#include "plugin/ports/erasures.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::journal {

// One line per erasure, in order of writing:
//   hcp-erasure/1 <at_us> <lookup, 64 digits>
// Each append is one write at the file's end, under a lock of the file, and one sync; the file is made for its owner
// alone. What follows the last line end is what a power cut left of a write. A line that ends but does not read is
// reported, wherever it stands. A file that is not there names nobody. Errors are anchor_errc.
class ErasureFile final : public ports::Erasures {
public:
    explicit ErasureFile(std::filesystem::path path) : path_{std::move(path)} {}

    ports::result<void> append(const ports::Erasure&) override;
    ports::result<Content> read() override;

private:
    std::filesystem::path path_;
};

// In the instance's directory.
inline constexpr std::string_view erasure_file_name = "erasures.log";

// Without its line end, and back: what does not have exactly this shape is nothing.
[[nodiscard]] std::string erasure_line(const ports::Erasure&);
[[nodiscard]] std::optional<ports::Erasure> erasure_from_line(std::string_view line);

}  // namespace hcp::journal
