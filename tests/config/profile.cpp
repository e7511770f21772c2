#include "adapters/config/load_profile.hpp"
#include "tests/config/fixture.hpp"
#include "tests/support/project_root.hpp"

using namespace hcp;
using namespace hcp::test;
using namespace std::chrono_literals;
using ports::ProvinceProfile;

namespace {

ProvinceProfile loaded(const fs::path& file) {
    auto profile = config::load_profile(file);
    if (const auto* faults = std::get_if<std::vector<Fault>>(&profile))
        for (const auto& fault : *faults) UNSCOPED_INFO(config::text_of(fault));
    REQUIRE(std::holds_alternative<ProvinceProfile>(profile));
    return std::get<ProvinceProfile>(std::move(profile));
}

std::vector<Fault> faults_in(const fs::path& file) {
    const auto profile = config::load_profile(file);
    const auto* faults = std::get_if<std::vector<Fault>>(&profile);
    return faults ? *faults : std::vector<Fault>{};
}

// A profile that differs from Shandong's in `text` alone.
std::vector<Fault> faults_when(std::string_view text) {
    const Folder folder;
    return faults_in(folder.write("province/other.ini", "[profile]\nbased_on = shandong.ini\n" + std::string{text}));
}

Fault only_fault(std::string_view text) {
    const auto faults = faults_when(text);
    for (const auto& fault : faults) UNSCOPED_INFO(config::text_of(fault));
    REQUIRE(faults.size() == 1);
    return faults[0];
}

const fs::path province = project_root() / "config/province";

}  // namespace

SCENARIO("the profile of Shandong says what its interface is known to be", "[config]") {
    const auto p = loaded(province / "shandong.ini");
    CHECK(p.tenancy_id == "370000000000");
    CHECK(p.headers == std::vector<std::pair<std::string, std::string>>{
                           {"Content-Type", "application/json; charset=utf-8"}, {"C-Tenancy-Id", "{tenancy_id}"}});
    CHECK(p.envelope.body == "txnBodyCom");
    CHECK(p.envelope.records == "evaluate");
    REQUIRE(p.sm2);
    CHECK(p.sm2->order == ports::Sm2Order::c1c3c2);
    CHECK(p.sm2->prefix04);
    CHECK(p.sm2->encoding == ports::Encoding::hex_lower);
    CHECK(p.service.department_name == ports::WireNames{"orgName", "proDepart", "deptName"});
    CHECK(p.service.certificate_no_on_site == ports::WireNames{"certkeyGOV"});
    CHECK(p.rating.level == ports::WireNames{"satisfaction"});
    CHECK(p.listed.service_number == "serviceNumber");
    CHECK(p.listed.first_number == 1);
    CHECK(p.listed.identified_by == ports::IdentifiedBy::name_and_time);
    CHECK(p.levels.at(domain::Level::very_satisfied) == "5");
    CHECK(p.levels.at(domain::Level::very_dissatisfied) == "1");
    CHECK(p.channels.at(domain::Channel::qr) == "3");
    CHECK(p.subject_types.at(domain::SubjectType::other) == "9");
    CHECK(p.default_certificate_kinds.at(domain::SubjectType::legal) == "001");
    CHECK(p.modes.at(domain::Mode::on_site) == "2");
    CHECK_FALSE(p.modes.contains(domain::Mode::unknown));
    CHECK(p.task_types.at("11") == "20");
    CHECK(p.task_type_otherwise == "99");
    CHECK(p.area_renames.at("370882") == "370812");
    CHECK(p.status_finished == "3");
    CHECK(p.project_no_prefix == "37");
    CHECK(p.area_length == 12);
    CHECK(p.self_built_marker == "00000000");
    CHECK(p.data_source == "137");
    CHECK(p.service_number_as_text);
    CHECK(p.text_limit == 150u);
    CHECK(p.padding.mobile == "0");
    CHECK(p.padding.subject_name == "无");
    CHECK(p.clamp_skew == 60s);
    CHECK_FALSE(p.service_time_back);
    CHECK(p.patterns.duplicate.front() == "评价数据不可重复");
    CHECK(p.max_parallel == 4);
    CHECK(p.max_batch == 1);
    CHECK(p.backoff.fast_attempts == 10);
    CHECK(p.settle.settle_after == 300s);
    CHECK(p.settle.denied_after == 60s);
    CHECK(p.give_up_after == std::chrono::days{14});
    CHECK(p.breaker_open_for == 30s);

    THEN("a default is held and experts stay closed") {
        CHECK_FALSE(p.default_pf);
        CHECK_FALSE(p.allow_experts);
    }
}

SCENARIO("the plain profile is Shandong's without SM2", "[config]") {
    const auto plain = loaded(province / "plain.ini");
    const auto shandong = loaded(province / "shandong.ini");
    CHECK_FALSE(plain.sm2);
    CHECK(plain.max_parallel == 64);
    CHECK(plain.headers == shandong.headers);
    CHECK(plain.service.subject_name == shandong.service.subject_name);
    CHECK(plain.levels == shandong.levels);
}

SCENARIO("a profile changes only what it says", "[config]") {
    const Folder folder;
    const auto p = loaded(folder.write("province/other.ini", R"([profile]
based_on = shandong.ini
[headers]
C-App-Id = {app_mark}
[service_fields]
mobile = off
project_name = projectName, xmmc
[crypto]
order = DER
encoding = base64
[record]
project_no_prefix = off
service_number = integer
[padding]
mobile = off
[time]
service_back_s = 300
)"));
    CHECK(p.headers == std::vector<std::pair<std::string, std::string>>{{"C-App-Id", "{app_mark}"}});
    CHECK(p.service.mobile.empty());
    CHECK(p.service.project_name == ports::WireNames{"projectName", "xmmc"});
    CHECK(p.service.subject_name == ports::WireNames{"userName"});
    CHECK(p.sm2->order == ports::Sm2Order::der);
    CHECK(p.sm2->encoding == ports::Encoding::base64);
    CHECK(p.project_no_prefix.empty());
    CHECK_FALSE(p.service_number_as_text);
    CHECK_FALSE(p.padding.mobile);
    CHECK(p.service_time_back == 300s);
}

SCENARIO("no profile sends a default that cannot be told from a person's rating", "[config]") {
    const auto bare = only_fault("[defaults]\npush_default = marked\nrater_name = 系统默认\n");
    CHECK(place(bare) == "0 [defaults] default_pf");
    CHECK(bare.problem == "缺少必填项");
    CHECK(has(only_fault("[defaults]\npush_default = marked\nrater_name = 系统默认\ndefault_pf = 1\n").problem,
              "无法区分"));
    CHECK(faults_when("[defaults]\npush_default = marked\nrater_name = 系统默认\ndefault_pf = 7\n").empty());
    CHECK(only_fault("[defaults]\npush_default = unmarked\n").problem == "不在可选值之中");
}

SCENARIO("a profile must say everything", "[config]") {
    const Folder folder;
    const auto file = folder.root() / "province/shandong.ini";
    folder.write("province/shandong.ini",
                 with(with(text_in(file), "satisfied = 4\n", ""), "query = /hcp/service/list\n", ""));
    const auto faults = faults_in(file);
    REQUIRE(faults.size() == 2);
    for (const auto& fault : faults) CHECK(fault.problem == "缺少必填项");
}

SCENARIO("faults in a profile name what is wrong", "[config]") {
    CHECK(only_fault("[levels]\nsatisfied = 5\n").problem == "两个等级的代码相同");
    CHECK(only_fault("[paths]\nquery = hcp/list\n").problem == "不是路径");
    CHECK(only_fault("[headers]\nC App = 1\n").problem == "不是合格的请求头名");
    CHECK(only_fault("[headers]\nC-App = 中\n").problem == "请求头的值含有非 ASCII 字符");
    CHECK(has(only_fault("[headers]\nC-App = {word}\n").problem, "{word}"));
    CHECK(has(only_fault("[headers]\nC-App = a}\n").problem, "}"));
    CHECK(only_fault("[area_renames]\n370882 = 37081\n").problem == "不是行政区划代码的对应");
    CHECK(only_fault("[traffic]\nmax_batch = 2\n").problem == "超出范围");
    CHECK(only_fault("[service_fields]\nuser_name = x\n").problem == "没有这个键");
    CHECK(only_fault("[rating_fields]\nlevel = a,\n").problem == "列表中有空项");
    CHECK(has(only_fault("[time]\nservice_back_s = 0\n").remedy, "写 off"));
}

SCENARIO("one name stands for one thing in a message", "[config]") {
    const auto twice = only_fault("[rating_fields]\nlevel = satisfaction\nchannel = satisfaction\n");
    CHECK(place(twice) == "5 [rating_fields] channel");
    CHECK(twice.problem == "字段名 satisfaction 已用于 level");
    CHECK(only_fault("[service_fields]\nproject_type = projectType, promiseDay\n").problem ==
          "字段名 promiseDay 已用于 project_type");
    CHECK(only_fault("[listed_fields]\nservice_time = serviceName\n").problem ==
          "字段名 serviceName 已用于 service_name");
    CHECK(only_fault("[envelope]\nsign = time\n").problem == "字段名 time 已用于 time");
}

SCENARIO("what a message cannot do without cannot be switched off", "[config]") {
    for (const auto* line :
         {"[service_fields]\nproject_no = off\n", "[service_fields]\nservice_name = off\n",
          "[service_fields]\ntask_code = off\n", "[rating_fields]\nlevel = off\n", "[rating_fields]\nchannel = off\n",
          "[rating_fields]\nservice_number = off\n", "[query_fields]\ncertificate_no = off\n",
          "[listed_fields]\nservice_number = off\n", "[listed_fields]\nservice_name = off\n"})
        CHECK(only_fault(line).problem == "不能写 off");
    CHECK(faults_when("[listed_fields]\nservice_name = off\nidentified_by = time\n").empty());
    CHECK(faults_when("[listed_fields]\nservice_name = off\nservice_time = off\nidentified_by = none\n").empty());
    CHECK(faults_when("[service_fields]\ncertificate_no = off\n").empty());
    CHECK(has(only_fault("[service_fields]\ncertificate_no = off\ncertificate_no_online = off\n").remedy,
              "证件号码须发送"));
}

SCENARIO("lengths and times are such as can work", "[config]") {
    CHECK(only_fault("[record]\narea_length = 7\n").problem == "不是行政区划代码的位数");
    CHECK(only_fault("[record]\ntask_code_length = 33\n").problem == "不比实施编码长");
    CHECK(only_fault("[traffic]\nper_attempt_ms = 100001\n").problem == "短于 per_attempt_ms 的三倍");
    CHECK(faults_when("[traffic]\nper_attempt_ms = 100000\n").empty());
}

SCENARIO("a profile is based on one that stands alone", "[config]") {
    const Folder folder;
    const auto deep = faults_in(folder.write("province/deep.ini", "[profile]\nbased_on = plain.ini\n"));
    REQUIRE_FALSE(deep.empty());
    CHECK(has(deep.front().file, "plain.ini"));
    const auto lost = faults_in(folder.write("province/lost.ini", "[profile]\nbased_on = nobody.ini\n"));
    REQUIRE(lost.size() == 1);
    CHECK(place(lost[0]) == "2 [profile] based_on");
}
