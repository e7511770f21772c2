#include "adapters/store/sqlite_errors.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

namespace hcp::store {

store_errc sqlite_error(int extended_code, bool committing) noexcept {
    switch (extended_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return store_errc::conflict;
        default:
            break;
    }
    switch (extended_code & 0xFF) {
        case SQLITE_CONSTRAINT:
        case SQLITE_TOOBIG:
        case SQLITE_MISMATCH:
            return store_errc::refused;
        case SQLITE_IOERR:
            return committing ? store_errc::in_doubt : store_errc::unavailable;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_CANTOPEN:
        case SQLITE_FULL:
        case SQLITE_NOMEM:
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_PROTOCOL:
        case SQLITE_NOLFS:
        case SQLITE_ABORT:
        case SQLITE_INTERRUPT:
            return store_errc::unavailable;
        default:
            return store_errc::corrupt;  // CORRUPT, NOTADB, SCHEMA, a missing table or column: not what this version
                                         // made
    }
}

}  // namespace hcp::store
