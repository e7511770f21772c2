#include "adapters/journal/anchor_file.hpp"

#include "plugin/domain/bytes.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/run/descriptor.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace hcp::journal {
namespace {

using ports::Anchor;

constexpr std::string_view mark = "hcp-anchor/1";

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

anchor_errc failure() noexcept {
    return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? anchor_errc::full : anchor_errc::unavailable;
}

// How many bytes of the file are whole lines.
ports::result<off_t> end_of_lines(int fd) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) return failure();
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
    std::string line{mark};
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
    if (words[0] != mark || !at || !lane || !seq || !hash || hash->size() != anchor.head.hash.size() || !signature)
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
    const bool fresh = ::access(path_.c_str(), F_OK) != 0;
    const auto file = run::open_file(path_, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (!file) return failure();
    HCP_TRY(const auto end, end_of_lines(file.get()));
    if (::ftruncate(file.get(), end) != 0) return failure();

    const auto written = ::write(file.get(), text.data(), text.size());
    if (written != std::ssize(text)) {
        const auto why = written < 0 ? failure() : anchor_errc::full;
        // Best effort: if this fails too, what lies there ends without a line end, or in whole anchors that are true.
        if (::ftruncate(file.get(), end) != 0) return anchor_errc::unavailable;
        return why;
    }
    if (::fdatasync(file.get()) != 0) return failure();
    if (fresh && !run::sync_folder_of(path_)) return failure();
    return {};
}

ports::result<ports::Anchors::Content> AnchorFile::read() {
    const auto text = run::text_of_file(path_);
    if (!text) {
        if (errno == ENOENT) return Content{};
        return failure();
    }

    Content content;
    std::int64_t number = 0;
    for (std::string_view rest = *text;;) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos) return content;
        ++number;
        if (auto anchor = anchor_from_line(rest.substr(0, end)))
            content.anchors.push_back(*std::move(anchor));
        else
            content.unreadable_lines.push_back(number);
        rest.remove_prefix(end + 1);
    }
}

}  // namespace hcp::journal
