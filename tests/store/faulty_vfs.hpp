#pragma once
#include <string>

// A SQLite VFS over the usual one that fails on command, and that can lose what was never synced, as a power cut does.
namespace hcp::store::test {

class FaultyVfs {
public:
    FaultyVfs();  // registered while this lives; one at a time
    ~FaultyVfs();
    FaultyVfs(const FaultyVfs&) = delete;

    static constexpr const char* name = "hcp-faulty";
    void fail_writes_with(int code);  // SQLite's result code; 0 = works
    void fail_syncs_with(int code);
    // From now on every write fails; what was written since the last sync of each file is undone on the disk.
    void cut_power();
};

}  // namespace hcp::store::test
