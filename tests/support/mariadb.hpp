#pragma once
#include "tests/support/temp_directory.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace hcp::test {

// A MariaDB server of this process's own, on a socket in a temporary folder; it ends with the process,
// however that ends. Nothing of it is synced: what a test kills is not the machine.
class MariaDb {
public:
    static MariaDb& shared();  // started at the first call
    // One more, with these options besides; it listens on 127.0.0.1 as well when `port` is not 0.
    explicit MariaDb(std::vector<std::string> options = {}, int port = 0);
    ~MariaDb();
    MariaDb(const MariaDb&) = delete;
    MariaDb& operator=(const MariaDb&) = delete;

    // Its administrator is root, without a password.
    [[nodiscard]] std::string socket() const { return (folder_.path() / "s").string(); }
    void stop();   // and what was connected loses its server
    void start();  // again, on the same data

private:
    const std::vector<std::string> options_;
    TempDirectory folder_{"hcp-db-"};  // a socket's path is at most 107 bytes
    pid_t server_ = 0;
};

}  // namespace hcp::test
