#pragma once
#include "plugin/ports/settings.hpp"

#include <boost/system/error_code.hpp>

#include <memory>

namespace boost::asio::ssl {
class context;
}

namespace hcp::web {

// What pages are served with: the certificate chain and its key, PEM, with whatever text stands before them;
// byte order marks go. Null, and the fault, when they cannot be read or do not belong together; a key under a
// passphrase, which nobody is there to type, cannot be read.
[[nodiscard]] std::shared_ptr<boost::asio::ssl::context> make_tls(const ports::PublicWebSettings::Tls& files,
                                                                  boost::system::error_code& fault);

}  // namespace hcp::web
