// A disk that forgets. Everything goes to the usual files, but what counts as durable is kept apart: a write, a
// truncation or a removal only once its file was synced. When the power is cut, each sector of what was not synced
// survives or not, as the dice fall.
#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace hcp::faults {

class PowerCutVfs {
public:
    explicit PowerCutVfs(std::string name);  // registered while this lives
    ~PowerCutVfs();
    PowerCutVfs(const PowerCutVfs&) = delete;
    PowerCutVfs& operator=(const PowerCutVfs&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }

    // A disk under power with what lies in `directory`, all of it durable. The power goes at the `operation`-th change
    // from here on (write, truncation, sync or removal), before it counts; 0 = stays on.
    void power_on(const std::filesystem::path& directory, std::uint64_t operation);
    [[nodiscard]] bool is_off() const;
    [[nodiscard]] std::uint64_t operations() const;  // since power_on

    // Writes what a reader finds after the cut into `to`, which is empty.
    void surviving_image(const std::filesystem::path& to, std::mt19937_64& dice);

private:
    struct Change {
        enum class Kind : std::uint8_t { write, truncate, remove } kind = Kind::write;
        std::size_t offset = 0;  // of a write; the new size of a truncation
        std::string bytes;
    };
    struct Disk {  // of one path, over all its open handles
        bool exists = false;
        std::string durable;
        std::vector<Change> pending;
    };
    struct File;   // what SQLite holds
    struct Calls;  // what SQLite calls

    [[nodiscard]] bool goes_off();  // counts one change
    static void apply(Disk&, const Change&);
    void sync_directory_of(const std::filesystem::path& file);

    std::string name_;
    sqlite3_vfs vfs_{};
    sqlite3_vfs* usual_;
    mutable std::mutex mutex_;
    std::map<std::string, Disk> disks_;
    std::uint64_t operations_ = 0, cut_at_ = 0;
    bool off_ = false;
};

}  // namespace hcp::faults
