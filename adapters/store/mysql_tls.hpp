#pragma once
#include "adapters/store/mysql_client.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::store {

// The CA that a connection string of SOCI's MySQL backend names: its connection is then encrypted, to a server that the
// CA vouches for under the name that was asked for, or there is none (mysql_client.cpp sees to it before a login).
[[nodiscard]] std::optional<std::string> ca_of(std::string_view connection);

[[nodiscard]] bool is_encrypted(MYSQL*);

inline constexpr std::string_view no_tls =
    "连接串指定了 sslca，而数据库服务器没有启用 TLS，已放弃连接；请 DBA 为服务器配置证书（ssl_cert、ssl_key）";

// Runs `connect`; throws a failure of TLS with what an administrator can do about it, any other as it is.
void with_tls_reasons(const std::optional<std::string>& ca, const std::function<void()>& connect);

}  // namespace hcp::store
