#include "tests/ctl/console.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <initializer_list>

using namespace hcp::test;

namespace {

using Words = std::vector<std::string>;

int exit_code_of_program(Words words) {
    words.insert(words.begin(), HCPCTL);
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    REQUIRE(::posix_spawn_file_actions_init(&actions) == 0);
    for (const int fd : {1, 2})
        REQUIRE(::posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_WRONLY, 0) == 0);
    pid_t child = 0;
    REQUIRE(::posix_spawn(&child, HCPCTL, &actions, nullptr, arguments.data(), environ) == 0);
    ::posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

}  // namespace

SCENARIO("wrong arguments are named in Chinese, with the usage, and end with 2", "[ctl]") {
    struct Case {
        Words words;
        std::string said;
    };
    const std::vector<Case> cases{
        {{}, "缺少命令"},
        {{"keys"}, "缺少命令"},
        {{"wipe"}, "不认识的命令：wipe"},
        {{"keys", "wipe"}, "不认识的命令：wipe"},
        {{"keys", "init"}, "缺少参数：DIR"},
        {{"keys", "show", "more"}, "不认识的参数：more"},
        {{"config", "check", "--all"}, "不认识的参数：--all"},
        {{"deliveries", "list", "--state", "gone"}, "参数 --state 有误：应为 待推送(queued)"},
        {{"deliveries", "list", "--min-attempts", "-1"}, "参数 --min-attempts 有误：应为 0 到 1000000 的整数，现为 -1"},
        {{"deliveries", "list", "--limit", "0"}, "参数 --limit 有误：应为 1 到 10000 的整数，现为 0"},
        {{"deliveries", "list", "--limit", "99999999999999999999"}, "参数 --limit 有误"},
        {{"deliveries", "list", "--limit"}, "--limit"},
        {{"deliveries", "show"}, "缺少参数：ID"},
        {{"deliveries", "show", "x7"}, "参数 ID 有误：应为列表中的编号，现为 x7"},
        {{"deliveries", "retry", "0"}, "参数 ID 有误"},
        {{"journal", "retry"}, "应给出一个编号，或给出 --all"},
        {{"journal", "retry", "3", "--all"}, "应给出一个编号，或给出 --all"},
        {{"calendar", "explain"}, "缺少参数：DATE"},
        {{"calendar", "explain", "2026-02-30"}, "参数 DATE 有误：应为存在的日期"},
        {{"calendar", "explain", "2026-09-24", "--anchor", "both"}, "参数 --anchor 有误：应为 excluded"},
        {{"calendar", "explain", "2026-09-24", "--days", "0"}, "参数 --days 有误"},
    };
    for (const auto& wrong : cases) {
        const auto said = hcpctl(wrong.words);
        INFO(said.err);
        CHECK(said.code == 2);
        CHECK(said.out.empty());
        CHECK(has(said.err, wrong.said));
        CHECK(has(said.err, "用法: hcpctl"));
    }
}

SCENARIO("help is asked for, so it is a result and not an error", "[ctl]") {
    const auto help = hcpctl({"--help"});
    CHECK(help.code == 0);
    for (const auto* command : {"keys", "config", "db", "deliveries", "journal", "ledger", "calendar", "--config"})
        CHECK(has(help.out, command));
    const auto list = hcpctl({"deliveries", "list", "--help"});
    CHECK(list.code == 0);
    CHECK(has(list.out, "用法: hcpctl deliveries list"));
    CHECK(has(list.out, "--min-attempts"));
    CHECK(has(hcpctl({"--version"}).out, "hcpctl 1."));
}

SCENARIO("the configuration may be named before or after the command", "[ctl]") {
    const Console console;
    CHECK(hcpctl({"--config", console.ini().string(), "keys", "show"}).code == 0);
    CHECK(hcpctl({"keys", "show", "--config", console.ini().string()}).code == 0);
    const auto missing = hcpctl({"--config", (console.root() / "none.ini").string(), "keys", "show"});
    CHECK(missing.code == 2);
    CHECK(has(missing.err, "none.ini"));
    CHECK(has(missing.err, "不存在"));
}

SCENARIO("the program leaves with the codes that the commands give", "[ctl]") {
    const Console console;
    const auto with_ini = [&](Words words) {
        words.insert(words.begin(), {"--config", console.ini().string()});
        return exit_code_of_program(std::move(words));
    };
    CHECK(with_ini({"config", "check"}) == 0);
    CHECK(with_ini({"db", "status"}) == 1);
    CHECK(with_ini({"db", "migrate"}) == 0);
    CHECK(with_ini({"db", "status"}) == 0);
    CHECK(with_ini({"db", "burn"}) == 2);
    CHECK(exit_code_of_program({"--config", "/nowhere.ini", "config", "check"}) == 2);
    CHECK((fs::status(console.root() / "store.db").permissions() & fs::perms::others_all) == fs::perms::none);
}
