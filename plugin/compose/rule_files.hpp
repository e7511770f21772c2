#pragma once
#include "plugin/app/catalogue/load_rules.hpp"
#include "plugin/ports/ini_entry.hpp"
#include "plugin/ports/province_profile.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/settings.hpp"

#include <filesystem>
#include <memory>
#include <variant>
#include <vector>

namespace hcp::compose {

// Reads policy.ini, every *.ini of the calendar directory, tags.csv, items.csv and nodes.csv, all of it, and either
// gives everything or every fault. `notices`, where it is given, is read as if it lay in the calendar directory, in
// place of the file there that has its name.
[[nodiscard]] std::variant<app::RuleFiles, std::vector<ports::Fault>> load_rules(
    const ports::RuleSettings& files, const std::filesystem::path& notices = {});

// As above, of the first two alone: the rules by which days are counted, and nothing else in them.
[[nodiscard]] std::variant<std::shared_ptr<const record::Rules>, std::vector<ports::Fault>> load_calendar_rules(
    const std::filesystem::path& policy_file, const std::filesystem::path& calendar_directory);

// Item codes that the province's profile has no room for would be refused of every case, one by one: the first of them.
[[nodiscard]] std::vector<ports::Fault> codes_unfit_for(const ports::ProvinceProfile& profile,
                                                        const std::filesystem::path& profile_file,
                                                        const record::Rules& rules);

// The texts that load_rules gave as references, read again.
class StoredRuleTexts final : public ports::RuleTexts {
public:
    [[nodiscard]] std::optional<domain::PolicyBook> policies(std::string_view text) const override;
    [[nodiscard]] std::optional<domain::Calendar> calendar(std::string_view text) const override;
    [[nodiscard]] std::optional<domain::TagBook> tags(std::string_view text) const override;
    [[nodiscard]] std::vector<ports::RuleLine> lines_of(const domain::PolicyVersion&) const override;
    [[nodiscard]] std::string text_of(const domain::Calendar&) const override;
};

}  // namespace hcp::compose
