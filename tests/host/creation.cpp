#include "tests/host/fake_host.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using test::text;

SCENARIO("create refuses what it cannot serve, and says why where it can", "[create]") {
    test::FakeHost host;
    WHEN("the major differs") {
        host.abi.abi_major = GENERATE(0u, 2u, 99u);
        CHECK(host.create() == nullptr);
        REQUIRE(host.lines.size() == 1);
        CHECK(host.said(std::to_string(host.abi.abi_major) + ".0"));
        CHECK(host.said("1.0"));
        CHECK(host.said(std::to_string(sizeof(hcp_host)) + " 字节"));
    }
    WHEN("the struct ends before `extension`") {
        host.abi.struct_size = offsetof(hcp_host, extension);
        CHECK(host.create() == nullptr);
        REQUIRE(host.lines.size() == 1);
        CHECK(host.said("32 字节"));
        CHECK(host.said("40 字节"));
    }
    WHEN("there is no log within reach") {
        host.abi.struct_size = GENERATE(0u, 4u, 8u, 24u);
        CHECK(host.create() == nullptr);
        CHECK(host.lines.empty());
    }
    WHEN("log is NULL") {
        host.abi.log = nullptr;
        CHECK(host.create() == nullptr);
    }
    WHEN("extension is NULL") {
        host.abi.extension = nullptr;
        CHECK(host.create() == nullptr);
        CHECK(host.said("extension"));
    }
    WHEN("the host is NULL") {
        CHECK(host::make_gate(nullptr, text("x"),
                              [](auto&, auto) -> std::unique_ptr<host::Module> { return nullptr; }) == nullptr);
    }
    WHEN("the path is missing") {
        const hcp_text path =
            GENERATE(as<hcp_text>{}, hcp_text{nullptr, 0}, hcp_text{nullptr, 5}, hcp_text{"", 0}, hcp_text{"a\0b", 3});
        CHECK(host::make_gate(&host.abi, path, [](auto&, auto) -> std::unique_ptr<host::Module> {
                  return std::make_unique<test::FakeModule>();
              }) == nullptr);
        CHECK(host.said("config_path"));
    }
    WHEN("the module is refused, or throws") {
        const bool throws = GENERATE(false, true);
        CHECK(host::make_gate(&host.abi, text("x"), [&](auto& b, auto) -> std::unique_ptr<host::Module> {
                  if (throws) throw std::runtime_error{"out of luck"};
                  b.log().error("配置有误");
                  return nullptr;
              }) == nullptr);
        CHECK(host.said(throws ? "out of luck" : "配置有误"));
    }
}

SCENARIO("create accepts a host of a later minor with a longer struct", "[create]") {
    test::FakeHost host;
    struct Longer {
        hcp_host abi;
        char more[64];
    } longer{};
    longer.abi = host.abi;
    longer.abi.struct_size = sizeof longer;
    longer.abi.abi_minor = 7;
    std::string path;
    auto* p = host::make_gate(&longer.abi, text("/a/路径.ini"), [&](auto&, std::string_view given) {
        path = given;
        return std::make_unique<test::FakeModule>();
    });
    REQUIRE(p != nullptr);
    CHECK(path == "/a/路径.ini");
    CHECK(p->struct_size == sizeof(hcp_plugin));
    CHECK(p->abi_major == HCP_ABI_MAJOR);
    CHECK(p->abi_minor == HCP_ABI_MINOR);
    CHECK(p->destroy(p) == HCP_OK);
}
