#include "adapters/ctl/command_line.hpp"
#include "plugin/domain/day_text.hpp"

// The groups that concern the centre's own matters: its days, its people, its catalogue, and whom it has rated.
namespace hcp::ctl {

using namespace domain;

void CommandLine::add_calendar() {
    auto& calendar = group("calendar", "工作日历与期限");
    auto& explain =
        command(calendar, "explain", "说明某日是否工作日、按哪个规则版本、期限如何计算", [this](Outside& o) {
            const auto anchored = anchor_ == "inclusive" ? Anchor::inclusive : Anchor::excluded;
            return explain_calendar(o,
                                    {*day_from(day_), opened_.empty() ? std::nullopt : day_from(opened_), days_,
                                     anchor_.empty() ? std::nullopt : std::optional{anchored}, directory_, file_},
                                    streams_);
        });
    explain.add_option("DATE", day_, "办结日，如 2026-09-24")->required()->type_name("日期")->check(date());
    explain.add_option("--days", days_, "期限天数，默认按规则版本")->type_name("天数")->check(number(1, 365));
    explain.add_option("--anchor", anchor_, "excluded 次日起算，inclusive 当日起算；默认两种都列")
        ->type_name("起算")
        ->check(anchor());
    explain.add_option("--opened", opened_, "开放评价的日期，晚于办结日时按它起算")->type_name("日期")->check(date());
    auto* notices = explain.add_option("--calendar", directory_, "日历目录；与 --policy 一起给出时不需要配置文件")
                        ->type_name("目录");
    auto* policy = explain.add_option("--policy", file_, "规则文件；与 --calendar 一起给出")->type_name("文件");
    explain.parse_complete_callback([notices, policy] {
        if (notices->count() != policy->count())
            throw CLI::ValidationError(notices->count() == 0 ? "--policy" : "--calendar",
                                       "--calendar 和 --policy 须一起给出");
    });
    add_calendar_changes(calendar);
}

void CommandLine::add_calendar_changes(CLI::App& calendar) {
    auto& preview = command(calendar, "preview", "列出日历文件生效后哪些期限会顺延；只看，不改",
                            [this](Outside& o) { return preview_calendar(o, file_, limit_, json_, streams_); });
    preview.add_option("FILE", file_, "连同尚未放入日历目录的这个文件一起看")->type_name("文件");
    preview.add_option("--limit", limit_, "每类最多列出几条，默认 100")->type_name("条数")->check(number(1, 10'000));
    json_flag(preview);
    auto& import = command(calendar, "import", "核对一个日历文件，放入日历目录；同名的由它取代",
                           [this](Outside& o) { return import_calendar(o, file_, streams_); });
    import.add_option("FILE", file_, "日历文件（.ini）")->required()->type_name("文件");
    auto& activate = command(calendar, "activate", "启用日历目录中的本地安排；操作人须是监督人员",
                             [this](Outside& o) { return activate_calendar(o, actor_, streams_); });
    add_actor(activate);
}

void CommandLine::add_subjects() {
    auto& subjects = group("subjects", "评价主体");
    auto& erase =
        command(subjects, "erase", "应要求删除一个主体的身份信息和文字；证件号码从标准输入读",
                [this](Outside& o) { return erase_subject(o, *subject_type_from(subject_type_), yes_, streams_); });
    erase.add_option("--type", subject_type_, "主体类型：person 自然人，legal 法人，other 其他组织")
        ->required()
        ->type_name("类型")
        ->check(subject_type());
    erase.add_flag("--yes", yes_, "确认删除");
}

void CommandLine::add_staff() {
    auto& staff = group("staff", "名册和岗位");
    auto& roster = command(staff, "import", "导入名册（CSV）；有任何问题都不导入",
                           [this](Outside& o) { return import_roster(o, actor_, file_, dry_run_, streams_); });
    roster.add_option("FILE", file_, "名册文件")->required()->type_name("文件");
    roster.add_flag("--dry-run", dry_run_, "只核对并列出变化，不导入");
    add_actor(roster);
    json_flag(command(staff, "list", "列出名册、岗位和待确认的提名",
                      [this](Outside& o) { return list_staff(o, json_, streams_); }));
    auto& propose = command(staff, "propose", "提名岗位，待监督人员确认", [this](Outside& o) {
        return propose_role(o, actor_, staff_id_, *staff_role_from(role_), streams_);
    });
    add_person(propose, "STAFF_ID", staff_id_);
    propose.add_option("ROLE", role_, "岗位")->required()->type_name("岗位")->check(staff_role());
    add_actor(propose);
    auto& confirm = command(staff, "confirm", "确认提名，岗位即时生效",
                            [this](Outside& o) { return confirm_role(o, actor_, RoleGrantId{*id_}, streams_); });
    add_id(confirm)->required();
    add_actor(confirm);
    auto& end = command(staff, "end", "解除岗位，或撤回、退回提名",
                        [this](Outside& o) { return end_role(o, actor_, RoleGrantId{*id_}, why_, streams_); });
    add_id(end)->required();
    end.add_option("--why", why_, "原因，不超过 200 字")->required()->type_name("原因");
    add_actor(end);
    auto& ceremony =
        command(staff, "ceremony", "设立最初的两位监督人员；仅在没有监督人员时，操作人须是第三人", [this](Outside& o) {
            return found_supervision(o, actor_, {staff_id_, other_}, streams_);
        });
    add_person(ceremony, "FIRST", staff_id_);
    add_person(ceremony, "SECOND", other_);
    add_actor(ceremony);
    auto& invite = command(staff, "invite", "签发一次性登录链接，十分钟内有效，不给岗位",
                           [this](Outside& o) { return invite_staff(o, actor_, staff_id_, streams_); });
    add_person(invite, "STAFF_ID", staff_id_);
    add_actor(invite);
    auto& sessions = command(staff, "sessions", "列出一个人现在的登录",
                             [this](Outside& o) { return list_staff_sessions(o, staff_id_, json_, streams_); });
    add_person(sessions, "STAFF_ID", staff_id_);
    json_flag(sessions);
    auto& sign_out = command(staff, "sign-out", "结束一个人的全部登录",
                             [this](Outside& o) { return sign_out_staff(o, actor_, staff_id_, streams_); });
    add_person(sign_out, "STAFF_ID", staff_id_);
    add_actor(sign_out);
    command(staff, "access", "列出各岗位可见与可做的事", [this](Outside&) { return show_access(streams_); });
}

void CommandLine::add_catalogue() {
    auto& catalogue = group("catalogue", "部门、事项和办事指南");
    auto& import = command(catalogue, "import", "把目录中的三个 CSV 导入为草稿；有任何问题都不导入",
                           [this](Outside& o) { return import_catalogue(o, actor_, file_, dry_run_, streams_); });
    import.add_option("DIR", file_, "目录")->required()->type_name("目录");
    import.add_flag("--preview", dry_run_, "只列出变化，不导入");
    add_actor(import);
    command(catalogue, "check", "核对目录中的文件；不写目录则核对数据库中的草稿能否发布",
            [this](Outside& o) { return check_catalogue(o, file_, streams_); })
        .add_option("DIR", file_, "目录")
        ->type_name("目录");
    add_actor(command(catalogue, "release", "发布有权发布的全部草稿，即时生效",
                      [this](Outside& o) { return release_catalogue(o, actor_, streams_); }));
    auto& out = command(catalogue, "export", "把现行目录写成三个 CSV",
                        [this](Outside& o) { return export_catalogue(o, file_, day_from(day_), streams_); });
    out.add_option("DIR", file_, "写到的目录，不覆盖已有的文件")->required()->type_name("目录");
    out.add_option("--at", day_, "写这一天结束时现行的")->type_name("日期")->check(date());
    json_flag(command(catalogue, "list", "列出现行的和草稿",
                      [this](Outside& o) { return list_catalogue(o, json_, streams_); }));
    add_unassigned(catalogue);
}

void CommandLine::add_coverage() {
    auto& coverage =
        command(app_, "coverage", "列出事项、部门、人员和渠道的评价覆盖情况，以及每一处未覆盖", [this](Outside& o) {
            const auto day = [](const std::string& text) { return text.empty() ? std::nullopt : day_from(text); };
            return show_coverage(o, day(from_), day(to_), json_, streams_);
        });
    coverage.add_option("--from", from_, "办结日从这一天起，默认到今天为止的一年")->type_name("日期")->check(date());
    coverage.add_option("--to", to_, "办结日到这一天为止，默认今天")->type_name("日期")->check(date());
    json_flag(coverage);
}

void CommandLine::add_unassigned(CLI::App& catalogue) {
    auto& unassigned = group(catalogue, "unassigned", "未归类和待归属的办件");
    auto& list = command(unassigned, "list", "列出未归类和待归属的办件，以及待复签的更改",
                         [this](Outside& o) { return list_unassigned(o, CaseId{after_}, limit_, json_, streams_); });
    add_page(list);
    json_flag(list);
    auto& assign =
        command(unassigned, "assign", "更改一个办件的事项、部门或经办人；已有评价的由监督人员更改，复签后生效",
                [this](Outside& o) {
                    return assign_case(o, actor_, {CaseId{*id_}, item_, department_, handlers_, why_}, streams_);
                });
    add_id(assign)->required();
    assign.add_option("--item", item_, "事项代码")->type_name("代码");
    assign.add_option("--department", department_, "部门代码")->type_name("代码");
    assign.add_option("--handler", handlers_, "经办人的工号，可写多次")->type_name("工号")->check(staff_id());
    assign.add_option("--why", why_, "原因，不超过 200 字")->required()->type_name("原因");
    add_actor(assign);
    auto& sign = command(unassigned, "sign", "复签一个归属更改，即时生效",
                         [this](Outside& o) { return sign_assignment(o, actor_, AttributionId{*id_}, streams_); });
    add_id(sign)->required();
    add_actor(sign);
}

}  // namespace hcp::ctl
