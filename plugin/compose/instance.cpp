#include "plugin/compose/instance.hpp"

#include "adapters/gm/sm2_cipher.hpp"
#include "adapters/journal/anchor_file.hpp"
#include "adapters/journal/journal.hpp"
#include "adapters/metrics/metrics.hpp"
#include "adapters/province/province_link.hpp"
#include "adapters/store/sql_store.hpp"
#include "adapters/web/server.hpp"
#include "plugin/app/alarms.hpp"
#include "plugin/app/anchor_ledger.hpp"
#include "plugin/app/ask.hpp"
#include "plugin/app/compare_figures.hpp"
#include "plugin/app/deliver.hpp"
#include "plugin/app/drain_journal.hpp"
#include "plugin/app/extend_deadlines.hpp"
#include "plugin/app/load_references.hpp"
#include "plugin/app/open_evaluations.hpp"
#include "plugin/app/pulse.hpp"
#include "plugin/app/rating_desk.hpp"
#include "plugin/app/reconcile.hpp"
#include "plugin/app/report_health.hpp"
#include "plugin/app/settle_defaults.hpp"
#include "plugin/app/show_evaluation.hpp"
#include "plugin/compose/instance_directory.hpp"
#include "plugin/compose/key_set.hpp"
#include "plugin/compose/rule_files.hpp"
#include "plugin/run/descriptor.hpp"
#include "plugin/run/mutex.hpp"

#include <boost/json.hpp>

#include <sys/resource.h>

#include <atomic>
#include <future>

namespace hcp::compose {

using namespace domain;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds drain_pulse{1000};

std::string remedy(const app::ReferenceConflict& conflict) {
    return std::string{conflict.missing ? "请恢复该版本"
                       : conflict.kind == ports::ReferenceKind::calendar
                           ? "请改回原文，或把公布日期写为改正日期（日历的版本由它得出）"
                           : "请改回原文，或改用新版本名"} +
           "；在此之前本实例不结转默认评价";
}

// A core of the host would hold what this module has open in memory. Those settings are the host's, so they are told of
// and left alone.
void warn_of_core_dumps(ports::Log& log) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur != 0)
        log.warning(
            "本进程允许写核心转储，转储中可能有主体身份和密钥：建议以 ulimit -c 0 或 systemd 的 LimitCORE=0 启动");
}

}  // namespace

// Everything between start and the end of stop. Members are made in order of need and die in reverse.
class Instance::Running {
public:
    Running(const config::LoadedSettings& loaded, ports::Log& log, ports::Host& host, const ports::Clock& clock)
        : loaded_{loaded},
          settings_{loaded.settings},
          log_{log},
          host_{host},
          clock_{clock},
          alarms_{log},
          accepted_hosts_{loaded.settings.host} {}

    bool open(bool virtual_clock);
    bool run();
    void close() {
        if (rating_desk_) rating_desk_->close();
    }
    bool stop(milliseconds limit);

    ports::result<void> accept(std::span<const Event> piece, Intake& call) {
        const auto began = std::chrono::steady_clock::now();
        auto done = journal_->append(piece, clock_.now());
        if (done) drain_flight_->poke();
        call.took_ += std::chrono::steady_clock::now() - began;
        count(piece, done, call);
        return done;
    }
    void observe(const Intake& call) noexcept {
        if (call.told_) metrics_.callback(static_cast<metrics::Metrics::EventKind>(*call.told_), call.took_);
    }

    void take_over(const ports::Settings& fresh);
    [[nodiscard]] bool accepts_host(const std::string& host_id) const;
    [[nodiscard]] std::string health() const;

    const config::LoadedSettings& loaded_;
    const ports::Settings& settings_;
    ports::Log& log_;
    ports::Host& host_;
    const ports::Clock& clock_;
    app::Alarms alarms_;
    metrics::Metrics metrics_;
    std::unique_ptr<InstanceDirectory> directory_;
    std::unique_ptr<KeySet> key_set_;
    std::optional<app::Keys> keys_;
    std::optional<app::RuleBook> rules_;
    std::unique_ptr<ports::Journal> journal_;
    std::unique_ptr<ports::Store> store_;
    std::unique_ptr<ports::Anchors> anchors_;
    std::optional<app::Books> books_;

    std::unique_ptr<app::Workers> writer_, readers_, host_thread_;
    std::optional<app::OpenEvaluations> open_evaluations_;
    std::optional<app::RecordRating> record_rating_;
    std::optional<app::RatingDesk> rating_desk_;
    std::optional<app::SettleDefaults> settle_defaults_;
    std::optional<app::ShowEvaluation> show_;
    std::optional<app::DrainJournal> drain_;
    std::optional<app::AnchorLedger> anchor_;
    std::optional<app::Reconcile> reconcile_;
    std::unique_ptr<gm::Sm2Cipher> cipher_;
    std::unique_ptr<province::ProvinceLink> link_;
    std::unique_ptr<app::Deliver> deliver_;
    std::optional<app::SingleFlight> drain_flight_, sweep_flight_, figures_flight_, anchor_flight_, reconcile_flight_,
        nightly_flight_;
    std::unique_ptr<web::WebServer> web_;
    std::string base_url_;  // what links begin with
    app::Pulse pulse_{log_};

    mutable run::Mutex figures_mutex_;
    std::optional<ports::QueueFigures> figures_ HCP_GUARDED_BY(figures_mutex_);
    mutable run::Mutex host_ids_mutex_;
    ports::HostSettings accepted_hosts_ HCP_GUARDED_BY(host_ids_mutex_);

private:
    bool refuse(const std::string& why) {
        log_.error("启动失败：" + why);
        return false;
    }
    bool open_files();
    bool open_store();
    bool knows_our_key();
    bool load_rules(bool virtual_clock);
    bool open_bridge();
    void bind();
    bool start_web();
    void set_pulse();

    void drain();
    void owe_reconcile();
    void reconcile();
    bool recount_deadlines() HCP_REQUIRES(*writer_);
    void sweep();
    void read_figures();
    void check_calendar();
    void renew_lease();
    void nightly();
    void count(std::span<const Event> piece, const ports::result<void>& done, Intake& call) noexcept;
    void wake_bridge() {
        if (deliver_) deliver_->wake();
    }
    void on_database(std::function<void()> work);

    // False while the rules differ from the store's of the same version, or our number is another instance's.
    std::atomic<bool> may_settle_ = true;
    bool recounted_ HCP_GUARDED_BY(*writer_) = false;
    std::atomic<int> scans_owed_ = 0;            // more than 0: a scan is to begin, to go on, or to begin anew
    std::atomic<bool> reconcile_waits_ = false;  // for the next step of the drain
    std::int64_t next_nightly_us_ = 0;           // the pulse's
    std::chrono::steady_clock::time_point drain_again_at_ HCP_GUARDED_BY(*writer_) = {};
    InstanceNo number_{};
};

bool Instance::Running::open(bool virtual_clock) {
    return open_files() && open_store() && load_rules(virtual_clock) && open_bridge();
}

bool Instance::Running::open_files() {
    warn_of_core_dumps(log_);
    std::string why;
    directory_ = InstanceDirectory::take(settings_.instance.directory, why);
    if (!directory_) return refuse(why);
    key_set_ = KeySet::load(settings_.keys, why);
    if (!key_set_) return refuse(why);
    keys_.emplace(key_set_->keys());
    journal::Options options;
    options.path = directory_->journal();
    make_owner_only(options.path);
    options.max_bytes = settings_.journal.max_bytes;
    auto journal = journal::open(options, key_set_->journal(), log_);
    if (!journal) return refuse("本地日志无法打开：" + journal.error().message());
    journal_ = *std::move(journal);
    anchors_ = std::make_unique<journal::AnchorFile>(directory_->anchors());
    return true;
}

bool Instance::Running::open_store() {
    std::string why;
    store::StoreOptions options;
    options.backend = settings_.store.backend;
    options.path = settings_.store.path;
    options.readers = settings_.store.sessions;
    options.busy_timeout = settings_.store.read_timeout;
    if (settings_.store.backend == ports::Backend::sqlite3) {
        make_owner_only(options.path);
        const auto migrated = store::migrate(options, clock_.now(), &why);
        if (!migrated) return refuse("数据库无法升级到本版本：" + (why.empty() ? migrated.error().message() : why));
        if (*migrated > 0) log_.info("数据库已执行 " + std::to_string(*migrated) + " 步升级");
    }
    auto opened = store::open_store(options, &why);
    if (!opened) return refuse("数据库无法打开：" + (why.empty() ? opened.error().message() : why));
    store_ = *std::move(opened);
    const auto now = clock_.now();
    const auto number = store_->lease_instance(directory_->token(), now, now + settings_.instance.lease);
    if (!number) return refuse("无法取得实例编号：" + number.error().message());
    number_ = *number;
    books_.emplace(*store_, key_set_->digests(), key_set_->ledger(), clock_, number_);
    return knows_our_key();
}

// Under another founding key nothing stored would be found again, and all of it would be opened and sent a second time.
bool Instance::Running::knows_our_key() {
    const auto any = ports::ask(*store_, [](ports::Snapshot& rows) { return rows.cases().after(CaseId{}, 1); });
    if (!any) return refuse("数据库无法读取：" + any.error().message());
    if (any->empty()) return true;
    const auto& of = any->front();
    return app::case_key(*keys_, {of.host_id, of.case_no, of.completion_no}) == of.key_digest ||
           refuse(
               "主密钥与数据库中已有数据的创始密钥不同：请核对 [keys]，更换过主密钥的，"
               "旧密钥须都列在 old_key_files，新的在前，创始的那一把在最后");
}

bool Instance::Running::load_rules(bool virtual_clock) {
    auto loaded = compose::load_rules(settings_.rules);
    if (const auto* faults = std::get_if<std::vector<ports::Fault>>(&loaded)) {
        for (const auto& fault : *faults) log_.error(config::text_of(fault));
        return refuse("规则文件有 " + std::to_string(faults->size()) + " 处错误");
    }
    auto& rules = std::get<LoadedRules>(loaded);
    rules_.emplace(rules.rules);

    const auto conflicts =
        app::load_references(*books_, key_set_->digests(), std::span<const app::ReferenceFile>{rules.references});
    if (!conflicts) return refuse("规则版本无法入库：" + conflicts.error().message());
    for (const auto& conflict : *conflicts) {
        may_settle_ = false;
        alarms_.raise("reference",
                      std::string{app::text_of(conflict.kind)} + " " + conflict.version +
                          (conflict.missing ? " 已用于办件，但规则文件中没有：" : " 与数据库中同版本内容不同：") +
                          remedy(conflict));
    }

    std::vector<std::string> codes;
    for (const auto& [code, item] : rules.rules->items) codes.push_back(code);
    const auto stored = books_->write([&](ports::Transaction& tx, app::Pen& pen) -> ports::result<void> {
        HCP_TRY(const auto known, tx.catalogue().items());
        std::vector<ports::ItemRow> changed;
        for (const auto& [code, item] : rules.rules->items)
            if (std::find(known.begin(), known.end(), item) == known.end()) changed.push_back(item);
        HCP_CHECK(tx.catalogue().put(changed));
        HCP_TRY(const auto released, tx.deliveries().requeue_classified(codes, pen.now()));
        if (released > 0) log_.info("已归类事项的待推送记录 " + std::to_string(released) + " 条恢复推送");
        HCP_CHECK(tx.deliveries().expire_claims(number_.value()));
        if (virtual_clock) pen.enter(open_to_all, entries::VirtualClock{});
        return {};
    });
    if (!stored) return refuse("事项表无法入库：" + stored.error().message());
    return true;
}

bool Instance::Running::open_bridge() {
    if (!loaded_.profile) return true;
    const auto& province = *settings_.province;
    const auto& profile = *loaded_.profile;
    try {
        if (profile.sm2) {
            const auto private_key = gm::read_key_file(province.client_private_key_file);
            if (!private_key) return refuse("client_private_key_file 不可用：" + private_key.error().message());
            auto cipher =
                gm::Sm2Cipher::make(*profile.sm2, run::text_of_file(province.platform_public_key_file).value_or(""),
                                    std::string{ports::as_text(private_key->view())});
            if (!cipher) return refuse("省平台 SM2 密钥不可用：" + cipher.error().message());
            cipher_ = std::make_unique<gm::Sm2Cipher>(*std::move(cipher));
        }
        auto word = gm::read_key_file(province.app_word_file);
        if (!word) return refuse("app_word_file 不可用：" + word.error().message());
        province::LinkOptions options;
        options.base_url = province.base_url;
        options.ca_file = province.ca_file;
        options.app_mark = province.app_mark;
        options.app_word = *std::move(word);
        options.parallel = province.parallel;
        options.crypto_threads = settings_.limits.crypto_threads;
        link_ = std::make_unique<province::ProvinceLink>(profile, std::move(options), cipher_.get(),
                                                         key_set_->content(), clock_, log_);
    } catch (const std::exception& error) {
        return refuse(error.what());
    }
    return true;
}

void Instance::Running::bind() {
    const auto terms = loaded_.profile ? app::bridge_terms(*loaded_.profile) : app::BridgeTerms{};
    writer_ = std::make_unique<app::Workers>(1, log_);
    readers_ = std::make_unique<app::Workers>(settings_.store.sessions, log_);
    host_thread_ = std::make_unique<app::Workers>(1, log_);

    open_evaluations_.emplace(*books_, *keys_, *rules_, terms, *writer_, log_);
    record_rating_.emplace(*books_, *keys_, *rules_, terms, *writer_);
    rating_desk_.emplace(*record_rating_, *writer_, [this](std::int64_t answers) {
        metrics_.rated(answers);
        wake_bridge();
    });
    settle_defaults_.emplace(*books_, *keys_, *rules_, terms, settings_.sweep.grace, *writer_);
    show_.emplace(*store_, *keys_, *rules_, *readers_);
    drain_.emplace(
        *journal_, *open_evaluations_, clock_, *writer_, log_, alarms_, settings_.journal.drain_batch,
        app::DrainJournal::Onward{
            [this](ports::Transaction& tx) { return deliver_ ? deliver_->board(tx) : ports::result<void>{}; },
            [this](const app::Applied* applied) {
                if (deliver_) deliver_->depart(applied != nullptr);
                if (applied == nullptr) return;
                metrics_.applied(applied->cases, applied->evaluations, applied->visits);
                wake_bridge();
            }});
    anchor_.emplace(*store_, *anchors_, key_set_->digests(), key_set_->anchors(), clock_, alarms_, *writer_);
    reconcile_.emplace(host_, *store_, *journal_, *keys_, clock_, log_, *host_thread_,
                       [this](std::function<void()> work) { on_database(std::move(work)); });

    if (link_) {
        app::DeliverOptions options;
        options.owner = number_.value();
        options.terms = terms;
        options.parallel = std::min<std::size_t>(settings_.province->parallel, loaded_.profile->max_parallel);
        options.lease = std::max<std::chrono::seconds>(
            settings_.instance.lease, 3 * std::chrono::ceil<std::chrono::seconds>(loaded_.profile->per_attempt));
        options.backoff = loaded_.profile->backoff;
        options.breaker_failures = loaded_.profile->breaker_failures;
        options.breaker_open_for = loaded_.profile->breaker_open_for;
        options.observe = [this](const ports::Exchange& exchange) {
            metrics_.exchange(exchange.verdict, exchange.took);
        };
        deliver_ = std::make_unique<app::Deliver>(*books_, *link_, *keys_, *rules_, clock_, *writer_, *readers_, log_,
                                                  options);
    }
    drain_flight_.emplace(*writer_, [this] { drain(); });
    sweep_flight_.emplace(*writer_, [this] { sweep(); });
    figures_flight_.emplace(*readers_, [this] { read_figures(); });
    anchor_flight_.emplace(*writer_, [this] {
        renew_lease();
        anchor_->anchor();
    });
    reconcile_flight_.emplace(*host_thread_, [this] { reconcile(); });
    nightly_flight_.emplace(*readers_, [this] { nightly(); });
}

bool Instance::Running::run() {
    bind();
    if (!start_web()) return false;
    set_pulse();
    pulse_.start();
    drain_flight_->poke();
    sweep_flight_->poke();
    figures_flight_->poke();
    check_calendar();
    owe_reconcile();
    wake_bridge();
    return true;
}

bool Instance::Running::start_web() {
    web::WebOptions options;
    options.public_web = settings_.web;
    options.operations_listen = settings_.operations_listen;
    options.io_threads = settings_.limits.io_threads;
    if (!options.public_web && !options.operations_listen) return true;
    auto redeem = [this](std::string ticket, std::function<void(std::optional<ports::SignedOn>)> done) {
        host_thread_->post([this, ticket = std::move(ticket), done = std::move(done)] { done(host_.redeem(ticket)); });
    };
    auto ready = [this] { return !alarms_.standing("store") && !alarms_.standing("journal_read"); };
    auto count = [this](std::string_view route, int status) { metrics_.request(route, status); };
    web_ = std::make_unique<web::WebServer>(
        web::WebServices{*show_, *rating_desk_, *rules_, *keys_, clock_, log_, *readers_, std::move(redeem),
                         [this] { return health(); }, [this] { return metrics_.text(); }, std::move(ready),
                         std::move(count)},
        options);
    const auto started = web_->start();
    if (!started) return refuse("网页服务无法启动：" + started.error().message());
    if (settings_.web) base_url_ = settings_.web->base_url.text_at(started->public_port);
    if (started->public_port != 0) log_.info("评价网页已启动，端口 " + std::to_string(started->public_port));
    if (started->operations_port != 0) log_.info("运维接口已启动，端口 " + std::to_string(started->operations_port));
    return true;
}

void Instance::Running::set_pulse() {
    using namespace std::chrono_literals;
    // The fallback of what is normally woken directly, and the watch on the clock port, which may be virtual.
    pulse_.every(250ms, [this] { wake_bridge(); });
    pulse_.every(settings_.sweep.interval, [this] { sweep_flight_->poke(); });
    pulse_.every(drain_pulse, [this] {
        if (const auto stats = journal_->stats(); stats && stats->events > 0) drain_flight_->poke();
    });
    pulse_.every(2s, [this] { figures_flight_->poke(); });
    pulse_.every(std::min<milliseconds>(60s, settings_.instance.lease / 3), [this] { anchor_flight_->poke(); });
    pulse_.every(60s, [this] {
        check_calendar();
        if (scans_owed_ > 0) reconcile_flight_->poke();
        const auto now = to_us(clock_.now());
        if (now < next_nightly_us_) return;
        const bool first = next_nightly_us_ == 0;
        const auto at = settings_.reconcile ? settings_.reconcile->daily_at : std::chrono::minutes{150};
        auto next = start_of(day_of(clock_.now())) + at;
        if (next <= clock_.now()) next += std::chrono::days{1};
        next_nightly_us_ = to_us(next);
        if (first) return;
        nightly_flight_->poke();
        owe_reconcile();
    });
}

void Instance::Running::drain() {
    writer_->assert_here();
    using Step = app::DrainJournal::Step;
    // What does not answer is asked again by the pulse, not by every event that comes in meanwhile.
    if (std::chrono::steady_clock::now() < drain_again_at_) return;
    const auto step = drain_->step();
    if (step == Step::more) drain_flight_->poke();
    if (step == Step::stuck)
        drain_again_at_ = std::chrono::steady_clock::now() + drain_pulse / 2;
    else if (reconcile_waits_.exchange(false))
        reconcile_flight_->poke();
}

void Instance::Running::owe_reconcile() {
    if (!settings_.reconcile || !host_.can_scan()) return;
    ++scans_owed_;
    reconcile_flight_->poke();
}

// On the host thread. It may be poked once too often: only what is owed is done.
void Instance::Running::reconcile() {
    using Step = app::Reconcile::Step;
    const int owed = scans_owed_;
    if (owed == 0) return;
    const auto step = reconcile_->step(settings_.reconcile->lookback);
    if (step == Step::complete) scans_owed_ -= owed;
    reconcile_waits_ = step == Step::waiting;
    drain_flight_->poke();  // after that: it may be what was waited for
    if (step == Step::more) reconcile_flight_->poke();
}

// E20, once a start and before anything is settled: a window that a notice has just extended must not be settled by its
// old deadline.
bool Instance::Running::recount_deadlines() {
    if (recounted_) return true;
    const auto extended = app::extend_deadlines(*books_, *rules_->current(), settings_.sweep.batch);
    alarms_.set("calendar_recount", !extended,
                extended ? std::string{}
                         : "工作日历更新后未能重算截止时间，重算之前不结转默认评价：" + extended.error().message());
    if (!extended) return false;
    if (extended->extended > 0)
        log_.info("工作日历更新：顺延了 " + std::to_string(extended->extended) + " 件未评价办件的截止时间");
    return recounted_ = true;
}

void Instance::Running::sweep() {
    writer_->assert_here();
    if (!may_settle_ || alarms_.standing("clock_skew") || !recount_deadlines()) return;
    const auto settled = settle_defaults_->sweep(clock_.now(), settings_.sweep.batch);
    alarms_.set("sweep", !settled,
                settled ? std::string{} : "默认评价结转失败，稍后重试：" + settled.error().message());
    if (!settled) return;
    alarms_.set("unreadable", settled->unreadable > 0,
                "有到期评价的封存内容无法用现有密钥打开，未能结转；请检查 old_key_files");
    metrics_.settled(settled->defaulted, settled->from_drafts);
    if (settled->defaulted + settled->from_drafts > 0) wake_bridge();
    if (settled->more) sweep_flight_->poke();
}

void Instance::Running::read_figures() {
    readers_->assert_here();
    std::optional<ports::QueueFigures> figures;
    if (const auto read = ports::ask(*store_, [](ports::Snapshot& rows) { return rows.figures().queues(); }))
        figures = *read;
    if (const auto time = store_->server_time(); time && *time) {
        const auto skew = std::chrono::duration_cast<milliseconds>(**time > clock_.now() ? **time - clock_.now()
                                                                                         : clock_.now() - **time);
        alarms_.set("clock_skew", skew > settings_.max_clock_skew,
                    "本机时钟与数据库服务器相差 " + std::to_string(skew.count()) + " 毫秒，已暂停结转默认评价");
    }
    if (figures) {
        alarms_.set("bad_review_without_ticket", figures->bad_ratings_without_ticket > 0,
                    "有 " + std::to_string(figures->bad_ratings_without_ticket) + " 个差评没有整改单");
        alarms_.set("parked", figures->parked > 0,
                    "有推送记录待人工处理，请用 hcpctl deliveries list --state parked 查看");
        alarms_.set("secrecy",
                    figures->oldest_secret_since &&
                        clock_.now() - *figures->oldest_secret_since > settings_.secrecy_alarm_after,
                    "有项目长期未收到开标事件，其评价仍在保密，请与主机核实（不会自动解除）");
    }
    if (figures) metrics_.queues(*figures);
    metrics_.alarms(alarms_.all().size());
    if (const auto stats = journal_->stats()) metrics_.journal(app::told(*stats), clock_.now());
    if (deliver_) {
        const auto bridge = deliver_->figures();
        metrics_.bridge(bridge);
        alarms_.set("bridge", bridge.breaker_open, "省平台推送已暂缓，定时探测：" + bridge.breaker_reason);
    }
    const run::Lock lock{figures_mutex_};
    figures_ = figures;
}

void Instance::Running::check_calendar() {
    const auto rules = rules_->current();
    const auto missing = rules->calendar.missing_year(day_of(clock_.now()));
    alarms_.set("calendar", missing.has_value(),
                missing ? std::to_string(static_cast<int>(*missing)) + " 年放假安排尚未导入，跨年截止时间为暂定"
                        : std::string{});
    alarms_.set("policy", rules->policies.in_force(clock_.now()).continued_past_end,
                "规则版本已过有效期且没有后续版本，按最后版本继续执行");
}

void Instance::Running::renew_lease() {
    writer_->assert_here();
    const auto now = clock_.now();
    const auto renewed = store_->lease_instance(directory_->token(), now, now + settings_.instance.lease);
    // Another number would mean another lane: that one is for the next start to begin with.
    const bool lost = renewed && *renewed != number_;
    if (lost) {
        may_settle_ = false;
        if (deliver_) deliver_->close();
    }
    alarms_.set("lease", !renewed || lost,
                lost      ? "实例编号已被其他实例取用，已停止结转和推送，请重新启动本实例"
                : renewed ? std::string{}
                          : "实例编号续租失败：" + renewed.error().message());
}

void Instance::Running::nightly() {
    readers_->assert_here();
    const auto today = day_of(clock_.now());
    const auto differences =
        app::compare_figures(*store_, today - std::chrono::days{400}, today + std::chrono::days{1});
    if (!differences) return;
    for (const auto& difference : *differences) log_.warning("统计复核不一致：" + difference);
    alarms_.set("figures", !differences->empty(),
                "统计累计与复核重算有 " + std::to_string(differences->size()) + " 处不一致，详见日志");
}

// What the host thread asks of the readers.
void Instance::Running::on_database(std::function<void()> work) {
    host_thread_->assert_here();
    auto done = std::make_shared<std::promise<void>>();
    auto finished = done->get_future();
    readers_->post([work = std::move(work), done = std::move(done)] {
        work();
        done->set_value();
    });
    finished.wait();  // also when it is dropped, or throws
}

// The kinds of domain::Event come in the order of metrics::Metrics::EventKind. Completions under bid secrecy are left
// out, and so is a call of nothing else: bidders may be reported one by one, and then their number is theirs (E14).
void Instance::Running::count(std::span<const Event> piece, const ports::result<void>& done, Intake& call) noexcept {
    const auto answer = done ? metrics::Metrics::EventAnswer::ok : metrics::Metrics::EventAnswer::full;
    for (const auto& event : piece) {
        const auto* completion = std::get_if<Completion>(&event);
        if (completion != nullptr && !completion->secrecy.may_be_told()) continue;
        metrics_.accepted(static_cast<metrics::Metrics::EventKind>(event.index()), answer);
        call.told_ = event.index();
    }
}

bool Instance::Running::accepts_host(const std::string& host_id) const {
    const run::Lock lock{host_ids_mutex_};
    return accepted_hosts_.accepts(host_id);
}

void Instance::Running::take_over(const ports::Settings& fresh) {
    {
        const run::Lock lock{host_ids_mutex_};
        accepted_hosts_ = fresh.host;
    }
    if (web_ && fresh.web) web_->take_over(*fresh.web);
}

std::string Instance::Running::health() const {
    app::Health health;
    health.instance = settings_.instance.name;
    health.version = HCP_VERSION;
    health.state = "running";
    health.now = clock_.now();
    if (const auto stats = journal_->stats()) health.journal = app::told(*stats);
    {
        const run::Lock lock{figures_mutex_};
        health.queues = figures_;
    }
    if (deliver_) health.bridge = deliver_->figures();
    health.alarms = alarms_.all();
    return app::to_json(health);
}

bool Instance::Running::stop(milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    const auto left = [&] {
        return std::max(milliseconds{1},
                        std::chrono::duration_cast<milliseconds>(until - std::chrono::steady_clock::now()));
    };
    close();
    // From the entrances inwards; every step may be repeated by a later call.
    if (web_ && !web_->stop(left())) return false;
    pulse_.stop();
    if (deliver_) deliver_->close();
    if (link_) link_->stop();
    if (host_thread_ && !host_thread_->stop_within(left())) return false;
    // What has come back from the province is written down while there is time; the rest is asked for after the next
    // start.
    while (deliver_ && !deliver_->idle() && std::chrono::steady_clock::now() + milliseconds{200} < until) {
        deliver_->wake();
        std::this_thread::sleep_for(milliseconds{2});
    }
    if (readers_ && !readers_->stop_within(left())) return false;
    if (writer_ && !writer_->stop_within(left())) return false;
    if (drain_) drain_->forget_stored();
    if (anchor_) anchor_->anchor(true);
    return true;
}

Instance::Instance(config::LoadedSettings loaded, ports::Log& log, ports::Host& host, const ports::Clock& clock,
                   bool virtual_clock)
    : loaded_{std::move(loaded)},
      log_{log},
      host_{host},
      clock_{clock},
      virtual_clock_{virtual_clock},
      log_level_{loaded_.settings.log_level} {}

Instance::~Instance() = default;

bool Instance::start() {
    auto running = std::make_unique<Running>(loaded_, log_, host_, clock_);
    if (!running->open(virtual_clock_)) return false;
    running_ = std::move(running);  // before the first thread: the host is asked, and asks back, as soon as they run
    const auto give_up = [this] {
        while (!running_->stop(std::chrono::seconds{10})) {
        }
        running_.reset();
    };
    try {
        if (!running_->run()) {
            give_up();
            return false;
        }
    } catch (...) {  // no more threads, say: those that run are not left behind
        give_up();
        throw;
    }
    log_.info("好差评模块已启动：实例 " + loaded_.settings.instance.name);
    return true;
}

void Instance::close() {
    if (running_) running_->close();
}

bool Instance::stop(milliseconds limit) {
    if (!running_) return true;
    if (!running_->stop(limit)) return false;
    running_.reset();
    log_.info("好差评模块已停止");
    return true;
}

bool Instance::reload() {
    auto fresh = config::load_settings(loaded_.settings.file);
    if (const auto* faults = std::get_if<std::vector<ports::Fault>>(&fresh)) {
        for (const auto& fault : *faults) log_.error(config::text_of(fault));
        log_.error("重新加载失败：配置有 " + std::to_string(faults->size()) + " 处错误，继续使用原配置");
        return false;
    }
    auto& settings = std::get<config::LoadedSettings>(fresh);
    const auto restart = config::needs_restart(loaded_, settings);
    for (const auto& key : restart) log_.warning("配置项 " + key + " 已改动，重新启动后生效");
    running_->take_over(settings.settings);
    log_level_ = settings.settings.log_level;
    log_.info("配置已重新加载");
    return restart.empty();
}

Instance::Intake::~Intake() {
    running_.observe(*this);
}

ports::result<void> Instance::Intake::take(std::span<const Event> piece) {
    return running_.accept(piece, *this);
}

bool Instance::accepts_host(const std::string& host_id) const {
    return running_->accepts_host(host_id);
}

std::string Instance::link(const CompletionKey& key, SubjectType type, std::string_view certificate_no) const {
    return running_->base_url_ + "/e/" + app::link_token(*running_->keys_, key, type, certificate_no);
}

std::string Instance::health() const {
    return running_->health();
}

app::ReadOutcome<std::string> Instance::pending(SubjectType type, const std::string& certificate_no,
                                                milliseconds limit) {
    const auto list = [this, type, certificate_no]() -> ports::result<std::string> {
        constexpr std::size_t page = 200;
        boost::json::array out;
        for (EvaluationId before{};;) {
            HCP_TRY(const auto listed, running_->show_->of_subject(type, certificate_no, before, page, clock_.now()));
            for (const auto& one : listed) add_pending(out, one);
            if (listed.size() < page) break;
            before = listed.back().id;
        }
        return boost::json::serialize(out);
    };
    return app::ask<std::string>(*running_->readers_, list, limit);
}

void Instance::add_pending(boost::json::array& out, const app::ListedEvaluation& one) const {
    if (one.facts.state != EvaluationState::open || one.facts.over || one.facts.withdrawn) return;
    out.push_back(boost::json::object{{"evaluation_id", std::to_string(one.id.value())},
                                      {"link", running_->base_url_ + "/e/" + one.token},
                                      {"case_no", one.facts.case_no},
                                      {"project_no", one.facts.project_no},
                                      {"project_name", one.facts.project_name},
                                      {"node", one.facts.node},
                                      {"completed_at_us", to_us(one.facts.completed_at)},
                                      {"deadline_us", to_us(one.facts.deadline)}});
}

app::RatingOutcome Instance::rate(const CompletionKey& key, SubjectType type, const std::string& certificate_no,
                                  Answer answer, milliseconds limit) {
    app::RatingRequest request;
    request.token_digest =
        *app::token_digest(*running_->keys_, app::link_token(*running_->keys_, key, type, certificate_no));
    request.answer = std::move(answer);
    auto& desk = *running_->rating_desk_;
    auto asked = desk.ask(std::move(request));
    return desk.answer_within(asked, limit);
}

std::string Instance::receipt(const app::RatingReply& reply) const {
    return reply.view && reply.view->rating ? app::receipt_of(*running_->keys_, reply.view->rating->id) : std::string{};
}

}  // namespace hcp::compose
