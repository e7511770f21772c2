#include "adapters/journal/line_file.hpp"

#include "adapters/journal/anchor_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <iterator>
#include <utility>

namespace hcp::journal {

ports::error_code line_file_failure() noexcept {
    return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? anchor_errc::full : anchor_errc::unavailable;
}

ports::result<LineFile> LineFile::open(const std::filesystem::path& path) {
    const bool fresh = ::access(path.c_str(), F_OK) != 0;
    auto file = run::open_file(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (!file) return line_file_failure();
    return LineFile{path, std::move(file), fresh};
}

ports::result<void> LineFile::append(off_t end, std::string_view lines) const {
    const auto written = ::write(get(), lines.data(), lines.size());
    if (written != std::ssize(lines)) {
        const auto why = written < 0 ? line_file_failure() : ports::error_code{anchor_errc::full};
        // Best effort: if this fails too, what lies there ends without a line end, or in whole lines that are true.
        if (::ftruncate(get(), end) != 0) return anchor_errc::unavailable;
        return why;
    }
    if (::fdatasync(get()) != 0) return line_file_failure();
    if (fresh_ && !run::sync_folder_of(path_)) return line_file_failure();
    return {};
}

ports::result<std::vector<std::int64_t>> refused_lines(const std::filesystem::path& path,
                                                       const std::function<bool(std::string_view)>& take) {
    const auto text = run::text_of_file(path);
    if (!text) {
        if (errno == ENOENT) return std::vector<std::int64_t>{};
        return line_file_failure();
    }
    std::vector<std::int64_t> refused;
    std::int64_t number = 0;
    for (std::string_view rest = *text;;) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos) return refused;
        ++number;
        if (!take(rest.substr(0, end))) refused.push_back(number);
        rest.remove_prefix(end + 1);
    }
}

}  // namespace hcp::journal
