#include "adapters/store/mysql_errors.hpp"

#include <errmsg.h>
#include <mysqld_error.h>

namespace hcp::store {

store_errc mysql_errc(unsigned number, bool committing) noexcept {
    switch (number) {
        case ER_DUP_ENTRY:
        case ER_DUP_ENTRY_WITH_KEY_NAME:
            return store_errc::conflict;

        case ER_BAD_NULL_ERROR:
        case ER_DATA_TOO_LONG:
        case ER_WARN_DATA_OUT_OF_RANGE:
        case ER_TRUNCATED_WRONG_VALUE:
        case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
        case ER_CONSTRAINT_FAILED:  // MariaDB's; MySQL's is 3819
        case 3819:
        case ER_TOO_BIG_ROWSIZE:
        case ER_NO_REFERENCED_ROW_2:
        case ER_NET_PACKET_TOO_LARGE:
            return store_errc::refused;

        case ER_NO_SUCH_TABLE:
        case ER_BAD_TABLE_ERROR:
        case ER_BAD_FIELD_ERROR:
        case ER_PARSE_ERROR:
        case ER_CRASHED_ON_USAGE:
        case ER_NOT_KEYFILE:
        case ER_NO_SUCH_INDEX:
        case ER_KEY_DOES_NOT_EXISTS:
            return store_errc::corrupt;  // not what this version made

        // No connection, no right, read only, full, locked, a deadlock, the minority of a cluster: it may pass.
        default:
            return committing && (is_loss(number) || number == ER_UNKNOWN_COM_ERROR) ? store_errc::in_doubt
                                                                                     : store_errc::unavailable;
    }
}

bool is_loss(unsigned number) noexcept {
    const bool by_client = number >= CR_MIN_ERROR && number <= CR_MAX_ERROR;  // also what it could not make sense of
    return by_client || number == ER_SERVER_SHUTDOWN || number == ER_CONNECTION_KILLED || number == ER_NET_READ_ERROR ||
           number == ER_NET_READ_INTERRUPTED;
}

bool is_unfit(unsigned number) noexcept {
    return number == ER_UNKNOWN_COM_ERROR || number == ER_OPTION_PREVENTS_STATEMENT || number == ER_READ_ONLY_MODE ||
           number == ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION;
}

bool is_yielding(unsigned number) noexcept {
    return number == ER_LOCK_DEADLOCK;  // a cluster's certification as well, at the commit
}

bool is_lack_of_right(unsigned number) noexcept {
    return number == ER_DBACCESS_DENIED_ERROR || number == ER_TABLEACCESS_DENIED_ERROR ||
           number == ER_COLUMNACCESS_DENIED_ERROR || number == ER_SPECIFIC_ACCESS_DENIED_ERROR;
}

bool is_made_already(unsigned number) noexcept {
    return number == ER_TABLE_EXISTS_ERROR || number == ER_DUP_KEYNAME || number == ER_DUP_FIELDNAME;
}

}  // namespace hcp::store
