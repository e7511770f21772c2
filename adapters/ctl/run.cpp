#include "adapters/ctl/run.hpp"

#include "adapters/ctl/command_line.hpp"

#include <algorithm>

namespace hcp::ctl {

CommandLine::CommandLine(Streams streams) : streams_{streams} {
    app_.set_version_flag("--version", HCP_VERSION, "显示版本");
    app_.add_option("--config", ini_, "配置文件，默认 ./haochaping.ini")->type_name("文件");
    app_.footer("--config 可放在任何命令之后。退出码：0 正常；1 有发现或没有做成；2 参数或配置有误。");
    settle(app_);
    add_keys();
    add_config();
    add_database();
    add_deliveries();
    add_doubts();
    add_journal();
    add_instances();
    add_ledger();
    add_calendar();
    add_clock();
    add_subjects();
    add_staff();
    add_catalogue();
    add_coverage();
}

int CommandLine::run(std::vector<std::string> arguments, const Bind& bind) {
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
    try {
        app_.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
        streams_.out << app_.help();
        return fine;
    } catch (const CLI::CallForVersion&) {
        streams_.out << "hcpctl " << HCP_VERSION << '\n';
        return fine;
    } catch (const CLI::ParseError& error) {
        streams_.err << in_chinese(error, app_) << "\n\n" << app_.help();
        return misuse;
    }
    try {
        const auto outside = bind(ini_);
        return chosen_(*outside);
    } catch (const Refusal& refusal) {
        streams_.err << refusal.text << (refusal.text.ends_with('\n') ? "" : "\n");
        return refusal.code;
    }
}

void CommandLine::settle(CLI::App& app) const {
    app.set_help_flag("-h,--help", "显示帮助")->group("选项");
    app.option_defaults()->group("选项");
    app.fallthrough();
    const auto words = app.get_formatter();
    words->label("Usage", "用法");
    words->label("OPTIONS", "选项");
    words->label("SUBCOMMAND", "命令");
    words->label("SUBCOMMANDS", "命令");
    words->label("Positionals", "参数");
    words->label("REQUIRED", "");
    words->column_width(34);
    for (auto* option : app.get_options()) option->group("选项");
}

int run(std::vector<std::string> arguments, const Bind& bind, std::ostream& out, std::ostream& err) {
    CommandLine line{{out, err}};
    return line.run(std::move(arguments), bind);
}

}  // namespace hcp::ctl
