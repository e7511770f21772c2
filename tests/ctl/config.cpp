#include "adapters/config/load_settings.hpp"
#include "tests/ctl/console.hpp"
#include "tests/support/project_root.hpp"

using namespace hcp::test;

namespace {

struct Slip {
    std::string file, from, to;  // one text in the place of another
    std::string place, problem;  // what check has to say
};

}  // namespace

SCENARIO("a sound configuration is said to be so, with what was loaded", "[ctl]") {
    const Console console;
    const auto said = console({"config", "check"});
    CHECK(said.code == 0);
    CHECK(has(said.out, "配置没有问题"));
    CHECK(has(said.out, "规则版本 1 个"));
    CHECK(has(said.out, "2020-2026@2025-11-04"));
}

SCENARIO("every kind of slip is named with its place and a remedy, and ends with 2", "[ctl]") {
    const std::vector<Slip> slips{
        {"haochaping.ini", "[store]", "[stroe]", "haochaping.ini:6 [stroe]", "store"},
        {"haochaping.ini", "path = store.db", "pathh = store.db", "[store] pathh", "path"},
        {"haochaping.ini", "directory = data\n", "", "[instance] directory", "缺少必填项"},
        {"haochaping.ini", "[province]", "[sweep]\ngrace_s = 5\n[province]", "[sweep] grace_s", "60..240"},
        {"haochaping.ini", "enabled = off", "enabled = 0", "[province] enabled", "on 或 off"},
        {"haochaping.ini", "enabled = off", "enabled = on", "[province] base_url", "缺少必填项"},
        {"haochaping.ini", "keys/master.key", "keys/none.key", "[keys] master_key_file", "不存在"},
        {"haochaping.ini", "keys/master.key", "keys/anchor.pem", "[keys] master_key_file", "64 位十六进制"},
        {"haochaping.ini", "keys/anchor.pem", "keys/master.key", "[keys] anchor_key_file", "不是 SM2 私钥"},
        {"haochaping.ini", "[store]", "old_key_files = keys/anchor.pem\n[store]", "[keys] old_key_files",
         "64 位十六进制"},
        {"haochaping.ini", "[store]", "[policy]\nfile = none.ini\n[store]", "[policy] file", "不存在"},
        {"haochaping.ini", "[instance]", "instance]", "haochaping.ini:1", ""},
        {"policy.ini", "window_days = 5", "window_days = five", "policy.ini", "window_days"},
        {"policy.ini", "default_level = 5", "", "policy.ini", "default_level"},
        {"calendar/cn-2026.ini", "2026-01-01..2026-01-03 = 放假 元旦", "2026-01-01..2025-01-03 = 放假 元旦",
         "cn-2026.ini", ""},
        {"items/tags.csv", "version,level", "version,levl", "tags.csv", "level"},
        {"items/items.csv", "item_code,name", "item,name", "items.csv", "item_code"},
        {"items/nodes.csv", "node,service_name", "node,service", "nodes.csv", "service_name"},
    };
    for (const auto& slip : slips) {
        const Console console;
        console.edit(slip.file, slip.from, slip.to);
        const auto said = console({"config", "check"});
        INFO(slip.file << ": " << slip.to << "\n" << said.out);
        CHECK(said.code == 2);
        CHECK(has(said.out, slip.place));
        CHECK(has(said.out, slip.problem));
        CHECK(has(said.out, "改正前无法启动"));
    }
}

SCENARIO("the seven kinds of slip are all named in one run, in the order of the lines, with section, key and remedy",
         "[ctl]") {
    const Console console;
    console.write("haochaping.ini", R"([instance]
directory = data
directory = data2
[keys]
master_key_file = keys/master.key
anchor_key_file = keys/none.pem
[store]
path = store.db
[sweep]
grace_s = soon
batch = 0
[province]
enabled = off
[web]
public_listen = off
color = red
centre_name = )"
                                    "\xC9\xBD\xB6\xAB\n");
    fs::permissions(console.root() / "keys/master.key", fs::perms::owner_read | fs::perms::others_read);
    const auto said = console({"config", "check", "--json"});
    CHECK(said.code == 2);
    std::vector<std::string> places;
    const auto report = said.json();
    for (const auto& fault : report.at("faults").as_array()) {
        places.push_back(std::to_string(fault.at("line").as_int64()) + ' ' +
                         std::string{fault.at("section").as_string()} + '.' + std::string{fault.at("key").as_string()});
        CHECK_FALSE(fault.at("problem").as_string().empty());
        CHECK_FALSE(fault.at("remedy").as_string().empty());
    }
    CHECK(places == std::vector<std::string>{"3 instance.directory", "5 keys.master_key_file", "6 keys.anchor_key_file",
                                             "10 sweep.grace_s", "11 sweep.batch", "16 web.color",
                                             "17 web.centre_name"});
}

SCENARIO("slips in several files are named in one run", "[ctl]") {
    const Console console;
    console.edit("haochaping.ini", "[store]", "[limits]\nio_threads = 9\n[store]");
    console.edit("haochaping.ini", "keys/anchor.pem", "keys/master.key");
    console.edit("policy.ini", "window_days = 5", "window_days = 0");
    console.edit("items/nodes.csv", "node,service_name", "node,service");
    const auto said = console({"config", "check", "--json"});
    CHECK(said.code == 2);
    const auto faults = said.json().at("faults").as_array();
    std::string keys;
    for (const auto& fault : faults) {
        keys += std::string{fault.at("key").as_string()} + ' ' + std::string{fault.at("file").as_string()} + ' ';
        CHECK_FALSE(fault.at("problem").as_string().empty());
        CHECK_FALSE(fault.at("remedy").as_string().empty());
    }
    INFO(keys);
    for (const auto* part : {"io_threads", "anchor_key_file", "window_days", "nodes.csv"}) CHECK(has(keys, part));
}

SCENARIO("a key that others may read is a fault, and the key is not repeated", "[ctl]") {
    const Console console;
    fs::permissions(console.root() / "keys/master.key", fs::perms::owner_read | fs::perms::group_read);
    const auto said = console({"config", "check"});
    CHECK(said.code == 2);
    CHECK(has(said.out, "chmod 600"));
    CHECK_FALSE(has(said.out, text_in(console.root() / "keys/master.key").substr(0, 64)));
}

SCENARIO("the province's keys are looked into when the bridge is on", "[ctl]") {
    const Console console;
    for (const auto* name : {"word", "client.pem"}) {
        console.write(name, "x\n");
        fs::permissions(console.root() / name, fs::perms::owner_read | fs::perms::owner_write);
    }
    console.write("ca.pem", "x\n");
    console.write("platform.pem", "x\n");
    console.edit("haochaping.ini", "enabled = off",
                 "base_url = https://hcp.example.gov.cn\nca_file = ca.pem\napp_mark = SDGGZY\napp_word_file = word\n"
                 "platform_public_key_file = platform.pem\nclient_private_key_file = client.pem");
    const auto wrong = console({"config", "check"});
    CHECK(wrong.code == 2);
    CHECK(has(wrong.out, "[province] platform_public_key_file：不是 SM2 公钥"));
    CHECK(has(wrong.out, "[province] client_private_key_file：不是 SM2 私钥"));

    fs::copy_file(console.root() / "keys/anchor.pub.pem", console.root() / "platform.pem",
                  fs::copy_options::overwrite_existing);
    console.write("client.pem", text_in(console.root() / "keys/anchor.pem"));
    INFO(console({"config", "check"}).out);
    CHECK(console({"config", "check"}).code == 0);
}

SCENARIO("any command refuses a faulty configuration with all its faults and 2", "[ctl]") {
    const Console console;
    console.edit("haochaping.ini", "[store]", "[limits]\nio_threads = 9\ncrypto_threads = 0\n[store]");
    for (const std::vector<std::string>& words : {std::vector<std::string>{"keys", "show"},
                                                  {"config", "show"},
                                                  {"db", "status"},
                                                  {"db", "migrate"},
                                                  {"deliveries", "list"},
                                                  {"journal", "list"},
                                                  {"ledger", "verify"},
                                                  {"calendar", "explain", "2026-09-24"}}) {
        const auto said = console(words);
        CHECK(said.code == 2);
        CHECK(said.out.empty());
        CHECK(has(said.err, "io_threads"));
        CHECK(has(said.err, "crypto_threads"));
    }
    CHECK_FALSE(fs::exists(console.root() / "store.db"));
}

SCENARIO("the template needs no configuration", "[ctl]") {
    const auto said = hcpctl({"--config", "/nowhere.ini", "config", "template"});
    CHECK(said.code == 0);
    CHECK(said.out == hcp::config::template_text());
}

SCENARIO("config show says where each value comes from, and of secrets the path alone", "[ctl]") {
    const Console console;
    const auto said = console({"config", "show"});
    CHECK(said.code == 0);
    CHECK(has(said.out, "path = store.db\n;   第 7 行"));
    CHECK(has(said.out, "grace_s = 60\n;   默认"));
    CHECK(has(said.out, "master_key_file = keys/master.key"));
    CHECK_FALSE(has(said.out, text_in(console.root() / "keys/master.key").substr(0, 64)));
}

SCENARIO("a policy past its end and a year without its notice are reminders, not faults", "[ctl]") {
    const Console console;
    fs::remove_all(console.root() / "calendar");
    fs::create_directory(console.root() / "calendar");
    fs::copy_file(project_root() / "config/calendar/cn-2020.ini", console.root() / "calendar/cn-2020.ini");
    const auto said = console({"config", "check"});
    CHECK(said.code == 0);
    CHECK(has(said.out, "提醒：规则版本 2020 的有效期已过"));
    CHECK(has(said.out, "年放假安排尚未载入"));
}
