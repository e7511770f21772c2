#pragma once
#include "plugin/run/mutex.hpp"
#include "tests/support/temp_directory.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace hcp::test {

// Stands between a client and a MySQL server, and cuts the connection at a commit: the client cannot know whether it
// happened.
class CommitThief {
public:
    enum class Takes { nothing, question, answer };  // before the server has heard of it, or after it has done it

    explicit CommitThief(std::string server);
    ~CommitThief();
    CommitThief(const CommitThief&) = delete;
    CommitThief& operator=(const CommitThief&) = delete;

    [[nodiscard]] std::string socket() const { return (folder_.path() / "s").string(); }
    void at_next_commit(Takes what) { takes_ = what; }
    [[nodiscard]] int taken() const { return taken_; }

private:
    void accept_all();
    void carry(int client);

    const std::string server_;
    TempDirectory folder_{"hcp-thief-"};
    int listening_ = -1;
    std::atomic<Takes> takes_{Takes::nothing};
    std::atomic<int> taken_{0};
    run::Mutex mutex_;
    std::vector<int> open_;
    bool ends_ = false;
    std::vector<std::thread> carriers_;
    std::thread acceptor_;
};

}  // namespace hcp::test
