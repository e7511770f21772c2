#include "tests/store/faulty_vfs.hpp"

#include <sqlite3.h>

#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace hcp::store::test {
namespace {

struct Written {
    sqlite3_int64 offset, size_before;
    std::vector<char> before;
};

// Of one path, over all its open handles: the handles of one database share a disk.
struct Disk {
    std::vector<Written> unsynced;
};

std::mutex mutex;
std::map<std::string, Disk> disks;
int write_code = SQLITE_OK, sync_code = SQLITE_OK;
bool dead = false;
sqlite3_vfs vfs;
sqlite3_vfs* usual = nullptr;

struct File {
    sqlite3_file base;
    std::string* path;
    sqlite3_file* real;  // behind this struct, in the same allocation
};

File* self(sqlite3_file* f) {
    return reinterpret_cast<File*>(f);
}
sqlite3_file* real(sqlite3_file* f) {
    return self(f)->real;
}

void remember(sqlite3_file* f, sqlite3_int64 offset, sqlite3_int64 size) {
    Written w{offset, 0, {}};
    real(f)->pMethods->xFileSize(real(f), &w.size_before);
    const auto end = std::min(offset + size, w.size_before);
    if (end > offset) {
        w.before.resize(static_cast<std::size_t>(end - offset));
        real(f)->pMethods->xRead(real(f), w.before.data(), static_cast<int>(w.before.size()), offset);
    }
    disks[*self(f)->path].unsynced.push_back(std::move(w));
}

int write(sqlite3_file* f, const void* data, int size, sqlite3_int64 offset) {
    const std::lock_guard lock{mutex};
    if (dead) return SQLITE_IOERR_WRITE;
    if (write_code != SQLITE_OK) return write_code;
    remember(f, offset, size);
    return real(f)->pMethods->xWrite(real(f), data, size, offset);
}

int truncate(sqlite3_file* f, sqlite3_int64 size) {
    const std::lock_guard lock{mutex};
    if (dead) return SQLITE_IOERR_TRUNCATE;
    sqlite3_int64 now = 0;
    real(f)->pMethods->xFileSize(real(f), &now);
    remember(f, size, now - size);
    return real(f)->pMethods->xTruncate(real(f), size);
}

int sync(sqlite3_file* f, int flags) {
    const std::lock_guard lock{mutex};
    if (dead) return SQLITE_IOERR_FSYNC;
    if (sync_code != SQLITE_OK) return sync_code;
    disks[*self(f)->path].unsynced.clear();
    return real(f)->pMethods->xSync(real(f), flags);
}

int close(sqlite3_file* f) {
    const int code = real(f)->pMethods->xClose(real(f));
    delete self(f)->path;
    return code;
}

const sqlite3_io_methods methods{
    3,
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
    [](sqlite3_file* f, int op, void* arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)) & ~SQLITE_IOCAP_BATCH_ATOMIC; },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
        return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
    },
    [](sqlite3_file* f, int offset, int n, int flags) {
        return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
    },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    // Memory-mapped reading is left out, so that every byte passes here.
    [](sqlite3_file*, sqlite3_int64, int, void** out) { return *out = nullptr, SQLITE_OK; },
    [](sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; },
};

int open(sqlite3_vfs*, const char* path, sqlite3_file* f, int flags, int* out_flags) {
    auto* file = self(f);
    file->base.pMethods = nullptr;
    file->real = reinterpret_cast<sqlite3_file*>(file + 1);
    const int code = usual->xOpen(usual, path, file->real, flags, out_flags);
    if (code != SQLITE_OK) return code;
    file->path = new std::string{path == nullptr ? "" : path};
    file->base.pMethods = &methods;
    return code;
}

int remove(sqlite3_vfs*, const char* path, int sync_directory) {
    const std::lock_guard lock{mutex};
    return dead ? SQLITE_IOERR_DELETE : usual->xDelete(usual, path, sync_directory);
}

}  // namespace

FaultyVfs::FaultyVfs() {
    usual = sqlite3_vfs_find(nullptr);
    vfs = *usual;
    vfs.zName = name;
    vfs.szOsFile = static_cast<int>(sizeof(File)) + usual->szOsFile;
    vfs.xOpen = open;
    vfs.xDelete = remove;
    disks.clear();
    dead = false;
    write_code = sync_code = SQLITE_OK;
    sqlite3_vfs_register(&vfs, 0);
}

FaultyVfs::~FaultyVfs() {
    sqlite3_vfs_unregister(&vfs);
}

void FaultyVfs::fail_writes_with(int code) {
    const std::lock_guard lock{mutex};
    write_code = code;
}

void FaultyVfs::fail_syncs_with(int code) {
    const std::lock_guard lock{mutex};
    sync_code = code;
}

void FaultyVfs::cut_power() {
    const std::lock_guard lock{mutex};
    dead = true;
    for (auto& [path, disk] : disks) {
        std::vector<char> memory(static_cast<std::size_t>(usual->szOsFile));
        auto* f = reinterpret_cast<sqlite3_file*>(memory.data());
        int flags = 0;
        if (disk.unsynced.empty()) continue;
        if (usual->xOpen(usual, path.c_str(), f, SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL, &flags) != SQLITE_OK)
            continue;
        for (auto w = disk.unsynced.rbegin(); w != disk.unsynced.rend(); ++w) {
            if (!w->before.empty())
                f->pMethods->xWrite(f, w->before.data(), static_cast<int>(w->before.size()), w->offset);
            f->pMethods->xTruncate(f, w->size_before);
        }
        f->pMethods->xClose(f);
    }
}

}  // namespace hcp::store::test
