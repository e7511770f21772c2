#include "adapters/store/mysql_client.hpp"

#include "adapters/store/client_library.hpp"

#include <soci/error.h>

#include <array>

namespace hcp::store {
namespace {

void* mysql_library() {
    // In the order in which they are tried: Debian's own, then those of MySQL 8.0, 8.4 and 9.
    constexpr std::array libraries{"libmariadb.so.3", "libmysqlclient.so.21", "libmysqlclient.so.24"};
    static void* const opened = client_library(libraries);
    return opened;
}

// MySQL's own has no function of this name.
bool is_libmariadb() {
    static const bool yes = has_function(mysql_library(), "mariadb_get_infov");
    return yes;
}

// Of MySQL's own header, which counts its options otherwise than the one we are compiled with.
namespace mysqls {
constexpr auto ssl_key = static_cast<mysql_option>(19), ssl_cert = static_cast<mysql_option>(20),
               ssl_ca = static_cast<mysql_option>(21), ssl_mode = static_cast<mysql_option>(35);
constexpr unsigned verify_identity = 5;
}  // namespace mysqls

void set(MYSQL* m, mysql_option option, const void* value) {
    if (value != nullptr && mysql_options(m, option, value) != 0)
        throw soci::soci_error{"MySQL 客户端库不能要求加密连接；请换用较新的 libmariadb3 或 libmysqlclient"};
}

// Whoever names a CA wants TLS, from whom it vouches for, or no connection: either library, left to itself, falls back
// to a login in clear where the server offers none. By options alone: MySQL's library has no mysql_ssl_set since 8.3.
void encrypt_or_refuse(MYSQL* m, const char* key, const char* cert, const char* ca) {
    const bool mariadb = is_libmariadb();
    set(m, mariadb ? MYSQL_OPT_SSL_KEY : mysqls::ssl_key, key);
    set(m, mariadb ? MYSQL_OPT_SSL_CERT : mysqls::ssl_cert, cert);
    set(m, mariadb ? MYSQL_OPT_SSL_CA : mysqls::ssl_ca, ca);
    if (ca == nullptr) return;
    constexpr my_bool yes = 1;
    if (!mariadb) return set(m, mysqls::ssl_mode, &mysqls::verify_identity);
    set(m, MYSQL_OPT_SSL_ENFORCE, &yes);
    set(m, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
}

}  // namespace

void need_mysql_client() {
    if (mysql_library() == nullptr)
        throw soci::soci_error{
            "本机没有 MySQL 客户端库；请安装 "
            "libmariadb3（Debian、Ubuntu）、mariadb-connector-c（RHEL、openEuler、麒麟）"
            "或 MySQL 自带的 libmysqlclient"};
}

}  // namespace hcp::store

// What SOCI's backend and our session call.
#define HCP_MYSQL(result, name, parameters, arguments) \
    HCP_FORWARD(hcp::store::mysql_library, result STDCALL, name, parameters, arguments)

extern "C" {
HCP_MYSQL(my_ulonglong, mysql_affected_rows, (MYSQL * m), (m))
HCP_MYSQL(void, mysql_close, (MYSQL * m), (m))
HCP_MYSQL(unsigned int, mysql_errno, (MYSQL * m), (m))
HCP_MYSQL(const char*, mysql_error, (MYSQL * m), (m))
HCP_MYSQL(MYSQL_FIELD*, mysql_fetch_field_direct, (MYSQL_RES * r, unsigned int at), (r, at))
HCP_MYSQL(unsigned long*, mysql_fetch_lengths, (MYSQL_RES * r), (r))
HCP_MYSQL(MYSQL_ROW, mysql_fetch_row, (MYSQL_RES * r), (r))
HCP_MYSQL(unsigned int, mysql_field_count, (MYSQL * m), (m))
HCP_MYSQL(void, mysql_free_result, (MYSQL_RES * r), (r))
HCP_MYSQL(char*, mysql_get_server_info, (MYSQL * m), (m))
HCP_MYSQL(const char*, mysql_get_ssl_cipher, (MYSQL * m), (m))
HCP_MYSQL(MYSQL*, mysql_init, (MYSQL * m), (m))
HCP_MYSQL(my_ulonglong, mysql_insert_id, (MYSQL * m), (m))
HCP_MYSQL(int, mysql_next_result, (MYSQL * m), (m))
HCP_MYSQL(my_ulonglong, mysql_num_rows, (MYSQL_RES * r), (r))
HCP_MYSQL(int, mysql_options, (MYSQL * m, enum mysql_option option, const void* value), (m, option, value))
HCP_MYSQL(int, mysql_ping, (MYSQL * m), (m))
HCP_MYSQL(MYSQL*, mysql_real_connect,
          (MYSQL * m, const char* host, const char* user, const char* password, const char* db, unsigned int port,
           const char* socket, unsigned long flags),
          (m, host, user, password, db, port, socket, flags))
HCP_MYSQL(unsigned long, mysql_real_escape_string, (MYSQL * m, char* to, const char* from, unsigned long size),
          (m, to, from, size))
HCP_MYSQL(int, mysql_real_query, (MYSQL * m, const char* sql, unsigned long size), (m, sql, size))
HCP_MYSQL(MYSQL_ROW_OFFSET, mysql_row_seek, (MYSQL_RES * r, MYSQL_ROW_OFFSET at), (r, at))
HCP_MYSQL(MYSQL_ROWS*, mysql_row_tell, (MYSQL_RES * r), (r))
HCP_MYSQL(void, mysql_server_end, (), ())
HCP_MYSQL(int, mysql_server_init, (int count, char** options, char** groups), (count, options, groups))
HCP_MYSQL(int, mysql_set_server_option, (MYSQL * m, enum enum_mysql_set_option option), (m, option))
HCP_MYSQL(MYSQL_RES*, mysql_store_result, (MYSQL * m), (m))
HCP_MYSQL(unsigned int, mysql_warning_count, (MYSQL * m), (m))

// As SOCI calls it: with neither a path nor ciphers.
int STDCALL mysql_ssl_set(MYSQL* m, const char* key, const char* cert, const char* ca, const char* /*path*/,
                          const char* /*cipher*/) {
    hcp::store::encrypt_or_refuse(m, key, cert, ca);
    return 0;
}
}
#undef HCP_MYSQL
