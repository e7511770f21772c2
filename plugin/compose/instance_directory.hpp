#pragma once
#include "adapters/journal/anchor_file.hpp"
#include "adapters/journal/erasure_file.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/run/descriptor.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace hcp::compose {

// An empty file that only its owner may read, unless there is one: what SQLite makes itself follows the host's umask.
void make_owner_only(const std::filesystem::path& file) noexcept;

// The directory of one instance: journal, anchors, embedded store. One process at a time; the lock goes with the
// process, however it ends.
class InstanceDirectory {
public:
    static constexpr const char *journal_name = "journal.db", *lock_name = "instance.lock";

    struct NotTaken {
        std::string why;      // Chinese: and what to do
        bool in_use = false;  // by another process
    };
    // Makes the directory (owner only) when it is not there.
    [[nodiscard]] static std::unique_ptr<InstanceDirectory> take(const std::filesystem::path& path,
                                                                 NotTaken& otherwise);
    ~InstanceDirectory();
    InstanceDirectory(const InstanceDirectory&) = delete;
    InstanceDirectory& operator=(const InstanceDirectory&) = delete;

    // Whether a file of that name is the directory's own, so that nothing else may be kept in it.
    [[nodiscard]] static bool keeps(const std::filesystem::path& name) {
        return name == journal_name || name == lock_name || name == journal::anchor_file_name ||
               name == journal::erasure_file_name;
    }

    [[nodiscard]] std::filesystem::path journal() const { return path_ / journal_name; }
    [[nodiscard]] std::filesystem::path anchors() const { return path_ / journal::anchor_file_name; }
    [[nodiscard]] std::filesystem::path erasures() const { return path_ / journal::erasure_file_name; }
    // Names this directory to the store: the same after a restart, so that it gets its instance number, and its claims,
    // back at once.
    [[nodiscard]] const std::string& token() const { return token_; }
    // Another, so that who may still know the old one is told apart from whoever works on the directory from now on.
    [[nodiscard]] static std::optional<std::string> new_token();
    // Synced. False: it could not be written, and the old one stays.
    [[nodiscard]] bool rename(std::string token);
    // What it was when it last came to its place in the store.
    struct Member {
        domain::InstanceNo number;
        std::string founding_key;  // its fingerprint, hexadecimal
        friend bool operator==(const Member&, const Member&) = default;
    };
    // Nothing: it has never been there.
    [[nodiscard]] std::optional<Member> member() const;
    // Synced. False: it could not be written, and the next start needs the store.
    [[nodiscard]] bool remember(const Member& member);

private:
    InstanceDirectory(std::filesystem::path path, run::Descriptor lock)
        : path_{std::move(path)}, lock_{std::move(lock)} {}
    std::filesystem::path path_;
    run::Descriptor lock_;
    std::string token_;
};

}  // namespace hcp::compose
