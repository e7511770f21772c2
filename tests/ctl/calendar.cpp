#include "tests/ctl/console.hpp"

using namespace hcp::test;

namespace {

std::string explained(std::vector<std::string> words) {
    const Console console;
    words.insert(words.begin(), {"calendar", "explain"});
    const auto said = console(std::move(words));
    CHECK(said.code == 0);
    return said.out;
}

}  // namespace

SCENARIO("a day is explained with each of its deadlines and every day they count (E48)", "[ctl]") {
    const auto text = explained({"2026-09-24"});
    CHECK(has(text, "2026-09-24（周四）是工作日：平常的工作日。"));
    CHECK(has(text,
              "网上办结（次日起算，5 个工作日）：09-28①, 09-29②, 09-30③, 10-08④, 10-09⑤；09-25—09-27 休、10-01—10-07 "
              "休；截止 10-09 24:00"));
    CHECK(has(text, "现场到访，没有办结（当日起算，5 个工作日）：09-24①, 09-28②, 09-29③, 09-30④, 10-08⑤；"));
    CHECK(has(text,
              "现场办结（次日起算，5 个工作日；当日起算，5 个工作日的截止更晚时以它为准）：09-28①, 09-29②, 09-30③, "
              "10-08④, 10-09⑤；"));
    CHECK(has(text, "已确定"));
    CHECK(has(text, "2020-2026@2025-11-04"));
}

SCENARIO("one way of counting may be asked for, and another number of days", "[ctl]") {
    const auto text = explained({"2026-09-24", "--anchor", "inclusive", "--days", "2"});
    CHECK(has(text, "期限（当日起算，2 个工作日）：09-24①, 09-28②；09-25—09-27 休；截止 09-28 24:00"));
    CHECK_FALSE(has(text, "网上"));
    CHECK_FALSE(has(text, "次日起算"));
}

SCENARIO("a day off and a make-up day are told with their notice", "[ctl]") {
    CHECK(has(explained({"2026-10-01"}),
              "2026-10-"
              "01（周四）不是工作日：放假（国庆节），依据《国务院办公厅关于2026年部分节假日安排的通知》国办发明电〔2025"
              "〕7号。"));
    CHECK(has(explained({"2026-09-20"}),
              "2026-09-20（周日）是工作日：调休上班（国庆节），依据《国务院办公厅关于2026年部分节假日安排的通知》"));
    CHECK(has(explained({"2026-09-19"}), "2026-09-19（周六）不是工作日：周末。"));
}

SCENARIO("the policy is told with its basis, and whether it goes on past its end", "[ctl]") {
    const auto during = explained({"2021-03-01"});
    CHECK(has(during, "规则版本 2020：2020-08-01 起，至 2022-07-31 止\n"));
    CHECK(has(during, "依据：山东省公共资源交易中心落实“好差评”制度的工作举措（试行）"));
    CHECK(has(during, "第7条 事项办结后5个工作日内未作出评价的默认为“非常满意”等级。"));
    CHECK(has(during, "国办发〔2019〕51号"));
    CHECK(has(explained({"2022-07-31"}), "止\n"));
    CHECK(has(explained({"2022-08-01"}), "这一天已过有效期，没有后续版本，继续沿用（第22条）"));
    CHECK(has(explained({"2020-07-31"}), "这一天在最早的版本之前"));
}

SCENARIO("a deadline that runs into a year without a notice is provisional", "[ctl]") {
    const auto text = explained({"2026-12-30"});
    CHECK(has(text, "2027-01-04②"));
    CHECK(has(text, "暂定：放假安排公布后重新计算，只会延长"));
    CHECK_FALSE(has(text, "已确定"));
    CHECK(has(explained({"2027-03-01"}), "该年放假安排尚未公布"));
    CHECK(has(explained({"2027-10-02"}), "固定节日"));
}

SCENARIO("opened later than completed, both ends are told", "[ctl]") {
    const auto text = explained({"2026-09-24", "--opened", "2026-10-10", "--anchor", "excluded"});
    CHECK(has(text, "按办结日应于 10-09 24:00 截止；10-10 才开放评价，自次日重新计算：10-12①"));
}

SCENARIO("a closing day of the centre itself is told as its own", "[ctl]") {
    const Console console;
    console.write("calendar/local.ini", "[centre 2026-05-20]\ntitle = 系统切换停止服务\n2026-06-01 = 放假 系统切换\n");
    const auto said = console({"calendar", "explain", "2026-06-01"});
    INFO(said.err);
    CHECK(said.code == 0);
    CHECK(has(said.out, "2026-06-01（周一）不是工作日：不对外服务（系统切换），依据《系统切换停止服务》"));
}

SCENARIO("days are explained without an instance, from a folder of notices and a policy alone", "[ctl]") {
    const Console console;
    const auto calendar = (console.root() / "calendar").string(), policy = (console.root() / "policy.ini").string();
    const auto said = hcpctl(
        {"--config", "/nowhere.ini", "calendar", "explain", "2026-09-24", "--calendar", calendar, "--policy", policy});
    INFO(said.err);
    CHECK(said.code == 0);
    CHECK(said.out == explained({"2026-09-24"}));

    console.write("calendar/local.ini", "[centre 2026-05-20]\n2026-06-01 = 休息 系统切换\n");
    const auto faulty = hcpctl({"calendar", "explain", "2026-09-24", "--calendar", calendar + "/", "--policy", policy});
    CHECK(faulty.code == 2);
    CHECK(has(faulty.err, "local.ini:2 [centre 2026-05-20] 2026-06-01：“休息” 不是放假或上班；"));
    CHECK(hcpctl({"calendar", "explain", "2026-09-24", "--calendar", "/nowhere", "--policy", policy}).code == 2);
}

SCENARIO("a calendar without its policy, or the other way round, is not guessed at", "[ctl]") {
    const auto one = hcpctl({"calendar", "explain", "2026-09-24", "--calendar", "calendar"});
    CHECK(one.code == 2);
    CHECK(has(one.err, "--calendar 和 --policy 须一起给出"));
    CHECK(hcpctl({"calendar", "explain", "2026-09-24", "--policy", "policy.ini"}).code == 2);
}
