#include "adapters/province/roots.hpp"

#include "plugin/domain/utf8.hpp"
#include "plugin/run/descriptor.hpp"
#include "plugin/run/openssl_library.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/errc.hpp>

#include <new>

namespace hcp::province {

namespace asio = boost::asio;
using boost::system::error_code;

asio::ssl::context client_context() {
    auto* const made = SSL_CTX_new_ex(run::openssl_library(), nullptr, TLS_client_method());
    if (!made) throw std::bad_alloc{};
    return asio::ssl::context{made};
}

error_code trust(asio::ssl::context& context, const std::filesystem::path& file) {
    const auto text = run::text_of_file(file);
    if (!text) return make_error_code(boost::system::errc::io_error);
    const auto certificates = domain::without_mark(*text);
    error_code fault;
    context.add_certificate_authority(asio::buffer(certificates.data(), certificates.size()), fault);
    return fault;
}

error_code unfit_as_roots(const std::filesystem::path& file) {
    auto context = client_context();
    return trust(context, file);
}

}  // namespace hcp::province
