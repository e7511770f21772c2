#include "adapters/gm/key_file.hpp"

#include "adapters/gm/encoding.hpp"
#include "plugin/domain/text.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace hcp::gm {
namespace {

constexpr std::size_t largest_bytes = 16'384;

class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "hcp.key_file"; }
    std::string message(int code) const override {
        switch (static_cast<key_file_errc>(code)) {
            case key_file_errc::unreadable:
                return "密钥文件不存在或读不出来";
            case key_file_errc::not_regular:
                return "密钥文件不是普通文件";
            case key_file_errc::too_open:
                return "密钥文件可被他人读写，请执行 chmod 600";
            case key_file_errc::foreign_owner:
                return "密钥文件属于别的用户，请改为运行本程序的用户";
            case key_file_errc::bad_size:
                return "密钥文件是空的或过大";
            case key_file_errc::not_a_master_key:
                return "主密钥文件应为 64 位十六进制字符（32 字节）";
        }
        return "未知的密钥文件错误";
    }
};

class Descriptor {
public:
    explicit Descriptor(const std::filesystem::path& path)
        : fd_{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

// Wiped when it goes: the file's text is as secret as the key.
struct Buffer {
    std::array<char, largest_bytes + 1> data;
    std::size_t used = 0;
    ~Buffer() { OPENSSL_cleanse(data.data(), used); }
};

}  // namespace

const boost::system::error_category& key_file_category() noexcept {
    static const Category category;
    return category;
}

ports::result<ports::Secret> read_key_file(const std::filesystem::path& path) {
    const Descriptor file{path};
    struct stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return key_file_errc::unreadable;
    if (!S_ISREG(status.st_mode)) return key_file_errc::not_regular;
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) return key_file_errc::too_open;
    if (status.st_uid != ::geteuid() && status.st_uid != 0) return key_file_errc::foreign_owner;

    Buffer text;
    while (text.used < text.data.size()) {
        const auto got = ::read(file.get(), text.data.data() + text.used, text.data.size() - text.used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return key_file_errc::unreadable;
        if (got == 0) break;
        text.used += static_cast<std::size_t>(got);
    }
    const auto key = domain::trimmed({text.data.data(), text.used});
    if (key.empty() || text.used > largest_bytes) return key_file_errc::bad_size;
    return ports::Secret{ports::as_bytes(key)};
}

}  // namespace hcp::gm
