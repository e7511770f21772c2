#include "plugin/run/descriptor.hpp"

#include "tests/support/temp_directory.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace hcp;
using run::Descriptor;

namespace {

bool is_open(int fd) {
    return ::fcntl(fd, F_GETFD) >= 0;
}

}  // namespace

SCENARIO("a file is closed with its descriptor, once", "[run]") {
    const test::TempDirectory dir;
    int fd = -1;
    {
        auto first = run::open_file(dir.path() / "file", O_WRONLY | O_CREAT, 0600);
        REQUIRE(first);
        fd = first.get();
        const Descriptor second{std::move(first)};
        CHECK(second.get() == fd);
        CHECK(is_open(fd));
    }
    CHECK_FALSE(is_open(fd));
}

SCENARIO("an opened file is not inherited by what the host starts", "[run]") {
    const test::TempDirectory dir;
    const auto file = run::open_file(dir.path() / "file", O_WRONLY | O_CREAT, 0600);
    REQUIRE(file);
    CHECK((::fcntl(file.get(), F_GETFD) & FD_CLOEXEC) != 0);
}

SCENARIO("what cannot be opened holds nothing and says why", "[run]") {
    const test::TempDirectory dir;
    CHECK_FALSE(run::open_file(dir.path() / "missing", O_RDONLY));
    CHECK(errno == ENOENT);
    CHECK_FALSE(Descriptor{});
}

SCENARIO("closing a file leaves the reason of an earlier failure", "[run]") {
    {
        const Descriptor closed_already{::dup(STDERR_FILENO)};
        REQUIRE(::close(closed_already.get()) == 0);
        errno = ENOSPC;
    }
    CHECK(errno == ENOSPC);
}

SCENARIO("a file is read whole, whatever its bytes and its size", "[run]") {
    const test::TempDirectory dir;
    const auto path = dir.path() / "file";
    for (const std::size_t size : {0u, 1u, 16'383u, 16'384u, 16'385u, 100'000u}) {
        std::string text(size, 'x');
        if (size > 1) text[1] = '\0';
        std::ofstream{path, std::ios::binary} << text;
        CHECK(run::text_of_file(path) == text);
    }
}

SCENARIO("a file that is missing or is a folder has no text", "[run]") {
    const test::TempDirectory dir;
    CHECK_FALSE(run::text_of_file(dir.path() / "missing"));
    CHECK(errno == ENOENT);
    CHECK_FALSE(run::text_of_file(dir.path()));
    CHECK(errno == EISDIR);
}

SCENARIO("the folder of a file is synced if there is one", "[run]") {
    const test::TempDirectory dir;
    CHECK(run::sync_folder_of(dir.path() / "file"));
    CHECK(run::sync_folder_of("file"));  // the folder the process stands in
    CHECK_FALSE(run::sync_folder_of(dir.path() / "missing" / "file"));
    CHECK(errno == ENOENT);
}
