#include "adapters/province/reply.hpp"

#include "tests/province/examples.hpp"

#include <catch2/catch.hpp>

#include <ostream>

using namespace hcp;
using namespace hcp::test;
using namespace hcp::province;
using domain::Verdict;

namespace hcp::domain {
std::ostream& operator<<(std::ostream& out, Verdict v) {
    constexpr const char* names[] = {"delivered", "again", "ask_first", "refused", "stop_channel", "too_early"};
    return out << names[static_cast<int>(v)];
}
}  // namespace hcp::domain

namespace {

constexpr auto json_type = "application/json; charset=utf-8";

struct Row {
    const char* what;
    unsigned status;
    std::string body;
    Verdict service, rating, query;
    const char* reason = "";  // the beginning, of M2's
};

constexpr auto delivered = Verdict::delivered, again = Verdict::again, ask_first = Verdict::ask_first,
               refused = Verdict::refused, stop_channel = Verdict::stop_channel, too_early = Verdict::too_early;

std::string wrapped(std::string_view status, std::string_view code, std::string_view description,
                    std::string_view body) {
    return R"({"C-API-Status":")" + std::string{status} + R"(","C-Response-Code":")" + std::string{code} +
           R"(","C-Response-Desc":")" + std::string{description} + R"(","C-Response-Body":)" + std::string{body} + "}";
}
std::string ok(std::string_view body) {
    return wrapped("00", "000000000000", "success", body);
}
std::string failed(std::string_view description) {
    return wrapped("01", "999999999999", description, R"("")");
}

const Row table[] = {
    // success in every envelope; to a query, without a list of services, it says nothing
    {"wrapped, body as text", 200, ok(R"("{\"success\":\"true\",\"message\":\"\"}")"), delivered, delivered, again},
    {"wrapped, body as object", 200, ok(R"({"success":"true","message":"提交成功"})"), delivered, delivered, again},
    {"wrapped, no body", 200, ok(R"("")"), delivered, delivered, again},
    {"wrapped, body null", 200, ok("null"), delivered, delivered, again},
    {"wrapped, body a word", 200, ok(R"("提交成功")"), delivered, delivered, again},
    {"wrapped, body an unknown word", 200, ok(R"("已受理")"), ask_first, ask_first, again,
     "省平台答复没有业务结果：success；已受理"},
    {"wrapper missing", 200, R"({"code":"0","success":"true"})", delivered, delivered, again},
    {"wrapper missing, real booleans and numbers", 200, R"({"code":0,"success":true})", delivered, delivered, again},
    {"only a describing success", 200, R"({"C-Response-Desc":"成功"})", delivered, delivered, again},
    {"201", 201, R"({"success":true})", delivered, delivered, again},
    {"a byte order mark before it", 200, "\xEF\xBB\xBF{\"success\":true}", delivered, delivered, again},
    {"explicit success whose words sound like failure", 200, R"({"success":"true","message":"验签通过"})", delivered,
     delivered, again},
    {"a bare word", 200, "success", delivered, delivered, again},
    {"a quoted word", 200, R"("成功")", delivered, delivered, again},
    {"flags as numbers", 200,
     R"({"C-API-Status":0,"C-Response-Code":0,"C-Response-Desc":"success","C-Response-Body":{"success":1}})", delivered,
     delivered, again},
    {"one flag said twice alike", 200, R"({"success":"true","success":"true"})", delivered, delivered, again},

    // failures inside and outside
    {"outer success, inner failure", 200, ok(R"({"success":"false","message":"其他原因"})"), refused, refused, refused,
     "省平台拒绝：success；其他原因"},
    {"outer success, inner failure as text", 200, ok(R"("{\"success\":\"false\",\"message\":\"其他原因\"}")"), refused,
     refused, refused, "省平台拒绝：success；其他原因"},
    {"outer failure, inner success", 200, wrapped("01", "999999999999", "网关错误", R"({"success":"true"})"), ask_first,
     ask_first, again, "省平台答复自相矛盾（HTTP 200）：网关错误"},
    {"status ok, code not", 200, wrapped("00", "999999999999", "x", R"("")"), ask_first, ask_first, again,
     "省平台答复自相矛盾（HTTP 200）：x"},
    {"a success with the code of another success", 200, R"({"success":true,"code":200})", ask_first, ask_first, again,
     "省平台答复自相矛盾"},
    {"one flag said twice, otherwise", 200, R"({"success":"true","success":"false"})", ask_first, ask_first, again,
     "省平台答复自相矛盾"},
    {"a flag that is neither", 200, R"({"success":"maybe"})", ask_first, ask_first, again, "省平台答复自相矛盾"},
    {"the gateway alone, with words of its own", 200, wrapped("00", "000000000000", "验签成功，数据已接收", "null"),
     ask_first, ask_first, again, "省平台答复没有业务结果：验签成功，数据已接收"},
    {"the gateway alone, of a duplicate", 200, wrapped("00", "000000000000", "评价数据不可重复", "null"), delivered,
     delivered, again},
    {"words that say nothing known", 200, R"({"C-Response-Desc":"接收成功"})", ask_first, ask_first, again,
     "省平台答复无法识别：接收成功"},
    {"inner code not zero", 200, R"({"code":"7","message":"原因"})", refused, refused, refused, "省平台拒绝：原因"},
    {"only a denied success", 200, R"({"C-Response-Desc":"提交未成功"})", ask_first, ask_first, again,
     "省平台答复无法识别：提交未成功"},
    {"unsuccessful", 200, R"({"message":"unsuccessful"})", ask_first, ask_first, again,
     "省平台答复无法识别：unsuccessful"},
    {"an error in words alone", 200, "修改用户默认地址失败", ask_first, ask_first, again,
     "省平台答复无法识别：修改用户默认地址失败"},

    // texts with a meaning
    {"duplicate rating", 200, failed("评价数据不可重复，请核对"), delivered, delivered, refused},
    {"duplicate service inside a success", 200,
     ok(R"({"success":"false","message":"已存在该条服务信息，请勿重复提交！"})"), delivered, delivered, refused},
    {"duplicate with 400", 400, R"({"message":"本次服务已存在评价，请勿重复评价！"})", delivered, delivered, refused},
    {"duplicate with 500", 500, R"({"message":"请勿重复提交"})", delivered, delivered, again},
    {"unknown service", 200, ok(R"({"success":"false","message":"没有对应的服务数据"})"), refused, again, delivered,
     "省平台还没有对应的办件服务：success；没有对应的服务数据"},
    {"nothing found", 200, failed("No match found"), refused, again, delivered,
     "省平台还没有对应的办件服务：No match found"},
    {"bad signature", 200, failed("签名校验失败"), stop_channel, stop_channel, stop_channel,
     "省平台不接受签名或身份：签名校验失败"},
    {"bad signature, 500", 500, R"({"message":"appMark不存在"})", stop_channel, stop_channel, stop_channel,
     "省平台不接受签名或身份：appMark不存在"},
    {"bad field", 200, failed("必填参数userName为空"), refused, refused, refused,
     "省平台不接受内容：必填参数userName为空"},
    {"bad field, 500", 500, R"({"message":"参数结构不正确"})", refused, refused, refused, "省平台不接受内容："},
    {"busy", 200, failed("系统繁忙"), ask_first, again, again, "省平台繁忙：系统繁忙"},
    {"busy, 500", 500, R"({"message":"系统繁忙，请稍后"})", ask_first, again, again, "省平台繁忙："},
    {"busy, 429", 429, R"({"message":"系统繁忙，请稍后"})", ask_first, again, again, "省平台限制频次（HTTP 429）："},
    {"busy, 503", 503, R"({"message":"系统繁忙，请稍后"})", ask_first, again, again, "省平台暂停服务（HTTP 503）："},
    {"from its future", 200, failed("参数serviceTime不能晚于当前时间"), too_early, too_early, refused,
     "省平台的时钟比本机慢，稍后再送：参数serviceTime不能晚于当前时间"},
    {"busy, GBK, unwrapped text", 200, "\xCF\xB5\xCD\xB3\xB7\xB1\xC3\xA6", ask_first, again, again,
     "省平台繁忙：系统繁忙"},
    {"signature, GBK inside JSON", 200, "{\"success\":\"false\",\"message\":\"\xC7\xA9\xC3\xFB\xB4\xED\xCE\xF3\"}",
     stop_channel, stop_channel, stop_channel, "省平台不接受签名或身份：签名错误"},
    // 誠 is D5 5C in GBK: its second byte is a backslash, which would break the JSON if it were not converted first.
    {"GBK whose second byte is a backslash", 200, "{\"success\":\"false\",\"message\":\"\xD5\x5C\"}", refused, refused,
     refused, "省平台拒绝：誠"},
    {"numbers of people never reach a log", 200, failed("证件号370800199001011234已注销"), refused, refused, refused,
     "省平台拒绝：证件号******已注销"},

    // nothing that could be understood
    {"empty body", 200, "", ask_first, ask_first, again, "省平台返回空答复（HTTP 200）"},
    {"blank body", 200, " \r\n", ask_first, ask_first, again, "省平台返回空答复（HTTP 200）"},
    {"no content", 204, "", ask_first, ask_first, again, "省平台返回空答复（HTTP 204）"},
    {"a page with 200", 200, "<html><body>登录</body></html>", ask_first, ask_first, again,
     "收到网页而非接口答复（HTTP 200）"},
    {"a page with 502", 502, "<html>Bad Gateway</html>", ask_first, again, again, "收到网页而非接口答复（HTTP 502）"},
    {"a page with 504", 504, "\r\n<!DOCTYPE html>", ask_first, again, again, "收到网页而非接口答复（HTTP 504）"},
    {"a page with 503", 503, "<html></html>", ask_first, again, again,
     "省平台暂停服务（HTTP 503）：收到网页而非接口答复"},
    {"a page with 403", 403, "<html></html>", stop_channel, stop_channel, stop_channel, "省平台拒绝访问（HTTP 403）"},
    {"JSON cut short", 200, R"({"success":"tr)", ask_first, ask_first, again, "省平台答复不完整（HTTP 200）"},
    {"JSON of another make", 200, R"({"a":1})", ask_first, ask_first, again, "省平台答复无法识别（HTTP 200）"},
    {"an empty object", 200, "{}", ask_first, ask_first, again, "省平台答复无法识别（HTTP 200）"},
    {"an array", 200, "[]", ask_first, ask_first, again, "省平台答复无法识别（HTTP 200）"},
    {"known names, nothing said", 200, R"({"message":""})", ask_first, ask_first, again,
     "省平台答复没有结果（HTTP 200）"},
    {"a number", 200, "7", ask_first, ask_first, again, "省平台答复无法识别（HTTP 200）"},

    // only the status says something
    {"302", 302, "", again, again, again, "省平台要求转向，请核对接口地址（HTTP 302）"},
    {"400", 400, R"({"message":"其他"})", refused, refused, refused, "省平台拒绝（HTTP 400）：其他"},
    {"400 text", 400, "bad", refused, refused, refused, "省平台拒绝（HTTP 400）：bad"},
    {"401", 401, "", stop_channel, stop_channel, stop_channel, "省平台拒绝访问（HTTP 401）"},
    {"403", 403, "{}", stop_channel, stop_channel, stop_channel, "省平台拒绝访问（HTTP 403）"},
    {"404", 404, "", again, again, again, "省平台没有此接口，请核对路径（HTTP 404）"},
    {"405", 405, "[]", again, again, again, "省平台没有此接口"},
    {"407", 407, "", again, again, again, "代理服务器要求认证"},
    {"408", 408, "", ask_first, ask_first, again, "省平台称请求超时（HTTP 408）"},
    {"409 without words", 409, "", refused, refused, refused, "省平台拒绝（HTTP 409）"},
    {"425", 425, "", ask_first, again, again, "省平台限制频次"},
    {"429", 429, "", ask_first, again, again, "省平台限制频次（HTTP 429）"},
    {"500", 500, "", ask_first, ask_first, again, "省平台内部错误（HTTP 500）"},
    {"500 with other words", 500, R"({"success":"false","message":"空指针"})", ask_first, ask_first, again,
     "省平台内部错误（HTTP 500）：空指针"},
    {"500 that calls itself a success", 500, R"({"success":"true"})", ask_first, ask_first, again, "省平台内部错误"},
    {"503", 503, "", ask_first, again, again, "省平台暂停服务（HTTP 503）"},
};

}  // namespace

TEST_CASE("every kind of reply has its verdict, per message", "[province][reply]") {
    for (const auto& row : table) {
        const HttpReply reply{row.status, json_type, "", row.body};
        INFO(row.what);
        const auto rating = judge(reply, Asked::rating, "[{}]", shandong(), half_past_nine);
        CHECK(judge(reply, Asked::service, "[{}]", shandong(), half_past_nine).verdict == row.service);
        CHECK(rating.verdict == row.rating);
        CHECK(judge(reply, Asked::query, "[{}]", shandong(), half_past_nine).verdict == row.query);
        INFO(rating.reason);
        CHECK(rating.reason.starts_with(row.reason));
        CHECK(rating.reason.empty() == (rating.verdict == delivered));
    }
}

TEST_CASE("a page is known by its type as well as by its first byte", "[province][reply]") {
    const HttpReply reply{200, "text/html;charset=utf-8", "", "success"};
    CHECK(judge(reply, Asked::rating, "[{}]", shandong(), half_past_nine).verdict == ask_first);
}

TEST_CASE("without an answer it counts how far the request got", "[province][reply]") {
    for (const auto asked : {Asked::service, Asked::rating, Asked::query})
        CHECK(judge(Progress::not_sent, "连接被拒绝", asked).verdict == again);
    CHECK(judge(Progress::unknown, "超时", Asked::service).verdict == ask_first);
    CHECK(judge(Progress::unknown, "超时", Asked::rating).verdict == ask_first);
    CHECK(judge(Progress::unknown, "超时", Asked::query).verdict == again);
    CHECK(judge(Progress::unknown, "超时", Asked::service).reason == "超时");
}

TEST_CASE("Retry-After is seconds or a date, and never more than a day", "[province][reply]") {
    const auto read = [](std::string_view s) { return read_retry_after(s, half_past_nine); };
    CHECK(read("120") == 120s);
    CHECK(read(" 0 ") == 0s);
    CHECK(read("99999999999999999999") == 24h);
    CHECK(read("Thu, 15 Jan 2026 01:31:30 GMT") == 90s);
    CHECK(read("Thu, 15 Jan 2026 01:00:00 GMT") == 0s);
    CHECK(read("Sat, 15 Jan 2028 01:31:30 GMT") == 24h);
    for (const auto* nonsense :
         {"", "soon", "-5", "1.5", "Thu, 32 Jan 2026 01:31:30 GMT", "Thu, 15 anF 2026 01:31:30 GMT",
          "Thu, 15 Jan 2026 25:31:30 GMT", "Thu, 15 Jan 2026 01:31:30 CST"})
        CHECK_FALSE(read(nonsense));

    const HttpReply busy{429, "", "7", ""}, down{503, "", "Thu, 15 Jan 2026 01:31:30 GMT", "<html>"};
    CHECK(judge(busy, Asked::service, "[{}]", shandong(), half_past_nine).retry_after == 7s);
    CHECK(judge(down, Asked::service, "[{}]", shandong(), half_past_nine).retry_after == 90s);
    CHECK_FALSE(
        judge({200, "", "7", R"({"success":true})"}, Asked::service, "[{}]", shandong(), half_past_nine).retry_after);
}

TEST_CASE("the list of services is handed on as it came, wrapped or not", "[province][reply]") {
    const auto listed = [](std::string body) {
        return judge({200, json_type, "", std::move(body)}, Asked::query, "[{}]", shandong(), half_past_nine).listed;
    };
    CHECK(listed(ok(R"({"success":"true","serviceList":["04ab"]})")) == "04ab");
    CHECK(listed(ok(R"("{\"serviceList\":[\"04ab\"]}")")) == "04ab");
    CHECK(listed(R"({"serviceList":["04ab"]})") == "04ab");
    CHECK(listed(R"({"serviceList":[{"projectNo":"37A"}]})") == R"([{"projectNo":"37A"}])");
    CHECK_FALSE(listed(ok(R"({"serviceList":[]})")));
    CHECK_FALSE(listed(R"({"success":"false","serviceList":["04ab"]})"));
}

TEST_CASE("what is coded, or in a charset that nobody told, says nothing", "[province][reply]") {
    const HttpReply zipped{200, json_type, "", R"({"success":"true"})", "gzip"},
        plainly{200, json_type, "", R"({"success":"true"})", "identity"};
    CHECK(judge(zipped, Asked::service, "", shandong(), half_past_nine).verdict == ask_first);
    CHECK(judge(zipped, Asked::query, "", shandong(), half_past_nine).verdict == again);
    CHECK(judge(plainly, Asked::service, "", shandong(), half_past_nine).verdict == delivered);
    std::string wide{"\xFF\xFE"};
    for (const char c : std::string{R"({"success":"false"})"}) wide += {c, '\0'};
    CHECK(judge({200, json_type, "", wide}, Asked::rating, "", shandong(), half_past_nine).verdict == ask_first);
    CHECK(judge({500, json_type, "", wide}, Asked::rating, "", shandong(), half_past_nine).verdict == ask_first);
}

TEST_CASE("what we said ourselves proves nothing when it is said back", "[province][reply]") {
    const HttpReply echo{200, json_type, "", failed("参数不合要求：CA电子签名无法使用，系统繁忙")};
    const auto verdict = [&](std::string_view sent) {
        return judge(echo, Asked::rating, sent, shandong(), half_past_nine).verdict;
    };
    CHECK(verdict("[]") == stop_channel);
    CHECK(verdict(R"([{"writingEvaluation":"CA电子签名无法使用"}])") ==
          again);  // the busy words are the province's own
    CHECK(verdict(R"([{"writingEvaluation":"CA电子签名无法使用，系统繁忙"}])") == refused);
    const HttpReply as_duplicate{200, json_type, "", failed("内容含有：评价数据不可重复")};
    CHECK_FALSE(
        judge(as_duplicate, Asked::rating, R"([{"writingEvaluation":"评价数据不可重复"}])", shandong(), half_past_nine)
            .duplicate);
}

TEST_CASE("a duplicate is told apart from a success, and a denial from a doubt", "[province][reply]") {
    const auto judged = [](unsigned status, std::string body, Asked asked, const ports::ProvinceProfile& profile) {
        return judge({status, json_type, "", std::move(body)}, asked, "", profile, half_past_nine);
    };
    CHECK(judged(200, failed("评价数据不可重复"), Asked::rating, shandong()).duplicate);
    CHECK_FALSE(judged(200, ok(R"({"success":"true"})"), Asked::rating, shandong()).duplicate);
    CHECK(judged(429, "", Asked::service, shandong()).denied);
    CHECK(judged(429, "", Asked::service, shandong()).throttled);
    CHECK(judged(503, "", Asked::service, shandong()).denied);
    CHECK_FALSE(judged(503, "", Asked::service, shandong()).throttled);
    CHECK_FALSE(judged(502, "", Asked::service, shandong()).denied);
    CHECK_FALSE(judged(429, "", Asked::rating, shandong()).denied);
    auto believed = shandong();
    believed.settle.denied_after.reset();
    CHECK(judged(503, "", Asked::service, believed).verdict == again);
    CHECK_FALSE(judged(503, "", Asked::service, believed).denied);
}

TEST_CASE("the far end's clock is read from its answers", "[province][reply]") {
    CHECK(read_date("Thu, 15 Jan 2026 01:30:00 GMT") == half_past_nine);
    CHECK_FALSE(read_date("yesterday"));
}

TEST_CASE("what both layers say is told once", "[province][reply]") {
    const HttpReply reply{200, json_type, "",
                          wrapped("01", "999999999999", "其他原因", R"({"success":"false","message":"其他原因"})")};
    CHECK(judge(reply, Asked::rating, "[{}]", shandong(), half_past_nine).reason == "省平台拒绝：其他原因");
}
