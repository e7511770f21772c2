#include "adapters/web/pages.hpp"

#include "adapters/web/embedded.hpp"
#include "adapters/web/page_parts.hpp"
#include "adapters/web/phrases.hpp"

namespace hcp::web {

std::string asset_path(std::string_view name) {
    const auto* file = embedded_file(name);
    if (file == nullptr) return {};
    const auto dot = name.rfind('.');
    return '/' + std::string{name.substr(0, dot)} + '.' + std::string{file->hash} + std::string{name.substr(dot)};
}

std::string help_page(const Look& look) {
    data page;
    page.set("phone", look.help_phone);
    page.set("base", look.base);
    return in_layout(
        look, {.title = phrase(look.language, "how.title"), .body = render(look.language, "help.mustache", page)});
}

std::string notice_page(const Look& look, std::string_view what) {
    const auto said = [&](std::string_view part) {
        return phrase(look.language, std::string{what} + std::string{part});
    };
    data page;
    page.set("title", said(".title"));
    page.set("text", said(".text"));
    set_text(page, "remedy", said(".remedy"));
    page.set("phone", look.help_phone);
    return in_layout(
        look, {.title = said(".title"), .body = render(look.language, "notice.mustache", page), .is_error = true});
}

}  // namespace hcp::web
