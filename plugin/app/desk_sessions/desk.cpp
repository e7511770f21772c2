#include "plugin/app/desk_sessions/desk.hpp"

namespace hcp::app {

std::string_view text_of(DeskRefusal refusal) noexcept {
    switch (refusal) {
        case DeskRefusal::unknown_actor:
            return "操作人现在不在名册上：核对 --as 的工号，或先导入名册";
        case DeskRefusal::not_allowed:
            return "操作人的岗位无权做这件事：hcpctl staff access 列出谁可以做";
        case DeskRefusal::own_link:
            return "不能给自己签发登录链接：请另一人签发";
        case DeskRefusal::unknown_person:
            return "这个人现在不在名册上：核对工号，或先导入名册";
    }
    return "";
}

}  // namespace hcp::app
