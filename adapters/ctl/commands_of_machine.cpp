#include "adapters/ctl/command_line.hpp"
#include "plugin/app/province/delivery_words.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>

// The groups that concern the machine: keys, configuration, database, what waits and what was written.
namespace hcp::ctl {

using namespace domain;

void CommandLine::add_keys() {
    auto& keys = group("keys", "密钥文件");
    auto& init = command(keys, "init", "生成主密钥和留痕锚点密钥，从不覆盖已有文件",
                         [this](Outside& o) { return init_keys(o, directory_, streams_); });
    init.add_option("DIR", directory_, "存放密钥的目录")->required()->type_name("目录");
    auto& carry = command(keys, "carry", "把摘要密钥写到新文件（由现用主密钥封存），此后不再需要创始主密钥",
                          [this](Outside& o) { return carry_digests(o, file_, streams_); });
    carry.add_option("FILE", file_, "新文件，不可已存在")->required()->type_name("文件");
    json_flag(command(keys, "status", "列出数据库中的资料各由哪把主密钥封存",
                      [this](Outside& o) { return show_key_status(o, json_, streams_); }));
    command(keys, "rotate", "把由旧主密钥封存的资料换由现用主密钥封存；可中断，可重复，不影响运行中的实例",
            [this](Outside& o) { return rotate_keys(o, streams_); });
    command(keys, "show", "显示各密钥的编号（不显示密钥）", [this](Outside& o) { return show_keys(o, streams_); });
}

void CommandLine::add_config() {
    auto& config = group("config", "配置文件");
    json_flag(command(config, "check", "检查配置和它所指的全部文件，一次列出所有问题",
                      [this](Outside& o) { return check_config(o, json_, streams_); }));
    command(config, "template", "输出带注释的配置模板", [this](Outside& o) { return show_template(o, streams_); });
    command(config, "show", "显示生效的配置及其出处", [this](Outside& o) { return show_config(o, streams_); });
}

void CommandLine::add_database() {
    auto& database = group("db", "数据库结构");
    auto& migrate = command(database, "migrate", "建立或升级数据库结构", [this](Outside& o) {
        return print_only_ ? print_migration(o, contract_, streams_) : migrate_database(o, contract_, streams_);
    });
    migrate.add_flag("--contract", contract_, "也执行收缩步骤：仅在各主机都已换成本版本之后；此后不能退回上一版本");
    migrate.add_flag("--print", print_only_, "不改动数据库，只输出尚未执行的步骤的脚本，交 DBA 执行");
    json_flag(command(database, "status", "列出各步及是否已执行",
                      [this](Outside& o) { return show_database(o, json_, streams_); }));
    json_flag(command(database, "check", "检查连接、结构、权限、设置和时钟，不改动数据库",
                      [this](Outside& o) { return check_database(o, json_, streams_); }));
    auto& statements = command(database, "statements", "列出本数据库上执行的全部语句，注明哪些是它专用的写法",
                               [this](Outside& o) { return show_statements(o, own_only_, json_, streams_); });
    statements.add_flag("--own", own_only_, "只列专用的写法");
    json_flag(statements);
}

void CommandLine::add_deliveries() {
    auto& deliveries = group("deliveries", "向省平台的推送");
    auto& list = command(deliveries, "list", "列出推送（开标前保密的不列出、不计数）",
                         [this](Outside& o) { return list_deliveries(o, filter(), json_, streams_); });
    add_filter(list);
    add_page(list);
    json_flag(list);
    auto& show = command(deliveries, "show", "显示一条推送：经过、已知、接下来，待认定的附两边的清单",
                         [this](Outside& o) { return show_delivery(o, DeliveryId{*id_}, json_, streams_); });
    add_id(show)->required();
    json_flag(show);
    add_action(deliveries, "retry", "把待人工处理的、或可由人解除暂缓的放回队列；发送过的办件先查后发",
               retry_deliveries);
    add_action(deliveries, "hold", "暂缓推送", hold_deliveries);
    add_action(deliveries, "release", "解除人工暂缓（不解除保密等其他暂缓）", release_deliveries);
    auto& adopt = command(deliveries, "adopt", "认定办件的服务是省平台清单中的哪一号", [this](Outside& o) {
        return adopt_service(o, {case_no_, number_, id_ ? std::optional{DeliveryId{*id_}} : std::nullopt}, streams_);
    });
    adopt.add_option("CASE", case_no_, "办件编号")->required()->type_name("办件编号");
    adopt.add_option("NUMBER", number_, "省平台的服务编号")->required()->type_name("编号")->check(number(1, 9999));
    adopt.add_option("--delivery", id_, "办件有多个主体待认定时，指明是哪一条推送")
        ->type_name("编号")
        ->check(identifier());
}

template <class Command>
void CommandLine::add_action(CLI::App& in, const std::string& name, const std::string& help, Command work) {
    auto& action = command(in, name, help, [this, work](Outside& o) {
        return work(o, {id_ ? std::optional{DeliveryId{*id_}} : std::nullopt, filter(), yes_}, streams_);
    });
    auto* const id = add_id(action);
    const auto narrowing = add_filter(action);
    action.add_flag("--yes", yes_, "按条件成批处理时：已核对条数，执行。Ctrl-C 在两批之间中止");
    action.parse_complete_callback([id, narrowing] {
        const bool narrowed =
            std::any_of(narrowing.begin(), narrowing.end(), [](const auto* option) { return option->count() > 0; });
        if ((id->count() > 0) == narrowed)
            throw CLI::ValidationError("ID", "应给出一个编号，或给出 --state --reason --case --from --to 中的条件");
    });
}

std::vector<CLI::Option*> CommandLine::add_filter(CLI::App& app) {
    return {app.add_option("--state", state_, "只列这一状态：待推送 推送中 已送达 暂缓 待人工处理")
                ->type_name("状态")
                ->check(state()),
            app.add_option("--reason", reason_, "只列因此暂缓或待处理的：" + app::all_reason_codes())
                ->type_name("原因")
                ->check(reason()),
            app.add_option("--case", case_no_, "只列这一办件的")->type_name("办件编号"),
            app.add_option("--from", from_, "只列这一天起建立的")->type_name("日期")->check(date()),
            app.add_option("--to", to_, "只列这一天止建立的")->type_name("日期")->check(date()),
            app.add_option("--min-attempts", min_attempts_, "至少推送过几次")
                ->type_name("次数")
                ->check(number(0, 1'000'000))};
}

ports::DeliveryFilter CommandLine::filter() const {
    ports::DeliveryFilter filter;
    if (!state_.empty()) filter.state = app::state_from(state_);
    if (!reason_.empty()) filter.reason = app::reason_from(reason_);
    filter.case_no = case_no_;
    if (!from_.empty()) filter.created_from = start_of(*day_from(from_));
    if (!to_.empty()) filter.created_before = start_of(*day_from(to_) + std::chrono::days{1});
    filter.min_attempts = min_attempts_;
    filter.after = DeliveryId{after_};
    filter.limit = limit_;
    return filter;
}

void CommandLine::add_doubts() {
    auto& doubts = group("doubts", "已受理但有疑问的上报内容");
    auto& list =
        command(doubts, "list", "列出证件号码校验不符、证件类型或业务类别不在代码表的评价（开标前保密的不列出）",
                [this](Outside& o) { return list_doubts(o, EvaluationId{after_}, limit_, json_, streams_); });
    add_page(list);
    json_flag(list);
}

void CommandLine::add_journal() {
    auto& journal = group("journal", "本地日志：搁置的事件（实例停止时使用），接收别的实例留下的");
    json_flag(
        command(journal, "list", "列出搁置的事件", [this](Outside& o) { return list_journal(o, json_, streams_); }));
    auto& show = command(journal, "show", "显示一个事件，不含个人信息",
                         [this](Outside& o) { return show_journal(o, *id_, json_, streams_); });
    add_id(show)->required();
    json_flag(show);
    add_journal_move(journal);
    auto& retry = command(journal, "retry", "放回本地日志末尾，重新入库",
                          [this](Outside& o) { return retry_journal(o, id_, streams_); });
    auto& adopt = command(journal, "adopt", "把已不运行的实例的本地日志入库（那个实例还在时拒绝）",
                          [this](Outside& o) { return adopt_journal(o, directory_, streams_); });
    adopt.add_option("DIR", directory_, "那个实例的实例目录")->required()->type_name("目录");
    auto* id = add_id(retry);
    auto* all = retry.add_flag("--all", all_, "全部放回");
    retry.parse_complete_callback([id, all] {
        if (id->count() + all->count() != 1) throw CLI::ValidationError("ID", "应给出一个编号，或给出 --all");
    });
}

void CommandLine::add_journal_move(CLI::App& journal) {
    auto& move = command(journal, "move", "把再也打不开的一条移出到新文件留存（仍为密文），不再入库",
                         [this](Outside& o) { return move_journal(o, *id_, file_, streams_); });
    add_id(move)->required();
    move.add_option("FILE", file_, "新文件，不可已存在")->required()->type_name("文件");
}

void CommandLine::add_instances() {
    auto& instances = group("instances", "共用本数据库的各实例");
    json_flag(command(instances, "list", "列出各实例：持有什么、自何时、到何时",
                      [this](Outside& o) { return list_instances(o, json_, streams_); }));
    auto& retire = command(instances, "retire", "注销不再使用的实例（运行中的不能注销）",
                           [this](Outside& o) { return retire_instance(o, number_, yes_, streams_); });
    retire.add_option("NUMBER", number_, "实例编号")->required()->type_name("编号")->check(number(1, 1023));
    retire.add_flag("--journal-lost", yes_, "其本地日志已无法找回：放弃其中可能有的已接收未入库的事件");
}

void CommandLine::add_ledger() {
    auto& ledger = group("ledger", "留痕链");
    auto& verify = command(ledger, "verify", "核验留痕链、全部评价和锚点", [this](Outside& o) {
        return verify_ledger(o, {public_key_, quiet_, json_}, streams_);
    });
    verify.add_option("--public-key", public_key_, "锚点公钥文件，默认用配置中的锚点密钥")->type_name("文件");
    verify.add_flag("--quiet", quiet_, "只输出发现的问题");
    json_flag(verify);
}

void CommandLine::add_clock() {
    auto& clock = group("clock", "系统时钟");
    command(clock, "confirm", "确认系统时钟现在正确：告警 clock_jump 之后恢复结转和重发",
            [this](Outside& o) { return confirm_clock(o, streams_); });
}

}  // namespace hcp::ctl
