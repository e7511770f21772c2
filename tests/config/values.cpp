#include "adapters/config/schema.hpp"
#include "adapters/config/secret_file.hpp"
#include "tests/config/fixture.hpp"

using namespace hcp;
using namespace hcp::config;
using test::has;

namespace {

const test::Folder& folder() {
    static const test::Folder instance;
    return instance;
}

Wrong wrong(const Key& key, std::string_view text) {
    const auto read = read_value(key, text, folder().root());
    REQUIRE(std::holds_alternative<Wrong>(read));
    return std::get<Wrong>(read);
}

template <class T>
T right(const Key& key, std::string_view text) {
    auto read = read_value(key, text, folder().root());
    REQUIRE(std::holds_alternative<Value>(read));
    REQUIRE(std::holds_alternative<T>(std::get<Value>(read)));
    return std::get<T>(std::get<Value>(read));
}

}  // namespace

SCENARIO("a number is whole digits within its range, in the unit of its key", "[config]") {
    const Key key{.section = "s", .name = "wait_ms", .kind = Kind::milliseconds, .min = 100, .max = 900};
    CHECK(right<std::int64_t>(key, "100") == 100);
    CHECK(right<std::int64_t>(key, "900") == 900);
    for (const auto* text : {"99", "901", "-100"}) CHECK(wrong(key, text).problem == "超出范围");
    for (const auto* text : {"1e2", "200ms", "0x99", "+200", " 200", "99999999999999999999"}) {
        CHECK(wrong(key, text).problem == "不是整数");
        CHECK(wrong(key, text).remedy == "应为：毫秒，100..900");
    }
}

SCENARIO("zero never means off; off does, where it may", "[config]") {
    const Key may{.section = "s", .name = "k", .kind = Kind::count, .off = true, .min = 1, .max = 9};
    CHECK(has(wrong(may, "0").remedy, "写 off"));
    right<Off>(may, "off");
    const Key must{.section = "s", .name = "k", .kind = Kind::count, .min = 1, .max = 9};
    CHECK(wrong(must, "off").problem == "此项不能关闭");
}

SCENARIO("on_off takes two words and no others", "[config]") {
    const Key key{.section = "s", .name = "k", .kind = Kind::on_off};
    CHECK(right<bool>(key, "on"));
    CHECK_FALSE(right<bool>(key, "off"));
    for (const auto* text : {"true", "yes", "1", "0", "On"}) CHECK(wrong(key, text).remedy == "应为：on 或 off");
}

SCENARIO("text is measured in characters, not bytes", "[config]") {
    const Key key{.section = "s", .name = "k", .kind = Kind::text, .min = 2, .max = 4};
    CHECK(right<std::string>(key, "公共资源") == "公共资源");
    CHECK(wrong(key, "公共资源部").problem == "长度不合");
    CHECK(wrong(key, "公").problem == "长度不合");
}

SCENARIO("a listening address is an IP address and a port, and port 0 is any", "[config]") {
    const Key key{.section = "s", .name = "k", .kind = Kind::address};
    CHECK(right<ports::Address>(key, "0.0.0.0:8443") == ports::Address{"0.0.0.0", 8443});
    CHECK(right<ports::Address>(key, "127.0.0.1:0").is_loopback());
    CHECK(right<ports::Address>(key, "[::1]:80") == ports::Address{"::1", 80});
    CHECK(right<ports::Address>(key, "localhost:80").is_loopback());
    for (const auto* text : {"8443", ":8443", "1.2.3.4", "1.2.3.4:", "1.2.3.4:65536", "1.2.3:80", "::1:80", "[::1]",
                             "[::1]80", "[x]:80", "web.example:80", "1.2.3.4:80 ", "[v1.a]:80", "u@1.2.3.4:80",
                             "1.2.3.4:80/", "01.2.3.4:80", "%31.2.3.4:80", "1.2.3.4:-1", ""})
        CHECK_FALSE(read_address(text));
}

SCENARIO("a URL can have a path appended", "[config]") {
    const auto url = read_url("https://hcp.example.gov.cn/gate/way/").value();
    CHECK(url.host == "hcp.example.gov.cn");
    CHECK(url.port == 443);
    CHECK(url.path == "/gate/way");
    CHECK(url.text == "https://hcp.example.gov.cn/gate/way");
    CHECK(read_url("http://[::1]:8080").value().port == 8080);
    CHECK(read_url("http://127.0.0.1").value().is_loopback());
    CHECK(read_url("https://a:0/x").value().text_at(8443) == "https://a:8443/x");  // 0 = the listener's
    CHECK(read_url("https://a:1/x").value().text_at(8443) == "https://a:1/x");
    CHECK_FALSE(read_url("http://127.example.com").value().is_loopback());
    for (const auto* text : {"ftp://a", "https://", "https:///x", "https://a:x", "https://u:p@a/", "https://a/?q",
                             "https://a/#f", "https://a/b c", "https://a\\b", "a.example"})
        CHECK_FALSE(read_url(text));
}

SCENARIO("a URL has a scheme, a host and a port as they are written, and a path that needs no escaping", "[config]") {
    for (const auto* text :
         {"", "http:", "http:/", "http: ", "HTTP://a", "https://[v1.a]", "https://[::1", "https://%61", "https://a_b",
          "https://a:", "https://a:65536", "https://a:-1", "https://a:80b"}) {
        INFO(text);
        CHECK_FALSE(read_url(text));
    }
    for (const auto* text : {"https://a/@b", "https://a/%zz", "https://a/路", "https://a/<b>", "https://a/{b}"}) {
        INFO(text);
        CHECK_FALSE(read_url(text));
    }
    CHECK(read_url("https://a/%E8%B7%AF//b/./").value().path == "/%E8%B7%AF//b/.");
}

SCENARIO("a list has no empty and no repeated element", "[config]") {
    const Key key{.section = "s", .name = "k", .kind = Kind::list, .min = 1, .max = 3};
    CHECK(right<std::vector<std::string>>(key, "a , b,c") == std::vector<std::string>{"a", "b", "c"});
    CHECK(wrong(key, "a,,b").problem == "列表中有空项");
    CHECK(wrong(key, "a,b,a").problem == "列表中有重复项");
    CHECK(wrong(key, "a,b,c,d").problem == "列表项太多");
    const Key texts{.section = "s", .name = "k", .kind = Kind::texts, .min = 1, .max = 3};
    CHECK(right<std::vector<std::string>>(texts, "a, b | c") == std::vector<std::string>{"a, b", "c"});
}

SCENARIO("a list written with a Chinese comma is refused, for it would be one long element", "[config]") {
    const Key ids{.section = "s", .name = "k", .kind = Kind::list, .min = 1, .max = 3};
    for (const auto* text : {"甲，乙", "甲、乙", "甲,乙、丙"}) {
        CHECK(has(wrong(ids, text).problem, "中文的逗号"));
        CHECK(has(wrong(ids, text).remedy, "半角"));
    }
    const Key texts{.section = "s", .name = "k", .kind = Kind::texts, .min = 1, .max = 3};
    CHECK(has(wrong(texts, "已存在｜重复").problem, "｜"));
    CHECK(right<std::vector<std::string>>(texts, "已存在，重复 | 有").size() == 2);
}

SCENARIO("loopback, private and link-local addresses are internal; public ones and those for every address are not",
         "[config]") {
    for (const auto* text :
         {"127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1", "10.0.0.1:1", "172.16.0.1:1", "172.31.255.1:1",
          "192.168.1.1:1", "169.254.1.1:1", "[fd00::1]:1", "[fc00::1]:1", "[fe80::1]:1", "[::ffff:10.0.0.1]:1"}) {
        INFO(text);
        CHECK(is_internal(read_address(text).value()));
    }
    for (const auto* text : {"0.0.0.0:1", "[::]:1", "8.8.8.8:1", "172.15.0.1:1", "172.32.0.1:1", "192.169.0.1:1",
                             "100.64.0.1:1", "11.0.0.1:1", "[2001:db8::1]:1", "[fec0::1]:1", "[::ffff:8.8.8.8]:1"}) {
        INFO(text);
        CHECK_FALSE(is_internal(read_address(text).value()));
    }
}

SCENARIO("a trusted proxy is an address or a prefix", "[config]") {
    const Key key{.section = "s", .name = "k", .kind = Kind::networks, .min = 1, .max = 3};
    CHECK(right<std::vector<std::string>>(key, "10.0.0.0/8, fd00::/8, 192.0.2.1").size() == 3);
    for (const auto* text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "proxy", "fd00::/129", "10.0.0.0/-1"})
        wrong(key, text);
}

SCENARIO("a host is a name or an address", "[config]") {
    const Key key{.section = "s", .name = "k", .kind = Kind::hosts, .min = 1, .max = 4};
    CHECK(right<std::vector<std::string>>(key, "pj.example.cn, intern-1, 192.0.2.1, 2001:db8::1").size() == 4);
    for (const auto* text : {"pj.example.cn:443", "u@pj", "http://pj", "pj/", "[2001:db8::1]", "*.example.cn", "a b"})
        wrong(key, text);
}

SCENARIO("a time of day is HH:MM", "[config]") {
    const Key key{.section = "s", .name = "k", .kind = Kind::time_of_day};
    CHECK(right<std::int64_t>(key, "02:30") == 150);
    CHECK(right<std::int64_t>(key, "23:59") == 1439);
    for (const auto* text : {"24:00", "02:60", "2:30", "0230", "02:3x", "-1:30"}) wrong(key, text);
}

SCENARIO("a secret is a file that only its owner may read", "[config]") {
    const Key key{.section = "s", .name = "k", .kind = Kind::secret_path};
    const auto path = folder().root() / "word";
    CHECK(right<std::filesystem::path>(key, "word") == path);

    GIVEN("permission bits for anybody else") {
        namespace fs = std::filesystem;
        for (const auto extra :
             {fs::perms::group_read, fs::perms::others_read, fs::perms::group_write, fs::perms::others_exec}) {
            const auto open = folder().write("open", "s3cret");
            fs::permissions(open, fs::perms::owner_read | extra);
            THEN("it is refused, root or not, with the command that helps: " +
                 std::to_string(static_cast<unsigned>(extra))) {
                CHECK(has(wrong(key, "open").remedy, "chmod 600 " + open.string()));
            }
            fs::permissions(open, fs::perms::owner_all);
        }
    }
    GIVEN("the secret itself where its path belongs") {
        THEN("the fault does not repeat it") {
            const auto fault = wrong(key, "Hunter2Hunter2");
            CHECK_FALSE(has(fault.problem + fault.remedy, "Hunter2"));
            CHECK(has(fault.remedy, "只写密钥文件的路径"));
        }
    }
    GIVEN("an empty file or a folder") {
        folder().secret("empty", "");
        CHECK(wrong(key, "empty").problem == "密钥文件是空的");
        CHECK(wrong(key, "calendar").problem == "密钥文件不是普通文件");
    }
}

SCENARIO("a misspelt word finds the one that was meant, and nonsense finds none", "[config]") {
    constexpr std::string_view known[] = {"max_bytes", "drain_batch", "io_threads"};
    CHECK(nearest("max_byte", known) == "max_bytes");
    CHECK(nearest("drain_bacth", known) == "drain_batch");
    CHECK(nearest("iothread", known) == "io_threads");
    CHECK(nearest("password", known).empty());
    CHECK(nearest("x", known).empty());
}
