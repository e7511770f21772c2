#include "adapters/store/mysql_client.hpp"

#include <soci/error.h>

#include <dlfcn.h>

#include <array>

namespace hcp::store {
namespace {

// In the order in which they are tried: Debian's own, then those of MySQL 8.0, 8.4 and 9.
constexpr std::array libraries{"libmariadb.so.3", "libmysqlclient.so.21", "libmysqlclient.so.24"};

// Never closed: it registers exit handlers of its own, and a host may use it as well.
void* library() {
    static void* const opened = []() -> void* {
        for (const auto* name : libraries)
            if (auto* const found = dlopen(name, RTLD_NOW | RTLD_LOCAL)) return found;
        return nullptr;
    }();
    return opened;
}

template <class Function>
Function* function(const char* name) {
    auto* const found = library() == nullptr ? nullptr : dlsym(library(), name);
    if (found == nullptr) throw soci::soci_error{std::string{"MySQL 客户端库中没有函数 "} + name};
    return reinterpret_cast<Function*>(found);
}

}  // namespace

void need_mysql_client() {
    if (library() == nullptr)
        throw soci::soci_error{
            "本机没有 MySQL 客户端库；请安装 "
            "libmariadb3（Debian、Ubuntu）、mariadb-connector-c（RHEL、openEuler、麒麟）"
            "或 MySQL 自带的 libmysqlclient"};
}

}  // namespace hcp::store

// What SOCI's backend and our session call. The parameters are those of mysql.h: a declaration that differs does not
// compile.
#define HCP_FORWARD(result, name, parameters, arguments)                                    \
    result STDCALL name parameters {                                                        \
        static auto* const theirs = hcp::store::function<result STDCALL parameters>(#name); \
        return theirs arguments;                                                            \
    }

extern "C" {
HCP_FORWARD(my_ulonglong, mysql_affected_rows, (MYSQL * m), (m))
HCP_FORWARD(void, mysql_close, (MYSQL * m), (m))
HCP_FORWARD(unsigned int, mysql_errno, (MYSQL * m), (m))
HCP_FORWARD(const char*, mysql_error, (MYSQL * m), (m))
HCP_FORWARD(MYSQL_FIELD*, mysql_fetch_field_direct, (MYSQL_RES * r, unsigned int at), (r, at))
HCP_FORWARD(unsigned long*, mysql_fetch_lengths, (MYSQL_RES * r), (r))
HCP_FORWARD(MYSQL_ROW, mysql_fetch_row, (MYSQL_RES * r), (r))
HCP_FORWARD(unsigned int, mysql_field_count, (MYSQL * m), (m))
HCP_FORWARD(void, mysql_free_result, (MYSQL_RES * r), (r))
HCP_FORWARD(MYSQL*, mysql_init, (MYSQL * m), (m))
HCP_FORWARD(my_ulonglong, mysql_insert_id, (MYSQL * m), (m))
HCP_FORWARD(int, mysql_next_result, (MYSQL * m), (m))
HCP_FORWARD(my_ulonglong, mysql_num_rows, (MYSQL_RES * r), (r))
HCP_FORWARD(int, mysql_options, (MYSQL * m, enum mysql_option option, const void* value), (m, option, value))
HCP_FORWARD(int, mysql_ping, (MYSQL * m), (m))
HCP_FORWARD(MYSQL*, mysql_real_connect,
            (MYSQL * m, const char* host, const char* user, const char* password, const char* db, unsigned int port,
             const char* socket, unsigned long flags),
            (m, host, user, password, db, port, socket, flags))
HCP_FORWARD(unsigned long, mysql_real_escape_string, (MYSQL * m, char* to, const char* from, unsigned long size),
            (m, to, from, size))
HCP_FORWARD(int, mysql_real_query, (MYSQL * m, const char* sql, unsigned long size), (m, sql, size))
HCP_FORWARD(MYSQL_ROW_OFFSET, mysql_row_seek, (MYSQL_RES * r, MYSQL_ROW_OFFSET at), (r, at))
HCP_FORWARD(MYSQL_ROWS*, mysql_row_tell, (MYSQL_RES * r), (r))
HCP_FORWARD(void, mysql_server_end, (), ())
HCP_FORWARD(int, mysql_server_init, (int count, char** options, char** groups), (count, options, groups))
HCP_FORWARD(int, mysql_set_server_option, (MYSQL * m, enum enum_mysql_set_option option), (m, option))
HCP_FORWARD(int, mysql_ssl_set,
            (MYSQL * m, const char* key, const char* cert, const char* ca, const char* path, const char* cipher),
            (m, key, cert, ca, path, cipher))
HCP_FORWARD(MYSQL_RES*, mysql_store_result, (MYSQL * m), (m))
}
#undef HCP_FORWARD
