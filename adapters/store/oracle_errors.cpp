#include "adapters/store/oracle_errors.hpp"

#include "adapters/store/mysql_errors.hpp"

#include <mysqld_error.h>

namespace hcp::store {
namespace {

store_errc by_number(int ora) noexcept {
    switch (ora) {
        case 1:  // unique constraint violated
            return store_errc::conflict;

        case 1400:   // cannot insert NULL
        case 1407:   // cannot update to NULL
        case 1401:   // inserted value too large
        case 12899:  // value too large for column
        case 1438:   // larger than the precision
        case 1461:   // can bind a LONG value only for insert into a LONG column
        case 1483:   // invalid length for a bind variable
        case 1722:   // invalid number
        case 2290:   // check constraint violated
        case 2291:   // parent key not found
        case 2292:   // child record found
            return store_errc::refused;

        case 900:                        // invalid SQL statement
        case 904:                        // invalid identifier
        case 907:                        // missing right parenthesis
        case 911:                        // invalid character
        case 923:                        // FROM keyword not found
        case 932:                        // inconsistent datatypes
        case 933:                        // SQL command not properly ended
        case 936:                        // missing expression
        case 942:                        // table or view does not exist
        case 1578:                       // data block corrupted
        case 8103:                       // object no longer exists
            return store_errc::corrupt;  // not what this version made

        // No connection, no right, read only, full, locked, a deadlock, a snapshot too old: it may pass.
        default:
            return store_errc::unavailable;
    }
}

}  // namespace

store_errc oracle_errc(const OdbcFault& fault, bool committing) noexcept {
    if (committing && is_loss(fault)) return store_errc::in_doubt;
    return fault.oracle ? by_number(fault.native) : mysql_errc(static_cast<unsigned>(fault.native));
}

bool is_loss(const OdbcFault& fault) noexcept {
    if (fault.state.starts_with("08") || fault.state == "HYT00" || fault.state == "HYT01") return true;
    if (!fault.oracle) return is_loss(static_cast<unsigned>(fault.native));
    switch (fault.native) {
        case 28:     // session has been killed
        case 600:    // internal error: the server ends the session
        case 1012:   // not logged on
        case 1033:   // initialization or shutdown in progress
        case 1034:   // ORACLE not available
        case 1041:   // internal error, hostdef extension does not exist
        case 1089:   // immediate shutdown in progress
        case 1092:   // instance terminated
        case 2396:   // exceeded maximum idle time
        case 3113:   // end-of-file on communication channel
        case 3114:   // not connected
        case 3135:   // connection lost contact
        case 12152:  // unable to send break message
        case 12170:  // connect timeout
        case 12537:  // connection closed
        case 12541:  // no listener
        case 12547:  // lost contact
        case 12571:  // packet writer failure
        case 25408:  // can not safely replay call
            return true;
        default:
            return false;
    }
}

bool is_unfit(const OdbcFault& fault) noexcept {
    if (!fault.oracle) return is_unfit(static_cast<unsigned>(fault.native));
    return fault.native == 1456 || fault.native == 16000;  // a transaction, a database that is read only
}

bool is_yielding(const OdbcFault& fault) noexcept {
    if (!fault.oracle) return is_yielding(static_cast<unsigned>(fault.native));
    return fault.native == 60 || fault.native == 8177;  // a deadlock, no serializable order
}

bool is_lack_of_right(const OdbcFault& fault) noexcept {
    if (!fault.oracle) return is_lack_of_right(static_cast<unsigned>(fault.native));
    return fault.native == 1031 || fault.native == 1950 || fault.native == 1536;  // privileges, no quota, quota used up
}

bool is_made_already(const OdbcFault& fault) noexcept {
    if (!fault.oracle) return is_made_already(static_cast<unsigned>(fault.native));
    return fault.native == 955 || fault.native == 1408 || fault.native == 1430;  // the name, the index, the column
}

bool is_no_table(const OdbcFault& fault) noexcept {
    return fault.native == (fault.oracle ? 942 : ER_NO_SUCH_TABLE);
}

}  // namespace hcp::store
