#include "adapters/config/load_settings.hpp"
#include "tests/config/fixture.hpp"

using namespace hcp;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace {

Fault only_fault(const Folder& folder, std::string_view text) {
    const auto faults = faults_of(folder, text);
    for (const auto& fault : faults) UNSCOPED_INFO(config::text_of(fault));
    REQUIRE(faults.size() == 1);
    return faults[0];
}

std::string plus(std::string_view more) {
    return std::string{complete} + std::string{more};
}

}  // namespace

SCENARIO("a complete ini becomes typed settings", "[config]") {
    const Folder folder;
    const auto loaded = loaded_from(
        folder, plus("[journal]\nmax_bytes = 2097152\n[sweep]\ngrace_s = 90\n[reconcile]\ndaily_at = 03:15\n"
                     "[host]\naccepted_ids = A, B\n[keys]\nold_key_files = word,client.pem\n"
                     "next_key_file = word\ndigest_key_file = client.pem\n"));
    const auto& s = loaded.settings;
    CHECK(s.file == folder.root() / "haochaping.ini");
    CHECK(s.instance.directory == folder.root() / "data");
    CHECK(s.instance.lease == 60s);
    CHECK(s.host.accepts("B"));
    CHECK_FALSE(s.host.accepts("C"));
    CHECK(s.keys.old_key_files == std::vector{folder.root() / "word", folder.root() / "client.pem"});
    CHECK(s.keys.next_key_file == folder.root() / "word");
    CHECK(s.keys.digest_key_file == folder.root() / "client.pem");
    CHECK(s.keys.cipher == ports::Cipher::sm4_ctr_hmac_sm3);
    CHECK(s.journal.max_bytes == 2'097'152);
    CHECK(s.journal.drain_batch == 500);
    CHECK(s.store.backend == ports::Backend::sqlite3);
    CHECK(s.store.read_timeout == 8000ms);
    CHECK(s.rules.calendar_directory == folder.root() / "calendar");
    REQUIRE(s.province);
    CHECK(s.province->base_url.path == "/gateway");
    CHECK(s.province->client_private_key_file == folder.root() / "client.pem");
    REQUIRE(s.web);
    CHECK(s.web->listen == ports::Address{"0.0.0.0", 8443});
    REQUIRE(s.web->tls);
    CHECK(s.web->tls->key_file == folder.root() / "web.key");
    CHECK(s.web->trusted_proxies.empty());
    CHECK(s.operations_listen == ports::Address{"127.0.0.1", 9464});
    CHECK(s.sweep.grace == 90s);
    REQUIRE(s.reconcile);
    CHECK(s.reconcile->daily_at == 195min);
    CHECK(s.secrecy_alarm_after == std::chrono::days{90});
    CHECK_FALSE(s.allow_virtual_clock);
    CHECK(s.max_clock_skew == 2000ms);
    CHECK(s.max_clock_jump == 10min);
    CHECK(s.log_level == ports::LogLevel::info);
    REQUIRE(loaded.profile);
    CHECK(loaded.profile->name == "山东省");
}

SCENARIO("any host is accepted unless some are named", "[config]") {
    CHECK(loaded_from(Folder{}, complete).settings.host.accepts("whoever"));
    CHECK(has(only_fault(Folder{}, plus("[host]\naccepted_ids = any, A\n")).problem, "any"));
}

SCENARIO("what is switched off needs none of its keys", "[config]") {
    const Folder folder;
    const auto text = R"([instance]
directory = data
[keys]
master_key_file = master.key
anchor_key_file = anchor.pem
[store]
path = store.db
[province]
enabled = off
[web]
public_listen = off
[operations]
listen = off
[reconcile]
daily_at = off
)";
    std::filesystem::remove_all(folder.root() / "province");
    const auto loaded = loaded_from(folder, text);
    CHECK_FALSE(loaded.settings.province);
    CHECK_FALSE(loaded.profile);
    CHECK_FALSE(loaded.settings.web);
    CHECK_FALSE(loaded.settings.operations_listen);
    CHECK_FALSE(loaded.settings.reconcile);
}

SCENARIO("how far the clock may jump is the operator's to say, but not that it may jump at will", "[config]") {
    CHECK(loaded_from(Folder{}, plus("[clock]\nmax_jump_s = 86400\n")).settings.max_clock_jump == 24h);
    for (const auto* wrong : {"59", "86401", "off"})
        CHECK(place(only_fault(Folder{}, plus(std::string{"[clock]\nmax_jump_s = "} + wrong + "\n"))) ==
              "23 [clock] max_jump_s");
}

SCENARIO("an unknown key is refused with the nearest known name", "[config]") {
    const auto fault = only_fault(Folder{}, plus("[journal]\nmax_byte = 5\n"));
    CHECK(place(fault) == "23 [journal] max_byte");
    CHECK(fault.problem == "没有这个键");
    CHECK(fault.remedy == "是否想写 “max_bytes”");
}

SCENARIO("a key in the wrong section is told where it belongs", "[config]") {
    CHECK(only_fault(Folder{}, plus("[journal]\ngrace_s = 60\n")).remedy == "它属于 [sweep] 段");
}

SCENARIO("an unknown section is one fault with the nearest known name", "[config]") {
    const auto fault = only_fault(Folder{}, plus("[jornal]\nmax_bytes = 5\nfoo = bar\n"));
    CHECK(place(fault) == "22 [jornal] ");
    CHECK(fault.remedy == "是否想写 [journal]");
}

SCENARIO("a value of the wrong type or out of range is refused with what it should be", "[config]") {
    const auto type = only_fault(Folder{}, plus("[sweep]\ngrace_s = 1min\n"));
    CHECK(place(type) == "23 [sweep] grace_s");
    CHECK(type.remedy == "应为：秒，60..240");
    CHECK(only_fault(Folder{}, plus("[sweep]\ngrace_s = 59\n")).problem == "超出范围");
    CHECK(only_fault(Folder{}, plus("[store]\nread_timeout_ms = 10000\n")).problem == "超出范围");
    CHECK(has(only_fault(Folder{}, plus("[log]\nlevel = verbose\n")).remedy, "debug"));
}

SCENARIO("a missing required key is named, with an example", "[config]") {
    const auto fault = only_fault(Folder{}, with(std::string{complete}, "directory = data\n", ""));
    CHECK(place(fault) == "0 [instance] directory");
    CHECK(fault.problem == "缺少必填项");
    CHECK(has(fault.remedy, "directory = /var/lib/haochaping"));
}

SCENARIO("which key of the store is required depends on the back-end", "[config]") {
    const Folder folder;
    folder.secret("connection", "host=db\n");
    CHECK(place(only_fault(folder, plus("[store]\nbackend = mysql\n"))) == "0 [store] connection_file");
    const auto loaded = loaded_from(
        folder, with(plus("[store]\nbackend = oracle\n"), "path = store.db", "connection_file = connection"));
    CHECK(loaded.settings.store.backend == ports::Backend::oracle);
    CHECK(loaded.settings.store.path.empty());
}

SCENARIO("a missing or world-readable secret is refused, and the remedy says chmod 600", "[config]") {
    const Folder folder;
    std::filesystem::permissions(folder.root() / "word", std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    const auto open = only_fault(folder, complete);
    CHECK(place(open) == "12 [province] app_word_file");
    CHECK(has(open.remedy, "chmod 600"));
    std::filesystem::remove(folder.root() / "word");
    CHECK(has(only_fault(folder, complete).problem, "不存在"));
}

SCENARIO("relative paths start at the folder of the ini, absolute ones stand", "[config]") {
    const Folder folder, elsewhere;
    const auto text = with(std::string{complete}, "master.key", (elsewhere.root() / "master.key").string());
    const auto loaded = loaded_from(folder, text);
    CHECK(loaded.settings.keys.master_key_file == elsewhere.root() / "master.key");
    CHECK(loaded.settings.keys.anchor_key_file == folder.root() / "anchor.pem");
    CHECK(loaded.settings.store.path == folder.root() / "store.db");
    CHECK(has(only_fault(folder, plus("[policy]\nfile = nowhere/policy.ini\n")).problem,
              (folder.root() / "nowhere").string()));
}

SCENARIO("all faults are reported at once, in the order of the lines", "[config]") {
    const Folder folder;
    const auto faults = faults_of(folder, R"([instance]
directory = missing/data
directry = x
[keys]
master_key_file = none.key
[stroe]
[province]
enabled = maybe
[web]
public_listen = everywhere
[sweep]
grace_s = 0
grace_s = 61
)");
    std::vector<std::string> places;
    for (const auto& fault : faults)
        if (fault.line > 0) places.push_back(place(fault));
    CHECK(places == std::vector<std::string>{"2 [instance] directory", "3 [instance] directry",
                                             "5 [keys] master_key_file", "6 [stroe] ", "8 [province] enabled",
                                             "10 [web] public_listen", "12 [sweep] grace_s", "13 [sweep] grace_s"});
    const auto missing =
        std::count_if(faults.begin(), faults.end(), [](const Fault& f) { return f.problem == "缺少必填项"; });
    CHECK(missing > 3);
    for (const auto& fault : faults) {
        CHECK(fault.file == (folder.root() / "haochaping.ini").string());
        CHECK_FALSE(fault.remedy.empty());
    }
}

SCENARIO("a bad line does not make its key missing too", "[config]") {
    const auto faults =
        faults_of(Folder{}, with(std::string{complete}, "centre_name = 山东省公共资源交易中心", "centre_name ="));
    REQUIRE(faults.size() == 1);
    CHECK(place(faults[0]) == "20 [web] centre_name");
    for (const auto& value : {std::string{"\xC9\xBD\xB6\xAB"}, std::string{"a\x01z"}, std::string(5000, 'x')})
        CHECK(place(only_fault(Folder{}, with(std::string{complete}, "centre_name = 山东省公共资源交易中心",
                                              "centre_name = " + value))) == "20 [web] centre_name");
}

SCENARIO("pages lead back to the portal where one is named", "[config]") {
    CHECK_FALSE(loaded_from(Folder{}, complete).settings.web->portal_url);
    const auto portal = [](std::string_view url) {
        return with(std::string{complete}, "help_phone =", "portal_url = " + std::string{url} + "\nhelp_phone =");
    };
    CHECK_FALSE(loaded_from(Folder{}, portal("off")).settings.web->portal_url);
    CHECK(loaded_from(Folder{}, portal("https://www.example.gov.cn/jy/")).settings.web->portal_url->text ==
          "https://www.example.gov.cn/jy");
    for (const auto* wrong : {"www.example.gov.cn", "javascript:alert(1)", "https://", "https://a.cn/?x=1"}) {
        INFO(wrong);
        CHECK(place(only_fault(Folder{}, portal(wrong))) == "21 [web] portal_url");
    }
}

SCENARIO("the province is reached by https, and by plain http on this machine only", "[config]") {
    const auto https = std::string{"https://hcp.example.gov.cn/gateway/"};
    CHECK(has(only_fault(Folder{}, with(std::string{complete}, https, "http://hcp.example.gov.cn")).problem, "不加密"));
    CHECK(loaded_from(Folder{}, with(std::string{complete}, https, "http://127.0.0.1:8080"))
              .settings.province->base_url.port == 8080);
    CHECK(place(only_fault(Folder{}, with(std::string{complete}, "ca_file = ca.pem\n", ""))) == "0 [province] ca_file");
}

SCENARIO("the profile without SM2 is accepted only against this machine", "[config]") {
    const auto plain = with(plus("[province]\nprofile = province/plain.ini\n"),
                            "platform_public_key_file = platform.pem\nclient_private_key_file = client.pem\n", "");
    CHECK(place(only_fault(Folder{}, plain)) == "9 [province] base_url");
    const auto local = loaded_from(Folder{}, with(plain, "https://hcp.example.gov.cn/gateway/", "http://localhost:9"));
    CHECK_FALSE(local.profile->sm2);
}

SCENARIO("a profile with SM2 needs both keys", "[config]") {
    const auto fault = only_fault(Folder{}, with(std::string{complete}, "client_private_key_file = client.pem\n", ""));
    CHECK(place(fault) == "0 [province] client_private_key_file");
}

SCENARIO("pages in clear are refused unless on loopback or behind a trusted proxy", "[config]") {
    const auto clear = with(std::string{complete}, "tls_cert_file = chain.pem\ntls_key_file = web.key", "tls = off");
    CHECK(place(only_fault(Folder{}, clear)) == "18 [web] tls");
    CHECK_FALSE(loaded_from(Folder{}, with(clear, "0.0.0.0:8443", "127.0.0.1:0")).settings.web->tls);
    const auto proxied = loaded_from(Folder{}, clear + "trusted_proxies = 10.1.0.0/16\n");
    CHECK(proxied.settings.web->trusted_proxies == std::vector<std::string>{"10.1.0.0/16"});
    CHECK(place(only_fault(Folder{}, with(std::string{complete}, "https://pj.example", "http://pj.example"))) ==
          "17 [web] public_base_url");
}

SCENARIO("the hosts that we answer to are names and addresses without a port", "[config]") {
    CHECK(loaded_from(Folder{}, complete).settings.web->allowed_hosts.empty());
    const auto named = loaded_from(Folder{}, plus("[web]\nallowed_hosts = pj.internal, 10.1.2.3\n"));
    CHECK(named.settings.web->allowed_hosts == std::vector<std::string>{"pj.internal", "10.1.2.3"});
    const auto fault = only_fault(Folder{}, plus("[web]\nallowed_hosts = https://pj.internal\n"));
    CHECK(fault.key == "allowed_hosts");
    CHECK(fault.problem == "不是主机名或 IP 地址");
    CHECK(has(fault.remedy, "不带端口"));
}

SCENARIO("faults of the profile are reported together with those of the ini", "[config]") {
    const Folder folder;
    folder.write("province/shandong.ini", text_in(folder.root() / "province/shandong.ini") + "[traffic]\nfoo = 1\n");
    const auto faults = faults_of(folder, plus("[log]\nlevel = loud\n"));
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].key == "level");
    CHECK(has(faults[1].file, "shandong.ini"));
}

SCENARIO("what is shown says where each value comes from, and a secret is its path", "[config]") {
    const Folder folder;
    const auto loaded = loaded_from(folder, complete);
    const auto text = config::describe_settings(loaded);
    CHECK(has(text, "app_word_file = word\n;   第 12 行\n"));
    CHECK(has(text, "drain_batch = 500\n;   默认\n"));
    CHECK(has(text, "; connection_file 未设置\n"));
    CHECK_FALSE(has(text, "s3cret"));
}

SCENARIO("a reload that cannot take a change over names the keys", "[config]") {
    const Folder folder;
    const auto running = loaded_from(folder, complete);
    CHECK(config::needs_restart(running, loaded_from(folder, plus("[log]\nlevel = debug\n"))).empty());
    CHECK(config::needs_restart(running, loaded_from(folder, plus("[log]\nlevel = debug\n[store]\nsessions = 5\n"))) ==
          std::vector<std::string>{"store.sessions"});
}

SCENARIO("an operations port that strangers reach is a warning with its line, and nothing keeps it from starting",
         "[config]") {
    const Folder folder;
    CHECK(loaded_from(folder, complete).warnings.empty());
    CHECK(loaded_from(folder, plus("[operations]\nlisten = 10.1.2.3:9464\n")).warnings.empty());
    CHECK(loaded_from(folder, plus("[operations]\nlisten = off\n")).warnings.empty());
    for (const auto* address : {"0.0.0.0:9464", "[::]:9464", "8.8.8.8:9464"}) {
        const auto loaded = loaded_from(folder, plus("[operations]\nlisten = " + std::string{address} + "\n"));
        REQUIRE(loaded.warnings.size() == 1);
        CHECK(place(loaded.warnings[0]) == "23 [operations] listen");
        CHECK(has(loaded.warnings[0].problem, "对外监听"));
        CHECK_FALSE(loaded.warnings[0].remedy.empty());
    }
}

SCENARIO("the staff's listener is off until it is asked for, and then needs TLS and a name of its own", "[config]") {
    const Folder folder;
    CHECK_FALSE(loaded_from(folder, complete).settings.staff);
    const std::string on = "[staff]\nlisten = 127.0.0.1:8444\n",
                      whole =
                          on + "base_url = https://desk.example.cn\ntls_cert_file = ca.pem\ntls_key_file = web.key\n";
    const auto loaded = loaded_from(folder, plus(whole + "idle_minutes = 20\ninvite = off\n"));
    REQUIRE(loaded.settings.staff);
    CHECK(loaded.settings.staff->listen == ports::Address{"127.0.0.1", 8444});
    CHECK(loaded.settings.staff->key_file == folder.root() / "web.key");
    CHECK(loaded.settings.staff->idle_minutes == 20);
    CHECK(loaded.settings.staff->absolute_hours == 10);
    CHECK_FALSE(loaded.settings.staff->invite);
    CHECK_FALSE(loaded.settings.staff->portal_url);
    CHECK(loaded.warnings.empty());

    CHECK(faults_of(folder, plus(on)).size() == 3);
    CHECK(has(only_fault(folder, plus(with(whole, "https://", "http://"))).problem, "不加密"));
    CHECK(has(only_fault(folder, plus(with(whole, "desk.example.cn", "desk.example.cn:0"))).problem, "端口为 0"));
    CHECK(has(only_fault(folder, plus(with(whole, "desk.example.cn", "desk.example.cn/a"))).problem, "路径"));
    for (const auto* port : {"127.0.0.1:8443", "127.0.0.1:9464"})
        CHECK(has(only_fault(folder, plus(with(whole, "127.0.0.1:8444", port))).problem, "同一个端口"));
    const auto open = loaded_from(folder, plus(with(whole, "127.0.0.1:8444", "8.8.8.8:8444")));
    REQUIRE(open.warnings.size() == 1);
    CHECK(place(open.warnings[0]) == "23 [staff] listen");
}

SCENARIO("the centre's own sign-on is off until it is asked for, and then is of the staff's pages", "[config]") {
    const Folder folder;
    const std::string staff =
        "[staff]\nlisten = 127.0.0.1:8444\nbase_url = https://desk.example.cn\ntls_cert_file = ca.pem\ntls_key_file = "
        "web.key\n";
    CHECK_FALSE(loaded_from(folder, plus(staff)).settings.openid);
    const std::string on = "[openid]\nissuer = https://idp.example.cn/realms/centre/\n",
                      whole = on + "client_id = haochaping\nca_file = ca.pem\n";
    const auto openid = loaded_from(folder, plus(staff + whole)).settings.openid;
    REQUIRE(openid);
    CHECK(openid->issuer.text == "https://idp.example.cn/realms/centre");
    CHECK(openid->client_id == "haochaping");
    CHECK(openid->staff_claim == "sub");
    CHECK(openid->scope == "openid");
    CHECK(openid->name == "统一身份认证");
    CHECK(openid->secret_file.empty());

    CHECK(faults_of(folder, plus(staff + on)).size() == 2);
    CHECK(has(only_fault(folder, plus(whole)).problem, "无处登录"));
    CHECK(has(only_fault(folder, plus(staff + with(whole, "https://", "http://"))).problem, "不加密"));
    CHECK(has(only_fault(folder, plus(staff + whole + "scope = profile openids\n")).problem, "没有 openid"));
    const auto here = with(with(whole, "https://idp.example.cn", "http://127.0.0.1:4000"), "ca_file = ca.pem\n", "");
    CHECK(loaded_from(folder, plus(staff + here)).settings.openid);
}

SCENARIO("two listeners on one port are a fault, before the system refuses the second", "[config]") {
    const Folder folder;
    for (const auto* address : {"0.0.0.0:8443", "127.0.0.1:8443", "[::]:8443"}) {
        const auto fault = only_fault(folder, plus("[operations]\nlisten = " + std::string{address} + "\n"));
        CHECK(place(fault) == "23 [operations] listen");
        CHECK(has(fault.problem, "同一个端口"));
    }
    const auto local = with(std::string{complete}, "0.0.0.0:8443", "localhost:8443");
    CHECK(only_fault(folder, local + "[operations]\nlisten = 127.0.0.1:8443\n").key == "listen");
    CHECK(faults_of(folder, local + "[operations]\nlisten = 10.0.0.1:8443\n").empty());
    CHECK(faults_of(folder,
                    with(std::string{complete}, "0.0.0.0:8443", "0.0.0.0:0") + "[operations]\nlisten = 0.0.0.0:0\n")
              .empty());
}

SCENARIO("an app mark that only looks like the province's is refused, with its line", "[config]") {
    for (const auto* mark : {"SD\u200BGGZY", "SDGGZY\uFEFF", "SDGGZY\u00A0"}) {
        const auto fault = only_fault(Folder{}, with(std::string{complete}, "= SDGGZY", "= " + std::string{mark}));
        CHECK(place(fault) == "11 [province] app_mark");
        CHECK(has(fault.problem, "看不见的字符"));
    }
}
