#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "adapters/ctl/reply.hpp"
#include "plugin/app/desk_sessions/invite.hpp"
#include "plugin/app/desk_sessions/list_sessions.hpp"
#include "plugin/app/desk_sessions/sign_out.hpp"

#include <boost/json.hpp>

#include <utility>

namespace hcp::ctl {

using namespace domain;

Exit invite_staff(Outside& outside, const std::string& actor, const std::string& staff_id, Streams streams) {
    const auto desk = outside.staff_web();
    if (!desk) throw Refusal{misuse, "[staff] listen = off：没有可登录的页面；先在 ini 中启用"};
    if (!desk->invite) throw Refusal{misuse, "[staff] invite = off：不用一次性链接登录；需要时改为 on 并重新启动实例"};
    const auto invited = done_or_refuse(app::invite(outside.desk(), actor, staff_id));
    streams.out << "请把下面两行当面或以可信的方式交给 " << staff_id << "：\n"
                << "打开：" << desk->base_url.text << "/staff/\n"
                << "登录码：" << invited.token << "\n"
                << text_of(invited.invite.until)
                << " 前有效，只能用一次，不给任何岗位。登录码只在这里显示这一次；不要写进网址、邮件标题或聊天群。\n";
    return fine;
}

Exit list_staff_sessions(Outside& outside, const std::string& staff_id, bool json, Streams streams) {
    const auto listed = app::list_sessions(outside.store(), staff_id, outside.now());
    if (!listed) throw refused_by_database(listed.error());
    const auto& rows = *listed;
    if (json) {
        boost::json::array sessions;
        for (const auto& row : rows) sessions.push_back(app::json_of(row));
        print_json(streams.out, std::move(sessions));
        return fine;
    }
    if (rows.empty()) {
        streams.out << staff_id << " 现在没有登录。\n";
        return fine;
    }
    Table table{{"编号", "方式", "登录时间", "最近使用", "不用则结束于", "最迟结束于"}};
    for (const auto& row : rows)
        table.add({std::to_string(row.id.value()), std::string{text_of(row.way)}, text_of(row.since),
                   text_of(row.seen_at), text_of(row.idle_ends_at), text_of(row.ends_at)});
    streams.out << table;
    return fine;
}

Exit sign_out_staff(Outside& outside, const std::string& actor, const std::string& staff_id, Streams streams) {
    const auto ended = done_or_refuse(app::sign_out_everywhere(outside.desk(), actor, staff_id));
    streams.out << "已结束 " << staff_id << " 的全部登录，即时生效（" << ended << " 个）。\n";
    return fine;
}

}  // namespace hcp::ctl
