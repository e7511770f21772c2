#include "adapters/web/guide_page.hpp"

#include "adapters/web/form.hpp"
#include "adapters/web/page_parts.hpp"
#include "adapters/web/phrases.hpp"
#include "plugin/domain/day_text.hpp"

#include <algorithm>
#include <string_view>

namespace hcp::web {

using namespace domain;

namespace {

std::string promise_of(const Item& item) {
    const std::string kind{text_of(item.promise)};
    if (item.promise != Promise::within) return kind + "办结";
    return kind + "办结：" +
           (item.working_hours > 0 ? std::to_string(item.working_hours) + " 个工作小时"
                                   : std::to_string(item.working_days) + " 个工作日");
}

// One list item per sentence of a cell: those that wrote it put a ； between two.
data lines_of(std::string_view text) {
    constexpr std::string_view between = "；";
    data lines{data::type::list};
    for (;;) {
        const auto at = text.find(between);
        lines << data{"line", std::string{text.substr(0, at)}};
        if (at == std::string_view::npos) return lines;
        text.remove_prefix(at + between.size());
    }
}

}  // namespace

std::string guides_page(const Look& look, const std::vector<app::GuidesOfLine>& all) {
    data page, lines{data::type::list};
    for (const auto& line : all) {
        data one, guides{data::type::list};
        one.set("line", line.line);
        for (const auto& item : line.items) {
            data guide;
            guide.set("item", item.name);
            guide.set("path", percent_encode(item.code));
            guides << guide;
        }
        one.set("guides", guides);
        lines << one;
    }
    page.set("base", look.base);
    page.set("none", all.empty());
    page.set("lines", lines);
    return in_layout(
        look, {.title = phrase(look.language, "guides.title"), .body = render(look.language, "guides.mustache", page)});
}

std::string guide_page(const Look& look, const app::GuideFacts& facts, Day today) {
    const auto& item = facts.item;
    const auto& guide = facts.guide;
    data page, elements{data::type::list}, norms{data::type::list}, versions{data::type::list};
    // Somebody may have cut the row short by hand, which is the ledger's to find.
    for (std::size_t i = 0; i < std::min(guide_elements.size(), guide.elements.size()); ++i) {
        data one;
        one.set("name", std::string{guide_elements[i]});
        one.set("lines", lines_of(guide.elements[i]));
        elements << one;
    }
    for (const auto& norm : item.norms) norms << data{"norm", norm};
    for (const auto& version : facts.versions) {
        data one;
        one.set("version", version.version);
        one.set("edition", std::to_string(version.revision));
        one.set("effective", domain::text_of(version.effective));
        one.set("changelog", version.changelog);
        one.set("shown", version.revision == facts.revision);
        versions << one;
    }
    page.set("base", look.base);
    page.set("path", percent_encode(item.code));
    page.set("item", item.name);
    page.set("version", guide.version);
    page.set("effective", domain::text_of(guide.effective));
    page.set("superseded", !facts.current);
    page.set("ended", item.is_over(today));
    page.set("until", item.until ? domain::text_of(*item.until) : std::string{});
    page.set("elements", elements);
    page.set("promise", promise_of(item));
    page.set("has_norms", !item.norms.empty());
    page.set("norms", norms);
    set_text(page, "department", facts.department_name);
    page.set("owner", guide.owner);
    page.set("versions", versions);
    return in_layout(look, {.title = item.name + " · " + phrase(look.language, "guide.title"),
                            .body = render(look.language, "guide.mustache", page)});
}

}  // namespace hcp::web
