#include "plugin/domain/catalogue.hpp"
#include "plugin/domain/day_text.hpp"

#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace hcp::domain {
namespace {

constexpr std::size_t most_faults = 100;

template <class Content>
CatalogueFault fault_of(const Content& row, std::string_view column, std::string problem, std::string remedy) {
    return {part_of<Content>, code_of(row), column, std::move(problem), std::move(remedy)};
}

// Holds the tables against each other, row by row.
class Review {
public:
    Review(const CatalogueTables& all, Day today) : all_{all}, today_{today} {
        for (const auto& one : all.departments) departments_.emplace(one.id, &one);
        for (const auto& one : all.items) items_.emplace(one.code, &one);
        for (const auto& one : all.guides) guided_.insert(one.item_code);
    }

    std::vector<CatalogueFault> run() {
        for (const auto& one : all_.departments) judge(one);
        for (const auto& one : all_.items) judge(one);
        for (const auto& one : all_.guides) judge(one);
        if (faults_.size() > most_faults) faults_.resize(most_faults);
        return std::move(faults_);
    }

private:
    template <class Content>
    void fault(const Content& row, std::string_view column, std::string problem, std::string remedy) {
        faults_.push_back(fault_of(row, column, std::move(problem), std::move(remedy)));
    }
    template <class Content>
    void by_itself(const Content& one) {
        if (!seen_.emplace(part_of<Content>, code_of(one)).second)
            fault(one, columns_of(part_of<Content>).front(),
                  std::string{text_of(part_of<Content>)} + " “" + code_of(one) + "” 有两份",
                  "一个代码只有一份：留下现行的一份，旧的由系统保存");
        for (auto& one_fault : faults_of(one)) faults_.push_back(std::move(one_fault));
    }

    // Who follows goes on longer, so that no chain of successors comes back to where it began.
    void judge(const Department& one) {
        by_itself(one);
        if (!one.until || one.successor.empty()) return;
        const auto found = departments_.find(one.successor);
        if (found == departments_.end())
            fault(one, "successor", "没有部门 “" + one.successor + "”", "写目录中部门的编号");
        else if (found->second->until && *found->second->until <= *one.until)
            fault(one, "successor", "继任部门 “" + one.successor + "” 届时也已撤销", "写仍在的部门");
    }

    void judge(const Item& one) {
        by_itself(one);
        const auto department = departments_.find(one.department_id);
        if (department == departments_.end())
            fault(one, "department_id", "没有部门 “" + one.department_id + "”", "写 departments.csv 中的部门编号");
        if (is_over(one.until)) return;  // its history stays, and nothing is asked of it any more (E18)
        if (department != departments_.end() && is_over(department->second->until))
            fault(one, "department_id", "部门 “" + one.department_id + "” 已撤销",
                  "改为继任部门 “" + department->second->successor + "”");
        if (!guided_.contains(one.code))
            fault(one, "item_code", "事项 “" + one.code + "” 没有办事指南", "在 guides.csv 写一行");
        for (const auto& node : one.nodes) {
            const auto [taken, fresh] = nodes_.emplace(std::pair{one.line, node}, one.code);
            if (!fresh && taken->second != one.code)
                fault(one, "nodes", "环节 “" + node + "” 已属于同一业务类别的事项 “" + taken->second + "”",
                      "一个环节只归一个事项");
        }
    }

    void judge(const Guide& one) {
        by_itself(one);
        if (!items_.contains(one.item_code))
            fault(one, "item_code", "没有事项 “" + one.item_code + "”", "写 items.csv 中的事项代码");
    }

    [[nodiscard]] bool is_over(const std::optional<Day>& until) const { return until && *until < today_; }

    const CatalogueTables& all_;
    const Day today_;
    std::map<std::string_view, const Department*> departments_;
    std::map<std::string_view, const Item*> items_;
    std::set<std::string_view> guided_;
    std::set<std::pair<CataloguePart, std::string>> seen_;
    std::map<std::pair<std::string, std::string>, std::string> nodes_;
    std::vector<CatalogueFault> faults_;
};

}  // namespace

std::vector<CatalogueFault> faults_of(const Department& one) {
    std::vector<CatalogueFault> faults;
    if (one.until && *one.until < one.since)
        faults.push_back(fault_of(one, "until", "最后一天 " + text_of(*one.until) + " 早于第一天 " + text_of(one.since),
                                  "核对两个日期"));
    if (one.until && one.successor.empty())
        faults.push_back(fault_of(one, "successor", "撤销的部门没有写继任部门", "写上承接其职责的部门编号"));
    if (!one.until && !one.successor.empty())
        faults.push_back(
            fault_of(one, "successor", "没有撤销的部门写了继任部门", "在 until 写上最后一天，或删去继任部门"));
    return faults;
}

std::vector<CatalogueFault> faults_of(const Item& one) {
    std::vector<CatalogueFault> faults;
    if (one.promise == Promise::within) {
        if ((one.working_hours > 0) == (one.working_days > 0))
            faults.push_back(fault_of(one, "working_days", "限时办结的事项须写工作小时或工作日，只写其一",
                                      "在 working_hours 或 working_days 写上时限"));
    } else if (one.working_hours != 0 || one.working_days != 0) {
        faults.push_back(fault_of(one, one.working_hours != 0 ? "working_hours" : "working_days",
                                  std::string{text_of(one.promise)} + "办结的事项没有时限", "删去时限，或改为限时"));
    }
    return faults;
}

std::vector<CatalogueFault> faults_of(const Guide& one) {
    std::vector<CatalogueFault> faults;
    for (const auto& [column, text, what] :
         {std::tuple{"version", &one.version, "版本"}, std::tuple{"owner", &one.owner, "责任岗位"},
          std::tuple{"changelog", &one.changelog, "修订说明"}})
        if (text->empty())
            faults.push_back(fault_of(one, column, std::string{what} + "是空的", std::string{"写上"} + what));
    constexpr std::size_t before_elements = 5;
    const auto columns = columns_of(CataloguePart::guides).subspan(before_elements);
    for (std::size_t i = 0; i < guide_elements.size(); ++i)
        if (i >= one.elements.size() || one.elements[i].empty())
            faults.push_back(fault_of(one, columns[i], "缺少要素“" + std::string{guide_elements[i]} + "”，不能发布",
                                      "填写；没有的写明“无”及依据"));
    return faults;
}

std::vector<CatalogueFault> faults_in(const CatalogueTables& all, Day today) {
    return Review{all, today}.run();
}

std::vector<CatalogueFault> faults_in_succession(const Guide& guide, const Guide* before, Day today) {
    std::vector<CatalogueFault> faults;
    if (today < guide.effective)
        faults.push_back(fault_of(guide, "effective", "生效日期 " + text_of(guide.effective) + " 还没有到",
                                  "到那一天再发布：一经发布，新办结的就显示这一版"));
    if (before != nullptr && *before != guide && before->version == guide.version)
        faults.push_back(fault_of(guide, "version", "内容改了，版本仍是 “" + guide.version + "”",
                                  "写上新的版本，并在 changelog 写明改了什么"));
    return faults;
}

}  // namespace hcp::domain
