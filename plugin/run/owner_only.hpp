#pragma once
#include <sys/stat.h>
#include <unistd.h>

#include <optional>

// Which files may hold a secret; includes nothing of the project.
namespace hcp::run {

enum class Exposure { not_regular, open_to_others, foreign_owner };

// What keeps a file from being the home of a secret: it must be a regular one, of this user or of root, on which the
// group and others have no permission at all. Judges by the permission bits, so that root is told the same.
[[nodiscard]] inline std::optional<Exposure> exposure_of(const struct stat& status) noexcept {
    if (!S_ISREG(status.st_mode)) return Exposure::not_regular;
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) return Exposure::open_to_others;
    if (status.st_uid != ::geteuid() && status.st_uid != 0) return Exposure::foreign_owner;
    return std::nullopt;
}

}  // namespace hcp::run
