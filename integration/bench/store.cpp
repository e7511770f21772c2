// Our side of store.sh: what the use cases write through the store, with real keys, on a database that is there.
//   bench_store STORE WHERE DIRECTORY CONNECTIONS STEP NUMBERS...
// STORE is sqlite, mysql or oracle, WHERE its file or the file with its connection string, DIRECTORY has master.key and
// anchor.pem. Each connection is an instance of its own: its number, its keys, its store, its thread.
//   migrate               makes the tables
//   open FIRST COUNT DUE  COUNT completions from number FIRST on, of each connection; the first DUE of them so long ago
//                         that their time to answer is over
//   rate FIRST COUNT      answers to COUNT of them, from number FIRST on, of each connection
//   settle COUNT          defaults for COUNT in all, whose time is over
// Prints how many a second, all connections together.
#include "adapters/store/sql_store.hpp"
#include "plugin/app/intake/apply_events.hpp"
#include "plugin/app/rating/record_rating.hpp"
#include "plugin/app/rating/settle_defaults.hpp"
#include "plugin/compose/key_set.hpp"
#include "plugin/compose/rule_files.hpp"
#include "plugin/domain/certificate.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/project_root.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <latch>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace hcp;
using namespace hcp::domain;
using namespace std::chrono_literals;

constexpr auto live = test::at(2026, 9, 24, 15h), long_ago = test::at(2026, 3, 2, 15h);
constexpr auto between = test::at(2026, 6, 1, 15h);  // when only the latter's time is over
// As config/haochaping.ini and the queue of ratings have it.
constexpr std::size_t drained = 500, rated = 256, swept = 1000;  // in a transaction
constexpr std::size_t ahead = 20'000;                            // made in memory at once; no more are due
constexpr int most_failures = 1000;
constexpr std::size_t completions_of_subject = 4;  // one brings a new subject, three one that is known
constexpr std::size_t completions_of_project = 5, departments = 8;

class Stderr final : public ports::Log {
public:
    void write(ports::LogLevel level, std::string_view line) noexcept override {
        if (level >= ports::LogLevel::warning)
            std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
    }
};

[[noreturn]] void give_up(const std::string& what) {
    std::fprintf(stderr, "bench_store: %s\n", what.c_str());
    std::exit(EXIT_FAILURE);
}

template <class T>
T need(ports::result<T> answer, const char* what) {
    if (!answer) give_up(std::string{what} + ": " + answer.error().message());
    if constexpr (!std::is_void_v<T>) return *std::move(answer);
}

store::StoreOptions options_of(const std::string& backend, const std::string& where) {
    store::StoreOptions options;
    options.readers = 1;
    options.busy_timeout = 60s;  // of four who want one file, each waits for the three others
    if (backend == "sqlite") {
        options.path = where;
        return options;
    }
    options.backend = backend == "mysql" ? ports::Backend::mysql : ports::Backend::oracle;
    options.connection = [where]() -> ports::result<std::string> {
        std::ifstream in{where};
        std::string line;
        std::getline(in, line);
        return line;
    };
    return options;
}

std::shared_ptr<const record::Rules> shipped_rules() {
    const auto config = test::project_root() / "config";
    auto loaded = compose::load_rules({config / "policy.ini", config / "calendar", config / "items/tags.csv",
                                       config / "items/items.csv", config / "items/nodes.csv"});
    if (!std::holds_alternative<app::RuleFiles>(loaded)) give_up("the rules have faults");
    return std::get<app::RuleFiles>(loaded).rules;
}

// One connection and all that writes through it.
class Instance {
public:
    Instance(const store::StoreOptions& options, const std::filesystem::path& directory,
             std::shared_ptr<const record::Rules> rules, std::size_t which)
        : name_{"C" + std::to_string(which)}, rules_{std::move(rules)} {
        std::string why;
        ports::KeySettings files;
        files.master_key_file = directory / "master.key";
        files.anchor_key_file = directory / "anchor.pem";
        keys_ = compose::KeySet::load(files, why);
        if (!keys_) give_up(why);
        auto opened = store::open_store(options, &why);
        if (!opened) give_up(why);
        store_ = *std::move(opened);
        own_.emplace(*keys_, *store_, *this);
        own_->books.adopt(need(store_->lease_instance(name_, live, live + 1h), "lease"));
        need(own_->opener.apply({}), "apply_events");  // the first transaction asks where the ledger ends
    }
    Instance(const Instance&) = delete;

    // What is made ahead is not measured: in operation somebody else has made it.
    void prepare_open(std::size_t first, std::size_t count, std::size_t due) {
        for (std::size_t begun = 0; begun < count;) {
            const bool is_due = begun < due;
            const auto end = std::min(begun + drained, is_due ? due : count);
            auto& events = events_.emplace_back();
            for (; begun < end; ++begun)
                events.push_back({{1, static_cast<std::int32_t>(begun)},
                                  is_due ? long_ago : live,
                                  completion(first + begun, is_due ? long_ago : live)});
        }
    }
    void open() {
        for (const auto& events : std::exchange(events_, {})) {
            clock_.set(events.front().accepted_at);
            const auto applied = need(own_->opener.apply(events), "apply_events");
            if (static_cast<std::size_t>(applied.evaluations) != events.size()) give_up("opened before");
        }
    }

    void prepare_rate(std::size_t first, std::size_t count) {
        for (std::size_t begun = 0; begun < count;) {
            auto& requests = requests_.emplace_back();
            for (const auto end = std::min(begun + rated, count); begun < end; ++begun)
                requests.push_back(answer_to(first + begun));
        }
    }
    void rate() {
        clock_.set(live + 1h);
        for (const auto& requests : std::exchange(requests_, {}))
            for (const auto& reply : need(own_->recorder.record(requests), "record_rating"))
                if (reply.kind != app::RatingReply::Kind::decided || reply.fate != AnswerFate::accepted)
                    give_up("a rating was not accepted");
    }

    // Until `left` are settled, by whoever gets them. Who finds none waits for the others to end.
    void settle(std::atomic<std::int64_t>& left) {
        clock_.set(between);
        for (int failures = 0; left > 0;) {
            const auto settled = own_->settler.sweep(between, swept);
            // Another was faster with one of them, or waited for what this one had: nothing happened, as the errors
            // say.
            if (!settled && ++failures < most_failures) continue;
            const auto found = need(settled, "settle_defaults");
            left -= found.defaulted;
            if (found.any) continue;
            if (++failures == most_failures) give_up("too few are due");
            std::this_thread::sleep_for(1ms);
        }
    }

private:
    // Which use cases a connection needs, made once its store is open.
    struct Own {
        Own(const compose::KeySet& key_set, ports::Store& store, Instance& of)
            : keys{key_set.keys()},
              rules{of.rules_},
              books{store, key_set.digests(), key_set.ledger(), of.clock_, of.id_clock_},
              alarms{of.log_},
              follow{rules, texts, of.log_, alarms, of.nobody_},
              opener{books, keys, follow, {}, of.nobody_, of.log_},
              recorder{books, keys, rules, {}, of.nobody_},
              settler{books, keys, rules, {}, 60s, of.nobody_} {}
        const record::Keys keys;
        record::RuleBook rules;
        record::Books books;
        const compose::StoredRuleTexts texts;
        run::Alarms alarms;
        record::FollowRules follow;
        app::ApplyEvents opener;
        app::RecordRating recorder;
        app::SettleDefaults settler;
    };

    // Three of four are of subjects that are there already, from all over the index.
    [[nodiscard]] std::string certificate_of(std::size_t number) const {
        const auto newest = number / completions_of_subject;
        const auto subject = number % completions_of_subject == 0
                                 ? newest
                                 : std::hash<std::size_t>{}(number * 2654435761U) % (newest + 1);
        auto digits = std::to_string(subject);
        digits.insert(0, 8 - std::min<std::size_t>(8, digits.size()), '0');
        digits = "9137" + name_.substr(1) + "0A" + digits + "00";
        for (const char check : std::string_view{"0123456789ABCDEFGHJKLMNPQRTUWXY"})
            if (is_right_number("001", digits + check)) return digits + check;
        give_up("no check character for " + digits);
    }
    [[nodiscard]] std::string case_no_of(std::size_t number) const { return name_ + "-" + std::to_string(number); }

    [[nodiscard]] Completion completion(std::size_t number, Instant now) const {
        Completion event;
        event.key = {"H1", case_no_of(number), "1"};
        event.line = Line::government;
        event.project_no = "SDGGZY-2026-" + name_ + "-" + std::to_string(number / completions_of_project);
        event.project_name = "某市某区公共服务中心设备采购项目";
        event.node = "项目登记";
        event.item_code = "ZC-0" + std::to_string(1 + number % 3);
        event.department_id = "D-" + std::to_string(number % departments);
        event.department_name = "交易" + std::to_string(number % departments) + "部";
        event.completed_at = now - 5s;
        event.accepted_at = event.completed_at - 48h;
        event.mode = Mode::online;
        event.subjects.push_back({SubjectType::legal,
                                  Role::bidder,
                                  certificate_of(number),
                                  "001",
                                  "某某设备有限公司",
                                  "13800000000",
                                  "某代理人",
                                  "",
                                  {}});
        event.handlers.push_back({"S-" + std::to_string(number % 40), "某经办"});
        return event;
    }

    // Of twenty answers one is bad and one of four says something.
    [[nodiscard]] app::RatingRequest answer_to(std::size_t number) const {
        const CompletionKey key{"H1", case_no_of(number), "1"};
        const auto& keys = own_->keys;
        const bool is_bad = number % 20 == 0;
        Answer answer;
        answer.level = is_bad ? Level::very_dissatisfied : number % 3 == 0 ? Level::satisfied : Level::very_satisfied;
        if (number % 4 == 0) answer.text = "窗口等候时间比通知的长，资料要求前后说法不一，希望改进。";
        answer.channel = Channel::mobile;
        answer.request_key = "k";
        answer.received_at = live + 1h;
        return {*record::token_digest(keys, record::link_token(keys, key, SubjectType::legal, certificate_of(number))),
                std::move(answer)};
    }

    const std::string name_;
    std::shared_ptr<const record::Rules> rules_;
    test::ManualClock clock_;
    const ports::SystemClock id_clock_;
    Stderr log_;
    const run::Workers nobody_{0, log_};  // the thread of the instance acts for its writer
    std::unique_ptr<compose::KeySet> keys_;
    std::unique_ptr<ports::Store> store_;
    std::optional<Own> own_;
    std::vector<std::vector<ports::Journaled>> events_;
    std::vector<std::vector<app::RatingRequest>> requests_;
};

// Seconds from the moment when all begin until the last has ended.
double together(std::span<const std::unique_ptr<Instance>> all, const std::function<void(Instance&)>& work) {
    std::latch ready{static_cast<std::ptrdiff_t>(all.size()) + 1};
    std::vector<std::thread> threads;
    for (const auto& one : all)
        threads.emplace_back([&] {
            ready.arrive_and_wait();
            work(*one);
        });
    ready.arrive_and_wait();
    const auto began = std::chrono::steady_clock::now();
    for (auto& thread : threads) thread.join();
    return std::chrono::duration<double>{std::chrono::steady_clock::now() - began}.count();
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words{argv + 1, argv + argc};
    if (words.size() < 5) give_up("see the head of store.cpp");
    const auto number = [&](std::size_t at) -> std::size_t {
        if (at >= words.size()) give_up("see the head of store.cpp");
        return std::stoul(words[at]);
    };
    const bool known = words[4] == "migrate" || words[4] == "open" || words[4] == "rate" || words[4] == "settle";
    if (!known) give_up("no step " + words[4]);
    const auto options = options_of(words[0], words[1]);
    const auto& step = words[4];
    if (step == "migrate") {
        std::string why;
        if (!store::migrate(options, live, &why)) give_up(why);
        return 0;
    }
    const auto rules = shipped_rules();
    std::vector<std::unique_ptr<Instance>> instances;
    for (std::size_t i = 1; i <= number(3); ++i)
        instances.push_back(std::make_unique<Instance>(options, words[2], rules, i));

    double count = 0, seconds = 0;
    if (step == "settle") {
        std::atomic<std::int64_t> left{static_cast<std::int64_t>(number(5))};
        seconds = together(instances, [&](Instance& one) { one.settle(left); });
        count = static_cast<double>(static_cast<std::int64_t>(number(5)) - left);
    } else {
        const auto first = number(5), each = number(6), due = step == "open" ? number(7) : 0;
        for (std::size_t begun = 0; begun < each; begun += ahead) {
            const auto some = std::min(ahead, each - begun);
            for (const auto& one : instances) {
                if (step == "open") one->prepare_open(first + begun, some, begun == 0 ? due : 0);
                if (step == "rate") one->prepare_rate(first + begun, some);
            }
            seconds += together(instances, [&](Instance& one) { step == "open" ? one.open() : one.rate(); });
        }
        count = static_cast<double>(each * instances.size());
    }
    std::printf("%.0f\n", count / seconds);
}
