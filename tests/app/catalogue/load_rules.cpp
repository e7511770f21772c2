#include "plugin/app/catalogue/load_rules.hpp"

#include "plugin/domain/ledger_entries.hpp"
#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/support/text_in.hpp"

#include <fstream>
#include <utility>

using namespace hcp;
using namespace hcp::test;

namespace {

using ports::ReferenceKind;

constexpr std::array kinds{ReferenceKind::policy, ReferenceKind::calendar, ReferenceKind::tags};
const std::string policy = "policy.ini", calendar = "calendar/cn-2026.ini", tags = "items/tags.csv",
                  items = "items/items.csv";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

// The shipped files as somebody has edited them.
class EditedFiles {
public:
    EditedFiles() {
        std::filesystem::copy(project_root() / "config", directory_.path(), std::filesystem::copy_options::recursive);
    }
    EditedFiles& replace(const std::string& file, const std::string& from, const std::string& to) {
        return put(file, replaced(text(file), from, to));
    }
    EditedFiles& append(const std::string& file, const std::string& more) { return put(file, text(file) + more); }
    // A version of the policy that follows the shipped one.
    EditedFiles& add_policy(const std::string& name) {
        auto section = replaced(text(policy), "[policy 2020]", "[policy " + name + "]");
        section = replaced(section, "valid_from = 2020-08-01", "valid_from = 2026-01-01");
        return append(policy, '\n' + replaced(section, "valid_until = 2022-07-31", ""));
    }
    [[nodiscard]] app::RuleFiles read() const {
        const auto& in = directory_.path();
        auto loaded =
            compose::load_rules({in / policy, in / "calendar", in / tags, in / items, in / "items/nodes.csv"});
        REQUIRE(std::holds_alternative<app::RuleFiles>(loaded));
        return std::get<app::RuleFiles>(std::move(loaded));
    }

private:
    [[nodiscard]] std::string text(const std::string& file) const { return text_in(directory_.path() / file); }
    EditedFiles& put(const std::string& file, const std::string& text) {
        std::ofstream{directory_.path() / file, std::ios::binary} << text;
        return *this;
    }
    TempDirectory directory_;
};

// What a store says that is kept nowhere as it was.
class NoTexts final : public ports::RuleTexts {
public:
    [[nodiscard]] std::optional<PolicyBook> policies(std::string_view) const override { return std::nullopt; }
    [[nodiscard]] std::optional<Calendar> calendar(std::string_view) const override { return std::nullopt; }
    [[nodiscard]] std::optional<TagBook> tags(std::string_view) const override { return std::nullopt; }
    std::vector<ports::RuleLine> lines_of(const PolicyVersion&) const override { return {}; }
    [[nodiscard]] std::string text_of(const Calendar&) const override { return {}; }
};

struct Loading : MemoryDesk {
    Loading() { own.adopt(books->instance()); }

    app::LoadRules loader(const ports::RuleTexts& texts) {
        return app::LoadRules{{*store, own, digests, texts, *rules, log, alarms, nobody}};
    }
    ports::result<app::LoadRules::Conflicts> start_with(const app::RuleFiles& files) {
        return loader(rule_texts).start_with(files);
    }
    ports::result<app::LoadRules::Conflicts> replace_by(const app::RuleFiles& files) {
        return loader(rule_texts).replace_by(files);
    }
    std::vector<ports::ReferenceRow> stored(ReferenceKind kind) {
        return ask([&](ports::Snapshot& all) { return all.references().of(kind); });
    }
    std::vector<std::string> versions(ReferenceKind kind) {
        std::vector<std::string> all;
        for (const auto& row : stored(kind)) all.push_back(row.version);
        return all;
    }
    std::vector<LedgerFact> ledger() {
        std::vector<LedgerFact> facts;
        for (const auto& row : ask([&](ports::Snapshot& all) {
                 return all.ledger().after(lane_of(own.instance(), Chain::open), 0, 1000);
             }))
            facts.push_back(fact_in(row.canonical).value());
        return facts;
    }
    // All of the store that loading may change.
    std::vector<std::string> everything() {
        std::vector<std::string> lines;
        for (const auto kind : kinds)
            for (const auto& row : stored(kind)) lines.push_back(row.version + ' ' + row.checksum);
        for (const auto& item : ask([](ports::Snapshot& all) { return all.catalogue().items(); }))
            lines.push_back(item.item_code + (item.classified ? "" : " unclassified"));
        for (const auto& one : deliveries()) lines.emplace_back(text_of(one.delivery.state));
        lines.push_back(std::to_string(ledger().size()) + " entries");
        return lines;
    }

    FailingStore faulty{*store};
    record::Books own{faulty, digests, ledger_seal, clock, id_clock};
};

}  // namespace

SCENARIO("a start imports every version once, and the ledger has an entry of each", "[rules]") {
    Loading desk;
    const auto conflicts = desk.start_with(desk.rule_files);
    REQUIRE(conflicts.has_value());
    CHECK(conflicts->empty());
    CHECK(desk.rules->current()->policies == desk.rule_files.rules->policies);
    CHECK(desk.versions(ReferenceKind::policy) == std::vector<std::string>{"2020"});
    const auto ledger = desk.ledger();
    REQUIRE(ledger.size() == desk.rule_files.references.size());
    for (const auto& file : desk.rule_files.references) {
        const LedgerFact loaded = entries::ReferenceLoaded{static_cast<std::int32_t>(file.kind), file.version,
                                                           desk.digests.sm3({ports::as_bytes(file.content)})};
        CHECK(std::count(ledger.begin(), ledger.end(), loaded) == 1);
    }
    THEN("a second start with the same files adds nothing") {
        const auto before = desk.everything();
        CHECK(desk.start_with(desk.rule_files)->empty());
        CHECK(desk.everything() == before);
    }
}

SCENARIO("a stored version says what its file says, and when it came", "[rules]") {
    Loading desk;
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    for (const auto& file : desk.rule_files.references) {
        const auto rows = desk.stored(file.kind);
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].version == file.version);
        CHECK(rows[0].content == file.content);
        CHECK(rows[0].checksum == hex_text(desk.digests.sm3({ports::as_bytes(file.content)})));
        CHECK(rows[0].loaded_at == desk.clock.now());
    }
}

SCENARIO("a policy whose version the store has otherwise is judged by as the store has it", "[rules]") {
    Loading desk;
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    EditedFiles edited;
    edited.replace(policy, "window_days = 5", "window_days = 7").add_policy("2026");
    const auto conflicts = desk.start_with(edited.read());
    REQUIRE(conflicts.has_value());
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().kind == ReferenceKind::policy);
    CHECK(conflicts->front().version == "2020");
    CHECK_FALSE(conflicts->front().missing);
    CHECK(desk.rules->current()->policies.find("2020")->window_days == 5);
    THEN("none of the policies is imported or in force that stands beside it") {
        CHECK(desk.versions(ReferenceKind::policy) == std::vector<std::string>{"2020"});
        CHECK(desk.rules->current()->policies.find("2026") == nullptr);
    }
    THEN("an alarm says so, until a start finds nothing to object to") {
        CHECK(desk.alarms.standing("reference"));
        CHECK(desk.log.said("规则版本 2020 与数据库中同版本内容不同"));
        REQUIRE(desk.start_with(desk.rule_files).has_value());
        CHECK_FALSE(desk.alarms.standing("reference"));
    }
}

SCENARIO("a conflict of one kind keeps nothing of another kind out", "[rules]") {
    Loading desk;
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    EditedFiles edited;
    edited.replace(policy, "window_days = 5", "window_days = 7");
    edited.append(tags, "2027-01,5,510,一窗受理一次办结,办事流程的优化,0\n");
    REQUIRE(desk.start_with(edited.read())->size() == 1);
    CHECK(desk.versions(ReferenceKind::tags).size() == 2);
    CHECK(desk.rules->current()->tags.version() == "2027-01");
    CHECK(desk.rules->current()->policies.find("2020")->window_days == 5);
}

SCENARIO("a policy that the file has no longer stays in force as the store has it (E30)", "[rules]") {
    Loading desk;
    EditedFiles with_both;
    with_both.add_policy("2026");
    REQUIRE(desk.start_with(with_both.read())->empty());
    const auto conflicts = desk.start_with(desk.rule_files);
    REQUIRE(conflicts.has_value());
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().version == "2026");
    CHECK(conflicts->front().missing);
    CHECK(desk.rules->current()->policies == with_both.read().rules->policies);
    CHECK(desk.log.said("规则版本 2026 已用于办件，但规则文件中没有"));
}

SCENARIO("a calendar whose version the store has otherwise is counted by as the store has it", "[rules]") {
    Loading desk;
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    EditedFiles edited;
    edited.replace(calendar, "2026-10-01..2026-10-07", "2026-10-01..2026-10-08");
    const auto files = edited.read();
    const auto eighth = day_of(at(2026, 10, 8));
    REQUIRE(files.rules->calendar.version() == desk.rule_files.rules->calendar.version());
    REQUIRE_FALSE(files.rules->calendar.is_working(eighth));
    const auto conflicts = desk.start_with(files);
    REQUIRE(conflicts.has_value());
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().kind == ReferenceKind::calendar);
    CHECK(desk.rules->current()->calendar.is_working(eighth));
    CHECK(desk.stored(ReferenceKind::calendar).size() == 1);
    CHECK(desk.alarms.standing("reference"));
}

SCENARIO("tags whose version the store has otherwise are offered as the store has them", "[rules]") {
    Loading desk;
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    EditedFiles edited;
    edited.replace(tags, "一窗受理一次办结", "一窗受理两次办结");
    const auto conflicts = desk.start_with(edited.read());
    REQUIRE(conflicts.has_value());
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().kind == ReferenceKind::tags);
    CHECK(desk.rules->current()->tags.find("510")->text == "一窗受理一次办结");
    CHECK(desk.stored(ReferenceKind::tags).size() == 1);
    CHECK(desk.alarms.standing("reference"));
}

SCENARIO("in operation any conflict keeps everything out", "[rules]") {
    Loading desk;
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    desk.apply({[] {
        auto event = Desk::completion("C1");
        event.item_code = "XX-99";
        return event;
    }()});
    const auto in_force = desk.rules->current();
    const auto before = desk.everything();
    EditedFiles edited;
    edited.append(tags, "2027-01,5,510,一窗受理一次办结,办事流程的优化,0\n");
    edited.append(items,
                  "XX-99,新事项,370000000000,12370000999999999K,山东省公共资源交易中心,"
                  "370099GGZY123099A1B2C3D4E5F6789,,20,1\n");
    for (const auto& [file, from, to] : {std::tuple{policy, "window_days = 5", "window_days = 7"},
                                         std::tuple{calendar, "2026-10-01..2026-10-07", "2026-10-01..2026-10-08"}})
        WHEN("it is in " + file) {
            edited.replace(file, from, to);
            const auto conflicts = desk.replace_by(edited.read());
            REQUIRE(conflicts.has_value());
            CHECK(conflicts->size() == 1);
            CHECK(desk.everything() == before);
            CHECK(desk.rules->current() == in_force);
            CHECK_FALSE(desk.alarms.standing("reference"));
            CHECK_FALSE(desk.log.said("恢复推送"));
        }
    WHEN("there are several, it answers them all") {
        edited.replace(policy, "window_days = 5", "window_days = 7");
        edited.replace(calendar, "2026-10-01..2026-10-07", "2026-10-01..2026-10-08");
        edited.replace(tags, "一窗受理一次办结", "一窗受理两次办结");
        edited.replace(tags, "2027-01,5,510,一窗受理一次办结,办事流程的优化,0\n", "");
        const auto conflicts = desk.replace_by(edited.read());
        REQUIRE(conflicts.has_value());
        CHECK(conflicts->size() == 3);
        CHECK(desk.everything() == before);
        CHECK(desk.rules->current() == in_force);
    }
}

SCENARIO("in operation everything is taken when nothing conflicts, and what was objected to is over", "[rules]") {
    Loading desk;
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    EditedFiles wrong;
    wrong.replace(policy, "window_days = 5", "window_days = 7");
    REQUIRE(desk.start_with(wrong.read())->size() == 1);
    REQUIRE(desk.alarms.standing("reference"));
    EditedFiles edited;
    edited.add_policy("2026").append(tags, "2027-01,5,510,一窗受理一次办结,办事流程的优化,0\n");
    const auto files = edited.read();
    const auto entries_before = desk.ledger().size();
    const auto conflicts = desk.replace_by(files);
    REQUIRE(conflicts.has_value());
    CHECK(conflicts->empty());
    CHECK(desk.rules->current()->policies == files.rules->policies);
    CHECK(desk.rules->current()->tags.version() == files.rules->tags.version());
    CHECK(desk.versions(ReferenceKind::policy) == std::vector<std::string>{"2020", "2026"});
    CHECK(desk.versions(ReferenceKind::tags).size() == 2);
    CHECK(desk.ledger().size() == entries_before + 2);
    CHECK_FALSE(desk.alarms.standing("reference"));
}

SCENARIO("the newest calendar of the store is followed, whichever instance brought it (E50)", "[rules]") {
    Loading desk;
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    const auto version = desk.rules->current()->calendar.version();
    const auto follow = [&](record::FollowRules& rules) {
        return ports::ask(desk.faulty, [&](ports::Snapshot& all) { return rules.rules_by(all); });
    };
    REQUIRE(follow(*desk.follow).has_value());
    CHECK(desk.rules->current()->calendar.version() == version);

    // Another instance, with rules of its own, loads a closure.
    EditedFiles edited;
    edited.append(calendar,
                  "\n[notice 2026-09-30]\nyear = 2026\ntitle = 示例临时放假的通知\ndocument = 示例〔2026〕1号\n"
                  "2026-10-12..2026-10-13 = 放假 示例假\n");
    const auto files = edited.read();
    record::RuleBook others{desk.rule_files.rules};
    app::LoadRules other{
        {*desk.store, desk.own, desk.digests, desk.rule_texts, others, desk.log, desk.alarms, desk.nobody}};
    desk.clock.set(desk.clock.now() + 1s);
    REQUIRE(other.replace_by(files)->empty());
    REQUIRE(others.current()->calendar.version() != version);
    CHECK(desk.rules->current()->calendar.version() == version);
    WHEN("it can be read") {
        const auto rules = follow(*desk.follow);
        REQUIRE(rules.has_value());
        CHECK((*rules)->calendar == others.current()->calendar);
        CHECK(desk.rules->current() == *rules);
        CHECK(desk.log.said("数据库中有更新的工作日历"));
        CHECK_FALSE(desk.alarms.standing("calendar_store"));
    }
    WHEN("an event is applied, it is by that calendar, without anybody having asked before") {
        auto event = Desk::completion("C1");
        event.completed_at = at(2026, 10, 9, 15h);
        desk.apply({event});
        CHECK(desk.view(event).evaluation.deadline == at(2026, 10, 20, 0h));
        CHECK(desk.rules->current()->calendar == others.current()->calendar);
    }
    WHEN("its text is not one that this instance can read, it says so and nothing is opened by the older one") {
        const NoTexts none;
        record::FollowRules blind{*desk.rules, none, desk.log, desk.alarms, desk.nobody};
        CHECK(follow(blind).error() == ports::store_errc::corrupt);
        CHECK(desk.rules->current()->calendar.version() == version);
        CHECK(desk.alarms.standing("calendar_store"));
        app::ApplyEvents opener{desk.own, desk.keys, blind, desk.terms, desk.nobody, desk.log};
        const ports::Journaled journaled{{1, 0}, desk.clock.now(), Desk::completion("C1")};
        CHECK(opener.apply(std::span{&journaled, 1}).error() == ports::store_errc::corrupt);
        CHECK(desk.deliveries().empty());
        CHECK(follow(*desk.follow).has_value());
        CHECK_FALSE(desk.alarms.standing("calendar_store"));
    }
    WHEN("the store does not answer") {
        desk.faulty.error = ports::store_errc::unavailable;
        desk.faulty.read_failures = 1;
        CHECK(follow(*desk.follow).error() == ports::store_errc::unavailable);
        CHECK(desk.rules->current()->calendar.version() == version);
    }
}

SCENARIO("a policy that was stored before a key existed says what the key's shipped value says (E41)", "[rules]") {
    Loading desk;
    const auto shipped = desk.rule_files;
    auto older = shipped;
    for (auto& file : older.references)
        if (file.kind == ReferenceKind::policy) {
            const auto key = file.content.find("office_hours");
            REQUIRE(key != std::string::npos);
            file.content.erase(key, file.content.find('\n', key) + 1 - key);
        }
    REQUIRE(desk.start_with(older)->empty());
    CHECK(desk.start_with(shipped)->empty());
    CHECK(desk.rules->current()->policies == shipped.rules->policies);
}

SCENARIO("a store that does not answer is an error, and nothing has changed", "[rules]") {
    Loading desk;
    const auto in_force = desk.rules->current();
    const auto before = desk.everything();
    desk.faulty.error = ports::store_errc::unavailable;
    desk.faulty.failures = 1;
    const auto done = GENERATE(true, false) ? desk.start_with(desk.rule_files) : desk.replace_by(desk.rule_files);
    REQUIRE(done.has_error());
    CHECK(done.error() == ports::store_errc::unavailable);
    CHECK(desk.rules->current() == in_force);
    CHECK(desk.everything() == before);
    CHECK(desk.alarms.all().empty());
}

SCENARIO("where the stored version is asked for and cannot be read, nothing has changed", "[rules]") {
    Loading desk;
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    const auto in_force = desk.rules->current();
    const auto before = desk.everything();
    EditedFiles edited;
    edited.replace(policy, "window_days = 5", "window_days = 7");
    edited.append(tags, "2027-01,5,510,一窗受理一次办结,办事流程的优化,0\n");
    const NoTexts unreadable;
    const auto done = desk.loader(unreadable).start_with(edited.read());
    REQUIRE(done.has_error());
    CHECK(done.error() == ports::store_errc::corrupt);
    CHECK(desk.rules->current() == in_force);
    CHECK(desk.everything() == before);
}

SCENARIO("what is not asked for need not be readable", "[rules]") {
    Loading desk;
    const NoTexts unreadable;
    CHECK(desk.loader(unreadable).start_with(desk.rule_files).has_value());
    CHECK(desk.loader(unreadable).start_with(desk.rule_files).has_value());
}

SCENARIO("what was held for want of its item goes out once the item is known (E18)", "[rules]") {
    Loading desk;
    auto event = Desk::completion("C1");
    event.item_code = "XX-99";
    desk.apply({event});
    REQUIRE(desk.deliveries().at(0).delivery.held_reason == HeldReason::unclassified);
    REQUIRE(desk.start_with(desk.rule_files).has_value());
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::held);
    CHECK_FALSE(desk.log.said("恢复推送"));
    EditedFiles edited;
    edited.append(items,
                  "XX-99,新事项,370000000000,12370000999999999K,山东省公共资源交易中心,"
                  "370099GGZY123099A1B2C3D4E5F6789,,20,1\n");
    const auto files = edited.read();
    WHEN("a start brings it") {
        REQUIRE(desk.start_with(files).has_value());
    }
    WHEN("it is brought in operation") {
        REQUIRE(desk.replace_by(files).has_value());
    }
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::queued);
    CHECK(desk.log.said("1 条恢复推送"));
    const auto known = desk.ask([](ports::Snapshot& rows) { return rows.catalogue().items(); });
    CHECK(std::find(known.begin(), known.end(), files.rules->items.at("XX-99")) != known.end());
}

SCENARIO("a release is followed, and what was held for want of an item goes out", "[rules]") {
    Loading desk;
    app::LoadRules rules{
        {*desk.store, desk.own, desk.digests, desk.rule_texts, *desk.rules, desk.log, desk.alarms, desk.nobody}};
    REQUIRE(rules.start_with(desk.rule_files).has_value());
    auto event = Desk::completion("C1");
    event.item_code = "NEW-1";
    desk.apply({event});
    REQUIRE(desk.deliveries().size() == 1);
    CHECK(desk.deliveries()[0].delivery.held_reason == HeldReason::unclassified);

    const auto release = [&](std::int32_t revision, const std::string& name) {
        ports::ItemEditionRow row;
        row.content.code = "NEW-1";
        row.content.name = name;
        row.content.line = "政府采购";
        row.content.department_id = "D1";
        row.edition.revision = revision;
        REQUIRE(desk.store->write([&](ports::Transaction& tx) -> ports::result<void> {
            auto& editions = tx.item_editions();
            if (revision > 1) HCP_CHECK(editions.supersede("NEW-1", revision - 1, EditionState::active));
            HCP_CHECK(editions.insert(std::span{&row, 1}));
            HCP_CHECK(editions.release("NEW-1", revision, "S3", desk.clock.now()));
            return {};
        }));
    };
    const auto held = [&] { return desk.deliveries()[0].delivery.held_reason == HeldReason::unclassified; };
    release(1, "新事项");
    rules.classify_held();
    CHECK(held());  // the release was not followed yet
    const auto followed = ports::ask(*desk.store, [&](ports::Snapshot& all) { return desk.follow->rules_by(all); });
    REQUIRE(followed.has_value());
    REQUIRE((*followed)->item("NEW-1") != nullptr);
    CHECK((*followed)->item("NEW-1")->name == "新事项");
    rules.classify_held();
    CHECK_FALSE(held());
    CHECK(desk.deliveries()[0].delivery.state == DeliveryState::queued);
    CHECK(desk.log.said("恢复推送"));

    WHEN("the files are loaded again, the release stays in force") {
        REQUIRE(rules.replace_by(desk.rule_files)->empty());
        CHECK(desk.rules->current()->item("NEW-1") != nullptr);
        CHECK(desk.rules->current()->item("ZC-01") != nullptr);
    }
    WHEN("an event is applied, a newer edition has been followed without anybody having asked before") {
        release(2, "改名的事项");
        desk.apply({Desk::completion("C2")});
        CHECK(desk.rules->current()->item("NEW-1")->name == "改名的事项");
        const auto known = desk.ask([](ports::Snapshot& all) { return all.catalogue().items(); });
        rules.classify_held();
        CHECK(known != desk.ask([](ports::Snapshot& all) { return all.catalogue().items(); }));
    }
}
