#include "integration/province_sim/spoil.hpp"

#include "integration/province_sim/encoding.hpp"
#include "integration/province_sim/hard_to_read.hpp"

#include <boost/json/object.hpp>

namespace province_sim {
namespace {

namespace json = boost::json;

constexpr std::string_view proxy_page =
    "<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1><hr>nginx</body></html>";

// A complaint that repeats the caller's own words, whatever they are.
std::string echo_of(const json::value& record, std::string_view message) {
    const std::string name = message == "M1" ? "projectName" : "writingEvaluation";
    const auto* const object = record.if_object();
    const auto* const value = object != nullptr ? object->if_contains(name) : nullptr;
    const auto* const words = value != nullptr ? value->if_string() : nullptr;
    return "参数" + name + "不合要求：" + (words != nullptr ? std::string{*words} : std::string{});
}

}  // namespace

Answer spoilt(const Fault& fault, Reply honest, const json::value& record) {
    Answer answer;
    answer.delay = fault.delay;
    answer.status = fault.status;
    const auto words = words_of(fault, honest.message);
    switch (fault.kind) {
        case FaultKind::inner_failure:
            answer.body = render_inner_failure(words);
            break;
        case FaultKind::body_string:
            answer.body = render(honest, Shape::body_as_string);
            break;
        case FaultKind::no_wrapper:
            answer.body = render(honest, Shape::unwrapped);
            break;
        case FaultKind::empty_body:
            break;
        case FaultKind::duplicate:
            // An honest refusal stands: to call it a duplicate would hide that nothing is stored.
            if (honest.refusal.empty()) honest.refusal = words;
            answer.body = render(honest);
            break;
        case FaultKind::cut_after_store:
        case FaultKind::cut_before_store:
        case FaultKind::drop_second:
        case FaultKind::down:
            answer.cut = true;
            break;
        case FaultKind::html_error:
            answer.content_type = "text/html";
            answer.body = proxy_page;
            break;
        case FaultKind::gbk_message:
            answer.content_type = "application/json";
            answer.body = to_gbk(render(honest));
            break;
        case FaultKind::slow:
        case FaultKind::late:
        case FaultKind::twice:
            answer.body = render(honest);
            break;
        case FaultKind::http_429:
        case FaultKind::http_503:
            if (fault.retry_after_s >= 0) answer.retry_after_s = static_cast<unsigned>(fault.retry_after_s);
            [[fallthrough]];
        case FaultKind::http_500:
        case FaultKind::unknown_service:
        case FaultKind::token_expired:
            answer.body = render({honest.message, {}, words});
            break;
        case FaultKind::echo:
            answer.body = render({honest.message, {}, echo_of(record, honest.message)});
            break;
        case FaultKind::gzip:
        case FaultKind::utf16:
        case FaultKind::numeric_flags:
        case FaultKind::contradiction:
        case FaultKind::repeated_keys:
        case FaultKind::vague:
        case FaultKind::truncated:
        case FaultKind::gateway_words:
            // Who can read it after all is not to find a success where nothing was processed.
            if (!fault.processed && honest.refusal.empty()) honest.refusal = words;
            write_hard_to_read(fault, honest, answer);
            break;
    }
    return answer;
}

}  // namespace province_sim
