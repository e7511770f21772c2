#include "plugin/run/owner_only.hpp"

#include <catch2/catch.hpp>

#include <initializer_list>

using namespace hcp::run;

namespace {

struct stat file_with(mode_t mode, uid_t owner = ::geteuid()) {
    struct stat status {};
    status.st_mode = mode;
    status.st_uid = owner;
    return status;
}

}  // namespace

SCENARIO("a secret's file is a regular one that nobody but its owner may touch", "[run]") {
    CHECK_FALSE(exposure_of(file_with(S_IFREG | S_IRUSR)));
    CHECK_FALSE(exposure_of(file_with(S_IFREG | S_IRWXU)));
    for (const auto extra : std::initializer_list<mode_t>{S_IRGRP, S_IWGRP, S_IXGRP, S_IROTH, S_IWOTH, S_IXOTH})
        CHECK(exposure_of(file_with(S_IFREG | S_IRUSR | extra)) == Exposure::open_to_others);
    for (const auto kind : std::initializer_list<mode_t>{S_IFDIR, S_IFIFO, S_IFSOCK, S_IFCHR})
        CHECK(exposure_of(file_with(kind | S_IRUSR)) == Exposure::not_regular);
}

SCENARIO("a secret's file belongs to this user or to root", "[run]") {
    CHECK_FALSE(exposure_of(file_with(S_IFREG | S_IRUSR, 0)));
    CHECK(exposure_of(file_with(S_IFREG | S_IRUSR, ::geteuid() + 1)) == Exposure::foreign_owner);
}
