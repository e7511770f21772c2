#pragma once
#include "plugin/domain/deadline.hpp"
#include "plugin/domain/presence.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/domain/vocabulary.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::domain {

// Where a rule stands, so that every deadline and default that is shown can be opened (M0.1). `url` is empty where none
// is known.
struct LegalBasis {
    std::string number, title, url;
    friend bool operator==(const LegalBasis&, const LegalBasis&) = default;
};

// The rules that are shown together with their clause.
enum class Rule : std::size_t { window, on_site, bad_review, rectification, appeal, bar, concentration, publicity };
inline constexpr std::size_t rule_count = 8;

// E7: who may rate.
enum class Identity : std::int32_t { either = 1, real_name = 2 };

// The parameters of the measures while they are in force. As constructed they are the measures of 2020, without
// citations.
struct PolicyVersion {
    std::string name = "2020";
    LegalBasis measures{"", "山东省公共资源交易中心落实“好差评”制度的工作举措（试行）", ""};
    std::vector<LegalBasis> basis;                  // what the measures rest on
    std::array<std::string, rule_count> clauses{};  // by Rule: clause number and wording

    // In force from the first until before the second. After that `successor` takes over, or, where it is empty, this
    // version goes on until another begins (M22.1).
    Day valid_from{std::chrono::local_days{std::chrono::year{2020} / 8 / 1}};
    std::optional<Day> valid_to{std::chrono::local_days{std::chrono::year{2022} / 8 / 1}};
    std::string successor;

    // M7, M10: the window and what an unanswered one becomes
    int window_days = 5;
    DayKind window_kind = DayKind::working;
    Anchor anchor_online = Anchor::excluded;
    Anchor anchor_on_site = Anchor::inclusive;
    DeadlineEnd deadline_end = DeadlineEnd::midnight;
    std::chrono::minutes close_of_business{17 * 60};
    OfficeHours office_hours{{std::chrono::hours{9}, std::chrono::hours{12}},
                             {std::chrono::minutes{13 * 60 + 30}, std::chrono::hours{17}}};  // E51
    Level default_level = Level::very_satisfied;
    bool barred_default = false;           // E5: a barred subject's case counts as a default
    bool ranking_counts_defaults = false;  // M7.3
    int reminder_days = 3;                 // M11.2: natural days unrated before the one reminder
    Identity identity = Identity::either;  // E7
    int bad_review_min_characters = 10;    // M8.2: enough without a tag

    // M14: working days, from the receipt of the bad review (E6)
    int contact_days = 1;
    int rectify_days = 5;
    int contact_attempts = 3;   // M14.2: so many failures,
    int contact_half_days = 2;  // in so many half-days, are “联系不上”

    // M17
    int appeal_days = 5;              // working days, from receipt
    int bar_reviews = 3;              // so many overturned evaluations
    int bar_within_months = 12;       // made within this time (E4)
    int bar_months = 12;              // bar the subject for this long
    bool bar_counts_mistaken = true;  // 误评 counts like 恶意 (E4)

    // M18.3: so many bad reviews of one item or department within so many working days are a case for the committee
    int concentration_reviews = 3;
    int concentration_days = 10;

    friend bool operator==(const PolicyVersion&, const PolicyVersion&) = default;

    // The terms of this version. A mode that is not known gets the online ones.
    [[nodiscard]] WindowTerms window(Mode mode) const;
    [[nodiscard]] Term on_site() const;  // M10: of a visit, and of the opinion column
    [[nodiscard]] Term contact() const { return working_days(contact_days); }
    [[nodiscard]] Term rectification() const { return working_days(rectify_days); }
    [[nodiscard]] Term appeal() const { return working_days(appeal_days); }

    [[nodiscard]] const std::string& clause(Rule rule) const { return clauses[static_cast<std::size_t>(rule)]; }

    // M8.2: a bad review needs a tag or enough text, blanks at its ends not counted; any other level says enough by
    // itself.
    [[nodiscard]] bool says_enough(Level level, std::size_t tags, std::string_view text) const;

private:
    [[nodiscard]] static Term working_days(int days) {
        return {days, DayKind::working, Anchor::excluded, DeadlineEnd::midnight, {}, true};
    }
};

// What judges a case, and what an operator must be told about it.
struct InForce {
    const PolicyVersion* version = nullptr;  // lives as long as the book
    bool continued_past_end = false;         // its validity is over and nothing has followed: warn (M22.1)
    bool before_first = false;               // completed before any version began
};

// All versions, each with its time. A case is judged by the version in force on the day of its completion, whatever is
// changed later (E30).
class PolicyBook {
public:
    // The measures of 2020.
    PolicyBook() : PolicyBook{std::vector{PolicyVersion{}}} {}

    // Needs at least one version. Names are unique; a later beginning ends an earlier version.
    explicit PolicyBook(std::vector<PolicyVersion> versions);

    // Never without an answer: before the first version the first, after the end of the last the last.
    [[nodiscard]] InForce in_force(Instant completion) const&;
    InForce in_force(Instant completion) && = delete;

    // What completed before that was never under any rule (E38).
    [[nodiscard]] Instant begins() const { return start_of(versions_.front().valid_from); }
    [[nodiscard]] const PolicyVersion* find(std::string_view name) const noexcept;
    [[nodiscard]] std::span<const PolicyVersion> versions() const noexcept { return versions_; }  // by beginning

    friend bool operator==(const PolicyBook&, const PolicyBook&) = default;

private:
    std::vector<PolicyVersion> versions_;
};

}  // namespace hcp::domain
