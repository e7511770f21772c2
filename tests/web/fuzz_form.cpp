#include "adapters/web/addresses.hpp"
#include "adapters/web/form.hpp"
#include "adapters/web/request_head.hpp"
#include "adapters/web/router.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Whatever a person can write into a path, a body or a header: no crash, and what was decoded holds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace hcp::web;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto decoded = percent_decode(text)) {
        if (decoded->find('\0') != std::string::npos) std::abort();
        if (percent_decode(percent_encode(*decoded)) != *decoded) std::abort();
    }
    if (const auto form = Form::parse(text)) (void)form->all(form->first("level"));
    (void)cookie_value(text, "hcp_session");
    (void)address_group(text);
    (void)TrustedProxies{{"127.0.0.0/8"}}.client("127.0.0.1", text);
    static const auto routes = [] {
        RouteTable table;
        table.add(Method::get, "/e/{token}/receipt", [](auto, auto, auto) {});
        return table;
    }();
    (void)routes.match(Method::get, text);
    const auto whole = find_head_end(text, 0);
    auto in_pieces = find_head_end(text.substr(0, size / 2), 0);
    if (in_pieces.found == HeadSearch::Found::not_yet) in_pieces = find_head_end(text, in_pieces.at);
    if (in_pieces.found != whole.found || in_pieces.at != whole.at) std::abort();
    if (whole.found == HeadSearch::Found::end) (void)flaw_of_head(text.substr(0, whole.at));
    if (const auto target = read_target(text); target.path.size() + target.query.size() > size + 1) std::abort();
    return 0;
}
