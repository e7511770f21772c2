#include "adapters/config/secret_file.hpp"

#include "plugin/run/owner_only.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace hcp::config {
namespace {

constexpr off_t largest_secret = 65'536;

std::optional<std::pair<std::string, std::string>> unfit(const struct stat& status, const std::string& path) {
    if (const auto exposure = run::exposure_of(status)) {
        switch (*exposure) {
            case run::Exposure::not_regular:
                return {{"密钥文件不是普通文件", "改为指向普通文件"}};
            case run::Exposure::open_to_others:
                return {{"密钥文件可被他人读写", "执行 chmod 600 " + path}};
            case run::Exposure::foreign_owner:
                return {{"密钥文件属于别的用户", "把属主改为运行本程序的用户，再执行 chmod 600 " + path}};
        }
    }
    if (status.st_size == 0) return {{"密钥文件是空的", "检查文件内容"}};
    if (status.st_size > largest_secret) return {{"密钥文件超过 64 KiB", "检查是否给错了文件"}};
    return std::nullopt;
}

}  // namespace

std::optional<std::pair<std::string, std::string>> unfit_as_secret(const std::filesystem::path& path) {
    struct stat status {};
    // The text is not repeated: somebody may have put the secret itself where its path belongs.
    if (::stat(path.c_str(), &status) != 0)
        return {{"密钥文件不存在或无法访问", "这里只写密钥文件的路径，不写密钥本身；检查路径和目录权限"}};
    if (auto wrong = unfit(status, path.string())) return wrong;
    if (::access(path.c_str(), R_OK) != 0) return {{"密钥文件读不出来", "执行 chmod 600 并检查属主"}};
    return std::nullopt;
}

}  // namespace hcp::config
