#pragma once
#include "plugin/compose/rule_files.hpp"
#include "tests/support/counting_meter.hpp"
#include "tests/support/memory_anchors.hpp"
#include "tests/support/memory_ground.hpp"
#include "tests/world/flaky.hpp"
#include "tests/world/life.hpp"
#include "tests/world/moody_province.hpp"
#include "tests/world/trace.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hcp::world {

// Which answer: of one subject about one completion.
using Question = std::pair<std::string, std::size_t>;  // case number, subject's place

// What the world was promised, and may hold the module to.
struct Promises {
    std::map<std::string, domain::Completion> completions;  // as first accepted, by case number
    std::set<std::string> withdrawn;                        // withdrawals accepted
    std::set<std::string> opened;                           // projects whose opening of bids was accepted
    std::set<std::string> secret;                           // projects that are secret until then
    std::map<Question, domain::Level> rated;                // answers that were accepted
    std::map<Question, std::set<domain::Level>> perhaps;    // answers of which nobody knows
    std::map<Question, domain::Level> drafted;              // the last draft that was kept
};

// The centre, its host and its people.
class Centre final : public ports::Host, public test::MemoryGround {
public:
    explicit Centre(std::uint64_t seed);

    // A step of the two weeks, and of the time after.
    void live();
    void settle();
    void end();  // in good order

    std::optional<ports::SignedOn> redeem(std::string_view) override { return std::nullopt; }
    std::optional<ports::ScanPage> list_completed(domain::Instant since, std::string_view cursor) override;
    [[nodiscard]] bool can_scan() const noexcept override { return true; }
    bool notify_staff(std::string_view, std::string_view, std::string_view) override { return false; }
    [[nodiscard]] bool can_notify_staff() const noexcept override { return false; }

    Time time;
    Dice dice;
    Trace trace{time};
    test::MemoryStore memory{rows};
    FlakyStore store{memory, dice};
    test::MemoryAnchorFile anchor_file;
    test::PlainSigner signer = ring.signer();
    const record::Keys keys{sm3, lookup, link, content, records, *vault};
    test::MemoryJournal journal{journal_file, journal_records};
    test::MemoryAnchors anchors{anchor_file};
    MoodyProvince province{time, dice, trace};
    app::RuleFiles files;
    Promises promises;
    std::size_t deaths = 0;

private:
    void begin();
    void die();
    void work(std::uint64_t most);
    void act();
    void complete();
    [[nodiscard]] domain::Completion completion();
    void report(const std::vector<domain::Event>& events);
    void withdraw();
    void open_bids();
    void visit();
    void rate();
    void answered(const Question& question, const app::RatingRequest& request, const app::RatingOutcome& outcome);

    test::CountingMeter meter_;
    ports::SeededChance chance_;
    const compose::StoredRuleTexts texts_;
    ports::Settings settings_;
    std::optional<ports::ProvinceProfile> profile_;
    const compose::Ground ground_;
    const compose::Terms terms_;
    bool has_joined_ = false;  // ever
    std::optional<Life> life_;
    std::vector<domain::Completion> finished_;  // by the host, reported or not
    std::set<std::string> reported_;            // of them what was answered OK
    std::uint64_t numbers_ = 0;
};

}  // namespace hcp::world
