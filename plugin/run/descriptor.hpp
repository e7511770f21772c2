#pragma once
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

// Files as POSIX has them, for adapters and composition alike; includes nothing of the project. Nothing here throws but
// for want of memory. What fails leaves its reason in errno.
namespace hcp::run {

// Closes the file it holds, if any.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) noexcept : fd_{fd} {}
    Descriptor(Descriptor&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() {
        if (fd_ < 0) return;
        const int reason = errno;  // of what failed before
        ::close(fd_);
        errno = reason;
    }

    [[nodiscard]] explicit operator bool() const noexcept { return fd_ >= 0; }
    [[nodiscard]] int get() const noexcept { return fd_; }

private:
    int fd_ = -1;
};

// As open(2); holds nothing when that fails. The host's children never inherit it through an exec.
[[nodiscard]] inline Descriptor open_file(const std::filesystem::path& path, int flags, mode_t mode = 0) noexcept {
    return Descriptor{::open(path.c_str(), flags | O_CLOEXEC, mode)};
}

// As read(2), again after a signal.
[[nodiscard]] inline ssize_t read_some(const Descriptor& file, char* to, std::size_t room) noexcept {
    for (;;)
        if (const auto got = ::read(file.get(), to, room); got >= 0 || errno != EINTR) return got;
}

// From where the file stands to its end. Nothing when it cannot be read, a folder included.
[[nodiscard]] inline std::optional<std::string> rest_of(const Descriptor& file) {
    std::string text;
    for (std::array<char, 16384> block;;) {
        const auto got = read_some(file, block.data(), block.size());
        if (got < 0) return std::nullopt;
        if (got == 0) return text;
        text.append(block.data(), static_cast<std::size_t>(got));
    }
}

// How many files the process may have open: the soft limit.
[[nodiscard]] inline std::size_t most_descriptors() noexcept {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    return static_cast<std::size_t>(limit.rlim_cur);
}

// The whole file. Nothing when it cannot be opened or read. Not for secrets: copies of the text stay in memory.
[[nodiscard]] inline std::optional<std::string> text_of_file(const std::filesystem::path& path) {
    const auto file = open_file(path, O_RDONLY);
    return file ? rest_of(file) : std::nullopt;
}

// What was made, renamed or deleted in a folder is so after a power cut only once the folder was synced.
[[nodiscard]] inline bool sync_folder_of(const std::filesystem::path& path) {
    const auto folder = open_file(path.has_parent_path() ? path.parent_path() : ".", O_RDONLY | O_DIRECTORY);
    return folder && ::fsync(folder.get()) == 0;
}

}  // namespace hcp::run
