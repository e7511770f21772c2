#include "adapters/web/tls_files.hpp"

#include "plugin/domain/utf8.hpp"
#include "plugin/run/descriptor.hpp"
#include "plugin/run/openssl_library.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/system/errc.hpp>

#include <array>
#include <string_view>

namespace hcp::web {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

error_code last_of_openssl() {
    return {static_cast<int>(::ERR_get_error()), asio::error::get_ssl_category()};
}

error_code use_chain(asio::ssl::context& tls, const std::filesystem::path& file) {
    const auto text = run::text_of_file(file);
    if (!text) return make_error_code(boost::system::errc::io_error);
    const auto chain = domain::without_mark(*text);
    error_code fault;
    tls.use_certificate_chain(asio::buffer(chain.data(), chain.size()), fault);
    return fault;
}

int no_passphrase(char*, int, int, void*) {
    return -1;
}

// OpenSSL reads the file itself, so that no copy of the secret stays behind.
error_code use_key(SSL_CTX* tls, const std::filesystem::path& file) {
    ::ERR_clear_error();
    const std::unique_ptr<BIO, decltype(&::BIO_free_all)> source{::BIO_new_file(file.c_str(), "rb"), ::BIO_free_all};
    if (!source) return make_error_code(boost::system::errc::io_error);
    std::array<char, 3> begins{};
    const auto got = ::BIO_read(source.get(), begins.data(), static_cast<int>(begins.size()));
    const std::string_view read{begins.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
    if (domain::without_mark(read).size() == read.size()) (void)BIO_seek(source.get(), 0);

    const std::unique_ptr<EVP_PKEY, decltype(&::EVP_PKEY_free)> key{
        ::PEM_read_bio_PrivateKey_ex(source.get(), nullptr, no_passphrase, nullptr, run::openssl_library(), nullptr),
        ::EVP_PKEY_free};
    if (!key || ::SSL_CTX_use_PrivateKey(tls, key.get()) != 1 || ::SSL_CTX_check_private_key(tls) != 1)
        return last_of_openssl();
    return {};
}

}  // namespace

std::shared_ptr<asio::ssl::context> make_tls(const ports::PublicWebSettings::Tls& files, error_code& fault) {
    auto* const native = SSL_CTX_new_ex(run::openssl_library(), nullptr, TLS_server_method());
    if (!native) {
        fault = last_of_openssl();
        return nullptr;
    }
    auto tls = std::make_shared<asio::ssl::context>(native);
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    constexpr std::string_view id = "haochaping";  // without it a session cannot be resumed
    SSL_CTX_set_session_id_context(native, reinterpret_cast<const unsigned char*>(id.data()),
                                   static_cast<unsigned>(id.size()));
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_SERVER);
    fault = use_chain(*tls, files.certificate_file);
    if (!fault) fault = use_key(native, files.key_file);
    return fault ? nullptr : tls;
}

}  // namespace hcp::web
