#include "plugin/app/intake/drain_journal.hpp"

namespace hcp::app {

using namespace domain;

namespace {

constexpr std::chrono::milliseconds patience{500};
constexpr const char* damaged_text =
    "本地日志中有记录无法打开（磁盘损坏，或 old_key_files 缺少旧密钥），已原样另存，其余事件照常入库；"
    "请检查磁盘与密钥，用 hcpctl journal list 查看";

// How many of them, at least one, go into one transaction.
std::size_t fitting(std::span<const ports::Journaled> events) {
    std::size_t count = 0, evaluations = 0;
    for (const auto& one : events) {
        evaluations += evaluations_of(one.event);
        if (count > 0 && evaluations > most_evaluations_at_once) break;
        ++count;
    }
    return count;
}

// The case an event belongs to; openings and visits belong to none.
const CompletionKey* case_of(const Event& event) {
    if (const auto* completion = std::get_if<Completion>(&event)) return &completion->key;
    if (const auto* withdrawal = std::get_if<Withdrawal>(&event)) return &withdrawal->key;
    return nullptr;
}

}  // namespace

DrainJournal::Drained DrainJournal::step(const ApplyEvents::Within& within) {
    means_.writer.assert_here();
    if (means_.steady.now() < again_at_) return {};
    auto drained = drain(within);
    if (drained.step == Step::stuck) again_at_ = means_.steady.now() + patience;
    return drained;
}

DrainJournal::Drained DrainJournal::drain(const ApplyEvents::Within& within) {
    Drained done;
    if (!forget_stored()) return done;
    load_poisoned();
    auto events = means_.journal.read(batch_);
    // One record must not hold up all that came behind it.
    const bool moved = !events && events.error() == ports::journal_errc::corrupt &&
                       means_.journal.set_damaged_aside("本地日志记录无法打开", means_.clock.now());
    if (moved) {
        ++set_aside_known_;  // no event of a case that later ones would have to follow
        means_.alarms.raise("journal_damaged", damaged_text);
        done.step = Step::more;
    }
    means_.alarms.set("journal_read", !events && !moved,
                      events ? std::string{} : "本地日志无法读取：" + events.error().message());
    if (!events) return done;
    if (events->empty()) {
        done.step = Step::empty;
        return done;
    }
    const auto batch = std::span<const ports::Journaled>{*events}.first(fitting(*events));
    if (!take(batch, within, done)) return done;
    stored_through_ = batch.back().at;
    done.step = Step::more;
    return done;
}

bool DrainJournal::forget_stored() {
    means_.writer.assert_here();
    if (!stored_through_) return true;
    if (const auto forgotten = means_.journal.forget_through(*stored_through_); !forgotten) {
        means_.alarms.raise("journal_forget", "已入库的日志记录无法清除，稍后重试：" + forgotten.error().message());
        return false;
    }
    means_.alarms.clear("journal_forget");
    stored_through_.reset();
    return true;
}

bool DrainJournal::take(std::span<const ports::Journaled> events, const ApplyEvents::Within& within, Drained& done) {
    // What follows a poisoned event of its case waits beside it. A completion is the head of its case and is always
    // tried: it may be the poison itself, put back by a person.
    std::vector<ports::Journaled> sound;
    sound.reserve(events.size());
    for (const auto& event : events) {
        const auto* key = case_of(event.event);
        const bool head = std::holds_alternative<Completion>(event.event);
        if (head || key == nullptr || !poisoned_.contains(*key)) {
            sound.push_back(event);
        } else if (!set_aside(event, "同一办件的前一事件待处理")) {
            return false;
        }
    }
    return sound.empty() || apply(sound, within, done);
}

bool DrainJournal::apply(std::span<const ports::Journaled> events, const ApplyEvents::Within& within, Drained& done) {
    auto answer = means_.events.apply(events, within);
    done.did_more = within && answer;
    // What is claimed on the way must not decide about what was accepted.
    if (!answer && within && answer.error() != ports::store_errc::unavailable) answer = means_.events.apply(events);
    if (answer) {
        means_.alarms.clear("store");
        done.applied += *answer;
        // A head that was poison once and is in the store now lets its followers through.
        for (const auto& event : events)
            if (std::holds_alternative<Completion>(event.event)) poisoned_.erase(*case_of(event.event));
        return true;
    }
    if (!record::is_poison(answer.error())) {
        means_.alarms.raise(
            "store", "数据库暂时无法写入，已接收的事件保存在本地日志中：" + ports::told(answer.error(), means_.store));
        return false;
    }
    if (events.size() > 1) {
        const auto middle = events.size() / 2;
        return take(events.first(middle), {}, done) && take(events.subspan(middle), {}, done);
    }
    const auto& poison = events.front();
    if (const auto* key = case_of(poison.event)) poisoned_.insert(*key);
    const auto* completion = std::get_if<Completion>(&poison.event);
    // A line for each would count the bidders (E14); the alarm tells that there are some.
    if (completion == nullptr || completion->secrecy.may_be_told())
        means_.log.often(ports::LogLevel::error, "一条事件被数据库拒绝，已另存待处理", answer.error().message());
    return static_cast<bool>(set_aside(poison, answer.error().message()));
}

ports::result<void> DrainJournal::set_aside(const ports::Journaled& event, std::string_view reason) {
    auto done = means_.journal.set_aside(std::span{&event, 1}, reason, means_.clock.now());
    if (!done) means_.alarms.raise("journal_set_aside", "无法另存被拒绝的事件：" + done.error().message());
    return done;
}

void DrainJournal::load_poisoned() {
    const auto stats = means_.journal.stats();
    if (!stats) return;
    means_.alarms.set("set_aside", stats->set_aside > 0, "有被另存的事件待处理，请用 hcpctl journal list 查看");
    if (stats->set_aside == set_aside_known_) return;
    const auto aside = means_.journal.set_asides().list(static_cast<std::size_t>(stats->set_aside));
    if (!aside) return;
    set_aside_known_ = stats->set_aside;
    poisoned_.clear();
    bool damaged = false;
    for (const auto& item : *aside) {
        if (const auto* key = item.event ? case_of(*item.event) : nullptr) poisoned_.insert(*key);
        damaged |= !item.event;
    }
    means_.alarms.set("journal_damaged", damaged, damaged_text);
}

}  // namespace hcp::app
