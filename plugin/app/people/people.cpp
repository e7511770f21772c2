#include "plugin/app/people/people.hpp"

namespace hcp::app {

std::string_view text_of(PeopleRefusal refusal) noexcept {
    switch (refusal) {
        case PeopleRefusal::unknown_actor:
            return "操作人现在不在名册上：核对 --as 的工号，或先导入名册";
        case PeopleRefusal::not_allowed:
            return "操作人的岗位无权做这件事：hcpctl staff access 列出谁可以做";
        case PeopleRefusal::own_role:
            return "不能处理自己的岗位：请另一人操作";
        case PeopleRefusal::signed_already:
            return "提名人不能再确认：请另一位监督人员确认";
        case PeopleRefusal::unknown_person:
            return "这个人现在不在名册上，或已不在提名时的部门：核对工号，或先导入名册再提名";
        case PeopleRefusal::never_granted:
            return "名册上的人都是被评价人，不需要提名";
        case PeopleRefusal::has_it_already:
            return "这个人已有这一岗位，或提名正待确认：hcpctl staff list 查看";
        case PeopleRefusal::excluded:
            return "这个人已有或待确认的岗位与它不能兼任（技术、监督、复签人互斥）：先解除原岗位，或另提名一人";
        case PeopleRefusal::no_such_grant:
            return "没有这一编号的岗位或提名：hcpctl staff list 查看编号";
        case PeopleRefusal::not_waiting:
            return "这一提名已经确认、撤回或解除：hcpctl staff list 查看";
        case PeopleRefusal::ended_already:
            return "这一岗位或提名已经解除：hcpctl staff list 查看";
        case PeopleRefusal::no_reason:
            return "原因为空或超过 200 字：用一句话写明";
        case PeopleRefusal::founded_already:
            return "已有在岗的监督人员：由技术人员提名，监督人员确认";
        case PeopleRefusal::not_three:
            return "两位监督人员和操作人须是三个不同的人";
    }
    return "";
}

}  // namespace hcp::app
