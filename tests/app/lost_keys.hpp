#pragma once
#include "tests/app/desk.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace hcp::test {

// From now on the keys of this case's subjects, or of all, do not open. Apart from the desk, whose other users have
// SQLite's own header, which this one puts into a namespace.
inline void lose_keys(const Desk& desk, const std::string& case_no = "%") {
    soci::session{soci::sqlite3, desk.options.path.string()}
        << "update subjects set wrapped_key = x'00' where id in (select e.subject_id from evaluations e join cases c "
           "on c.id = e.case_id where c.case_no like :c)",
        soci::use(case_no);
}

}  // namespace hcp::test
