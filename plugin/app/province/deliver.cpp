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
      breaker_{options_.breaker},
      lists_{means_.steady} {}

void Deliver::close() {
    const run::Lock lock{mutex_};
    closed_ = true;
}

bool Deliver::is_idle() const {
    return in_flight_.empty() && endings_.empty() && places_kept_ == 0 && !passing_;
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

Deliver::Boarding Deliver::board() {
    means_.writer.assert_here();
    const run::Lock lock{mutex_};
    const bool all_may_go =
        !closed_ && endings_.empty() && breaker_.allows(means_.steady.now()) == Breaker::Allows::all;
    return keep_places(all_may_go ? free_places() : 0);
}

// Where the breaker is due, the one that may go is its probe.
Deliver::Boarding Deliver::board_for_pass() {
    const run::Lock lock{mutex_};
    if (closed_ || free_places() == 0) return {};
    const auto allowed = breaker_.allows(means_.steady.now());
    if (allowed == Breaker::Allows::none) return {};
    if (allowed == Breaker::Allows::all) return keep_places(free_places());
    breaker_.probe_goes();
    auto boarding = keep_places(1);
    boarding.probes_ = true;
    return boarding;
}

Deliver::Boarding Deliver::keep_places(std::size_t places) {
    places_kept_ += places;
    const auto now = means_.clock.now();
    Boarding boarding;
    boarding.claim_ = {means_.books.instance().value(), now, now + options_.lease, places};
    return boarding;
}

ports::result<void> Deliver::claim(ports::Transaction& tx, Instant now, Boarding& boarding) const {
    boarding.departures_.clear();
    if (!boarding.has_room()) return {};
    HCP_TRY(auto works, tx.deliveries().claim(boarding.claim_.at(now)));
    const auto rules = means_.rules.current();
    std::vector<ports::FrozenService> frozen;
    for (auto& work : works) {
        auto errand = std::make_shared<Errand>();
        errand->work = std::move(work);
        boarding.departures_.push_back({errand, {}});
        auto& own = errand->work;
        if (own.delivery.kind != DeliveryKind::service || own.delivery.may_have_left()) continue;
        auto step = plan(*rules).unasked(*errand, now);
        auto* const message = std::get_if<ports::ProvinceMessage>(&step);
        if (message == nullptr) continue;
        auto record = means_.province.written(*message, now);
        if (!record.faults.empty()) continue;
        own.freeze(now, record);
        frozen.push_back(
            {own.delivery.id, own.evaluation.id, now, record.digest, record.service_name, record.service_time});
        if (!own.must_ask() && !boarding.probes_)
            boarding.departures_.back().said.emplace(std::move(*message), std::move(record));
    }
    return tx.deliveries().freeze(frozen);
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
                                      is_right ? now : Instant::max(), is_right ? now : Instant::max()};
    waits_are_right_ = means_.books
                           .write([&](ports::Transaction& tx, Pen&) -> ports::result<void> {
                               return tx.deliveries().shorten_waits(longest);
                           })
                           .has_value();
}

void Deliver::write_and_claim() {
    auto endings = take_endings();
    auto boarding = board_for_pass();
    if (!boarding.has_room()) {
        (void)write(std::move(endings));
        return;
    }
    // What came back and what goes out next share one transaction, and so one sync.
    const auto both = [&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        HCP_CHECK(put(tx, pen, endings));
        return claim(tx, pen.now(), boarding);
    };
    auto done = means_.books.write(both);
    if (!done && !endings.empty()) {
        if (done.error() == ports::store_errc::unavailable) {
            keep(std::move(endings), done.error());
            return depart(std::move(boarding), false);
        }
        // Neither holds the other up.
        if (!write(std::exchange(endings, {}))) return depart(std::move(boarding), false);
        done = means_.books.write(both);
    }
    if (!done) means_.log.often(ports::LogLevel::warning, "暂时无法领取待推送记录，稍后重试", done.error().message());
    depart(std::move(boarding), done.has_value());
}

std::vector<Ending> Deliver::take_endings() {
    auto endings = [this] {
        const run::Lock lock{mutex_};
        return std::exchange(endings_, {});
    }();
    // The clock by which a reply was judged may have been put right since (E24).
    const auto now = means_.clock.now();
    for (auto& [mark, listed] : endings)
        if (mark.at > now) mark.next_at = std::min(mark.next_at, now + options_.backoff.slow_cap);
    return endings;
}

ports::result<void> Deliver::put(ports::Transaction& tx, Pen& pen, const std::vector<Ending>& endings) const {
    if (endings.empty()) return {};
    std::vector<Mark> marks;
    marks.reserve(endings.size());
    for (const auto& [mark, listed] : endings) {
        marks.push_back(mark);
        if (mark.state == DeliveryState::delivered)
            pen.enter(open_to_all,
                      entries::Delivered{mark.id, mark.evaluation_id, mark.service_number, mark.sent_digest});
        if (listed) HCP_CHECK(tx.dossiers().note(*listed));
    }
    return tx.deliveries().mark(means_.books.instance().value(), marks);
}

// False: they are kept for the next pass, and nothing is claimed before they are written.
bool Deliver::write(std::vector<Ending> endings) {
    if (endings.empty()) return true;
    const auto done = means_.books.write([&](ports::Transaction& tx, Pen& pen) { return put(tx, pen, endings); });
    if (done) return true;
    if (done.error() != ports::store_errc::conflict) {
        keep(std::move(endings), done.error());
        return false;
    }
    // One lost lease fails all it was written with: the others are still ours.
    if (endings.size() > 1) {
        bool all = true;
        for (auto& ending : endings) all = write({std::move(ending)}) && all;
        return all;
    }
    // The leases end and the deliveries are claimed again with an unknown outcome, which asks before it repeats.
    means_.log.often(ports::LogLevel::warning, "推送结果未写入数据库，租期结束后重新核对", done.error().message());
    return true;
}

void Deliver::keep(std::vector<Ending> endings, const ports::error_code& why) {
    {
        const run::Lock lock{mutex_};
        endings_.insert(endings_.end(), std::make_move_iterator(endings.begin()),
                        std::make_move_iterator(endings.end()));
    }
    means_.log.often(ports::LogLevel::warning, "推送结果暂未写入数据库，稍后重试", why.message());
}

void Deliver::depart(Boarding boarding, bool committed) {
    means_.writer.assert_here();
    if (!boarding.has_room()) return;
    auto& departures = boarding.departures_;
    if (!committed) departures.clear();
    {
        const run::Lock lock{mutex_};
        places_kept_ -= boarding.claim_.limit;
        // One that is still on its way, its lease over because the clock jumped or the province is slow, is not sent a
        // second time: its mark will find the lease renewed.
        const auto is_on_its_way = [this](const auto& departure) HCP_REQUIRES(mutex_) {
            return !in_flight_.insert(departure.errand->work.delivery.id).second;
        };
        std::erase_if(departures, is_on_its_way);
        if (departures.empty()) breaker_.probe_ends();
        idle_.notify_all();
    }
    const auto rules = means_.rules.current();
    for (auto& [errand, said] : departures) {
        errand->probes = boarding.probes_;
        if (said)
            send(errand, said->first, std::move(said->second));
        else
            go_on(errand, plan(*rules).first(*errand, boarding.claim_.now));
    }
}

void Deliver::go_on(const std::shared_ptr<Errand>& errand, DeliveryStep step) {
    if (auto* ending = std::get_if<Ending>(&step)) return finish(std::move(*ending));
    const auto message = std::get<ports::ProvinceMessage>(std::move(step));
    if (std::holds_alternative<ports::ServiceMessage>(message)) return send_service(errand, message);
    if (std::holds_alternative<ports::ServiceQuery>(message)) return ask(errand, message);
    if (auto record = written(errand, message, means_.clock.now())) send(errand, message, *std::move(record));
}

std::optional<ports::WireRecord> Deliver::written(const std::shared_ptr<Errand>& errand,
                                                  const ports::ProvinceMessage& message, Instant at) {
    auto record = means_.province.written(message, at);
    if (record.faults.empty()) return record;
    finish(plan(*means_.rules.current()).refused(*errand, record, means_.clock.now()));
    return std::nullopt;
}

// As it was frozen, or not at all.
void Deliver::send_service(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& message) {
    const auto now = means_.clock.now();
    const auto& delivery = errand->work.delivery;
    auto record = written(errand, message, delivery.written_at.value_or(now));
    if (!record) return;
    if (delivery.written_at && record->digest == delivery.sent_digest) return send(errand, message, *std::move(record));
    const auto rules = means_.rules.current();
    finish(delivery.may_have_left() ? plan(*rules).changed(*errand, now) : plan(*rules).later(*errand, now));
}

void Deliver::ask(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& message) {
    const auto now = means_.clock.now();
    auto record = written(errand, message, now);
    if (!record) return;
    const auto looks_for_number =
        errand->work.delivery.kind == DeliveryKind::rating && !errand->probes && errand->work.must_ask();
    if (const auto kept = looks_for_number ? lists_.kept(record->digest) : nullptr) {
        auto step = plan(*means_.rules.current()).by_list(*errand, *kept, now);
        if (step && std::holds_alternative<ports::ProvinceMessage>(*step)) return go_on(errand, *std::move(step));
    }
    if (lists_.ask(record->digest, errand, now)) send(errand, message, *std::move(record));
}

void Deliver::send(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& message,
                   ports::WireRecord record) {
    // Whatever it is, while the claim is ours: whoever was asleep may not be alone any more.
    const auto leave_by = errand->work.delivery.leave_by.value_or(errand->work.delivery.next_at);
    const auto question = record.digest;
    means_.province.exchange(message, std::move(record), leave_by,
                             [this, errand, message, question](ports::Exchange exchange) {
                                 means_.others.post([this, errand, message, question, exchange = std::move(exchange)] {
                                     if (!std::holds_alternative<ports::ServiceQuery>(message))
                                         return came_back(errand, message, exchange);
                                     means_.meter.exchange(exchange.verdict, exchange.took);
                                     const bool is_alone = judge(exchange, *errand);
                                     for (const auto& asking : lists_.answered(question, exchange))
                                         judged(asking, message, exchange, is_alone && asking == errand);
                                 });
                             });
}

void Deliver::came_back(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& said,
                        const ports::Exchange& exchange) {
    means_.meter.exchange(exchange.verdict, exchange.took);
    judged(errand, said, exchange, judge(exchange, *errand));
}

void Deliver::judged(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& said,
                     const ports::Exchange& exchange, bool is_alone) {
    const auto now = means_.clock.now();
    const bool right = means_.clock_is_right();
    Retry retry{options_.backoff, means_.chance.fraction(), right, right, is_alone};
    bool closed = false;
    {
        const run::Lock lock{mutex_};
        retry.may_park = right && !breaker_.is_open();
        closed = closed_;
    }
    const auto rules = means_.rules.current();
    auto step = plan(*rules).next(*errand, said, exchange, now, retry);
    // Stopping: what was learnt is kept, the next message is another start's.
    if (closed && std::holds_alternative<ports::ProvinceMessage>(step)) step = plan(*rules).later(*errand, now);
    go_on(errand, std::move(step));
}

bool Deliver::judge(const ports::Exchange& exchange, const Errand& of) {
    const auto message = of.work.delivery.id.value();
    watch_its_clock(exchange);
    const run::Lock lock{mutex_};
    ++(exchange.verdict == Verdict::delivered ? figures_.delivered
       : exchange.verdict == Verdict::refused ? figures_.refused
                                              : figures_.failed);
    // What never left says nothing of the province, unless it says that nothing will.
    if (!exchange.left && exchange.verdict != Verdict::stop_channel) {
        breaker_.probe_ends();
        return false;
    }
    if (exchange.verdict == Verdict::delivered) troubles_.got_through(message);
    if (exchange.verdict == Verdict::stop_channel && !breaker_.is_open()) {
        const auto whose = troubles_.met(message);
        if (whose != Troubles::Whose::the_channels) return whose == Troubles::Whose::its_own;
    }
    const auto change =
        breaker_.answered({exchange.verdict, exchange.retry_after.value_or(std::chrono::milliseconds{0}),
                           of.work.subject.id.value(), exchange.throttled},
                          means_.steady.now());
    if (change == Breaker::Change::closed) means_.log.info("省平台已恢复，继续推送");
    if (change == Breaker::Change::opened) {
        means_.log.warning("省平台连续推送失败，暂缓推送并定时探测：" + exchange.reason);
        figures_.breaker_reason = exchange.reason;
    }
    figures_.breaker_open = breaker_.is_open();
    if (!figures_.breaker_open) figures_.breaker_reason.clear();
    return false;
}

void Deliver::watch_its_clock(const ports::Exchange& exchange) {
    constexpr std::string_view alarm = "province_clock";
    if (exchange.verdict == Verdict::delivered && means_.alarms.standing(alarm)) means_.alarms.clear(alarm);
    if (exchange.verdict != Verdict::too_early) return;
    if (means_.alarms.standing(alarm)) return;
    const auto behind = exchange.province_now
                            ? std::chrono::floor<std::chrono::seconds>(means_.clock.now() - *exchange.province_now)
                            : std::chrono::seconds{0};
    const auto by = behind.count() > 0 ? "约 " + std::to_string(behind.count()) + " 秒" : std::string{};
    means_.alarms.raise(alarm, "省平台的时钟比本机慢" + by +
                                   "，刚发生的事项要等其时钟走到才被接受，稍后自动重送；"
                                   "请核对本机时钟，无误的请告知省平台");
}

void Deliver::finish(Ending ending) {
    {
        const run::Lock lock{mutex_};
        in_flight_.erase(ending.mark.id);
        endings_.push_back(std::move(ending));
        breaker_.probe_ends();
    }
    wake();
}

}  // namespace hcp::app
