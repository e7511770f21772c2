#include "tests/world/centre.hpp"

#include "plugin/domain/overloaded.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <variant>

namespace hcp::world {

using namespace domain;

namespace {

ports::Settings settings_of_a_world() {
    ports::Settings settings;
    settings.instance = {{}, "world", 60s};
    settings.journal.drain_batch = 20;
    settings.store.sessions = 1;
    settings.sweep = {1s, 60s, 50};
    settings.secrecy_alarm_after = std::chrono::days{90};
    settings.reconcile = {std::chrono::minutes{150}, std::chrono::days{30}};
    settings.max_clock_skew = 5s;
    settings.web.emplace();  // an entrance (E51)
    return settings;
}

ports::ProvinceProfile profile_of_a_world() {
    ports::ProvinceProfile profile;
    profile.max_services = 3;  // so that dossiers run over
    profile.give_up_after = std::chrono::days{14};
    profile.project_no_prefix = "37";
    profile.per_attempt = 10s;
    profile.breaker_failures = 5;
    profile.breaker_open_for = 30s;
    return profile;
}

}  // namespace

Centre::Centre(std::uint64_t seed)
    : MemoryGround{seed},
      dice{seed},
      files{shipped_rules()},
      chance_{seed},
      settings_{settings_of_a_world()},
      profile_{profile_of_a_world()},
      ground_{.log = trace,
              .host = *this,
              .clock = time.clock,
              .id_clock = time.clock,
              .steady = time.steady,
              .boot = time.boot,
              .chance = chance_,
              .meter = meter_,
              .keys = keys,
              .ledger_seal = ledger,
              .anchor_key = signer,
              .rule_texts = texts_,
              .journal = journal,
              .anchors = anchors,
              .store_door = store,
              .store = store,
              .province = &province},
      terms_{settings_, profile_, "world", true} {
    time.clock.set(test::at(2026, 8, 31, 9h));
    province.may_know = [this](const std::string& project) {
        return !promises.secret.contains(project) || promises.opened.contains(project);
    };
    begin();
}

void Centre::begin() {
    life_.emplace(ground_, terms_, files, has_joined_);
}

void Centre::die() {
    province.hang_up();
    life_.reset();
    ++deaths;
    trace.note("died");
}

// What is posted is run, at most so many tasks, now of these workers and now of those.
void Centre::work(std::uint64_t most) {
    auto crew = life_->crew.all();
    for (std::uint64_t done = 0; done < most; ++done) {
        std::rotate(crew.begin(), crew.begin() + static_cast<std::ptrdiff_t>(dice.below(crew.size())), crew.end());
        if (std::none_of(crew.begin(), crew.end(), [](auto* workers) { return workers->run_next(); })) return;
    }
}

void Centre::live() {
    time.pass(dice.one_in(4)   ? dice.between(1ms, 3s)
              : dice.one_in(4) ? dice.between(10min, 3h)
                               : dice.between(3s, 15min));
    if (dice.one_in(25)) province.change_mood();
    if (dice.one_in(60)) store.away = !store.away && dice.one_in(3);
    if (!life_) begin();
    (void)life_->jobs.beat();
    act();
    // Now and then it dies with work in hand.
    work(dice.one_in(6) ? dice.below(12) : 10'000);
    if (dice.one_in(150))
        die();
    else if (dice.one_in(250))
        end();
}

void Centre::settle() {
    store.away = false;
    store.dependable = province.in_good_mood = true;
    if (!life_) begin();
    time.pass(dice.between(3h, 9h));
    for (int i = 0; i < 3; ++i) {
        (void)life_->jobs.beat();
        work(10'000);
        time.pass(2s);
    }
}

void Centre::end() {
    if (!life_) return;
    life_->use.rating_queue.close();
    if (life_->use.deliver) life_->use.deliver->close();
    province.hang_up();
    work(10'000);
    (void)life_->use.drain_journal.forget_stored();
    if (life_->jobs.is_joined()) life_->use.anchor_ledger.anchor(true);
    life_.reset();
    trace.note("ended");
}

void Centre::act() {
    for (auto n = dice.below(3); n > 0; --n) {
        switch (dice.below(16)) {
            case 0:
            case 1:
                complete();
                break;
            case 4:
                dice.one_in(4) ? withdraw() : visit();
                break;
            case 5:
                dice.one_in(3) ? open_bids() : visit();
                break;
            case 6:
                trace.note(life_->use.health());
                break;
            default:
                rate();
        }
    }
}

Completion Centre::completion() {
    static constexpr std::array nodes{"项目登记", "招标公告", "保证金", "中标公示"};
    const auto number = numbers_++;
    const auto project = number / 5 * 2 + dice.below(2);
    Completion one;
    one.key = {"H1", std::to_string(project) + "-" + std::to_string(number), "1"};
    one.line = Line::government;
    one.project_no = one.project_name = "P" + std::to_string(project);
    one.node = nodes[number % nodes.size()];
    one.item_code = "ZC-01";
    one.department_id = dice.one_in(5) ? "" : "D1";
    one.completed_at = time.now() - dice.between(0min + 1us, 30min);
    one.mode = dice.one_in(4) ? Mode::on_site : Mode::online;
    if (project % 3 == 0 && !promises.opened.contains(one.project_no)) {
        one.secrecy = Secrecy::until_opening();
        promises.secret.insert(one.project_no);
    }
    for (std::size_t i = 0; i <= dice.below(3); ++i)
        one.subjects.push_back({SubjectType::legal,
                                i == 2 ? Role::expert : Role::bidder,
                                "9900" + std::to_string(project * 3 + i),
                                "001",
                                "示例有限公司",
                                "",
                                "",
                                "",
                                {}});
    one.handlers.push_back({"S1", "示例经办"});
    return one;
}

void Centre::complete() {
    std::vector<Event> events;
    for (auto n = dice.below(3) + 1; n > 0; --n) {
        auto one = completion();
        finished_.push_back(one);
        if (!dice.one_in(10)) events.emplace_back(std::move(one));  // else the host forgets to report it
    }
    // Reported once more, perhaps with other content: the first wins.
    if (!finished_.empty() && dice.one_in(6)) {
        auto again = finished_[dice.below(finished_.size())];
        if (reported_.contains(again.key.case_no)) {  // of what is only listed, this would be the first report
            if (dice.one_in(2)) again.project_name = "另一个名称";
            events.emplace_back(std::move(again));
        }
    }
    report(events);
}

void Centre::report(const std::vector<Event>& events) {
    if (events.empty()) return;
    app::AcceptEvents::Call call{life_->accept};
    const auto taken = call.take(std::span<const Event>{events});
    trace.note("reported " + std::to_string(events.size()));
    if (!taken) return;
    const Overloaded note{[&](const Completion& one) {
                              promises.completions.emplace(one.key.case_no, one);
                              reported_.insert(one.key.case_no);
                          },
                          [&](const Withdrawal& one) { promises.withdrawn.insert(one.key.case_no); },
                          [&](const BidsOpened& one) { promises.opened.insert(one.project_no); }, [](const Visit&) {}};
    for (const auto& event : events) std::visit(note, event);
}

void Centre::withdraw() {
    if (finished_.empty()) return;
    const auto& one = finished_[dice.below(finished_.size())];
    report({Withdrawal{one.key, time.now(), "示例撤回"}});
}

void Centre::open_bids() {
    if (promises.secret.empty()) return;
    auto project = promises.secret.begin();
    std::advance(project, static_cast<std::ptrdiff_t>(dice.below(promises.secret.size())));
    report({BidsOpened{"H1", *project, "", time.now()}});
}

void Centre::visit() {
    Visit one;
    one.host_id = "H1";
    one.visit_no = "V" + std::to_string(numbers_++);
    one.line = Line::government;
    one.visited_at = time.now();
    report({one});
}

void Centre::rate() {
    if (finished_.empty()) return;
    // Mostly what is new, sometimes something old; and now and then what was received in time and gets here behind the
    // default, which it replaces (E3).
    const bool delayed = dice.one_in(6);
    const auto recent = std::min<std::uint64_t>(finished_.size(), dice.one_in(3) ? finished_.size() : 15);
    auto picked = finished_.end() - 1 - static_cast<std::ptrdiff_t>(dice.below(recent));
    if (delayed)
        picked = std::find_if(finished_.begin(), finished_.end() - 1, [&](const Completion& one) {
            return time.now() - one.completed_at < std::chrono::days{6 + dice.below(4)} && dice.one_in(4);
        });
    const auto& one = *picked;
    const auto which = dice.below(one.subjects.size());
    const auto& subject = one.subjects[which];
    app::RatingRequest request;
    request.token_digest =
        *record::token_digest(keys, record::link_token(keys, one.key, subject.type, subject.certificate_no));
    const auto level = static_cast<Level>(1 + dice.below(5));
    request.answer = {level,
                      {},
                      is_bad(level) && !dice.one_in(4) ? "排队时间太长，希望增加窗口" : "",
                      Channel::mobile,
                      std::to_string(dice.below(4)),
                      delayed ? std::max(one.completed_at, time.now() - dice.between(1min, 72h)) : time.now()};
    request.intent = dice.one_in(4) ? app::Intent::draft : app::Intent::submit;
    const Question question{one.key.case_no, which};
    const auto place = life_->use.rating_queue.rate(
        request,
        [this, question, request](const app::RatingOutcome& outcome) { answered(question, request, outcome); });
    if (dice.one_in(20)) (void)life_->use.rating_queue.take_back(place);
}

void Centre::answered(const Question& question, const app::RatingRequest& request, const app::RatingOutcome& outcome) {
    const auto level = *request.answer.level;
    const auto where = question.first + "/" + std::to_string(question.second);
    if (std::holds_alternative<run::InDoubt>(outcome)) promises.perhaps[question].insert(level);
    const auto* reply = std::get_if<app::RatingReply>(&outcome);
    trace.note("answered " + where + " " + std::to_string(outcome.index()));
    if (reply == nullptr) return;
    using Kind = app::RatingReply::Kind;
    if (reply->kind == Kind::drafted) promises.drafted[question] = level;
    if (reply->kind == Kind::fault && reply->view && reply->view->draft) promises.drafted[question] = level;
    if (reply->kind != Kind::decided) return;
    trace.note("fate " + std::to_string(static_cast<int>(reply->fate)));
    const auto deadline = reply->view->evaluation.deadline;
    const bool in_time = request.answer.received_at < deadline;
    const bool counts = reply->fate == AnswerFate::accepted || reply->fate == AnswerFate::replaces_default;
    if (counts && !in_time) trace.wrong("an answer that came late counts: " + where);
    const bool final = reply->view->evaluation.state == EvaluationState::defaulted && time.now() >= deadline + 24h;
    if (reply->fate == AnswerFate::late && in_time && !final) trace.wrong("an answer in time is called late: " + where);
    if (reply->fate == AnswerFate::replaces_default && time.now() >= deadline + 24h)
        trace.wrong("a default is replaced for ever (E53): " + where);
    if (!counts) return;
    if (promises.rated.contains(question)) trace.wrong("two answers were accepted: " + where);
    promises.rated[question] = level;
}

std::optional<ports::ScanPage> Centre::list_completed(Instant since, std::string_view cursor) {
    if (!store.dependable && dice.one_in(10)) return std::nullopt;
    ports::ScanPage page;
    auto at = cursor.empty() ? std::size_t{0} : std::stoul(std::string{cursor});
    for (; at < finished_.size() && page.completions.size() < 7; ++at) {
        if (finished_[at].completed_at < since) continue;
        page.completions.push_back(finished_[at]);
        // From here on the module has it in hand.
        promises.completions.emplace(finished_[at].key.case_no, finished_[at]);
    }
    if (at < finished_.size()) page.next_cursor = std::to_string(at);
    return page;
}

}  // namespace hcp::world
