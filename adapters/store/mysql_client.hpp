#pragma once
#include <mysql.h>

namespace hcp::store {

// MySQL's client library is whatever the installation has, libmariadb or libmysqlclient, and a host whose store is
// another needs neither: the functions of mysql.h are looked up in it at their first call (decision 0012). Throws
// soci_error, which names the packages, where there is none. Any thread.
void need_mysql_client();

}  // namespace hcp::store
