#include "tests/support/file_desk.hpp"
#include "tests/support/many_open.hpp"

#include <sys/resource.h>

using namespace hcp;
using namespace hcp::test;

namespace {

long most_resident_kib() {
    rusage used{};
    REQUIRE(::getrusage(RUSAGE_SELF, &used) == 0);
    return used.ru_maxrss;
}

}  // namespace

SCENARIO("a page of many open evaluations costs the memory of a page, and the pages have them all", "[flow]") {
    FileDesk desk;
    const auto first = Desk::completion("C0");
    constexpr std::size_t total = 20'000;
    open_many(desk, first, total);
    const auto before = most_resident_kib();
    const auto& subject = first.subjects.front();
    REQUIRE(desk.show->unanswered_of_subject(subject.type, subject.certificate_no, {}, desk.clock.now()).has_value());
    CHECK(most_resident_kib() - before < 16 * 1024);  // all of them took five times that

    const auto walked = walk_open(desk, first);
    CHECK(walked.evaluations == total);
    CHECK(walked.in_order);
    CHECK(walked.longest == app::most_unanswered_in_page);
    CHECK(walked.pages == total / app::most_unanswered_in_page);
}
