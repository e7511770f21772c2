#pragma once
#include <boost/system/error_code.hpp>

#include <filesystem>

namespace boost::asio::ssl {
class context;
}

namespace hcp::province {

// For connections to the province; it trusts nobody yet.
[[nodiscard]] boost::asio::ssl::context client_context();

// Has the context trust the certificates of the file and no others: PEM, one or several, with whatever text before and
// between them; a byte order mark goes. An error: there is none, or one of them cannot be read.
[[nodiscard]] boost::system::error_code trust(boost::asio::ssl::context& context, const std::filesystem::path& file);

// What trust() will say of the file.
[[nodiscard]] boost::system::error_code unfit_as_roots(const std::filesystem::path& file);

}  // namespace hcp::province
