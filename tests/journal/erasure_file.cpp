#include "adapters/journal/erasure_file.hpp"

#include "plugin/domain/bytes.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/support/text_in.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <fstream>
#include <string>
#include <vector>

using namespace hcp;
using namespace hcp::journal;
using ports::Erasure;

namespace {

Erasure erasure(std::uint8_t first, std::int64_t at_us) {
    Erasure made;
    made.lookup.front() = first;
    made.at = domain::instant_from_us(at_us);
    return made;
}

}  // namespace

SCENARIO("erasures come back in the order of writing, from a file of its owner", "[journal]") {
    const test::TempDirectory dir;
    ErasureFile file{dir.path() / erasure_file_name}, other{dir.path() / erasure_file_name};
    CHECK(file.read().value().erasures.empty());
    const auto one = erasure(1, 5), two = erasure(0xff, 1'790'000'000'000'000);
    REQUIRE(file.append(one).has_value());
    REQUIRE(other.append(two).has_value());
    CHECK(file.read().value().erasures == std::vector{one, two});
    CHECK(file.read().value().unreadable_lines.empty());
    struct stat status {};
    REQUIRE(::stat((dir.path() / erasure_file_name).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777u) == 0600);
}

SCENARIO("what a power cut left of a line hides no other, and is told of once one stands behind it", "[journal]") {
    const test::TempDirectory dir;
    const auto path = dir.path() / erasure_file_name;
    ErasureFile file{path};
    const auto one = erasure(1, 5), two = erasure(2, 6);
    REQUIRE(file.append(one).has_value());
    std::ofstream{path, std::ios::app} << "hcp-erasure/1 7 00";
    CHECK(file.read().value().erasures == std::vector{one});
    CHECK(file.read().value().unreadable_lines.empty());
    REQUIRE(file.append(two).has_value());
    CHECK(file.read().value().erasures == std::vector{one, two});
    CHECK(file.read().value().unreadable_lines == std::vector<std::int64_t>{2});
}

SCENARIO("a line that is not exactly an erasure is none", "[journal]") {
    const auto line = erasure_line(erasure(0xab, 12));
    CHECK(erasure_from_line(line) == erasure(0xab, 12));
    for (const auto& wrong : std::vector<std::string>{line + " ", line + "0", "x" + line, line.substr(1), std::string{},
                                                      "hcp-erasure/1 12", "hcp-erasure/1 +12 " + std::string(64, '0'),
                                                      "hcp-erasure/1 12 " + std::string(64, 'A')})
        CHECK_FALSE(erasure_from_line(wrong));
    ErasureFile nowhere{"/no/such/folder/erasures.log"};
    CHECK_FALSE(nowhere.append(erasure(1, 1)));
}
