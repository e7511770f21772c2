#include "plugin/app/catalogue/editions.hpp"

namespace hcp::app {

using namespace domain;

namespace {

bool may(const Viewer& viewer, Action action, std::string_view department_id) {
    const Matter matter{.department_id = department_id};
    return may_do(viewer, action, matter);
}

// Of the draft and of what is active: nobody takes an item from another department, or gives his to one.
bool may_touch_item(const Viewer& viewer, Action action, std::string_view code, const StandingCatalogue& standing) {
    const auto pair = standing.items.of(code);
    return (pair.draft == nullptr || may(viewer, action, pair.draft->content.department_id)) &&
           (pair.active == nullptr || may(viewer, action, pair.active->content.department_id));
}

}  // namespace

std::string_view text_of(CatalogueRefusal refusal) noexcept {
    switch (refusal) {
        case CatalogueRefusal::unknown_actor:
            return "操作人现在不在名册上：核对 --as 的工号，或先导入名册";
        case CatalogueRefusal::not_allowed:
            return "操作人的岗位无权这样改动目录：部门的人只能改本部门的事项和指南，hcpctl staff access 列出谁可以做";
        case CatalogueRefusal::no_drafts:
            return "没有待发布的草稿：先用 hcpctl catalogue import 导入";
    }
    return "";
}

bool may_touch(const Viewer& viewer, Action action, const Department&, const StandingCatalogue&) {
    return may(viewer, action, {});
}

bool may_touch(const Viewer& viewer, Action action, const Item& item, const StandingCatalogue& standing) {
    return may(viewer, action, item.department_id) && may_touch_item(viewer, action, item.code, standing);
}

// A guide of an item that comes with it is judged with that one.
bool may_touch(const Viewer& viewer, Action action, const Guide& guide, const StandingCatalogue& standing) {
    return may_touch_item(viewer, action, guide.item_code, standing);
}

void tell(std::vector<ports::Fault>& all, CatalogueFault fault, int line) {
    constexpr std::size_t most = 100;
    if (all.size() >= most) return;
    if (line == 0)
        fault.problem = std::string{text_of(fault.part)} + " “" + fault.code + "”：" + std::move(fault.problem);
    all.push_back({std::string{file_of(fault.part)},
                   line,
                   {},
                   std::string{fault.column},
                   std::move(fault.problem),
                   std::move(fault.remedy)});
}

}  // namespace hcp::app
