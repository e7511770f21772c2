#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string_view>
#include <vector>

namespace hcp::ctl {

// Files that vanish again unless all of them were written, and kept. None takes the place of one that is there.
class NewFiles {
public:
    NewFiles() = default;
    NewFiles(const NewFiles&) = delete;
    NewFiles& operator=(const NewFiles&) = delete;
    ~NewFiles();
    void keep() { kept_ = true; }

    // Synced; ends with a newline. Throws Refusal.
    void write(const std::filesystem::path& path, std::string_view text, mode_t mode);

private:
    std::vector<std::filesystem::path> made_;
    bool kept_ = false;
};

}  // namespace hcp::ctl
