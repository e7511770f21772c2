#include "adapters/province/messages.hpp"

#include "plugin/domain/utf8.hpp"
#include "tests/province/examples.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::test;
using province::to_record;
namespace json = boost::json;

namespace {

json::object only_record(const ports::WireRecord& record) {
    INFO(record.text);
    REQUIRE(record.faults.empty());
    auto records = json::parse(record.text).as_array();
    REQUIRE(records.size() == 1);
    return records.front().as_object();
}

std::string text(const json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    return v && v->is_string() ? std::string{v->get_string()} : std::string{"-"};
}

// The only fault, or all of them.
std::string fault_of(const ports::WireRecord& record) {
    CHECK(record.text.empty());
    std::string all;
    for (const auto& fault : record.faults) all += (all.empty() ? "" : "|") + fault;
    return all;
}

}  // namespace

TEST_CASE("M1 is the province's record, field by field", "[province][messages]") {
    const auto record = to_record(example_service(), shandong(), half_past_nine);
    CHECK(record.notes.empty());
    CHECK(record.service_time == "2026-01-15 07:30:00");
    CHECK(only_record(record) == json::parse(R"({
        "areaCode": "370812000000",
        "deptCode": "12370800MB2857392X",
        "orgcode": "370812000000_12370800MB2857392X",
        "orgName": "济宁市公共资源交易服务中心", "proDepart": "济宁市公共资源交易服务中心", "deptName": "济宁市公共资源交易服务中心",
        "taskType": "20",
        "taskCode": "3708820117003X00123456789012345", "proTaskCode": "3708820117003X00123456789012345",
        "taskName": "工程建设项目招标投标", "proTaskName": "工程建设项目招标投标",
        "projectNo": "37SDGGZY20260115000001", "proProjectNo": "37SDGGZY20260115000001",
        "projectName": "关于某某建设有限公司工程建设项目招标投标的业务",
        "proStatus": "3", "proChannel": "1",
        "acceptDate": "2026-01-13 09:30:00", "resultDate": "2026-01-15 07:30:00",
        "serviceName": "招标公告", "serviceTime": "2026-01-15 07:30:00",
        "projectType": "1", "promiseTime": "1", "promiseDay": "0", "promiseType": "1",
        "proManager": "王五",
        "userProp": "2", "userName": "某某建设有限公司", "userPageType": "001", "creditType": "001",
        "certKey": "91370800MA3TEST01X", "creditNum": "91370800MA3TEST01X",
        "mobile": "0", "dataSource": "137"})")
                                     .as_object());
}

TEST_CASE("M1 follows the kind of applicant and the way of handling", "[province][messages]") {
    auto m = example_service();
    m.project_name = "某大桥新建工程";
    m.mode = domain::Mode::on_site;
    m.subject = {.type = domain::SubjectType::person,
                 .role = domain::Role::other,
                 .certificate_no = "E12345678",
                 .certificate_kind = "414",
                 .name = "",
                 .mobile = "13800138000",
                 .agent_name = "李四",
                 .agent_no = "370800199001011234",
                 .other_agents = {}};
    m.item.project_type = "2";
    m.item.project_status = "2";
    m.item.task_type = "06";
    const auto o = only_record(to_record(m, shandong(), half_past_nine));
    CHECK(text(o, "projectName") == "某大桥新建工程");
    CHECK(text(o, "userProp") == "1");
    CHECK(text(o, "userPageType") == "414");
    CHECK(text(o, "userName") == "无");
    CHECK(text(o, "certkeyGOV") == "E12345678");
    CHECK_FALSE(o.contains("certKey"));
    CHECK(text(o, "mobile") == "13800138000");
    CHECK(text(o, "handleUserName") == "李四");
    CHECK(text(o, "handleUserPageType") == "111");
    CHECK(text(o, "handleUserPageCode") == "370800199001011234");
    CHECK(text(o, "proChannel") == "2");
    CHECK(text(o, "proStatus") == "2");
    CHECK_FALSE(o.contains("resultDate"));
    CHECK(text(o, "projectType") == "2");
    CHECK_FALSE(o.contains("promiseDay"));  // not known, so not made up
    CHECK(text(o, "taskType") == "99");
}

TEST_CASE("an optional datum that the province cannot take is left out and noted, and the message goes",
          "[province][messages]") {
    auto m = example_service();
    m.subject.agent_name = "李四";
    m.subject.agent_no = "护照G12345678（2031年到期）";
    m.subject.mobile = "1\n2";
    const auto record = to_record(m, shandong(), half_past_nine);
    const auto o = only_record(record);
    CHECK(text(o, "handleUserName") == "李四");
    CHECK_FALSE(o.contains("handleUserPageCode"));
    CHECK_FALSE(o.contains("handleUserPageType"));
    CHECK(text(o, "mobile") == "0");
    CHECK(record.notes == std::vector<std::string>{"手机号码(mobile)含有非法字符，未发送这一项",
                                                   "代理人证件号码(handleUserPageCode)超过18个字符，未发送这一项"});
}

TEST_CASE("without padding in the profile nothing is invented", "[province][messages]") {
    auto profile = shandong();
    profile.padding = {};
    auto m = example_service();
    m.subject.name.clear();
    const auto o = only_record(to_record(m, profile, half_past_nine));
    CHECK_FALSE(o.contains("mobile"));
    CHECK_FALSE(o.contains("userName"));
}

TEST_CASE("a field that the profile switches off is neither sent nor missed", "[province][messages]") {
    auto profile = shandong();
    profile.service.handler_name.clear();
    profile.service.task_name.clear();
    profile.service.org_code.clear();
    profile.service.department_code.clear();
    auto m = example_service();
    m.item.task_name.clear();
    m.item.department_code.clear();
    const auto o = only_record(to_record(m, profile, half_past_nine));
    CHECK_FALSE(o.contains("proManager"));
    CHECK_FALSE(o.contains("orgcode"));
}

TEST_CASE("area codes take the province's length and the district's present name", "[province][messages]") {
    const auto sent = [](std::string given) {
        auto m = example_service();
        m.item.area_code = std::move(given);
        const auto record = to_record(m, shandong(), half_past_nine);
        return record.faults.empty() ? text(only_record(record), "areaCode") : fault_of(record);
    };
    CHECK(sent("370800") == "370800000000");
    CHECK(sent("370800001002") == "370800001002");
    CHECK(sent("370882001002") == "370812001002");
    CHECK(sent("") == "缺少行政区划代码(areaCode)");
    CHECK(sent("37080A") == "行政区划代码(areaCode)格式不正确");
    CHECK(sent("3708000010021") == "行政区划代码(areaCode)格式不正确");

    auto six = shandong();
    six.area_length = 6;
    auto m = example_service();
    m.item.area_code = "370800000000";
    CHECK(text(only_record(to_record(m, six, half_past_nine)), "areaCode") == "370800");
    m.item.area_code = "370800000001";
    CHECK_FALSE(to_record(m, six, half_past_nine).faults.empty());
}

TEST_CASE("a code of 33 characters is a handled item whose first 31 are the task's", "[province][messages]") {
    auto m = example_service();
    m.item.task_code += "67";
    const auto o = only_record(to_record(m, shandong(), half_past_nine));
    CHECK(text(o, "taskCode") == "3708820117003X00123456789012345");
    CHECK(text(o, "taskHandleItem") == "3708820117003X0012345678901234567");

    m.item.task_code += "8";
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) == "实施编码(taskCode)超过31个字符");
}

TEST_CASE("an item the centre made itself is refused with its reason", "[province][messages]") {
    auto m = example_service();
    m.item = example_item();
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) == "自建事项不推送：实施编码(taskCode)含有00000000");
}

TEST_CASE("every missing or malformed value is named, together, without its content", "[province][messages]") {
    auto m = example_service();
    m.project_no = "SDGGZY1";
    m.item.department_code = "123";
    m.item.department_name = " ";
    m.item.project_type = "7";
    m.item.project_status.clear();
    m.item.service_name.clear();
    m.subject.certificate_no = "1234567890123456789";
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) ==
          "办件编号(projectNo)不以省码 37 "
          "开头|部门统一社会信用代码不是18位|缺少受理部门(orgName)|不认识办件类型(projectType)|"
          "缺少服务名称(serviceName)|证件号码(creditNum)超过18个字符|证件号码(certKey)超过18个字符|"
          "缺少办件状态(proStatus)");
    m = example_service();
    m.subject.certificate_no.clear();
    m.project_no.clear();
    m.item.task_code.clear();
    m.item.task_name.clear();
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) ==
          "缺少办件编号(projectNo)|缺少实施编码(taskCode)|缺少事项名称(taskName)|缺少证件号码(creditNum)|缺少证件号码("
          "certKey)");
}

TEST_CASE("names longer than the wire allows are cut and noted", "[province][messages]") {
    auto m = example_service();
    m.subject.name.clear();
    for (int i = 0; i < 101; ++i) m.subject.name += "长";
    const auto record = to_record(m, shandong(), half_past_nine);
    CHECK(domain::characters(text(only_record(record), "userName")) == 100);
    CHECK(text(only_record(record), "userName").ends_with("长…"));
    CHECK(record.notes == std::vector<std::string>{"申请人(userName)超过100个字符，已截断"});
}

TEST_CASE("no time of M1 is later than the province's clock may be, and each move is noted", "[province][messages]") {
    auto m = example_service();
    m.accepted_at = half_past_nine - 61s;
    m.completed_at = m.service_time = half_past_nine + 5min;
    const auto record = to_record(m, shandong(), half_past_nine);
    const auto o = only_record(record);
    CHECK(text(o, "acceptDate") == "2026-01-15 09:28:59");
    CHECK(text(o, "resultDate") == "2026-01-15 09:29:00");
    CHECK(text(o, "serviceTime") == "2026-01-15 09:29:00");
    CHECK(record.service_time == "2026-01-15 09:29:00");
    CHECK(record.notes.empty());
    CHECK(record.moved ==
          std::vector<std::string>{"办结时间(resultDate)按 2026-01-15 09:29:00 发送，原为 2026-01-15 09:35:00",
                                   "服务时间(serviceTime)按 2026-01-15 09:29:00 发送，原为 2026-01-15 09:35:00"});
}

TEST_CASE("a profile may send the service earlier than it was", "[province][messages]") {
    auto profile = shandong();
    profile.service_time_back = 5min;
    CHECK(to_record(example_service(), profile, half_past_nine).service_time == "2026-01-15 07:25:00");
}

TEST_CASE("M2 is the province's record, field by field", "[province][messages]") {
    const auto record = to_record(example_rating(), shandong(), half_past_nine);
    CHECK(record.notes.empty());
    CHECK(record.moved.empty());
    CHECK(only_record(record) == json::parse(R"({
        "projectNo": "37SDGGZY20260115000001", "serviceNumber": "1", "taskType": "20", "satisfaction": "5", "pf": "2",
        "name": "某某建设有限公司", "evalDetail": "510,517", "assessTime": "2026-01-15 08:30:00"})")
                                     .as_object());
}

TEST_CASE("levels and channels travel under the profile's codes", "[province][messages]") {
    auto profile = shandong();
    profile.levels = {{domain::Level::very_dissatisfied, "5"}, {domain::Level::very_satisfied, "1"}};
    profile.service_number_as_text = false;
    auto m = example_rating();
    m.channel = domain::Channel::kiosk;
    const auto o = only_record(to_record(m, profile, half_past_nine));
    CHECK(text(o, "satisfaction") == "1");
    CHECK(text(o, "pf") == "4");
    CHECK(o.at("serviceNumber") == 1);
    m.level = domain::Level::satisfied;
    m.tags.clear();
    CHECK(fault_of(to_record(m, profile, half_past_nine)) == "缺少满意度(satisfaction)");
}

TEST_CASE("a rating text is cut at a character with an ellipsis and the cut is noted", "[province][messages]") {
    auto m = example_rating();
    for (int i = 0; i < 151; ++i) m.text += i % 2 ? "好" : "😀";
    const auto record = to_record(m, shandong(), half_past_nine);
    const auto sent = text(only_record(record), "writingEvaluation");
    CHECK(domain::is_utf8(sent));
    CHECK(domain::characters(sent) == 150);
    CHECK(sent.ends_with("…"));
    CHECK(record.notes == std::vector<std::string>{"评价文字(writingEvaluation)超过150个字符，已截断"});

    auto whole = shandong();
    whole.text_limit.reset();
    CHECK(text(only_record(to_record(m, whole, half_past_nine)), "writingEvaluation") == m.text);
}

TEST_CASE("a bare bad level says that its author gave no details; a bare good one says nothing",
          "[province][messages]") {
    auto m = example_rating();
    m.tags.clear();
    m.text = " \u3000";
    CHECK_FALSE(only_record(to_record(m, shandong(), half_past_nine)).contains("writingEvaluation"));
    m.level = domain::Level::basically_satisfied;
    CHECK_FALSE(only_record(to_record(m, shandong(), half_past_nine)).contains("writingEvaluation"));
    m.level = domain::Level::dissatisfied;
    const auto record = to_record(m, shandong(), half_past_nine);
    CHECK(text(only_record(record), "writingEvaluation") == "评价人未填写具体原因");
    CHECK(record.notes.size() == 1);
    m.tags = {"214"};
    CHECK_FALSE(only_record(to_record(m, shandong(), half_past_nine)).contains("writingEvaluation"));
}

TEST_CASE("tags that belong to another level are refused", "[province][messages]") {
    auto m = example_rating();
    m.tags = {"510", "214"};
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) == "评价指标(evalDetail)与满意度不符");
    m.tags = {"服务好"};
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) == "评价指标(evalDetail)与满意度不符");
}

TEST_CASE("a rating without the province's service number is refused", "[province][messages]") {
    auto m = example_rating();
    m.service_number = 0;
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) == "缺少服务编号(serviceNumber)");
    m.service_number = 100;
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) == "服务编号(serviceNumber)超出范围");
}

TEST_CASE("what is not simply somebody's answer says so before his words (E55, E17)", "[province][messages]") {
    const auto words = [](bool unsubmitted, bool withdrawn, domain::Level level, const std::string& said) {
        auto m = example_rating();
        m.tags.clear();
        m.level = level;
        m.text = said;
        m.unsubmitted = unsubmitted;
        m.withdrawn = withdrawn;
        auto p = shandong();
        p.unsubmitted_note = "未提交";
        p.withdrawn_note = "已撤回";
        return text(only_record(to_record(m, p, half_past_nine)), "writingEvaluation");
    };
    using enum domain::Level;
    CHECK(words(false, false, satisfied, "很好") == "很好");
    CHECK(words(true, false, satisfied, "很好") == "未提交；很好");
    CHECK(words(true, false, satisfied, "") == "未提交");
    CHECK(words(false, true, satisfied, "很好") == "已撤回；很好");
    CHECK(words(true, true, very_dissatisfied, "") == "已撤回；未提交；" + shandong().bare_bad_note);
}

TEST_CASE("a default is sent marked and bare, or not at all", "[province][messages]") {
    auto m = example_rating();
    m.origin = domain::Origin::by_default;
    m.channel = domain::Channel::system;
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) == "省平台未提供系统默认标识");

    auto marked = shandong();
    marked.default_pf = "7";
    marked.default_rater_name = "系统默认";
    const auto o = only_record(to_record(m, marked, half_past_nine));
    CHECK(text(o, "pf") == "7");
    CHECK_FALSE(o.contains("evalDetail"));
    CHECK(text(o, "name") == "系统默认");
    CHECK_FALSE(o.contains("assessTime"));  // nobody rated at any time

    marked.rating.channel.clear();  // nowhere to put the mark
    CHECK(fault_of(to_record(m, marked, half_past_nine)) == "省平台未提供系统默认标识");

    m.origin = domain::Origin::authored;  // a person's rating has a person's channel
    CHECK(fault_of(to_record(m, shandong(), half_past_nine)) == "缺少评价渠道(pf)");
}

TEST_CASE("the rating's time lies between the service and the province's present", "[province][messages]") {
    const auto sent = [](domain::Instant rated, domain::Instant service) {
        auto m = example_rating();
        m.rated_at = rated;
        m.service_time = service;
        const auto record = to_record(m, shandong(), half_past_nine);
        const auto moved = text(only_record(record), "assessTime");
        return record.moved.empty() ? moved : moved + " (" + record.moved.front() + ")";
    };
    const auto nine = half_past_nine - 30min;
    CHECK(sent(nine, nine) == "2026-01-15 09:00:00");
    CHECK(sent(nine - 1us, nine) ==
          "2026-01-15 09:00:00 (评价时间(assessTime)按 2026-01-15 09:00:00 发送，原为 2026-01-15 08:59:59)");
    CHECK(sent(half_past_nine - 60s, nine) == "2026-01-15 09:29:00");
    CHECK(sent(half_past_nine - 1s, nine) ==
          "2026-01-15 09:29:00 (评价时间(assessTime)按 2026-01-15 09:29:00 发送，原为 2026-01-15 09:29:59)");
    // The service itself cannot have been sent later than that either.
    CHECK(sent(half_past_nine - 1s, half_past_nine - 2s).starts_with("2026-01-15 09:29:00"));
}

TEST_CASE("M4 asks for everything the subject has", "[province][messages]") {
    CHECK(only_record(to_record(example_query(), shandong(), half_past_nine)) == json::parse(R"({
        "mark": "0", "userName": "某某建设有限公司", "creditType": "001", "creditNum": "91370800MA3TEST01X"})")
                                                                                     .as_object());
    auto q = example_query();
    q.subject.certificate_no.clear();
    CHECK(fault_of(to_record(q, shandong(), half_past_nine)) == "缺少证件号码(creditNum)");
}
