#include "adapters/gm/encoding.hpp"
#include "adapters/gm/keyring.hpp"
#include "adapters/gm/sm2_signature.hpp"
#include "tests/ctl/console.hpp"

#include <sys/stat.h>

using namespace hcp;
using namespace hcp::test;

namespace {

unsigned mode_of(const fs::path& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777u;
}

}  // namespace

SCENARIO("keys init makes a master key and an anchor key pair that can be used at once", "[ctl]") {
    const TempDirectory dir;
    const auto folder = dir.path() / "keys";
    const auto said = hcpctl({"keys", "init", folder.string()});
    REQUIRE(said.code == 0);
    CHECK(mode_of(folder) == 0700);
    CHECK(mode_of(folder / "master.key") == 0600);
    CHECK(mode_of(folder / "anchor.pem") == 0600);
    CHECK(mode_of(folder / "anchor.pub.pem") == 0644);
    CHECK(text_in(folder / "master.key").find_first_not_of("0123456789abcdef") == 64);
    CHECK(gm::Keyring::load(folder / "master.key").has_value());

    auto own = gm::sm2_private_from_pem(text_in(folder / "anchor.pem"));
    auto other = gm::sm2_public_from_pem(text_in(folder / "anchor.pub.pem"));
    REQUIRE(own.has_value());
    REQUIRE(other.has_value());
    const auto signature = gm::Sm2Signer{*std::move(own)}.sign(ports::as_bytes("x"));
    REQUIRE(signature.has_value());
    const gm::Sm2Verifier verifier{*std::move(other)};
    CHECK(verifier.verify(ports::as_bytes("x"), ports::View{*signature}));

    // Neither key is on the screen.
    CHECK_FALSE(has(said.out, text_in(folder / "master.key").substr(0, 64)));
    CHECK_FALSE(has(said.out, "PRIVATE"));
}

SCENARIO("two instances get different keys", "[ctl]") {
    const TempDirectory dir;
    REQUIRE(hcpctl({"keys", "init", (dir.path() / "a").string()}).code == 0);
    REQUIRE(hcpctl({"keys", "init", (dir.path() / "b").string()}).code == 0);
    CHECK(text_in(dir.path() / "a/master.key") != text_in(dir.path() / "b/master.key"));
    CHECK(text_in(dir.path() / "a/anchor.pem") != text_in(dir.path() / "b/anchor.pem"));
}

SCENARIO("an existing key is never overwritten, and then none of the others is made", "[ctl]") {
    for (const auto* name : {"master.key", "anchor.pem", "anchor.pub.pem"}) {
        const TempDirectory dir;
        std::ofstream{dir.path() / name} << "precious";
        const auto said = hcpctl({"keys", "init", dir.path().string()});
        CHECK(said.code == 1);
        CHECK(has(said.err, name));
        CHECK(has(said.err, "不会覆盖"));
        CHECK(text_in(dir.path() / name) == "precious");
        CHECK(std::distance(fs::directory_iterator{dir.path()}, {}) == 1);
    }
}

SCENARIO("a dangling link in the place of a key is not written through", "[ctl]") {
    const TempDirectory dir;
    fs::create_symlink(dir.path() / "elsewhere", dir.path() / "anchor.pem");
    CHECK(hcpctl({"keys", "init", dir.path().string()}).code == 1);
    CHECK_FALSE(fs::exists(dir.path() / "elsewhere"));
}

SCENARIO("a place that cannot be made is refused with a remedy", "[ctl]") {
    const TempDirectory dir;
    const auto said = hcpctl({"keys", "init", (dir.path() / "no/such/place").string()});
    CHECK(said.code == 1);
    CHECK(has(said.err, "先建立上级目录"));
}

SCENARIO("keys show names the keys by their ids and shows nothing of them", "[ctl]") {
    const Console console;
    REQUIRE(hcpctl({"keys", "init", (console.root() / "old").string()}).code == 0);
    console.edit("haochaping.ini", "[store]", "old_key_files = old/master.key\n[store]");
    const auto said = console({"keys", "show"});
    REQUIRE(said.code == 0);
    for (const auto* file : {"keys/master.key", "old/master.key"}) {
        const auto ring = gm::Keyring::load(console.root() / file);
        REQUIRE(ring.has_value());
        CHECK(has(said.out, domain::hex_text(ring->current_id())));
        CHECK_FALSE(has(said.out, text_in(console.root() / file).substr(0, 64)));
    }
    CHECK(has(said.out, "留痕锚点密钥"));
}
