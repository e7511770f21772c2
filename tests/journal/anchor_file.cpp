#include "adapters/journal/anchor_file.hpp"

#include "tests/support/temp_directory.hpp"
#include "tests/support/text_in.hpp"

#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace hcp;
using journal::AnchorFile;
using ports::Anchor;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
    [[nodiscard]] fs::path file() const { return dir_.path() / "anchors"; }
    [[nodiscard]] std::string text() const { return test::text_in(file()); }
    void write(std::string_view text) const { std::ofstream{file(), std::ios::binary} << text; }

private:
    test::TempDirectory dir_;
};

Anchor anchor(std::int64_t seq, std::int32_t lane = 1) {
    Anchor a;
    a.head.lane = lane;
    a.head.seq = seq;
    a.head.hash.fill(static_cast<std::uint8_t>(seq));
    a.at = domain::instant_from_us(1'600'000'000'000'000 + seq);
    a.signature = {0x30, 0x44, 0xab, static_cast<std::uint8_t>(seq)};
    return a;
}

std::vector<std::int64_t> sequences(const ports::Anchors::Content& content) {
    std::vector<std::int64_t> found;
    for (const auto& a : content.anchors) found.push_back(a.head.seq);
    return found;
}

using Sequences = std::vector<std::int64_t>;

ports::Anchors::Content content_of(AnchorFile& file) {
    auto content = file.read();
    REQUIRE(content.has_value());
    return *std::move(content);
}

}  // namespace

SCENARIO("an anchor is one line of text, the same both ways", "[anchors]") {
    const auto a = anchor(7, 12);
    const auto line = journal::anchor_line(a);
    CHECK(line ==
          "hcp-anchor/1 1600000000000007 12 7 "
          "0707070707070707070707070707070707070707070707070707070707070707 3044ab07");
    const auto back = journal::anchor_from_line(line);
    REQUIRE(back.has_value());
    CHECK(back->head.lane == 12);
    CHECK(back->head.hash == a.head.hash);
    CHECK(back->signature == a.signature);
    CHECK(back->signed_text() == a.signed_text());
}

SCENARIO("what is not exactly an anchor line is nothing", "[anchors]") {
    const auto good = journal::anchor_line(anchor(7));
    REQUIRE(journal::anchor_from_line(good).has_value());
    const auto with = [&](std::string_view from, std::string_view to) {
        auto text = good;
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        return text.replace(at, from.size(), to);
    };
    for (const auto& bad :
         {std::string{}, good + ' ', good + " 00", ' ' + good, good.substr(0, good.size() - 1), with("/1", "/2"),
          with(" 7 ", " -7 "), with(" 7 ", " 07 "), with(" 7 ", "  7 "), with(" 7 ", " +7 "),
          with(" 7 ", " 99999999999999999999 "), with("ab", "AB"), with("ab", "zz"), with("0707 ", "07 "),
          with(" 3044ab07", " "), with(" 3044ab07", ""), good + '\r'}) {
        INFO(bad);
        CHECK_FALSE(journal::anchor_from_line(bad).has_value());
    }
}

SCENARIO("anchors come back in the order of writing, from a file that is its owner's alone", "[anchors]") {
    const Folder folder;
    AnchorFile file{folder.file()};
    REQUIRE(file.append({anchor(1), anchor(5, 2)}));
    REQUIRE(file.append({anchor(3)}));
    REQUIRE(file.append({}));
    AnchorFile again{folder.file()};
    const auto content = content_of(again);
    CHECK(sequences(content) == Sequences{1, 5, 3});
    CHECK(content.unreadable_lines.empty());
    struct stat status {};
    REQUIRE(::stat(folder.file().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
}

SCENARIO("a file that is not there has no anchors, a folder in its place is a failure", "[anchors]") {
    const Folder folder;
    AnchorFile file{folder.file()};
    CHECK(content_of(file).anchors.empty());
    CHECK_FALSE(fs::exists(folder.file()));

    fs::create_directory(folder.file());
    CHECK(file.read().error() == journal::anchor_errc::unavailable);
    CHECK(file.append({anchor(1)}).error() == journal::anchor_errc::unavailable);
}

SCENARIO("what a power cut left of a line is passed over, and cut off by the next append", "[anchors]") {
    const auto second = journal::anchor_line(anchor(2));
    for (std::size_t kept = 0; kept <= second.size(); ++kept) {
        const Folder folder;
        AnchorFile file{folder.file()};
        REQUIRE(file.append({anchor(1)}));
        const auto whole = folder.text();
        folder.write(whole + second.substr(0, kept));

        const auto torn = content_of(file);
        CHECK(sequences(torn) == Sequences{1});
        CHECK(torn.unreadable_lines.empty());

        REQUIRE(file.append({anchor(3)}));
        CHECK(folder.text() == whole + journal::anchor_line(anchor(3)) + '\n');
    }
}

SCENARIO("a torn end longer than one block is found as well, also with no whole line before it", "[anchors]") {
    const Folder folder;
    AnchorFile file{folder.file()};
    folder.write(std::string(10'000, '\0'));
    REQUIRE(file.append({anchor(1)}));
    CHECK(folder.text() == journal::anchor_line(anchor(1)) + '\n');

    folder.write(folder.text() + std::string(9'000, 'x'));
    REQUIRE(file.append({anchor(2)}));
    CHECK(sequences(content_of(file)) == Sequences{1, 2});
}

SCENARIO("a line that ends but does not read is reported by its number and hides no other", "[anchors]") {
    const Folder folder;
    AnchorFile file{folder.file()};
    REQUIRE(file.append({anchor(1), anchor(2), anchor(3)}));
    auto text = folder.text();
    text.replace(text.find("hcp-anchor/1", 20), 12, "hcp-anchor/9");
    folder.write(text + "torn in the middle of nowhere\n" + journal::anchor_line(anchor(4)) + '\n');
    const auto content = content_of(file);
    CHECK(sequences(content) == Sequences{1, 3, 4});
    CHECK(content.unreadable_lines == Sequences{2, 4});
}

SCENARIO("an anchor that would not read back is not written", "[anchors]") {
    const Folder folder;
    AnchorFile file{folder.file()};
    auto unsigned_one = anchor(2);
    unsigned_one.signature.clear();
    CHECK(file.append({anchor(1), unsigned_one}).error() == journal::anchor_errc::malformed);
    CHECK(file.append({anchor(-1)}).error() == journal::anchor_errc::malformed);
    CHECK_FALSE(fs::exists(folder.file()));
}

SCENARIO("an append that does not fit leaves the anchors that were there", "[anchors]") {
    const Folder folder;
    AnchorFile file{folder.file()};
    REQUIRE(file.append({anchor(1)}));
    const auto whole = folder.text();

    struct rlimit before {};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    for (const std::size_t room : {std::size_t{0}, std::size_t{1}, std::size_t{40}}) {
        auto limit = before;
        limit.rlim_cur = whole.size() + room;
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
        const auto done = file.append({anchor(2)});
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
        CHECK(done.error() == journal::anchor_errc::full);
        CHECK(folder.text() == whole);
    }
    std::signal(SIGXFSZ, handler);

    REQUIRE(file.append({anchor(2)}));
    CHECK(sequences(content_of(file)) == Sequences{1, 2});
}
