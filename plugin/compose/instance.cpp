#include "plugin/compose/instance.hpp"

#include "adapters/gm/sm2_tables.hpp"
#include "plugin/compose/openers.hpp"

#include <openssl/crypto.h>
#include <sqlite3.h>

#include <sys/resource.h>

#include <algorithm>
#include <future>
#include <utility>
#include <variant>

namespace hcp::compose {

using std::chrono::milliseconds;

namespace {

// A core of the host would hold what this module has open in memory. Those settings are the host's, so they are told of
// and left alone.
void warn_of_core_dumps(ports::Log& log) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur != 0)
        log.warning(
            "本进程允许写核心转储，转储中可能有主体身份和密钥：建议以 ulimit -c 0 或 systemd 的 LimitCORE=0 启动");
}

// What is linked in reaches an operator with a new module only (decision 0009): so it says what it has.
std::string linked_in() {
    return std::string{"OpenSSL "} + OpenSSL_version(OPENSSL_VERSION_STRING) + "，" + gm::curve_library() +
           "，SQLite " + sqlite3_libversion();
}

// Has a worker do it, and waits for its end; what it throws is thrown here.
template <class Work>
auto done_by(run::Workers& workers, Work work) {
    std::promise<decltype(work())> promise;
    auto done = promise.get_future();
    workers.post([&] {
        try {
            promise.set_value(work());
        } catch (...) {
            promise.set_exception(std::current_exception());
        }
    });
    return done.get();
}

}  // namespace

Instance::Instance(config::LoadedSettings loaded, ports::Log& log, ports::Host& host, const ports::Clock& clock,
                   bool virtual_clock)
    : loaded_{std::move(loaded)},
      log_{log},
      opened_{loaded_, log, clock},
      ground_{.log = log,
              .host = host,
              .clock = clock,
              .id_clock = id_clock_,
              .steady = steady_,
              .boot = boot_,
              .chance = chance_,
              .meter = metrics_,
              .keys = opened_.keys,
              .ledger_seal = opened_.key_set->ledger(),
              .anchor_key = opened_.key_set->anchors(),
              .rule_texts = rule_texts_,
              .journal = *opened_.journal,
              .anchors = *opened_.anchors,
              .store_door = opened_.store,
              .store = opened_.store,
              .province = opened_.province(),
              .erasures = opened_.erasures.get(),
              .masters = &opened_.key_set->masters()},
      terms_{loaded_.settings, loaded_.profile, opened_.directory->token(), virtual_clock},
      crew_{1, loaded_.settings.store.sessions, 1, log},
      use_cases_{ground_, terms_, opened_.rule_files, crew_},
      jobs_{use_cases_, crew_,
            [this](domain::InstanceNo number) {
                if (!opened_.directory->remember({number, fingerprint_of(opened_.keys)}))
                    log_.warning("实例编号未能写入实例目录：数据库不可用时将不能启动，请检查磁盘");
            }},
      accept_events_{*opened_.journal, clock, steady_, metrics_, [this] { jobs_.poke(Job::drain); }},
      web_{(join(), loaded_.settings), use_cases_, crew_, metrics_} {  // no page before it is known where its data is
    warn_of_core_dumps(log);
    log_.info("好差评模块已启动：实例 " + loaded_.settings.instance.name + "（内置 " + linked_in() + "）");
    jobs_.start();
}

Instance::~Instance() = default;

// A part that never comes to its end must not take the host with it: what it waits for is waited for.
Instance::Ends::~Ends() {
    instance.jobs_.stop();
    if (instance.use_cases_.deliver) instance.use_cases_.deliver->close();
    instance.opened_.stop_bridge();
    instance.crew_.host.stop();
    instance.crew_.readers.stop();
    instance.crew_.writer.stop();
    instance.crew_.tellers.stop();
}

void Instance::join() {
    using Joined = app::JoinStore::Joined;
    const auto answer = done_by(crew_.writer, [this] { return jobs_.join(); });
    if (answer.joined == Joined::yes) return;
    if (answer.joined == Joined::refused) throw Refused{answer.why};
    if (!opened_.directory->member()) throw Refused{answer.why, Refused::Needs::time};
    jobs_.tell_of_store(answer);
}

bool Instance::stop(milliseconds limit) {
    const auto until = steady_.now() + limit;
    const auto left = [&] {
        return std::max(milliseconds{1}, std::chrono::duration_cast<milliseconds>(until - steady_.now()));
    };
    close();
    // From the entrances inwards; every step may be repeated by a later call.
    if (!web_.stop(left())) return false;
    jobs_.stop();
    auto& deliver = use_cases_.deliver;
    if (deliver) deliver->close();
    opened_.stop_bridge();
    if (!crew_.host.stop_within(left())) return false;
    // What has come back from the province is written down while there is time; the rest is asked for after the next
    // start.
    if (deliver && jobs_.is_joined()) (void)deliver->idle_within(left() - milliseconds{200});
    for (auto* workers : {&crew_.readers, &crew_.writer, &crew_.tellers})
        if (!workers->stop_within(left())) return false;
    (void)use_cases_.drain_journal.forget_stored();
    if (jobs_.is_joined()) {
        use_cases_.anchor_ledger.anchor(true);
        (void)use_cases_.watch_instances.leave();  // else it is taken for lost, which is looked into as well
    }
    return true;
}

std::optional<ports::Settings> Instance::reload() {
    const auto refuse = [this](const std::string& why) -> std::optional<ports::Settings> {
        log_.error("重新加载被拒绝，一切保持原样：" + why);
        return std::nullopt;
    };
    const auto faulty = [&](const std::vector<ports::Fault>& faults, const std::string& where) {
        return refuse(where + log_faults(faults, log_));
    };
    auto fresh = config::load_settings(loaded_.settings.file);
    if (const auto* faults = std::get_if<std::vector<ports::Fault>>(&fresh)) return faulty(*faults, "配置");
    const auto& settings = std::get<config::LoadedSettings>(fresh);
    std::string fixed;
    for (const auto& key : config::needs_restart(loaded_, settings)) fixed += (fixed.empty() ? "" : "、") + key;
    if (!fixed.empty()) return refuse("配置项 " + fixed + " 已改动，须重新启动才能生效");
    auto files = load_rules(settings.settings.rules);
    if (const auto* faults = std::get_if<std::vector<ports::Fault>>(&files)) return faulty(*faults, "规则文件");
    if (!jobs_.is_joined()) return refuse("数据库尚不能使用，规则无法核对");

    const auto conflicts =
        done_by(crew_.writer, [&] { return use_cases_.load_rules.replace_by(std::get<app::RuleFiles>(files)); });
    if (!conflicts) return refuse("规则版本无法入库：" + conflicts.error().message());
    for (const auto& conflict : *conflicts) log_.error(app::text_of(conflict));
    if (!conflicts->empty()) return refuse("规则文件与数据库有 " + std::to_string(conflicts->size()) + " 处不符");

    // Nothing below can fail.
    jobs_.poke(Job::sweep);  // under a new calendar deadlines are counted anew
    jobs_.poke(Job::calendar);
    web_.take_over(settings.settings);
    log_.info("配置和规则已重新加载");
    return settings.settings;
}

}  // namespace hcp::compose
