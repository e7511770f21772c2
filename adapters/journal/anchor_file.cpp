#include "adapters/journal/anchor_file.hpp"

#include "adapters/journal/line_file.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/text.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace hcp::journal {
namespace {

using ports::Anchor;

constexpr std::string_view anchor_mark = "hcp-anchor/1";

class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "hcp.anchors"; }
    std::string message(int code) const override {
        switch (static_cast<anchor_errc>(code)) {
            case anchor_errc::full:
                return "锚点文件所在磁盘已满或超出配额，未写入";
            case anchor_errc::unavailable:
                return "锚点文件无法读写";
            case anchor_errc::malformed:
                return "锚点内容不完整，未写入";
        }
        return "未知的锚点文件错误";
    }
};

// How many bytes of the file are whole lines.
ports::result<off_t> end_of_lines(int fd) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) return line_file_failure();
    std::array<char, 4096> block;
    for (off_t end = status.st_size; end > 0;) {
        const auto begin = end > std::ssize(block) ? end - std::ssize(block) : off_t{0};
        const auto got = ::pread(fd, block.data(), static_cast<std::size_t>(end - begin), begin);
        if (got < 0 && errno == EINTR) continue;
        if (got != end - begin) return anchor_errc::unavailable;
        const auto last = std::string_view{block.data(), static_cast<std::size_t>(got)}.rfind('\n');
        if (last != std::string_view::npos) return begin + static_cast<off_t>(last) + 1;
        end = begin;
    }
    return off_t{0};
}

// Of lower-case digits, as they are written here, and not of none.
std::optional<ports::Bytes> bytes_from(std::string_view text) {
    auto bytes = domain::bytes_from_hex(text);
    if (!bytes || bytes->empty() || domain::hex_text(*bytes) != text) return std::nullopt;
    return bytes;
}

// Only the one way of writing it: no sign, no leading zero.
template <class Int>
std::optional<Int> number_from(std::string_view text) {
    const auto value = domain::whole_number<Int>(text);
    if (!value || *value < 0 || std::to_string(*value) != text) return std::nullopt;
    return value;
}

}  // namespace

const boost::system::error_category& anchor_category() noexcept {
    static const Category category;
    return category;
}

std::string anchor_line(const Anchor& anchor) {
    std::string line{anchor_mark};
    line += ' ' + std::to_string(domain::to_us(anchor.at)) + ' ' + std::to_string(anchor.head.lane) + ' ' +
            std::to_string(anchor.head.seq) + ' ';
    line += domain::hex_text(anchor.head.hash);
    line += ' ';
    line += domain::hex_text(anchor.signature);
    return line;
}

std::optional<Anchor> anchor_from_line(std::string_view line) {
    const auto words = domain::split(line, ' ');
    if (words.size() != 6) return std::nullopt;
    const auto at = number_from<std::int64_t>(words[1]);
    const auto lane = number_from<std::int32_t>(words[2]);
    const auto seq = number_from<std::int64_t>(words[3]);
    const auto hash = bytes_from(words[4]);
    auto signature = bytes_from(words[5]);
    Anchor anchor;
    if (words[0] != anchor_mark || !at || !lane || !seq || !hash || hash->size() != anchor.head.hash.size() ||
        !signature)
        return std::nullopt;
    anchor.at = domain::instant_from_us(*at);
    anchor.head.lane = *lane;
    anchor.head.seq = *seq;
    std::copy(hash->begin(), hash->end(), anchor.head.hash.begin());
    anchor.signature = *std::move(signature);
    return anchor;
}

ports::result<void> AnchorFile::append(const std::vector<Anchor>& anchors) {
    if (anchors.empty()) return {};
    std::string text;
    for (const auto& anchor : anchors) {
        const auto line = anchor_line(anchor);
        if (!anchor_from_line(line)) return anchor_errc::malformed;
        text += line + '\n';
    }

    const run::Lock lock{mutex_};
    HCP_TRY(const auto file, LineFile::open(path_));
    HCP_TRY(const auto end, end_of_lines(file.get()));
    if (::ftruncate(file.get(), end) != 0) return line_file_failure();
    return file.append(end, text);
}

ports::result<ports::Anchors::Content> AnchorFile::read() {
    Content content;
    const auto take = [&](std::string_view line) {
        auto anchor = anchor_from_line(line);
        if (!anchor) return false;
        content.anchors.push_back(*std::move(anchor));
        return true;
    };
    HCP_TRY(content.unreadable_lines, refused_lines(path_, take));
    return content;
}

}  // namespace hcp::journal
