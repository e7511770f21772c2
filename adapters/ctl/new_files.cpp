#include "adapters/ctl/new_files.hpp"

#include "adapters/ctl/outside.hpp"
#include "plugin/run/descriptor.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iterator>
#include <string>

namespace hcp::ctl {
NewFiles::~NewFiles() {
    if (kept_) return;
    for (const auto& path : made_) ::unlink(path.c_str());
}

void NewFiles::write(const std::filesystem::path& path, std::string_view text, mode_t mode) {
    const auto file = run::open_file(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (!file)
        throw Refusal{finding,
                      "无法建立 " + path.string() + "（" + std::strerror(errno) + "）；检查目录的权限和磁盘空间"};
    made_.push_back(path);
    const std::string content = std::string{text} + (text.ends_with('\n') ? "" : "\n");
    const bool written = ::write(file.get(), content.data(), content.size()) == std::ssize(content) &&
                         ::fchmod(file.get(), mode) == 0 && ::fsync(file.get()) == 0;
    if (!written)
        throw Refusal{finding, "无法写入 " + path.string() + "（" + std::strerror(errno) + "）；检查磁盘空间"};
}

}  // namespace hcp::ctl
