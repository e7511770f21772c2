#include "plugin/compose/instance_directory.hpp"

#include "plugin/domain/bytes.hpp"
#include "plugin/domain/text.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace hcp::compose {
namespace {

namespace fs = std::filesystem;

// The lock file: the token, then, once it has been in the store, the number there and the fingerprint of the key.
constexpr std::size_t token_digits = 32, number_digits = 4, key_digits = 2 * std::tuple_size_v<domain::Digest>;

bool write_token(int lock, const std::string& token) {
    return ::pwrite(lock, token.data(), token.size(), 0) == static_cast<ssize_t>(token.size()) && ::fsync(lock) == 0;
}

// The token is written and synced before anything refers to it.
bool token_of(int lock, std::string& token) {
    std::array<char, token_digits> kept{};
    if (::pread(lock, kept.data(), kept.size(), 0) == static_cast<ssize_t>(kept.size())) {
        token.assign(kept.data(), kept.size());
        return token.find_first_not_of(domain::hex_digits) == std::string::npos;
    }
    auto fresh = InstanceDirectory::new_token();
    if (!fresh) return false;
    token = *std::move(fresh);
    return ::ftruncate(lock, 0) == 0 && write_token(lock, token);
}

}  // namespace

std::optional<std::string> InstanceDirectory::new_token() {
    std::array<unsigned char, token_digits / 2> random{};
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) return std::nullopt;
    return domain::hex_text(random);
}

bool InstanceDirectory::rename(std::string token) {
    if (!write_token(lock_.get(), token)) return false;
    token_ = std::move(token);
    return true;
}

void make_owner_only(const std::filesystem::path& file) noexcept {
    (void)run::open_file(file, O_WRONLY | O_CREAT | O_EXCL, 0600);
}

std::unique_ptr<InstanceDirectory> InstanceDirectory::take(const fs::path& path, NotTaken& otherwise) {
    auto& why = otherwise.why;
    std::error_code error;
    if (!fs::exists(path, error) && ::mkdir(path.c_str(), 0700) != 0) {
        why = "实例目录无法创建（" + std::string{std::strerror(errno)} +
              "），请检查 [instance] directory 的上级目录与权限";
        return nullptr;
    }
    auto lock = run::open_file(path / lock_name, O_RDWR | O_CREAT, 0600);
    if (!lock) {
        why = "实例目录不可写（" + std::string{std::strerror(errno)} + "），请检查 [instance] directory 的权限与磁盘";
        return nullptr;
    }
    std::unique_ptr<InstanceDirectory> directory{new InstanceDirectory{path, std::move(lock)}};
    if (::flock(directory->lock_.get(), LOCK_EX | LOCK_NB) != 0) {
        why = "实例目录正被另一个进程使用，一个目录只能有一个进程";
        otherwise.in_use = true;
        return nullptr;
    }
    if (!token_of(directory->lock_.get(), directory->token_)) {
        why = "实例标识无法读写（" + std::string{std::strerror(errno)} +
              "），请检查磁盘空间，或删除损坏的 instance.lock 后重试";
        return nullptr;
    }
    return directory;
}

std::optional<InstanceDirectory::Member> InstanceDirectory::member() const {
    std::array<char, number_digits + key_digits> kept{};
    if (::pread(lock_.get(), kept.data(), kept.size(), token_digits) != static_cast<ssize_t>(kept.size()))
        return std::nullopt;
    const std::string_view text{kept.data(), kept.size()};
    const auto number = domain::whole_number<std::int32_t>(text.substr(0, number_digits));
    if (!number || *number <= 0) return std::nullopt;
    return Member{domain::InstanceNo{*number}, std::string{text.substr(number_digits)}};
}

bool InstanceDirectory::remember(const Member& member) {
    if (this->member() == member) return true;
    auto text = std::to_string(member.number.value());
    text.insert(0, number_digits - text.size(), '0');
    text += member.founding_key;
    return ::pwrite(lock_.get(), text.data(), text.size(), token_digits) == static_cast<ssize_t>(text.size()) &&
           ::fsync(lock_.get()) == 0;
}

InstanceDirectory::~InstanceDirectory() {
    ::flock(lock_.get(), LOCK_UN);  // a child that the host forked has the descriptor too, and closes it when it likes
}

}  // namespace hcp::compose
