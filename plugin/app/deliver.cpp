#include "plugin/app/deliver.hpp"

#include <algorithm>
#include <utility>

namespace hcp::app {

using namespace domain;
using Mark = ports::DeliveryMark;

Deliver::Deliver(Books& books, ports::Province& province, const Keys& keys, const RuleBook& rules,
                 const ports::Clock& clock, Workers& writer, Workers& others, ports::Log& log, DeliverOptions options)
    : books_{books},
      province_{province},
      keys_{keys},
      rules_{rules},
      clock_{clock},
      writer_{writer},
      others_{others},
      log_{log},
      options_{std::move(options)},
      pass_{writer, [this] { pass(); }} {}

void Deliver::close() {
    const run::Lock lock{mutex_};
    closed_ = true;
}

bool Deliver::idle() const {
    const run::Lock lock{mutex_};
    return in_flight_.empty() && marks_.empty() && !passing_;
}

ports::BridgeFigures Deliver::figures() const {
    const run::Lock lock{mutex_};
    auto figures = figures_;
    figures.in_flight = static_cast<std::int64_t>(in_flight_.size());
    return figures;
}

ports::result<void> Deliver::board(ports::Transaction& tx) {
    writer_.assert_here();
    boarded_.clear();
    boarded_at_ = clock_.now();
    std::size_t room = 0;
    {
        const run::Lock lock{mutex_};
        if (closed_ || !marks_.empty() || failures_in_a_row_ >= options_.breaker_failures) return {};
        passing_ = true;
        room = free_places();
    }
    if (room == 0) return {};
    HCP_TRY(boarded_, tx.deliveries().claim(options_.owner, boarded_at_, boarded_at_ + options_.lease, room));
    return {};
}

void Deliver::depart(bool committed) {
    writer_.assert_here();
    if (committed && !boarded_.empty()) start(std::exchange(boarded_, {}), boarded_at_);
    boarded_.clear();
    passing(false);
}

void Deliver::passing(bool now) {
    const run::Lock lock{mutex_};
    passing_ = now;
}

void Deliver::pass() {
    passing(true);
    write_and_claim();
    passing(false);
}

void Deliver::write_and_claim() {
    auto marks = take_marks();
    const auto room = take_room();
    if (room == 0) {
        (void)write(std::move(marks));
        return;
    }
    // What came back and what goes out next share one transaction, and so one sync.
    const auto now = clock_.now();
    std::vector<ports::DeliveryWork> works;
    const auto both = [&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        HCP_CHECK(put(tx, pen, marks));
        HCP_TRY(works, tx.deliveries().claim(options_.owner, now, now + options_.lease, room));
        return {};
    };
    auto done = books_.write(both);
    if (!done && !marks.empty()) {
        if (done.error() == ports::store_errc::unavailable) {
            keep(std::move(marks), done.error());
            return start({}, now);
        }
        // Neither holds the other up.
        if (!write(std::exchange(marks, {}))) return start({}, now);
        done = books_.write(both);
    }
    if (!done) {
        log_.warning("暂时无法领取待推送记录，稍后重试：" + done.error().message());
        works.clear();
    }
    start(std::move(works), now);
}

std::vector<Mark> Deliver::take_marks() {
    const run::Lock lock{mutex_};
    return std::exchange(marks_, {});
}

// How many may be claimed; where it is not 0, start() must follow.
std::size_t Deliver::take_room() {
    const run::Lock lock{mutex_};
    if (closed_ || free_places() == 0) return 0;
    if (std::chrono::steady_clock::now() < open_until_) return 0;
    if (failures_in_a_row_ < options_.breaker_failures) return free_places();
    return std::exchange(probing_, true) ? 0 : 1;
}

// Twice the parallelism keeps every connection busy while results are written down.
std::size_t Deliver::free_places() const {
    return 2 * options_.parallel - std::min(in_flight_.size(), 2 * options_.parallel);
}

ports::result<void> Deliver::put(ports::Transaction& tx, Pen& pen, const std::vector<Mark>& marks) const {
    if (marks.empty()) return {};
    for (const auto& mark : marks)
        if (mark.state == DeliveryState::delivered)
            pen.enter(open_to_all,
                      entries::Delivered{mark.id, mark.evaluation_id, mark.service_number, mark.sent_digest});
    return tx.deliveries().mark(options_.owner, marks);
}

// False: they are kept for the next pass, and nothing is claimed before they are written.
bool Deliver::write(std::vector<Mark> marks) {
    if (marks.empty()) return true;
    const auto done = books_.write([&](ports::Transaction& tx, Pen& pen) { return put(tx, pen, marks); });
    if (done) return true;
    if (done.error() != ports::store_errc::conflict) {
        keep(std::move(marks), done.error());
        return false;
    }
    // One lost lease fails all it was written with: the others are still ours.
    if (marks.size() > 1) {
        bool all = true;
        for (auto& mark : marks) all = write({std::move(mark)}) && all;
        return all;
    }
    // The leases end and the deliveries are claimed again with an unknown outcome, which asks before it repeats.
    log_.warning("推送结果未写入数据库，租期结束后重新核对：" + done.error().message());
    return true;
}

void Deliver::keep(std::vector<Mark> marks, const ports::error_code& why) {
    {
        const run::Lock lock{mutex_};
        marks_.insert(marks_.end(), std::make_move_iterator(marks.begin()), std::make_move_iterator(marks.end()));
    }
    log_.warning("推送结果暂未写入数据库，稍后重试：" + why.message());
}

void Deliver::start(std::vector<ports::DeliveryWork> works, Instant now) {
    {
        const run::Lock lock{mutex_};
        // One that is still on its way, its lease over because the clock jumped or the province is slow, is not sent a
        // second time: its mark will find the lease renewed.
        const auto is_on_its_way = [this](const auto& work)
                                       HCP_REQUIRES(mutex_) { return !in_flight_.insert(work.delivery.id).second; };
        std::erase_if(works, is_on_its_way);
        if (works.empty()) probing_ = false;
    }
    const auto rules = rules_.current();
    for (auto& work : works) {
        auto shared = std::make_shared<ports::DeliveryWork>(std::move(work));
        go_on(shared, DeliveryPlan{keys_, *rules, options_.terms}.first(*shared, now));
    }
}

void Deliver::go_on(const std::shared_ptr<ports::DeliveryWork>& work, DeliveryStep step) {
    if (auto* mark = std::get_if<Mark>(&step)) return finish(std::move(*mark));
    auto message = std::get<ports::ProvinceMessage>(std::move(step));
    province_.exchange(message, [this, work, message](ports::Exchange exchange) {
        others_.post([this, work, message, exchange = std::move(exchange)] { came_back(work, message, exchange); });
    });
}

void Deliver::came_back(const std::shared_ptr<ports::DeliveryWork>& work, const ports::ProvinceMessage& said,
                        const ports::Exchange& exchange) {
    const auto now = clock_.now();
    options_.observe(exchange);
    judge(exchange);
    Retry retry{options_.backoff};
    bool closed = false;
    {
        const run::Lock lock{mutex_};
        retry.jitter = std::uniform_real_distribution<double>{0, 1}(random_);
        retry.may_park = !figures_.breaker_open;
        closed = closed_;
    }
    const auto rules = rules_.current();
    auto step = DeliveryPlan{keys_, *rules, options_.terms}.next(*work, said, exchange, now, retry);
    if (closed && std::holds_alternative<ports::ProvinceMessage>(step)) {
        // Stopping: what was learnt is kept, the next message is another start's.
        Mark later;
        later.id = work->delivery.id;
        later.at = later.next_at = now;
        later.evaluation_id = work->evaluation.id;
        later.service_number = work->evaluation.service_number;
        return finish(std::move(later));
    }
    go_on(work, std::move(step));
}

void Deliver::judge(const ports::Exchange& exchange) {
    const run::Lock lock{mutex_};
    const bool through = exchange.verdict == Verdict::delivered || exchange.verdict == Verdict::refused;
    ++(exchange.verdict == Verdict::delivered ? figures_.delivered
       : exchange.verdict == Verdict::refused ? figures_.refused
                                              : figures_.failed);
    probing_ = false;
    if (!exchange.left && exchange.verdict != Verdict::stop_channel) return;
    if (through) {
        if (figures_.breaker_open) log_.info("省平台已恢复，继续推送");
        failures_in_a_row_ = 0;
        open_until_ = {};
        figures_.breaker_open = false;
        figures_.breaker_reason.clear();
        return;
    }
    failures_in_a_row_ = exchange.verdict == Verdict::stop_channel
                             ? std::max(failures_in_a_row_ + 1, options_.breaker_failures)
                             : failures_in_a_row_ + 1;
    if (failures_in_a_row_ < options_.breaker_failures) return;
    open_until_ = std::chrono::steady_clock::now() +
                  std::max(options_.breaker_open_for, exchange.retry_after.value_or(std::chrono::milliseconds{0}));
    if (!figures_.breaker_open) log_.warning("省平台连续推送失败，暂缓推送并定时探测：" + exchange.reason);
    figures_.breaker_open = true;
    figures_.breaker_reason = exchange.reason;
}

void Deliver::finish(Mark mark) {
    {
        const run::Lock lock{mutex_};
        in_flight_.erase(mark.id);
        marks_.push_back(std::move(mark));
        probing_ = false;  // a probe may end before it said anything
    }
    wake();
}

}  // namespace hcp::app
