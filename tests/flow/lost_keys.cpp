#include "plugin/app/rating/rating_queue.hpp"
#include "tests/support/file_desk.hpp"

#include <sqlite3.h>

using namespace hcp;
using namespace hcp::test;

namespace {

// From now on the keys of this case's subjects do not open.
void lose_keys(const FileDesk& desk, const std::string& case_no) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open_v2(desk.options.path.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
    const auto lose =
        "update subjects set wrapped_key = x'00' where id in (select e.subject_id from evaluations e "
        "join cases c on c.id = e.case_id where c.case_no = '" +
        case_no + "')";
    const auto ran = sqlite3_exec(db, lose.c_str(), nullptr, nullptr, nullptr);
    const auto changed = sqlite3_changes(db);
    sqlite3_close(db);
    REQUIRE(ran == SQLITE_OK);
    REQUIRE(changed > 0);
}

// Two open cases; the key of the first one's subject is spoilt where it is stored. It may have begun an answer before.
struct Spoilt : FileDesk {
    explicit Spoilt(const std::string& draft = {}) {
        apply({broken, sound});
        if (!draft.empty()) rate(broken, Level::satisfied, clock.now(), draft, {}, "d", app::Intent::draft);
        lose_keys(*this, "C1");
    }
    Completion broken = completion("C1"), sound = completion("C2", {"91370000BBBBBBBB2X"});
};

}  // namespace

SCENARIO("a case whose subject's stored key is spoilt is set aside by the drain, and holds nothing else up", "[flow]") {
    Spoilt desk;
    const auto journal = desk.open_journal();
    auto drain = desk.drain_of(*journal);
    const auto sound = Desk::completion("C4", {"91370000BBBBBBBB2X"});
    REQUIRE(journal->append(std::vector<Event>{Desk::completion("C3"), sound}, desk.clock.now()).has_value());
    CHECK(drain_all(drain));
    CHECK(journal->stats()->set_aside == 1);
    CHECK(desk.view(sound).evaluation.state == EvaluationState::open);
}

SCENARIO("an answer for a subject whose stored key is spoilt fails alone", "[flow]") {
    Spoilt desk;
    run::Workers tellers{1, desk.log}, workers{1, desk.log};
    app::RatingQueue rating{*desk.recorder, workers, tellers, [](std::size_t) {}};
    std::promise<void> both_wait;
    workers.post([until = both_wait.get_future().share()] { until.wait(); });
    const auto ask = [&](const Completion& event) {
        return rating.ask(
            {desk.token(event), {Level::satisfied, {}, "窗口等候时间长", Channel::mobile, "k", desk.clock.now()}});
    };
    auto broken = ask(desk.broken), sound = ask(desk.sound);
    both_wait.set_value();
    const auto failed = broken.answer.get();
    REQUIRE(std::holds_alternative<run::Failed>(failed));
    CHECK(std::get<run::Failed>(failed).why.category() == ports::crypto_category());
    CHECK(std::holds_alternative<app::RatingReply>(sound.answer.get()));
    CHECK(desk.view(desk.sound).evaluation.state == EvaluationState::rated);
    CHECK(desk.view(desk.broken).evaluation.state == EvaluationState::open);
}

SCENARIO("the sweep passes over a draft of a subject whose stored key is spoilt", "[flow]") {
    Spoilt desk{"窗口等候时间长"};
    const auto settled = desk.settler->sweep(at(2026, 12, 1), 100);
    REQUIRE(settled.has_value());
    CHECK(settled->defaulted == 1);
    CHECK(settled->unreadable == 1);
    CHECK(desk.view(desk.sound).evaluation.state == EvaluationState::defaulted);
    CHECK(desk.view(desk.broken).evaluation.state == EvaluationState::open);
}
