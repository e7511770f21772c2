#include "plugin/app/catalogue/load_rules.hpp"

#include "plugin/domain/bytes.hpp"
#include "plugin/record/follow_rules.hpp"
#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/people.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::ReferenceKind;

namespace {

template <class Rows>
auto version_in(const Rows& rows, const std::string& version) {
    return std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.version == version; });
}

bool concerns(const LoadRules::Conflicts& conflicts, ReferenceKind kind) {
    return std::any_of(conflicts.begin(), conflicts.end(), [&](const auto& one) { return one.kind == kind; });
}

// Items that are new or changed, and, held for want of them, what may now go out.
ports::result<std::int64_t> put_items(ports::Transaction& tx, const Rules& rules, Instant now) {
    HCP_TRY(const auto known, tx.catalogue().items());
    std::vector<ports::ItemRow> changed;
    std::vector<std::string> codes;
    for (const auto* items : {&rules.catalogue->items(), &rules.items}) {
        for (const auto& [code, item] : *items) {
            if (rules.item(code) != &item) continue;
            codes.push_back(code);
            if (std::find(known.begin(), known.end(), item) == known.end()) changed.push_back(item);
        }
    }
    HCP_CHECK(tx.catalogue().put(changed));
    return tx.deliveries().holds().requeue_classified(codes, now);
}

}  // namespace

std::string text_of(const ReferenceConflict& conflict) {
    const auto what = std::string{text_of(conflict.kind)} + " " + conflict.version;
    if (conflict.missing) return what + " 已用于办件，但规则文件中没有：请恢复该版本";
    return what + " 与数据库中同版本内容不同：" +
           (conflict.kind == ReferenceKind::calendar ? "请改回原文，或把公布日期写为改正日期（日历的版本由它得出）"
                                                     : "请改回原文，或改用新版本名");
}

struct LoadRules::Import {
    std::shared_ptr<const Rules> offered;  // as the files have them, with the local days that are in force
    bool local_days_wait = false;          // those of the files are others
    Conflicts conflicts;
    std::vector<ports::ReferenceRow> stored;  // of the kinds in conflict, oldest first
    std::shared_ptr<const Rules> rules;       // in force from now on
    std::int64_t released = 0;                // deliveries
};

ports::result<LoadRules::Import> LoadRules::import(const RuleFiles& files, bool despite_conflicts) {
    constexpr std::array kinds{ReferenceKind::policy, ReferenceKind::calendar, ReferenceKind::tags};
    Import done;
    bool refused = false;
    const auto written = means_.books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        done = {};
        refused = false;
        HCP_CHECK(offer(files, tx, pen.now(), done));
        std::vector<ports::ReferenceRow> fresh;
        for (const auto kind : kinds) {
            HCP_TRY(const auto known, tx.references().of(kind));
            std::vector<ReferenceFile> offered;
            for (const auto& file : files.references)
                if (file.kind == kind) offered.push_back(file);
            if (kind == ReferenceKind::calendar && done.local_days_wait)
                offered = {{kind, done.offered->calendar.version(), means_.texts.text_of(done.offered->calendar)}};
            for (const auto& file : offered) {
                const auto same = version_in(known, file.version);
                if (same != known.end() && differs(*same, file, *files.rules))
                    done.conflicts.push_back({kind, file.version, false});
            }
            if (kind == ReferenceKind::policy)
                for (const auto& row : known)
                    if (version_in(offered, row.version) == offered.end())
                        done.conflicts.push_back({kind, row.version, true});
            if (concerns(done.conflicts, kind)) {
                done.stored.insert(done.stored.end(), known.begin(), known.end());
                continue;
            }
            for (const auto& file : offered) {
                if (version_in(known, file.version) != known.end()) continue;
                const auto content = means_.digests.sm3({ports::as_bytes(file.content)});
                fresh.push_back({kind, file.version, hex_text(content), file.content, pen.now()});
                pen.enter(open_to_all, fact_of(fresh.back(), content));
            }
        }
        refused = !despite_conflicts && !done.conflicts.empty();
        if (refused) return make_error_code(ports::store_errc::refused);
        HCP_TRY(done.rules, in_force(done));  // here: where that fails, nothing is imported
        HCP_TRY(done.released, put_items(tx, *done.rules, pen.now()));
        return tx.references().insert(fresh);
    });
    if (!written && !refused) return written.error();
    return done;
}

// E21: the State Council's days are in force as soon as a file has them, local ones once supervision has said so.
// Before there is supervision, and before there is any calendar, nobody could say it.
ports::result<void> LoadRules::offer(const RuleFiles& files, ports::Transaction& tx, Instant now, Import& done) const {
    auto rules = std::make_shared<Rules>(*files.rules);
    HCP_TRY(rules->catalogue, released_catalogue_in(tx));
    done.offered = rules;
    HCP_TRY(const auto supervisors, holders_at(people_in(tx), StaffRole::supervisor, now));
    if (supervisors.empty()) return {};
    HCP_TRY(const auto standing, calendar_in_force(tx.references(), means_.texts));
    if (!standing || same_local_days(files.rules->calendar, *standing)) return {};
    rules->calendar = with_local_days(files.rules->calendar, *standing);
    done.local_days_wait = true;
    return {};
}

// A policy that was stored before a key existed says the same as a file that has the key's shipped value (E41).
bool LoadRules::differs(const ports::ReferenceRow& stored, const ReferenceFile& file, const Rules& of_files) const {
    if (stored.content == file.content) return false;
    if (file.kind != ReferenceKind::policy) return true;
    const auto* said = of_files.policies.find(file.version);
    const auto was = means_.texts.policies(stored.content);
    return said == nullptr || !was || *was != PolicyBook{{*said}};
}

// What the files say, but where the store says otherwise.
ports::result<std::shared_ptr<const Rules>> LoadRules::in_force(const Import& import) const {
    if (import.stored.empty()) return import.offered;
    auto rules = std::make_shared<Rules>(*import.offered);
    const auto take = [](auto& into, auto read) -> ports::result<void> {
        if (!read) return ports::store_errc::corrupt;
        into = *std::move(read);
        return {};
    };
    std::string policies;
    for (const auto& row : import.stored) {
        if (row.kind == ReferenceKind::policy) policies += row.content + '\n';
        if (row.kind == ReferenceKind::calendar && row.version == rules->calendar.version())
            HCP_CHECK(take(rules->calendar, means_.texts.calendar(row.content)));
        if (row.kind == ReferenceKind::tags && row.version == rules->tags.version())
            HCP_CHECK(take(rules->tags, means_.texts.tags(row.content)));
    }
    if (!policies.empty()) HCP_CHECK(take(rules->policies, means_.texts.policies(policies)));
    return std::shared_ptr<const Rules>{std::move(rules)};
}

ports::result<LoadRules::Conflicts> LoadRules::start_with(const RuleFiles& files) {
    means_.writer.assert_here();
    HCP_TRY(auto done, import(files, true));
    means_.rules.replace(done.rules);
    std::string alarm;
    for (const auto& conflict : done.conflicts) alarm += text_of(conflict) + "；";
    means_.alarms.set("reference", !alarm.empty(), alarm + "在此之前本实例按数据库中的版本执行");
    classified_by_ = done.rules->catalogue->editions();
    tell_of(done);
    return std::move(done.conflicts);
}

void LoadRules::tell_of(const Import& done) const {
    means_.alarms.set(
        "local_days", done.local_days_wait,
        "日历文件中的本地安排与已启用的不同，按已启用的执行：用 hcpctl calendar preview 看影响，由监督人员用 "
        "hcpctl calendar activate 启用，或把文件改回");
    tell_of_released(done.released);
}

void LoadRules::tell_of_released(std::int64_t deliveries) const {
    if (deliveries > 0) means_.log.info("已归类事项的待推送记录 " + std::to_string(deliveries) + " 条恢复推送");
}

void LoadRules::classify_held() {
    means_.writer.assert_here();
    const auto rules = means_.rules.current();
    if (classified_by_ == rules->catalogue->editions()) return;
    std::int64_t released = 0;
    const auto written = means_.books.write([&](ports::Transaction& tx, const Pen& pen) -> ports::result<void> {
        HCP_TRY(released, put_items(tx, *rules, pen.now()));
        return {};
    });
    means_.alarms.set(
        "classify", !written,
        written ? std::string{}
                : "新发布的事项未能用于待推送的记录，稍后重试：" + ports::told(written.error(), means_.store));
    if (!written) return;
    classified_by_ = rules->catalogue->editions();
    tell_of_released(released);
}

ports::result<LoadRules::Conflicts> LoadRules::replace_by(const RuleFiles& files) {
    means_.writer.assert_here();
    HCP_TRY(auto done, import(files, false));
    if (!done.conflicts.empty()) return std::move(done.conflicts);
    means_.rules.replace(done.rules);
    means_.alarms.clear("reference");
    classified_by_ = done.rules->catalogue->editions();
    tell_of(done);
    return Conflicts{};
}

}  // namespace hcp::app
