#pragma once
#include "plugin/ports/anchors.hpp"
#include "plugin/run/mutex.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::journal {

// Why the file could not be used. After `full` and `unavailable` on appending, nothing of that call counts as written:
// what may have reached the disk has no line end and is cut off by the next append.
enum class anchor_errc {
    full = 1,     // the disk, a quota or a size limit
    unavailable,  // the file cannot be opened, read, written or synced
    malformed,    // an anchor that has no line: a negative number or no signature
};
[[nodiscard]] const boost::system::error_category& anchor_category() noexcept;
[[nodiscard]] inline ports::error_code make_error_code(anchor_errc e) noexcept {
    return {static_cast<int>(e), anchor_category()};
}

// One line per anchor, in order of writing; numbers decimal, bytes in lower-case hexadecimal:
//   hcp-anchor/1 <at_us> <lane> <seq> <hash, 64 digits> <signature, DER>
// Each call of `append` is one write at the file's end and one sync; the file is made for its owner alone. What follows
// the last line end is what a power cut left of a write: reading passes it over, the next append cuts it off. A line
// that ends but does not read is reported, wherever it stands. A file that is not there has no anchors. One process
// appends; any may read.
class AnchorFile final : public ports::Anchors {
public:
    explicit AnchorFile(std::filesystem::path path) : path_{std::move(path)} {}

    ports::result<void> append(const std::vector<ports::Anchor>& anchors) override;
    ports::result<Content> read() override;

private:
    std::filesystem::path path_;
    run::Mutex mutex_;  // one append at a time
};

// In the instance's directory.
inline constexpr std::string_view anchor_file_name = "anchors.log";

// Without its line end. The text of an anchor, and back: what does not have exactly this shape is nothing.
[[nodiscard]] std::string anchor_line(const ports::Anchor& anchor);
[[nodiscard]] std::optional<ports::Anchor> anchor_from_line(std::string_view line);

}  // namespace hcp::journal

template <>
struct boost::system::is_error_code_enum<hcp::journal::anchor_errc> : std::true_type {};
