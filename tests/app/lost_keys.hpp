#pragma once
#include "tests/app/desk.hpp"

#include <sqlite3.h>

namespace hcp::test {

// From now on the keys of this case's subjects, or of all, do not open.
inline void lose_keys(const Desk& desk, const std::string& case_no = "%") {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open_v2(desk.options.path.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
    const auto lose =
        "update subjects set wrapped_key = x'00' where id in (select e.subject_id from evaluations e "
        "join cases c on c.id = e.case_id where c.case_no like '" +
        case_no + "')";
    const auto ran = sqlite3_exec(db, lose.c_str(), nullptr, nullptr, nullptr);
    const auto changed = sqlite3_changes(db);
    sqlite3_close(db);
    REQUIRE(ran == SQLITE_OK);
    REQUIRE(changed > 0);
}

}  // namespace hcp::test
