#include "adapters/web/addresses.hpp"
#include "adapters/web/form.hpp"
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
    return 0;
}
