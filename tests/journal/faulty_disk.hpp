#pragma once
#include <sqlite3.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace hcp::test {

// A SQLite VFS over the system's that remembers what had been synced of files made on it, and can fail. One at a time.
class FaultyDisk {
public:
    static constexpr const char* vfs_name = "hcp-faulty-disk";

    FaultyDisk() {
        the() = this;
        real_ = sqlite3_vfs_find(nullptr);
        vfs_ = *real_;
        vfs_.pNext = nullptr;
        vfs_.zName = vfs_name;
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = [](sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
            return the()->open(name, reinterpret_cast<File*>(file), flags, out);
        };
        // A deleted file counts as gone at once: the journal syncs the directory itself, beside SQLite.
        vfs_.xDelete = [](sqlite3_vfs*, const char* name, int sync_directory) {
            {
                const std::lock_guard lock{the()->mutex_};
                the()->images_.erase(name);
            }
            return the()->real_->xDelete(the()->real_, name, sync_directory);
        };
        sqlite3_vfs_register(&vfs_, 0);
    }
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    ~FaultyDisk() {
        sqlite3_vfs_unregister(&vfs_);
        the() = nullptr;
    }

    // The n-th write or sync from now on gives `code`, and all after it while `lasting`; 0 = none.
    void fail(int nth, int code, bool lasting) {
        code_ = code;
        lasting_ = lasting;
        countdown_ = nth;
    }
    // Leaves in `directory` what a power cut now would: every file as it was when last synced.
    void cut_power(const std::filesystem::path& directory) {
        const std::lock_guard lock{mutex_};
        std::filesystem::remove_all(directory);
        std::filesystem::create_directories(directory);
        for (const auto& [name, image] : images_)
            std::ofstream{directory / std::filesystem::path{name}.filename(), std::ios::binary} << image.synced;
    }

private:
    struct File : sqlite3_file {
        sqlite3_file* real;
        std::string* name;
    };
    static FaultyDisk*& the() {
        static FaultyDisk* disk = nullptr;
        return disk;
    }
    static sqlite3_file* real_of(sqlite3_file* f) { return static_cast<File*>(f)->real; }

    int open(const char* name, File* file, int flags, int* out) {
        file->pMethods = nullptr;
        file->real = reinterpret_cast<sqlite3_file*>(file + 1);
        const int rc = real_->xOpen(real_, name, file->real, flags, out);
        if (rc != SQLITE_OK) return rc;
        file->name = new std::string{name ? name : ""};
        methods_ = methods();
        file->pMethods = &methods_;
        return SQLITE_OK;
    }
    bool fails() {
        if (countdown_ == 0) return false;
        if (countdown_ == 1) {
            if (!lasting_) countdown_ = 0;
            return true;
        }
        --countdown_;
        return false;
    }
    // What a file was when last synced, and what was done to it since.
    struct Image {
        std::string synced;
        std::vector<std::function<void(std::string&)>> pending;
    };
    void later(sqlite3_file* f, std::function<void(std::string&)> change) {
        const std::lock_guard lock{mutex_};
        images_[*static_cast<File*>(f)->name].pending.push_back(std::move(change));
    }
    void remember(sqlite3_file* f) {
        const std::lock_guard lock{mutex_};
        auto& image = images_[*static_cast<File*>(f)->name];
        for (const auto& change : image.pending) change(image.synced);
        image.pending.clear();
    }

    static sqlite3_io_methods methods() {
        sqlite3_io_methods m{};
        m.iVersion = 2;
        m.xClose = [](sqlite3_file* f) {
            delete static_cast<File*>(f)->name;
            return real_of(f)->pMethods->xClose(real_of(f));
        };
        m.xRead = [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
            return real_of(f)->pMethods->xRead(real_of(f), to, n, at);
        };
        m.xWrite = [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
            if (the()->fails()) return the()->code_.load();
            const auto offset = static_cast<std::size_t>(at);
            the()->later(f, [offset, bytes = std::string(static_cast<const char*>(from), static_cast<std::size_t>(n))](
                                std::string& image) {
                if (image.size() < offset + bytes.size()) image.resize(offset + bytes.size());
                image.replace(offset, bytes.size(), bytes);
            });
            return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
        };
        m.xTruncate = [](sqlite3_file* f, sqlite3_int64 n) { return real_of(f)->pMethods->xTruncate(real_of(f), n); };
        m.xSync = [](sqlite3_file* f, int flags) {
            if (the()->fails()) return the()->code_.load();
            const int rc = real_of(f)->pMethods->xSync(real_of(f), flags);
            if (rc == SQLITE_OK) the()->remember(f);
            return rc;
        };
        m.xFileSize = [](sqlite3_file* f, sqlite3_int64* n) { return real_of(f)->pMethods->xFileSize(real_of(f), n); };
        m.xLock = [](sqlite3_file* f, int level) { return real_of(f)->pMethods->xLock(real_of(f), level); };
        m.xUnlock = [](sqlite3_file* f, int level) { return real_of(f)->pMethods->xUnlock(real_of(f), level); };
        m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
            return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
        };
        m.xFileControl = [](sqlite3_file* f, int op, void* arg) {
            return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
        };
        m.xSectorSize = [](sqlite3_file* f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); };
        m.xDeviceCharacteristics = [](sqlite3_file* f) {
            return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
        };
        m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
            return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
        };
        m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
            return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
        };
        m.xShmBarrier = [](sqlite3_file* f) { real_of(f)->pMethods->xShmBarrier(real_of(f)); };
        m.xShmUnmap = [](sqlite3_file* f, int remove) { return real_of(f)->pMethods->xShmUnmap(real_of(f), remove); };
        return m;
    }

    sqlite3_vfs* real_ = nullptr;
    sqlite3_vfs vfs_{};
    sqlite3_io_methods methods_{};
    std::atomic<int> countdown_{0}, code_{SQLITE_IOERR};
    std::atomic<bool> lasting_{false};
    std::mutex mutex_;
    std::map<std::string, Image> images_;
};

}  // namespace hcp::test
