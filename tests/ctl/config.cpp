#include "adapters/config/load_settings.hpp"
#include "tests/ctl/bridged.hpp"
#include "tests/support/project_root.hpp"

#include <tuple>
#include <utility>

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
        {"haochaping.ini", "[store]", "next_key_file = keys/anchor.pem\n[store]", "[keys] next_key_file",
         "64 位十六进制"},
        {"haochaping.ini", "[store]", "digest_key_file = keys/anchor.pem\n[store]", "[keys] digest_key_file",
         "keys carry"},
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

namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";

}  // namespace

SCENARIO("the province's keys are looked into when the bridge is on", "[ctl]") {
    const Bridged console;
    CHECK(console({"config", "check"}).code == 0);
    console.secret("client.pem", "x\n");
    console.write("platform.pem", "x\n");
    console.write("ca.pem", "x\n");
    const auto wrong = console({"config", "check"});
    CHECK(wrong.code == 2);
    CHECK(has(wrong.out, "[province] platform_public_key_file：不是 SM2 公钥"));
    CHECK(has(wrong.out, "[province] client_private_key_file：不是 SM2 私钥"));
    CHECK(has(wrong.out, "[province] ca_file：其中没有可用的 CA 证书"));
}

SCENARIO("lengths of the province's profile that the centre's own codes do not fit are a fault", "[ctl]") {
    const Bridged console;
    CHECK(console({"config", "check"}).code == 0);
    console.edit("province/shandong.ini", "task_code_length = 31", "task_code_length = 24");
    const auto said = console({"config", "check"});
    CHECK(said.code == 2);
    CHECK(has(said.err + said.out, "的实施编码有 31 位，省档案只允许 24 位"));
}

SCENARIO("a byte order mark, or text before BEGIN, keeps none of the files of keys from being taken", "[ctl]") {
    for (const auto* name : {"keys/master.key", "keys/anchor.pem", "word", "client.pem", "platform.pem", "ca.pem"}) {
        const Bridged console;
        console.before(name, mark);
        INFO(name << "\n" << console({"config", "check"}).out);
        CHECK(console({"config", "check"}).code == 0);
    }
    for (const auto* name : {"keys/anchor.pem", "client.pem", "platform.pem", "ca.pem"}) {
        const Bridged console;
        console.before(name, std::string{mark} + "Bag Attributes\n    friendlyName: 中心\n");
        INFO(name << "\n" << console({"config", "check"}).out);
        CHECK(console({"config", "check"}).code == 0);
    }
}

SCENARIO("a word file with a second line, or with what nobody sees, is named with its line in the ini", "[ctl]") {
    for (const auto& [text, problem] :
         std::vector<std::pair<std::string, std::string>>{{"TestWord-0001\nsecond\n", "文件应只有一行"},
                                                          {"TestWord\u200B-0001\n", "看不见的字符"},
                                                          {std::string{"TestWord\0-0001", 14}, "NUL 字节"},
                                                          {"\xBF\xDA\xC1\xEE\n", "不是 UTF-8"}}) {
        const Bridged console;
        console.secret("word", text);
        const auto said = console({"config", "check"});
        INFO(said.out);
        CHECK(said.code == 2);
        CHECK(has(said.out, "haochaping.ini:12 [province] app_word_file："));
        CHECK(has(said.out, problem));
        CHECK_FALSE(has(said.out, "TestWord"));
    }
}

SCENARIO("a NUL byte is refused in every file that the configuration names, with file and line", "[ctl]") {
    for (const auto* name : {"haochaping.ini", "policy.ini", "calendar/cn-2026.ini", "items/tags.csv",
                             "items/items.csv", "items/nodes.csv", "province/shandong.ini", "keys/master.key",
                             "keys/anchor.pem", "client.pem", "platform.pem", "word"}) {
        const Bridged console;
        auto text = text_in(console.root() / name);
        const auto line = text.rfind('\n', text.size() - 2);
        text.insert(line == text.npos ? 5 : line + 2, 1, '\0');
        console.write(name, text);
        const auto said = console({"config", "check"});
        INFO(name << "\n" << said.out);
        CHECK(said.code == 2);
        if (fs::path{name}.extension() == ".ini" || fs::path{name}.extension() == ".csv") {
            CHECK(has(said.out, fs::path{name}.filename().string() + ":"));
            CHECK(has(said.out, "NUL"));
        }
    }
}

SCENARIO("a file that holds its header alone, or a section that holds nothing, is refused", "[ctl]") {
    for (const auto* name : {"items/tags.csv", "items/items.csv", "items/nodes.csv"}) {
        const Console console;
        const auto text = text_in(console.root() / name);
        console.write(name, text.substr(0, text.find('\n') + 1));
        const auto said = console({"config", "check"});
        CHECK(said.code == 2);
        CHECK(has(said.out, fs::path{name}.filename().string() + ":1：只有表头，没有任何一行"));
    }
    for (const auto& [name, text, problem] : std::vector<std::tuple<std::string, std::string, std::string>>{
             {"calendar/cn-2027.ini", "; 尚未公布\n", "cn-2027.ini：文件中没有任何内容"},
             {"calendar/cn-2027.ini", "[notice 2026-11-05]\n", "cn-2027.ini:1 [notice 2026-11-05]：这一段没有任何内容"},
             {"policy.ini", "", "policy.ini：文件中没有任何内容"}}) {
        const Console console;
        console.write(name, text);
        const auto said = console({"config", "check"});
        INFO(said.out);
        CHECK(said.code == 2);
        CHECK(has(said.out, problem));
    }
    const Console console;
    console.write("policy.ini", text_in(console.root() / "policy.ini") + "\n[policy later]\n");
    CHECK(has(console({"config", "check"}).out, "[policy later]：这一段没有任何内容"));
}

SCENARIO("tags that a spreadsheet saved end the check with 2, each with file, line, column and remedy", "[ctl]") {
    const Console console;
    console.edit("items/tags.csv", "2020-05,5,510", "May-20,5,510");
    const auto said = console({"config", "check"});
    CHECK(said.code == 2);
    CHECK(has(said.out, "tags.csv:2 version：“May-20” 是电子表格改写过的内容；先把整列的格式设为文本"));
}

SCENARIO("an operations port that strangers reach is a warning, and the check ends with 0", "[ctl]") {
    const Console console;
    CHECK_FALSE(has(console({"config", "check"}).out, "对外监听"));
    console.edit("haochaping.ini", "[web]", "[operations]\nlisten = 0.0.0.0:9464\n[web]");
    const auto said = console({"config", "check"});
    CHECK(said.code == 0);
    CHECK(has(said.out, "提醒："));
    CHECK(has(said.out, "haochaping.ini:11 [operations] listen：运维接口对外监听"));
    CHECK(
        has(std::string{console({"config", "check", "--json"}).json().at("reminders").at(0).as_string()}, "对外监听"));
}

SCENARIO("what no instance could open is a fault: a database of another kind, or a path that is something else",
         "[ctl]") {
    const std::vector<Slip> slips{
        {"haochaping.ini", "path = store.db", "path = policy.ini", "[store] path", "不是 SQLite 数据库"},
        {"haochaping.ini", "path = store.db", "path = items", "[store] path", "是目录"},
        {"haochaping.ini", "path = store.db", "path = data", "[store] path", "是目录"},
        {"haochaping.ini", "directory = data", "directory = policy.ini", "[instance] directory", "不是目录"},
        {"haochaping.ini", "path = store.db", "path = store.db\nschema = hcp", "[store] schema", "SQLite 没有模式"},
        {"haochaping.ini", "path = store.db", "backend = mysql\nschema = hcp;drop", "[store] schema", "不是库名"},
    };
    for (const auto& slip : slips) {
        const Console console;
        console.edit(slip.file, slip.from, slip.to);
        const auto said = console({"config", "check"});
        INFO(said.out);
        CHECK(said.code == 2);
        CHECK(has(said.out, slip.place));
        CHECK(has(said.out, slip.problem));
    }
    const Console console;
    fs::create_directory(console.root() / "data");
    console.edit("haochaping.ini", "path = store.db", "path = data/journal.db");
    CHECK(has(console({"config", "check"}).out, "[store] path：是实例目录自用的文件"));
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
