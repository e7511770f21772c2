#pragma once
#include <sql.h>
#include <sqlext.h>

#include <chrono>

namespace hcp::store {

// ODBC's driver manager, looked up like a client library (decision 0012); the driver is named by the connection string.
// Throws soci_error, which names the packages, where there is none. Any thread.
void need_odbc_manager();

// ODBC takes a number in the place of a pointer.
[[nodiscard]] inline SQLPOINTER number_for_odbc(SQLULEN number) noexcept {
    return reinterpret_cast<SQLPOINTER>(number);  // NOLINT(performance-no-int-to-ptr)
}

// While one lives, what this thread connects gives up after `connecting`, and later calls after `answering`, where the
// driver lets that be said. SOCI itself says nothing of it.
class OdbcPatience {
public:
    OdbcPatience(std::chrono::milliseconds connecting, std::chrono::milliseconds answering);
    ~OdbcPatience();
    OdbcPatience(const OdbcPatience&) = delete;
    OdbcPatience& operator=(const OdbcPatience&) = delete;

private:
    friend void be_patient(SQLHDBC);
    std::chrono::milliseconds connecting_, answering_;
};

}  // namespace hcp::store
