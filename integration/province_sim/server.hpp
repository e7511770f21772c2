// HTTP/1.1 on loopback, with or without TLS. The only part that knows Beast.
#pragma once
#include "integration/province_sim/platform.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace province_sim {

struct Certificate {
    std::filesystem::path chain, key;  // PEM
};

class Server {
public:
    using Handler = std::function<Answer(const Request&)>;
    using Refuse = std::function<bool()>;

    struct Options {
        std::uint16_t port = 0;  // 0: the system chooses
        std::uint16_t control_port = 0;
        int threads = 2;
        std::optional<Certificate> certificate;  // none: plain HTTP
        bool exit_with_parent = false;           // end when standard input does
    };

    // Binds both ports. Throws std::exception when a port or the certificate is unusable.
    // `refuse` is asked for every connection to the platform and every request on it: true closes it at once.
    Server(const Options& options, Handler platform, Handler control, Refuse refuse);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::uint16_t control_port() const;

    // Serves until SIGTERM, SIGINT or, if asked for, the end of standard input.
    void run();

    // The next connections get this certificate; those that are open finish their request and are closed. Any thread.
    // Throws std::exception and changes nothing when the certificate is unusable.
    void use_certificate(const Certificate& certificate);

    // Closes the platform's connections that wait for a request. Any thread.
    void close_idle();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace province_sim
