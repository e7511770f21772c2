#include "plugin/app/drain_journal.hpp"

namespace hcp::app {

using namespace domain;

namespace {

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

DrainJournal::Step DrainJournal::step() {
    writer_.assert_here();
    if (!forget_stored()) return Step::stuck;
    load_poisoned();
    auto events = journal_.read(batch_);
    if (!events) {
        alarms_.raise("journal_read", "本地日志无法读取：" + events.error().message());
        return Step::stuck;
    }
    alarms_.clear("journal_read");
    if (events->empty()) return Step::empty;
    const auto batch = std::span<const ports::Journaled>{*events}.first(fitting(*events));
    if (!take(batch)) return Step::stuck;
    stored_through_ = batch.back().at;
    return Step::more;
}

bool DrainJournal::forget_stored() {
    writer_.assert_here();
    if (!stored_through_) return true;
    if (const auto forgotten = journal_.forget_through(*stored_through_); !forgotten) {
        alarms_.raise("journal_forget", "已入库的日志记录无法清除，稍后重试：" + forgotten.error().message());
        return false;
    }
    alarms_.clear("journal_forget");
    stored_through_.reset();
    return true;
}

bool DrainJournal::pass() {
    for (;;) {
        const auto step = this->step();
        if (step != Step::more) return step == Step::empty;
    }
}

bool DrainJournal::take(std::span<const ports::Journaled> events) {
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
    if (sound.empty()) return true;
    auto applied = open_.apply(std::span<const ports::Journaled>{sound}, onward_.within);
    onward_.ended(applied ? &*applied : nullptr);
    if (!applied && onward_.within && applied.error() != ports::store_errc::unavailable) {
        // What follows in the transaction must not decide about what was accepted.
        applied = open_.apply(std::span<const ports::Journaled>{sound});
        onward_.ended(applied ? &*applied : nullptr);
    }
    if (applied) {
        alarms_.clear("store");
        // A head that was poison once and is in the store now lets its followers through.
        for (const auto& event : sound)
            if (std::holds_alternative<Completion>(event.event)) poisoned_.erase(*case_of(event.event));
        return true;
    }
    if (!is_poison(applied.error())) {
        alarms_.raise("store", "数据库暂时无法写入，已接收的事件保存在本地日志中：" + applied.error().message());
        return false;
    }
    if (sound.size() > 1) {
        const auto middle = sound.size() / 2;
        const std::span<const ports::Journaled> all{sound};
        return take(all.first(middle)) && take(all.subspan(middle));
    }
    if (const auto* key = case_of(sound.front().event)) poisoned_.insert(*key);
    const auto* completion = std::get_if<Completion>(&sound.front().event);
    // A line for each would count the bidders (E14); the alarm tells that there are some.
    if (completion == nullptr || completion->secrecy.may_be_told())
        log_.error("一条事件被数据库拒绝，已另存待处理：" + applied.error().message());
    return static_cast<bool>(set_aside(sound.front(), applied.error().message()));
}

ports::result<void> DrainJournal::set_aside(const ports::Journaled& event, std::string_view reason) {
    auto done = journal_.set_aside(std::span{&event, 1}, reason, clock_.now());
    if (!done) alarms_.raise("journal_set_aside", "无法另存被拒绝的事件：" + done.error().message());
    return done;
}

void DrainJournal::load_poisoned() {
    const auto stats = journal_.stats();
    if (!stats) return;
    alarms_.set("set_aside", stats->set_aside > 0, "有被另存的事件待处理，请用 hcpctl journal list 查看");
    if (stats->set_aside == set_aside_known_) return;
    const auto aside = journal_.list_set_aside(static_cast<std::size_t>(stats->set_aside));
    if (!aside) return;
    set_aside_known_ = stats->set_aside;
    poisoned_.clear();
    for (const auto& item : *aside)
        if (const auto* key = item.event ? case_of(*item.event) : nullptr) poisoned_.insert(*key);
}

}  // namespace hcp::app
