#include "adapters/store/mysql_tls.hpp"

#include "plugin/domain/text.hpp"

#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>

#include <errmsg.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

namespace hcp::store {
namespace {

// What a client library says, and what it means to an administrator. OpenSSL's words are in both libraries'; where none
// is found, the library's are all there is.
struct Meaning {
    std::string_view says, means;
};
constexpr std::string_view another_ca =
    "数据库服务器的证书不是 sslca 指定的 CA 签发的；请核对 sslca 文件，或请 DBA 提供签发服务器证书的 CA";
constexpr std::string_view another_name =
    "数据库服务器的证书中没有连接串 host 所写的名称；请把 host 改为证书中的名称，或请 DBA 换发含此名称的证书";
constexpr std::array meanings{
    Meaning{"server does not support it", no_tls},
    Meaning{"server doesn't support it", no_tls},
    Meaning{"certificate has expired", "数据库服务器的证书已过期；请 DBA 换发证书"},
    Meaning{"local issuer certificate", another_ca},
    Meaning{"self-signed certificate", another_ca},
    Meaning{"certificate verify failed", another_ca},
    Meaning{"Validation of SSL server certificate failed", another_name},
    Meaning{"Failed to verify the server certificate", another_name},
};

}  // namespace

std::optional<std::string> ca_of(std::string_view connection) {
    // name=value between blanks; a value may stand in single quotes, and a backslash takes the next character as it is.
    while (!(connection = domain::trimmed(connection)).empty()) {
        const auto name = domain::trimmed(connection.substr(0, connection.find('=')));
        connection = domain::trimmed(domain::parted(connection, "=").second);
        const bool quoted = connection.starts_with('\'');
        std::string value;
        std::size_t at = quoted ? 1 : 0;
        for (; at < connection.size(); ++at) {
            const char c = connection[at];
            if (quoted ? c == '\'' : domain::ascii_blanks.find(c) != std::string_view::npos) break;
            if (c == '\\' && at + 1 < connection.size()) ++at;
            value += connection[at];
        }
        if (name == "sslca") return value;
        connection.remove_prefix(std::min(at + 1, connection.size()));
    }
    return std::nullopt;
}

bool is_encrypted(MYSQL* connection) {
    const auto* const cipher = mysql_get_ssl_cipher(connection);
    return cipher != nullptr && *cipher != '\0';
}

void with_tls_reasons(const std::optional<std::string>& ca, const std::function<void()>& connect) {
    try {
        connect();
    } catch (const soci::mysql_soci_error& error) {
        if (error.err_num_ != CR_SSL_CONNECTION_ERROR) throw;
        const auto number = static_cast<int>(error.err_num_);
        // Of a file that it cannot read libmariadb says what OpenSSL complained of last, be it hours ago.
        if (ca && ::access(ca->c_str(), R_OK) != 0)
            throw soci::mysql_soci_error{"sslca 指定的 CA 文件 " + *ca + " 不存在或无法读取；请核对路径和权限", number};
        const std::string_view said = error.what();
        const auto* const found = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& one) {
            return said.find(one.says) != std::string_view::npos;
        });
        if (found == meanings.end()) throw;
        throw soci::mysql_soci_error{std::string{found->means} + "（" + std::string{said} + "）", number};
    }
}

}  // namespace hcp::store
