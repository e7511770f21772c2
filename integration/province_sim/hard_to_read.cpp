#include "integration/province_sim/hard_to_read.hpp"

#include "integration/province_sim/encoding.hpp"
#include "integration/province_sim/gzip.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace province_sim {
namespace {

namespace json = boost::json;

// The flags, which are texts, as numbers; in the body too.
void number_flags(json::object& reply) {
    for (const auto* const name : {"C-API-Status", "C-Response-Code", "code"})
        if (auto* const flag = reply.if_contains(name)) *flag = std::stoll(std::string{flag->as_string()});
    if (auto* const flag = reply.if_contains("success")) *flag = flag->as_string() == "true" ? 1 : 0;
    if (auto* const body = reply.if_contains("C-Response-Body")) number_flags(body->as_object());
}

std::string numbered(const std::string& text) {
    auto reply = json::parse(text).as_object();
    number_flags(reply);
    return json::serialize(reply);
}

// The key `success` twice, the truth first: most parsers keep the last.
std::string doubled(const Reply& honest) {
    const std::string truth = honest.refusal.empty() ? "true" : "false";
    const std::string lie = honest.refusal.empty() ? "false" : "true";
    auto inner = json::parse(render(honest, Shape::unwrapped)).as_object();
    inner.erase("success");
    const auto rest = json::serialize(inner).substr(1);
    auto body = R"({"success":")" + truth + R"(","success":")" + lie + "\"" + (rest == "}" ? "" : ",") + rest;
    if (honest.message == "M5") return body;
    auto outer = json::parse(render(honest)).as_object();
    outer.erase("C-Response-Body");
    auto text = json::serialize(outer);
    text.pop_back();
    return text + R"(,"C-Response-Body":)" + body + "}";
}

}  // namespace

void write_hard_to_read(const Fault& fault, const Reply& honest, Answer& answer) {
    const auto plain = render(honest);
    const auto words = words_of(fault, honest.message);
    switch (fault.kind) {
        case FaultKind::gzip:
            answer.content_encoding = "gzip";
            answer.body = gzip(plain);
            break;
        case FaultKind::utf16:
            answer.content_type = "application/json";
            answer.body = to_utf16(plain);
            break;
        case FaultKind::numeric_flags:
            answer.body = numbered(plain);
            break;
        case FaultKind::contradiction:
            answer.body = json::serialize(json::object{{"success", true}, {"code", 200}, {"message", words}});
            break;
        case FaultKind::repeated_keys:
            answer.body = doubled(honest);
            break;
        case FaultKind::vague:
            answer.body = json::serialize(json::object{{"C-Response-Desc", words}});
            break;
        case FaultKind::truncated:
            answer.body = plain.substr(0, plain.size() / 2);
            break;
        case FaultKind::gateway_words:
            answer.body = json::serialize(
                json::object{{"C-API-Status", "00"}, {"C-Response-Code", "000000000000"}, {"C-Response-Desc", words}});
            break;
        default:
            answer.body = plain;
            break;
    }
}

}  // namespace province_sim
