#include "tests/support/mariadb.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>
#include <utility>

namespace hcp::test {
namespace {

pid_t run(std::vector<std::string> arguments, const std::string& log) {
    const auto parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error{"fork"};
    if (child > 0) return child;
    // A server must not outlive whoever started it, not even one that was killed.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    if (::freopen("/dev/null", "r", stdin) == nullptr || ::freopen(log.c_str(), "a", stdout) == nullptr ||
        ::dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
        ::_exit(126);
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (auto& one : arguments) argv.push_back(one.data());
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    ::_exit(127);
}

bool accepts(const std::string& path) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    path.copy(to.sun_path, sizeof to.sun_path - 1);
    const bool yes = ::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    ::close(fd);
    return yes;
}

[[noreturn]] void give_up(const std::string& what, const std::string& log) {
    std::ifstream in{log};
    throw std::runtime_error{what + ":\n" + std::string{std::istreambuf_iterator<char>{in}, {}}};
}

std::vector<std::string> with_network(std::vector<std::string> options, int port) {
    if (port == 0) return options.emplace_back("--skip-networking"), options;
    options.emplace_back("--bind-address=127.0.0.1");
    options.push_back("--port=" + std::to_string(port));
    return options;
}

// As root it must be told that it may be; as anybody else it is whoever runs the test.
std::string user() {
    return ::geteuid() == 0 ? "--user=root" : "--skip-name-resolve";
}

}  // namespace

MariaDb& MariaDb::shared() {
    static MariaDb one;
    return one;
}

MariaDb::MariaDb(std::vector<std::string> options, int port) : options_{with_network(std::move(options), port)} {
    const auto data = "--datadir=" + (folder_.path() / "data").string();
    const auto log = (folder_.path() / "install.log").string();
    // One that starts clears its folder for temporary tables, and would clear another's with it.
    std::filesystem::create_directory(folder_.path() / "tmp");
    const auto made =
        run({"/usr/bin/mariadb-install-db", "--no-defaults", data, "--skip-test-db",
             "--tmpdir=" + (folder_.path() / "tmp").string(), "--auth-root-authentication-method=normal", user()},
            log);
    int status = 0;
    if (::waitpid(made, &status, 0) != made || status != 0) give_up("mariadb-install-db", log);
    start();
}

MariaDb::~MariaDb() {
    stop();
}

void MariaDb::start() {
    using namespace std::chrono;
    const auto log = (folder_.path() / "server.log").string();
    std::vector<std::string> arguments{"/usr/sbin/mariadbd",
                                       "--no-defaults",
                                       user(),
                                       "--datadir=" + (folder_.path() / "data").string(),
                                       "--socket=" + socket(),
                                       "--tmpdir=" + (folder_.path() / "tmp").string(),
                                       "--pid-file=" + (folder_.path() / "pid").string(),
                                       "--character-set-server=utf8mb4",
                                       "--innodb-flush-log-at-trx-commit=2",
                                       "--innodb-doublewrite=0",
                                       "--innodb-buffer-pool-size=64M",
                                       "--innodb-log-file-size=64M",
                                       "--performance-schema=off",
                                       "--innodb-flush-method=nosync"};
    arguments.insert(arguments.end(), options_.begin(), options_.end());
    server_ = run(std::move(arguments), log);
    const auto until = steady_clock::now() + 60s;
    while (!accepts(socket())) {
        if (steady_clock::now() > until || ::waitpid(server_, nullptr, WNOHANG) == server_) give_up("mariadbd", log);
        std::this_thread::sleep_for(20ms);
    }
}

void MariaDb::stop() {
    if (server_ == 0) return;
    ::kill(server_, SIGKILL);
    ::waitpid(server_, nullptr, 0);
    server_ = 0;
}

}  // namespace hcp::test
