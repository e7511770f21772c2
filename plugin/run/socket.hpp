#pragma once
#include <sys/socket.h>

// Sockets that the host's children do not inherit through an exec; includes nothing of the project. Asio opens its own
// without that flag, so a socket is made here and given to it.
namespace hcp::run {

// -1 with errno when it cannot be had, as with socket(2) and accept(2).
[[nodiscard]] inline int open_stream_socket(int family) noexcept {
    return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
}
[[nodiscard]] inline int accept_stream_socket(int listening) noexcept {
    return ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
}

}  // namespace hcp::run
