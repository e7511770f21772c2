#pragma once
#include "adapters/ctl/arguments.hpp"
#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/run.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hcp::ctl {

// Which commands there are and what each takes. The groups that concern the machine stand in one source, those of the
// centre's own matters in another.
class CommandLine {
public:
    explicit CommandLine(Streams streams);
    int run(std::vector<std::string> arguments, const Bind& bind);

private:
    void settle(CLI::App& app) const;
    CLI::App& group(const std::string& name, const std::string& help) { return group(app_, name, help); }
    CLI::App& group(CLI::App& in, const std::string& name, const std::string& help) {
        auto& sub = *in.add_subcommand(name, help);
        settle(sub);
        sub.group("命令")->require_subcommand(1);
        in.require_subcommand(1);
        return sub;
    }
    // A command and what it will do.
    template <class Work>
    CLI::App& command(CLI::App& in, const std::string& name, const std::string& help, Work work) {
        auto& sub = *in.add_subcommand(name, help);
        settle(sub);
        sub.group("命令");
        sub.final_callback([this, work] { chosen_ = work; });
        return sub;
    }
    void json_flag(CLI::App& app) { app.add_flag("--json", json_, "以 JSON 输出"); }
    static void add_person(CLI::App& app, const std::string& name, std::string& to) {
        app.add_option(name, to, "工号")->required()->type_name("工号")->check(staff_id());
    }
    void add_actor(CLI::App& app) {
        app.add_option("--as", actor_, "操作人的工号，记入留痕链")->required()->type_name("工号")->check(staff_id());
    }
    void add_page(CLI::App& list) {
        list.add_option("--after", after_, "从这一编号之后列起")->type_name("编号")->check(identifier());
        list.add_option("--limit", limit_, "最多列出几条，默认 100")->type_name("条数")->check(number(1, 10'000));
    }
    CLI::Option* add_id(CLI::App& app) {
        return app.add_option("ID", id_, "编号")->type_name("编号")->check(identifier());
    }

    void add_keys();
    void add_config();
    void add_database();
    void add_deliveries();
    template <class Command>
    void add_action(CLI::App& in, const std::string& name, const std::string& help, Command work);
    std::vector<CLI::Option*> add_filter(CLI::App& app);
    [[nodiscard]] ports::DeliveryFilter filter() const;
    void add_doubts();
    void add_journal();
    void add_journal_move(CLI::App& journal);
    void add_instances();
    void add_ledger();
    void add_clock();

    void add_calendar();
    void add_calendar_changes(CLI::App& calendar);
    void add_subjects();
    void add_staff();
    void add_catalogue();
    void add_coverage();
    void add_unassigned(CLI::App& catalogue);

    Streams streams_;
    CLI::App app_{"好差评插件的命令行", "hcpctl"};
    std::filesystem::path ini_{"haochaping.ini"};
    std::function<int(Outside&)> chosen_;

    bool json_ = false, all_ = false, yes_ = false, quiet_ = false, own_only_ = false, print_only_ = false,
         contract_ = false, dry_run_ = false;
    std::optional<std::int64_t> id_;
    std::filesystem::path directory_, public_key_, file_;
    std::string state_, reason_, case_no_, from_, to_, day_, opened_, anchor_, actor_, staff_id_, other_, role_, why_,
        subject_type_, item_, department_;
    std::vector<std::string> handlers_;
    std::int32_t min_attempts_ = 0, number_ = 0;
    std::int64_t after_ = 0;
    std::size_t limit_ = 100;
    std::optional<int> days_;
};

}  // namespace hcp::ctl
