#include "adapters/calendar/encoding.hpp"

#include "plugin/domain/utf8.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace hcp::calendar {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Short texts in GB18030 can look like UTF-8, long ones in UTF-8 always like GB18030.
bool is_mostly_utf8(std::string_view bytes) {
    std::size_t lines = 0, sound = 0;
    while (!bytes.empty()) {
        const auto line = bytes.substr(0, bytes.find('\n'));
        bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
        if (is_ascii(line)) continue;
        ++lines;
        sound += domain::is_utf8(line) ? 1 : 0;
    }
    return 2 * sound > lines;
}

class Conversion {
public:
    Conversion() : handle_{::iconv_open("UTF-8", "GB18030")} {}
    ~Conversion() {
        if (*this) ::iconv_close(handle_);
    }
    Conversion(const Conversion&) = delete;
    Conversion& operator=(const Conversion&) = delete;
    [[nodiscard]] explicit operator bool() const {
        return handle_ != reinterpret_cast<iconv_t>(-1);  // NOLINT(performance-no-int-to-ptr): iconv_open(3) says so
    }

    // Answers how many bytes it took; all of them unless one fits nowhere.
    std::size_t run(std::string_view bytes, std::string& out) {
        auto* in = const_cast<char*>(bytes.data());  // iconv(3) reads it only
        auto left = bytes.size();
        std::array<char, 16384> block{};
        while (left > 0) {
            auto* to = block.data();
            auto room = block.size();
            const auto done = ::iconv(handle_, &in, &left, &to, &room);
            const int reason = errno;
            out.append(block.data(), block.size() - room);
            if (done == static_cast<std::size_t>(-1) && reason != E2BIG) break;
        }
        return bytes.size() - left;
    }

private:
    iconv_t handle_;
};

}  // namespace

std::string in_utf8(std::string_view bytes, std::optional<Foreign>& otherwise) {
    if (bytes.starts_with(utf8_mark) || domain::has_utf16_mark(bytes) || domain::is_utf8(bytes) ||
        is_mostly_utf8(bytes))
        return std::string{bytes};
    Conversion conversion;
    if (!conversion) {
        otherwise = Foreign{Foreign::Why::no_gb18030, 0};
        return {};
    }
    std::string text;
    const auto taken = conversion.run(bytes, text);
    if (taken < bytes.size()) otherwise = Foreign{Foreign::Why::neither, taken};
    return text;
}

}  // namespace hcp::calendar
