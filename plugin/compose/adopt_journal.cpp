#include "plugin/compose/adopt_journal.hpp"

#include "adapters/metrics/metrics.hpp"
#include "plugin/compose/jobs.hpp"
#include "plugin/compose/opened.hpp"
#include "plugin/compose/rule_files.hpp"
#include "plugin/compose/use_cases.hpp"
#include "plugin/ports/chance.hpp"

#include <chrono>
#include <utility>

namespace hcp::compose {
namespace {

namespace fs = std::filesystem;
using ctl::finding;
using ctl::Refusal;
using ports::InstanceSummary;

constexpr std::chrono::seconds between_words{2};

Opened opened(const config::LoadedSettings& loaded, ports::Log& log, const ports::Clock& clock) {
    try {
        return Opened{loaded, log, clock};
    } catch (const Refused& refused) {
        throw Refusal{finding, refused.what()};
    }
}

void need_instance_directory(const fs::path& directory) {
    std::error_code error;
    for (const auto* name : {InstanceDirectory::lock_name, InstanceDirectory::journal_name})
        if (!fs::is_regular_file(directory / name, error))
            throw Refusal{finding, directory.string() + " 不是实例目录：其中没有 " + name};
}

[[noreturn]] void refused_by(ports::Store& store, const ports::error_code& error) {
    throw Refusal{finding, "数据库没有完成操作：" + ports::told(error, store)};
}

// The number that the directory's instance had, now held by a new token, which the directory knows as well; nothing
// where it has none in the store.
std::optional<InstanceSummary> take_number(Opened& it, domain::Instant now) {
    const auto held = ports::ask(it.store, [&](ports::Snapshot& rows) -> ports::result<std::optional<InstanceSummary>> {
        HCP_TRY(const auto number, rows.instances().held_by(it.directory->token()));
        HCP_TRY(const auto all, rows.instances().all());
        for (const auto& one : all)
            if (number && one.instance_no == *number) return std::optional{one};
        return std::optional<InstanceSummary>{};
    });
    if (!held) refused_by(it.store, held.error());
    if (!*held) return std::nullopt;
    const auto token = InstanceDirectory::new_token();
    if (!token) throw Refusal{finding, "系统没有给出随机数，什么也没有改动"};
    const auto number = (*held)->instance_no;
    const auto taken = it.store.write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_CHECK(tx.instances().hand_over(number, *token, now));
        return {};
    });
    if (!taken && taken.error() == ports::store_errc::conflict)
        throw Refusal{finding,
                      "实例 " + std::to_string(number) +
                          " 还在运行或刚刚还在运行：请先停止它；异常退出的，过了租期（[instance] lease_s）再试"};
    if (!taken) refused_by(it.store, taken.error());
    if (!it.directory->rename(*token)) throw Refusal{finding, "实例目录不可写，实例标识没有换成新的：请检查磁盘后重试"};
    return *held;
}

}  // namespace

ctl::AdoptedJournal adopt_journal(config::LoadedSettings loaded, const fs::path& directory, ports::Log& log,
                                  const std::function<void(std::int64_t left)>& progress,
                                  const std::function<bool()>& cancelled) {
    need_instance_directory(directory);
    const ports::SystemClock clock;
    const ports::SystemSteadyClock steady;
    const ports::SystemBootClock boot;
    ports::SeededChance chance;
    metrics::Metrics meter;
    ports::NoHost host;
    loaded.settings.instance.directory = directory;
    const auto profile = std::exchange(loaded.profile, std::nullopt);  // so that no bridge is opened
    auto it = opened(loaded, log, clock);
    std::string why;
    if (const auto open = it.store.open(why); !open) throw Refusal{finding, why.empty() ? open.error().message() : why};
    const auto before = take_number(it, clock.now());
    if (before && before->state) loaded.settings.instance.name = before->state->name;

    const StoredRuleTexts rule_texts;
    const Ground ground{.log = log,
                        .host = host,
                        .clock = clock,
                        .id_clock = clock,
                        .steady = steady,
                        .boot = boot,
                        .chance = chance,
                        .meter = meter,
                        .keys = it.keys,
                        .ledger_seal = it.key_set->ledger(),
                        .anchor_key = it.key_set->anchors(),
                        .rule_texts = rule_texts,
                        .journal = *it.journal,
                        .anchors = *it.anchors,
                        .store_door = it.store,
                        .store = it.store,
                        .province = nullptr};
    const Terms terms{loaded.settings, profile, it.directory->token(), false};
    Crew crew{0, 0, 0, log};  // whoever is here acts for all of them
    UseCases use{ground, terms, it.rule_files, crew};
    ctl::AdoptedJournal adopted;
    Jobs jobs{use, crew, [&](domain::InstanceNo number) { adopted.instance_no = number.value(); }};
    if (const auto answer = jobs.join(); answer.joined != app::JoinStore::Joined::yes)
        throw Refusal{finding, answer.why};

    const auto stats = [&] {
        const auto now = it.journal->stats();
        if (!now) throw Refusal{finding, "本地日志读不出来：" + now.error().message()};
        return *now;
    };
    adopted.found = stats().events;
    auto told_at = steady.now();
    // A journal or a store that does not answer ends it as well: what is left is told, and can be done again.
    while (use.drain_journal.step().step == app::DrainJournal::Step::more && !cancelled()) {
        if (steady.now() - told_at < between_words) continue;
        told_at = steady.now();
        progress(stats().events);
    }
    (void)use.drain_journal.forget_stored();
    use.anchor_ledger.anchor(true);
    if (const auto left = use.watch_instances.leave(); !left) refused_by(it.store, left.error());
    adopted.left = stats().events;
    adopted.set_aside = stats().set_aside;
    for (const auto& [name, text] : use.alarms.all()) log.warning(text);
    return adopted;
}

}  // namespace hcp::compose
