#pragma once
#include "adapters/web/occupancy.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>

#include <memory>
#include <string>

namespace hcp::web {

class Listener;

using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;

struct Accepted {
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, Strand> socket;
    std::string peer;  // its address
    Occupancy::Id id;  // of its place
};

// One connection: requests one after another, each within the time limit.
class Connection {
public:
    virtual ~Connection() = default;
    virtual void start() = 0;
    // Any thread. Once the request under way is answered, if there is one, or now.
    virtual void end(bool now) = 0;
};

// Its listener admits it, keeps it and forgets it.
[[nodiscard]] std::shared_ptr<Connection> make_connection(std::shared_ptr<Listener> listener, Accepted accepted);

}  // namespace hcp::web
