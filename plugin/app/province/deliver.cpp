#include "plugin/app/province/deliver.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using Mark = ports::DeliveryMark;

namespace {

constexpr std::chrono::minutes longest_lease{10};  // that any instance of the store may be set to

}  // namespace

Deliver::Deliver(const Means& means, DeliverOptions options)
    : means_{means},
      options_{std::move(options)},
      pass_{means.writer, [this] { pass(); }},
      breaker_{options_.breaker} {}

void Deliver::close() {
    const run::Lock lock{mutex_};
    closed_ = true;
}

bool Deliver::is_idle() const {
    return in_flight_.empty() && marks_.empty() && places_kept_ == 0 && !passing_;
}

bool Deliver::idle_within(std::chrono::milliseconds limit) {
    // What the store did not take is tried again now and then.
    constexpr std::chrono::milliseconds again{200};
    for (auto left = limit;; left -= again) {
        {
            const run::Lock lock{mutex_};
            if (idle_.wait_for(mutex_, std::min(left, again), [this]() HCP_REQUIRES(mutex_) { return is_idle(); }))
                return true;
        }
        if (left <= again) return false;
        wake();
    }
}

ports::BridgeFigures Deliver::figures() const {
    const run::Lock lock{mutex_};
    auto figures = figures_;
    figures.in_flight = static_cast<std::int64_t>(in_flight_.size());
    return figures;
}

ports::Claim Deliver::room() {
    means_.writer.assert_here();
    const run::Lock lock{mutex_};
    const bool all_may_go = !closed_ && marks_.empty() && breaker_.allows(means_.steady.now()) == Breaker::Allows::all;
    return keep_places(all_may_go ? free_places() : 0);
}

// Where the breaker is due, the one that may go is its probe.
ports::Claim Deliver::claim_for_pass() {
    const run::Lock lock{mutex_};
    if (closed_ || free_places() == 0) return {};
    const auto allowed = breaker_.allows(means_.steady.now());
    if (allowed == Breaker::Allows::none) return {};
    if (allowed == Breaker::Allows::all) return keep_places(free_places());
    breaker_.probe_goes();
    return keep_places(1);
}

ports::Claim Deliver::keep_places(std::size_t places) {
    places_kept_ += places;
    const auto now = means_.clock.now();
    return {means_.books.instance().value(), now, now + options_.lease, places};
}

// Twice the parallelism keeps every connection busy while results are written down.
std::size_t Deliver::free_places() const {
    const auto all = 2 * means_.province.parallel();
    return all - std::min(in_flight_.size() + places_kept_, all);
}

void Deliver::pass() {
    {
        const run::Lock lock{mutex_};
        passing_ = true;
    }
    shorten_waits();
    write_and_claim();
    const run::Lock lock{mutex_};
    passing_ = false;
    idle_.notify_all();
}

// E24: what was to wait until a time of a clock that has been put right since would wait for as long as that was wrong.
// Whether it was while nobody was here is not known, so the first pass looks too. A try comes early without harm; when
// to give up is only a right clock's to say.
void Deliver::shorten_waits() {
    means_.writer.assert_here();
    const auto now = means_.clock.now();
    const bool is_right = means_.clock_is_right();
    if (now < last_pass_at_ || (is_right && !was_right_)) {
        waits_are_right_ = false;
        const run::Lock lock{mutex_};
        breaker_.shorten(means_.steady.now());
    }
    last_pass_at_ = now;
    was_right_ = is_right;
    if (waits_are_right_) return;
    const ports::LongestWaits longest{now + options_.backoff.slow_cap, now + longest_lease,
                                      is_right ? now + options_.terms.give_up_after : Instant::max(),
                                      is_right ? now : Instant::max()};
    waits_are_right_ = means_.books
                           .write([&](ports::Transaction& tx, Pen&) -> ports::result<void> {
                               return tx.deliveries().shorten_waits(longest);
                           })
                           .has_value();
}

void Deliver::write_and_claim() {
    auto marks = take_marks();
    const auto claim = claim_for_pass();
    if (claim.limit == 0) {
        (void)write(std::move(marks));
        return;
    }
    // What came back and what goes out next share one transaction, and so one sync.
    std::vector<ports::DeliveryWork> works;
    const auto both = [&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        HCP_CHECK(put(tx, pen, marks));
        HCP_TRY(works, tx.deliveries().claim(claim.at(pen.now())));
        return {};
    };
    auto done = means_.books.write(both);
    if (!done && !marks.empty()) {
        if (done.error() == ports::store_errc::unavailable) {
            keep(std::move(marks), done.error());
            return send(claim, {});
        }
        // Neither holds the other up.
        if (!write(std::exchange(marks, {}))) return send(claim, {});
        done = means_.books.write(both);
    }
    if (!done) {
        means_.log.often(ports::LogLevel::warning, "暂时无法领取待推送记录，稍后重试", done.error().message());
        works.clear();
    }
    send(claim, std::move(works));
}

std::vector<Mark> Deliver::take_marks() {
    auto marks = [this] {
        const run::Lock lock{mutex_};
        return std::exchange(marks_, {});
    }();
    // The clock by which a reply was judged may have been put right since (E24).
    const auto now = means_.clock.now();
    for (auto& mark : marks)
        if (mark.at > now) mark.next_at = std::min(mark.next_at, now + options_.backoff.slow_cap);
    return marks;
}

ports::result<void> Deliver::put(ports::Transaction& tx, Pen& pen, const std::vector<Mark>& marks) const {
    if (marks.empty()) return {};
    for (const auto& mark : marks)
        if (mark.state == DeliveryState::delivered)
            pen.enter(open_to_all,
                      entries::Delivered{mark.id, mark.evaluation_id, mark.service_number, mark.sent_digest});
    return tx.deliveries().mark(means_.books.instance().value(), marks);
}

// False: they are kept for the next pass, and nothing is claimed before they are written.
bool Deliver::write(std::vector<Mark> marks) {
    if (marks.empty()) return true;
    const auto done = means_.books.write([&](ports::Transaction& tx, Pen& pen) { return put(tx, pen, marks); });
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
    means_.log.often(ports::LogLevel::warning, "推送结果未写入数据库，租期结束后重新核对", done.error().message());
    return true;
}

void Deliver::keep(std::vector<Mark> marks, const ports::error_code& why) {
    {
        const run::Lock lock{mutex_};
        marks_.insert(marks_.end(), std::make_move_iterator(marks.begin()), std::make_move_iterator(marks.end()));
    }
    means_.log.often(ports::LogLevel::warning, "推送结果暂未写入数据库，稍后重试", why.message());
}

void Deliver::send(const ports::Claim& claim, std::vector<ports::DeliveryWork> claimed) {
    means_.writer.assert_here();
    if (claim.limit == 0) return;
    {
        const run::Lock lock{mutex_};
        places_kept_ -= claim.limit;
        // One that is still on its way, its lease over because the clock jumped or the province is slow, is not sent a
        // second time: its mark will find the lease renewed.
        const auto is_on_its_way = [this](const auto& work)
                                       HCP_REQUIRES(mutex_) { return !in_flight_.insert(work.delivery.id).second; };
        std::erase_if(claimed, is_on_its_way);
        if (claimed.empty()) breaker_.probe_ends();
        idle_.notify_all();
    }
    const auto rules = means_.rules.current();
    for (auto& work : claimed) {
        auto shared = std::make_shared<ports::DeliveryWork>(std::move(work));
        go_on(shared, DeliveryPlan{means_.keys, *rules, options_.terms}.first(*shared, claim.now));
    }
}

void Deliver::go_on(const std::shared_ptr<ports::DeliveryWork>& work, DeliveryStep step) {
    if (auto* mark = std::get_if<Mark>(&step)) return finish(std::move(*mark));
    auto message = std::get<ports::ProvinceMessage>(std::move(step));
    means_.province.exchange(message, [this, work, message](ports::Exchange exchange) {
        means_.others.post(
            [this, work, message, exchange = std::move(exchange)] { came_back(work, message, exchange); });
    });
}

void Deliver::came_back(const std::shared_ptr<ports::DeliveryWork>& work, const ports::ProvinceMessage& said,
                        const ports::Exchange& exchange) {
    const auto now = means_.clock.now();
    means_.meter.exchange(exchange.verdict, exchange.took);
    judge(exchange);
    const bool right = means_.clock_is_right();
    Retry retry{options_.backoff, means_.chance.fraction(), right, right};
    bool closed = false;
    {
        const run::Lock lock{mutex_};
        retry.may_park = right && !breaker_.is_open();
        closed = closed_;
    }
    const auto rules = means_.rules.current();
    auto step = DeliveryPlan{means_.keys, *rules, options_.terms}.next(*work, said, exchange, now, retry);
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
    ++(exchange.verdict == Verdict::delivered ? figures_.delivered
       : exchange.verdict == Verdict::refused ? figures_.refused
                                              : figures_.failed);
    // What never left says nothing of the province, unless it says that nothing will.
    if (!exchange.left && exchange.verdict != Verdict::stop_channel) return breaker_.probe_ends();
    const auto change = breaker_.answered(exchange.verdict, exchange.retry_after.value_or(std::chrono::milliseconds{0}),
                                          means_.steady.now());
    if (change == Breaker::Change::closed) means_.log.info("省平台已恢复，继续推送");
    if (change == Breaker::Change::opened)
        means_.log.warning("省平台连续推送失败，暂缓推送并定时探测：" + exchange.reason);
    figures_.breaker_open = breaker_.is_open();
    figures_.breaker_reason = figures_.breaker_open ? exchange.reason : std::string{};
}

void Deliver::finish(Mark mark) {
    {
        const run::Lock lock{mutex_};
        in_flight_.erase(mark.id);
        marks_.push_back(std::move(mark));
        breaker_.probe_ends();
    }
    wake();
}

}  // namespace hcp::app
