#include "plugin/app/identities/unmask.hpp"

#include "plugin/app/identities/erase_subject.hpp"
#include "plugin/app/identities/leak_cases.hpp"
#include "plugin/app/identities/list_unmaskings.hpp"
#include "plugin/app/inbox/inbox.hpp"
#include "plugin/app/rating/find_evaluations.hpp"
#include "tests/app/people/centre.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;
using app::LeakRefusal;
using app::UnmaskingRefusal;

namespace {

struct NoErasures final : ports::Erasures {
    ports::result<void> append(const ports::Erasure&) override { return {}; }
    ports::result<Content> read() override { return Content{}; }
};

// S3 and S4 supervise, S5 is technical, S6 sits on the committee. S1 handles what is opened here.
struct Seeing : Centre {
    Seeing() {
        equip();
        (void)done(confirm("S3", done(propose("S5", "S6", StaffRole::committee))));
        clock.set(at(2026, 9, 24, 15h));
        event.subjects.front().agent_name = "张代理";
        apply({event});
    }
    void tick() { clock.set(clock.now() + 1s); }
    EvaluationId id() { return view(event).evaluation.id; }
    app::IdentityMeans means() { return {*books, keys, nobody}; }

    app::UnmaskingReply unmask(std::string_view actor, Unmasked shown = Unmasked::identity,
                               std::optional<UnmaskingPurpose> purpose = UnmaskingPurpose::verify,
                               const std::string& reason = "来电质疑评价真实性") {
        tick();
        return *app::unmask(means(), actor, {id(), shown, purpose, reason});
    }
    std::vector<app::ListedUnmasking> seen() { return *app::unmaskings_of(*store, keys, id()); }
    app::LeakReply report(std::string_view actor, std::string_view occasion = "评价主体的名称出现在群聊中") {
        tick();
        return *app::report_leak(means(), actor, id(), occasion);
    }
    app::LeakReply decide(std::string_view actor, LeakCaseId leak, const app::LeakVerdict& verdict) {
        tick();
        return *app::decide_leak(means(), actor, leak, verdict);
    }
    app::ListedLeak leak() {
        const auto leaks = app::list_leaks(*store, keys, std::nullopt, 10);
        REQUIRE(leaks.has_value());
        REQUIRE(leaks->size() == 1);
        return leaks->front();
    }
    std::vector<app::FoundEvaluation> found(std::string_view who, std::string_view case_no = "C1") {
        const auto viewer = ask([&](ports::Snapshot& snapshot) {
            return record::viewer_at(record::people_in(snapshot), who, clock.now());
        });
        REQUIRE(viewer);
        return *app::find_evaluations(*store, keys, *rules, *show, *viewer, case_no, clock.now());
    }
    bool is_told(std::string_view who, NoticeKind kind) {
        const auto inbox = *app::list_inbox(*store, who, std::nullopt, 50);
        return std::ranges::find(inbox.notices, kind, &ports::NoticeRow::kind) != inbox.notices.end();
    }
    void check_account() {
        for (const auto& finding : verify().findings) FAIL_CHECK(finding.text);
    }

    Completion event = completion("C1");
};

app::SeenSubject shown_by(const app::UnmaskingReply& reply) {
    if (const auto* why = std::get_if<UnmaskingRefusal>(&reply)) FAIL(app::text_of(*why));
    return std::get<app::SeenSubject>(reply);
}
LeakCaseId sound_leak(const app::LeakReply& reply) {
    if (const auto* why = std::get_if<LeakRefusal>(&reply)) FAIL(app::text_of(*why));
    return std::get<LeakCaseId>(reply);
}
template <class Reply, class Refusal>
bool is(const Reply& reply, Refusal why) {
    const auto* refusal = std::get_if<Refusal>(&reply);
    return refusal != nullptr && *refusal == why;
}

}  // namespace

SCENARIO("whoever sees who rated is on record before he sees it, with what for and why (M16.3)", "[identities]") {
    Seeing desk;
    const auto before = desk.entered().size();
    const auto identity = shown_by(desk.unmask("S3"));
    CHECK(identity.subject.name == "甲公司");
    CHECK(identity.subject.certificate_no == "91370000AAAAAAAA1X");
    CHECK(identity.subject.agent_name == "张代理");
    CHECK(identity.subject.mobile.empty());
    CHECK(desk.entered().size() == before + 1);

    const auto phone = shown_by(desk.unmask("S4", Unmasked::phone, UnmaskingPurpose::contact, "差评回访"));
    CHECK(phone.subject.mobile == "13800000000");
    CHECK(phone.subject.name.empty());
    CHECK(phone.subject.certificate_no.empty());

    const auto seen = desk.seen();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].row.staff_id == "S3");
    CHECK(seen[0].row.purpose == UnmaskingPurpose::verify);
    CHECK(seen[0].reason == "来电质疑评价真实性");
    CHECK(seen[0].case_no == "C1");
    CHECK(seen[1].row.shown == Unmasked::phone);
    CHECK(domain::as_text(seen[0].row.sealed_reason).find("来电") == std::string_view::npos);
    desk.check_account();
}

SCENARIO("who may not see who rated sees nothing, and nothing is on record", "[identities]") {
    Seeing desk;
    for (const auto* who : {"S1", "S2", "S5", "S6"}) {
        INFO(who);
        CHECK(is(desk.unmask(who), UnmaskingRefusal::not_allowed));
    }
    CHECK(is(desk.unmask("S99"), UnmaskingRefusal::unknown_actor));
    CHECK(is(desk.unmask("S3", Unmasked::identity, std::nullopt), UnmaskingRefusal::no_purpose));
    CHECK(is(desk.unmask("S3", Unmasked::identity, UnmaskingPurpose::verify, ""), UnmaskingRefusal::no_reason));
    const std::string longest(app::longest_reason_of_unmasking + 1, 'x');
    CHECK(is(desk.unmask("S3", Unmasked::identity, UnmaskingPurpose::verify, longest), UnmaskingRefusal::no_reason));
    CHECK(is(*app::unmask(desk.means(), "S3", {EvaluationId{1}, Unmasked::identity, UnmaskingPurpose::verify, "核实"}),
             UnmaskingRefusal::no_such_evaluation));
    CHECK(desk.seen().empty());
    CHECK(desk.found("S5").front().may_unmask.empty());
    CHECK(desk.found("S3").front().may_unmask == std::vector{Unmasked::identity, Unmasked::phone});
}

SCENARIO("E14, E42: neither an expert's identity is seen, nor one by who handled the case, nor one under bid secrecy",
         "[identities]") {
    Seeing desk;
    auto experts = Desk::completion("C2", {"91370000BBBBBBBB2X"});
    experts.subjects.front().role = Role::expert;
    auto own = Desk::completion("C3", {"91370000CCCCCCCC3X"});
    own.handlers = {{"S3", "王监督"}};
    auto secret = Desk::completion("C4", {"91370000DDDDDDDD4X"});
    secret.secrecy = Secrecy::until_opening();
    desk.apply({experts, own, secret});
    const auto unmask = [&](std::string_view who, const Completion& of) {
        desk.tick();
        return *app::unmask(desk.means(), who,
                            {desk.view(of).evaluation.id, Unmasked::identity, UnmaskingPurpose::verify, "核实"});
    };
    CHECK(is(unmask("S3", experts), UnmaskingRefusal::not_allowed));
    CHECK(is(unmask("S3", own), UnmaskingRefusal::not_allowed));
    CHECK(shown_by(unmask("S4", own)).subject.certificate_no == "91370000CCCCCCCC3X");
    CHECK(is(unmask("S3", secret), UnmaskingRefusal::no_such_evaluation));
    CHECK(desk.found("S3", "C4").empty());
    CHECK(desk.found("S3", "C3").front().may_unmask.empty());
}

SCENARIO(
    "the number that a rater left with his rating goes before the one of the completion, and where there is none, "
    "none is shown",
    "[identities]") {
    Seeing desk;
    auto bare = Desk::completion("C2", {"91370000BBBBBBBB2X"});
    bare.subjects.front().mobile.clear();
    desk.apply({bare});
    CHECK(is(*app::unmask(desk.means(), "S3",
                          {desk.view(bare).evaluation.id, Unmasked::phone, UnmaskingPurpose::contact, "回访"}),
             UnmaskingRefusal::no_phone));
    app::RatingRequest request{desk.token(desk.event),
                               {Level::dissatisfied,
                                {},
                                "窗口等候时间长，没有人解释原因",
                                Channel::mobile,
                                "k",
                                desk.clock.now(),
                                {false, true, "13911112222"}},
                               app::Intent::submit,
                               true};
    REQUIRE(desk.recorder->record(std::span<const app::RatingRequest>{&request, 1}).has_value());
    const auto seen = shown_by(desk.unmask("S3", Unmasked::phone, UnmaskingPurpose::contact, "回访"));
    CHECK(seen.subject.mobile == "13911112222");
    CHECK(seen.may_be_contacted);
}

SCENARIO("what is found by the number of a case is what the table lets one see", "[identities]") {
    Seeing desk;
    (void)desk.rate(desk.event, Level::very_satisfied, desk.clock.now(), "服务周到");
    const auto supervisor = desk.found("S3");
    REQUIRE(supervisor.size() == 1);
    REQUIRE(supervisor.front().facts.rating);
    CHECK(supervisor.front().facts.rating->text == "服务周到");
    CHECK(supervisor.front().facts.rating->receipt.empty());
    // Technical staff see that it is there, not how it was rated.
    const auto technical = desk.found("S5");
    REQUIRE(technical.size() == 1);
    CHECK_FALSE(technical.front().facts.rating);
    CHECK(technical.front().facts.case_no == "C1");
    // Who handled it sees his own; another of no role sees nothing.
    CHECK(desk.found("S1").size() == 1);
    CHECK(desk.found("S6").empty());
    CHECK(desk.found("S3", "C").empty());
}

SCENARIO("the report of a month counts who saw what and for what", "[identities]") {
    Seeing desk;
    (void)desk.unmask("S3");
    (void)desk.unmask("S3");
    (void)desk.unmask("S4", Unmasked::phone, UnmaskingPurpose::contact, "回访");
    const auto month = *month_from("2026-09");
    const app::Period september{start_of(month.first), start_of(month.next)};
    const auto counts = *app::unmasking_report(*desk.store, september);
    REQUIRE(counts.size() == 2);
    CHECK(counts[0].staff_id == "S3");
    CHECK(counts[0].times == 2);
    CHECK(counts[0].evaluations == 1);
    CHECK(counts[1].shown == Unmasked::phone);
    CHECK(app::unmaskings_between(*desk.store, desk.keys, september, std::nullopt, 2)->size() == 2);
    CHECK(app::unmasking_report(*desk.store, {september.to, september.to + 24h})->empty());
}

SCENARIO("M16.4: a leak case lists who saw it, and is decided by somebody who neither saw nor reported it",
         "[identities]") {
    Seeing desk;
    (void)desk.unmask("S4");
    CHECK(is(desk.report("S5"), LeakRefusal::not_allowed));
    CHECK(is(desk.report("S3", ""), LeakRefusal::no_words));
    const auto id = sound_leak(desk.report("S3"));
    CHECK(desk.is_told("S6", NoticeKind::leak_to_decide));
    CHECK_FALSE(desk.is_told("S3", NoticeKind::leak_to_decide));
    CHECK_FALSE(desk.is_told("S4", NoticeKind::leak_to_decide));
    const auto open = desk.leak();
    CHECK(open.occasion == "评价主体的名称出现在群聊中");
    REQUIRE(open.viewers.size() == 1);
    CHECK(open.viewers.front().staff_id == "S4");
    CHECK(open.row.finding == LeakFinding::open);

    const app::LeakVerdict verdict{LeakFinding::confirmed, "S4", "移送纪检部门处理"};
    CHECK(is(desk.decide("S3", id, verdict), LeakRefusal::not_allowed));  // reported it
    CHECK(is(desk.decide("S4", id, verdict), LeakRefusal::not_allowed));  // saw it
    CHECK(is(desk.decide("S5", id, verdict), LeakRefusal::not_allowed));
    CHECK(is(desk.decide("S6", LeakCaseId{7}, verdict), LeakRefusal::no_such_case));
    CHECK(is(desk.decide("S6", id, {std::nullopt, "", "x"}), LeakRefusal::no_finding));
    CHECK(is(desk.decide("S6", id, {LeakFinding::confirmed, "S99", "x"}), LeakRefusal::unknown_culprit));
    CHECK(is(desk.decide("S6", id, {LeakFinding::unfounded, "S4", "x"}), LeakRefusal::culprit_needless));
    CHECK(is(desk.decide("S6", id, {LeakFinding::confirmed, "S4", ""}), LeakRefusal::no_words));
    CHECK(sound_leak(desk.decide("S6", id, verdict)) == id);
    CHECK(is(desk.decide("S6", id, verdict), LeakRefusal::decided_already));
    CHECK(desk.is_told("S3", NoticeKind::leak_decided));
    const auto decided = desk.leak();
    CHECK(decided.row.culprit == "S4");
    CHECK(decided.row.decided_by == "S6");
    CHECK(decided.outcome == "移送纪检部门处理");
    desk.check_account();
}

SCENARIO("an erasure waits for a leak case, and afterwards the words are gone while who saw it stays (E29, E46)",
         "[identities]") {
    Seeing desk;
    NoErasures list;
    app::EraseSubject use{{*desk.store, *desk.books, desk.keys, list, desk.clock}};
    const auto erase = [&] { return *use.erase(SubjectType::legal, "91370000AAAAAAAA1X"); };
    (void)desk.unmask("S4");
    const auto id = sound_leak(desk.report("S3"));
    CHECK(erase() == app::EraseSubject::Outcome::leak_open);
    (void)sound_leak(desk.decide("S6", id, {LeakFinding::unfounded, "", "群聊中是另一单位"}));
    desk.tick();
    CHECK(erase() == app::EraseSubject::Outcome::erased);
    CHECK(is(desk.unmask("S3"), UnmaskingRefusal::erased));
    CHECK(is(desk.report("S3"), LeakRefusal::erased));
    const auto seen = desk.seen();
    REQUIRE(seen.size() == 1);
    CHECK(seen.front().row.staff_id == "S4");
    CHECK(seen.front().reason.empty());
    CHECK(desk.leak().occasion.empty());
    CHECK(desk.leak().outcome.empty());
    desk.check_account();
}
