#include "integration/faults/powercut_vfs.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace hcp::faults {
namespace {

constexpr std::size_t sector = 512;

// A part of a file's life that survives a cut whole or not at all: within one sector a write does not tear (SQLite is
// told so), beyond it anything goes.
std::size_t end_of_sector(std::size_t offset) {
    return (offset / sector + 1) * sector;
}

// How much of what was not synced survives: drives differ, and so do moments.
enum class Mood : std::uint8_t { nothing, everything, in_order, few, half, most };

}  // namespace

struct PowerCutVfs::File {
    sqlite3_file base;
    PowerCutVfs* vfs;
    std::string* path;    // nothing for a temporary file, which nobody reads again
    bool sync_directory;  // with its first sync, as the usual VFS does for a new journal or WAL
    sqlite3_file* real;   // behind this struct, in the same allocation
};

struct PowerCutVfs::Calls {
    static File* self(sqlite3_file* f) { return reinterpret_cast<File*>(f); }
    static sqlite3_file* real(sqlite3_file* f) { return self(f)->real; }
    static Disk* disk(sqlite3_file* f) { return self(f)->path ? &self(f)->vfs->disks_[*self(f)->path] : nullptr; }

    static int write(sqlite3_file* f, const void* data, int size, sqlite3_int64 offset) {
        auto& vfs = *self(f)->vfs;
        const std::lock_guard lock{vfs.mutex_};
        if (auto* const on = disk(f)) {
            if (vfs.off_) return SQLITE_IOERR_WRITE;
            // The write that the power goes at may still reach the platter in parts.
            on->pending.push_back({Change::Kind::write, static_cast<std::size_t>(offset),
                                   std::string{static_cast<const char*>(data), static_cast<std::size_t>(size)}});
            if (vfs.goes_off()) return SQLITE_IOERR_WRITE;
        }
        return real(f)->pMethods->xWrite(real(f), data, size, offset);
    }
    static int truncate(sqlite3_file* f, sqlite3_int64 size) {
        auto& vfs = *self(f)->vfs;
        const std::lock_guard lock{vfs.mutex_};
        if (auto* const on = disk(f)) {
            if (vfs.off_ || vfs.goes_off()) return SQLITE_IOERR_TRUNCATE;
            on->pending.push_back({Change::Kind::truncate, static_cast<std::size_t>(size), {}});
        }
        return real(f)->pMethods->xTruncate(real(f), size);
    }
    // The real files need no sync: nobody cuts the real power.
    static int sync(sqlite3_file* f, int) {
        auto& vfs = *self(f)->vfs;
        const std::lock_guard lock{vfs.mutex_};
        auto* const on = disk(f);
        if (!on) return SQLITE_OK;
        if (vfs.off_ || vfs.goes_off()) return SQLITE_IOERR_FSYNC;
        for (const auto& change : on->pending) apply(*on, change);
        on->pending.clear();
        if (self(f)->sync_directory) {
            self(f)->sync_directory = false;
            vfs.sync_directory_of(*self(f)->path);
        }
        return SQLITE_OK;
    }
    static int close(sqlite3_file* f) {
        const int code = real(f)->pMethods->xClose(real(f));
        delete self(f)->path;
        self(f)->path = nullptr;
        return code;
    }
    static int open(sqlite3_vfs* v, const char* path, sqlite3_file* f, int flags, int* out_flags) {
        auto& vfs = *static_cast<PowerCutVfs*>(v->pAppData);
        const std::lock_guard lock{vfs.mutex_};
        auto* const file = self(f);
        file->base.pMethods = nullptr;
        file->vfs = &vfs;
        file->path = nullptr;
        constexpr int journals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
        file->sync_directory = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & journals) != 0;
        file->real = reinterpret_cast<sqlite3_file*>(file + 1);
        const bool is_new = path != nullptr && !std::filesystem::exists(path);
        if (is_new && vfs.off_) return SQLITE_CANTOPEN;
        const int code = vfs.usual_->xOpen(vfs.usual_, path, file->real, flags, out_flags);
        if (code != SQLITE_OK) return code;
        if (path != nullptr) file->path = new std::string{path};
        file->base.pMethods = &methods;
        return code;
    }
    static int remove(sqlite3_vfs* v, const char* path, int sync_directory) {
        auto& vfs = *static_cast<PowerCutVfs*>(v->pAppData);
        const std::lock_guard lock{vfs.mutex_};
        if (vfs.off_ || vfs.goes_off()) return SQLITE_IOERR_DELETE;
        if (const auto found = vfs.disks_.find(path); found != vfs.disks_.end()) {
            found->second.pending.push_back({Change::Kind::remove, 0, {}});
        }
        if (sync_directory != 0) vfs.sync_directory_of(path);
        return vfs.usual_->xDelete(vfs.usual_, path, 0);
    }

    static const sqlite3_io_methods methods;
};

// Version 2: shared memory, but no memory-mapped reading, so that every byte passes here.
const sqlite3_io_methods PowerCutVfs::Calls::methods{
    2,
    close,
    [](sqlite3_file* f, void* to, int size, sqlite3_int64 offset) {
        return real(f)->pMethods->xRead(real(f), to, size, offset);
    },
    write,
    truncate,
    sync,
    [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    [](sqlite3_file* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
    [](sqlite3_file* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int op, void* argument) { return real(f)->pMethods->xFileControl(real(f), op, argument); },
    [](sqlite3_file*) { return static_cast<int>(sector); },
    [](sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
        return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
    },
    [](sqlite3_file* f, int offset, int n, int flags) {
        return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
    },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    nullptr,
    nullptr,
};

PowerCutVfs::PowerCutVfs(std::string name) : name_{std::move(name)}, usual_{sqlite3_vfs_find(nullptr)} {
    vfs_ = *usual_;
    vfs_.pNext = nullptr;
    vfs_.zName = name_.c_str();
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + usual_->szOsFile;
    vfs_.pAppData = this;
    vfs_.xOpen = Calls::open;
    vfs_.xDelete = Calls::remove;
    // The rest of the usual VFS looks at its own pAppData, which this one is not.
    vfs_.xAccess = [](sqlite3_vfs* v, const char* path, int flags, int* out) {
        auto* const usual = static_cast<PowerCutVfs*>(v->pAppData)->usual_;
        return usual->xAccess(usual, path, flags, out);
    };
    vfs_.xFullPathname = [](sqlite3_vfs* v, const char* path, int size, char* out) {
        auto* const usual = static_cast<PowerCutVfs*>(v->pAppData)->usual_;
        return usual->xFullPathname(usual, path, size, out);
    };
    if (sqlite3_vfs_register(&vfs_, 0) != SQLITE_OK) throw std::runtime_error{"VFS " + name_ + " is not accepted"};
}

PowerCutVfs::~PowerCutVfs() {
    sqlite3_vfs_unregister(&vfs_);
}

void PowerCutVfs::power_on(const std::filesystem::path& directory, std::uint64_t operation) {
    const std::lock_guard lock{mutex_};
    disks_.clear();
    for (const auto& file : std::filesystem::directory_iterator{directory}) {
        std::ifstream in{file.path(), std::ios::binary};
        disks_[file.path().string()] = {true, {std::istreambuf_iterator<char>{in}, {}}, {}};
    }
    operations_ = 0;
    cut_at_ = operation;
    off_ = false;
}

bool PowerCutVfs::is_off() const {
    const std::lock_guard lock{mutex_};
    return off_;
}

std::uint64_t PowerCutVfs::operations() const {
    const std::lock_guard lock{mutex_};
    return operations_;
}

bool PowerCutVfs::goes_off() {
    ++operations_;
    off_ = operations_ == cut_at_;
    return off_;
}

void PowerCutVfs::apply(Disk& disk, const Change& change) {
    switch (change.kind) {
        case Change::Kind::write:
            disk.exists = true;
            if (disk.durable.size() < change.offset + change.bytes.size())
                disk.durable.resize(change.offset + change.bytes.size(), '\0');
            std::copy(change.bytes.begin(), change.bytes.end(),
                      disk.durable.begin() + static_cast<std::ptrdiff_t>(change.offset));
            break;
        case Change::Kind::truncate:
            if (disk.exists) disk.durable.resize(change.offset, '\0');
            break;
        case Change::Kind::remove:
            disk.exists = false;
            disk.durable.clear();
            break;
    }
}

// What was removed is gone for good, with all that was ever written to it; a file of that name made since is another.
void PowerCutVfs::sync_directory_of(const std::filesystem::path& file) {
    for (auto& [path, disk] : disks_) {
        if (std::filesystem::path{path}.parent_path() != file.parent_path()) continue;
        const auto is_removal = [](const Change& change) { return change.kind == Change::Kind::remove; };
        const auto last = std::find_if(disk.pending.rbegin(), disk.pending.rend(), is_removal);
        if (last == disk.pending.rend()) continue;
        apply(disk, *last);
        disk.pending.erase(disk.pending.begin(), last.base());
    }
}

void PowerCutVfs::surviving_image(const std::filesystem::path& to, std::mt19937_64& dice) {
    const std::lock_guard lock{mutex_};
    const auto roll = [&dice](std::size_t sides) { return static_cast<std::size_t>(dice() % sides); };
    for (auto& [path, disk] : disks_) {
        const std::filesystem::path file{path};
        const auto mood = static_cast<Mood>(roll(6));
        const auto prefix = mood == Mood::in_order ? roll(disk.pending.size() + 1) : disk.pending.size();
        const auto survives = [&](std::size_t index) {
            switch (mood) {
                case Mood::nothing:
                    return false;
                case Mood::everything:
                    return true;
                case Mood::in_order:
                    return index < prefix;
                case Mood::few:
                    return roll(10) == 0;
                case Mood::half:
                    return roll(2) == 0;
                case Mood::most:
                    break;
            }
            return roll(10) != 0;
        };
        for (std::size_t i = 0; i < disk.pending.size(); ++i) {
            const auto& change = disk.pending[i];
            if (change.kind != Change::Kind::write) {
                if (survives(i)) apply(disk, change);
                continue;
            }
            for (std::size_t at = 0; at < change.bytes.size();) {
                const auto next = std::min(change.bytes.size(), end_of_sector(change.offset + at) - change.offset);
                if (survives(i))
                    apply(disk, {Change::Kind::write, change.offset + at, change.bytes.substr(at, next - at)});
                at = next;
            }
        }
        disk.pending.clear();
        if (!disk.exists) continue;
        std::ofstream out{to / file.filename(), std::ios::binary};
        out << disk.durable;
        if (!out.flush()) throw std::runtime_error{"cannot write " + (to / file.filename()).string()};
    }
}

}  // namespace hcp::faults
