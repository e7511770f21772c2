#include "tests/app/people/centre.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("two become the first supervisors, each confirmed by the other, recorded by a third", "[people]") {
    Centre centre;
    (void)Centre::done(centre.import(Centre::everybody()));
    CHECK(Centre::refused(centre.found("S3", "S3", "S5"), PeopleRefusal::not_three));
    CHECK(Centre::refused(centre.found("S3", "S4", "S3"), PeopleRefusal::not_three));
    CHECK(Centre::refused(centre.found("S3", "S4", "S9"), PeopleRefusal::unknown_actor));
    CHECK(Centre::refused(centre.found("S3", "S9", "S5"), PeopleRefusal::unknown_person));
    CHECK(centre.entered().size() == 1);
    const auto ids = Centre::done(centre.found());
    CHECK(centre.roles_of("S3") == std::vector{StaffRole::supervisor});
    CHECK(centre.roles_of("S4") == std::vector{StaffRole::supervisor});
    const auto first = centre.ask([&](ports::Snapshot& rows) { return rows.role_grants().find(ids[0]); });
    REQUIRE(first);
    CHECK(first->founding);
    CHECK(first->proposed_by == "S5");
    CHECK(first->confirmed_by == "S4");
    CHECK(centre.entered() == std::vector{LedgerKind::reference_loaded, LedgerKind::role_proposed,
                                          LedgerKind::role_confirmed, LedgerKind::role_proposed,
                                          LedgerKind::role_confirmed});
    THEN("it cannot be done again while one of them is there") {
        CHECK(Centre::refused(centre.found("S1", "S2", "S5"), PeopleRefusal::founded_already));
    }
}

SCENARIO("where no supervisor is on the roster any more, two are founded again", "[people]") {
    Centre centre;
    auto lines = Centre::everybody();
    lines[2].post.until = lines[3].post.until = centre.clock.now() + 24h;
    (void)Centre::done(centre.import(lines));
    (void)Centre::done(centre.found());
    centre.clock.set(centre.clock.now() + 24h);
    (void)Centre::done(centre.found("S1", "S2", "S5"));
    CHECK(centre.roles_of("S1") == std::vector{StaffRole::supervisor});
    CHECK(centre.roles_of("S3").empty());
}

SCENARIO("a supervisor proposes the first technical person, and none after him", "[people]") {
    Centre centre;
    (void)Centre::done(centre.import(Centre::everybody()));
    (void)Centre::done(centre.found());
    CHECK(Centre::refused(centre.propose("S3", "S1", StaffRole::head), PeopleRefusal::not_allowed));
    const auto id = Centre::done(centre.propose("S3", "S5", StaffRole::technical));
    CHECK(centre.roles_of("S5").empty());
    CHECK(Centre::refused(centre.confirm("S3", id), PeopleRefusal::signed_already));
    CHECK(Centre::done(centre.confirm("S4", id)) == id);
    CHECK(centre.roles_of("S5") == std::vector{StaffRole::technical});
    CHECK(Centre::refused(centre.propose("S3", "S6", StaffRole::technical), PeopleRefusal::not_allowed));
}

SCENARIO("the technical department proposes, supervision confirms, and only then the role holds", "[people]") {
    Centre centre;
    (void)centre.equip();
    CHECK(Centre::refused(centre.propose("S1", "S2", StaffRole::head), PeopleRefusal::not_allowed));
    CHECK(Centre::refused(centre.propose("S9", "S2", StaffRole::head), PeopleRefusal::unknown_actor));
    CHECK(Centre::refused(centre.propose("S5", "S9", StaffRole::head), PeopleRefusal::unknown_person));
    CHECK(Centre::refused(centre.propose("S5", "S5", StaffRole::finance), PeopleRefusal::own_role));
    CHECK(Centre::refused(centre.propose("S5", "S2", StaffRole::evaluated), PeopleRefusal::never_granted));
    const auto id = Centre::done(centre.propose("S5", "S1", StaffRole::head));
    CHECK(centre.roles_of("S1").empty());
    CHECK(Centre::refused(centre.propose("S5", "S1", StaffRole::head), PeopleRefusal::has_it_already));
    CHECK(Centre::refused(centre.confirm("S5", id), PeopleRefusal::signed_already));
    CHECK(Centre::refused(centre.confirm("S2", id), PeopleRefusal::not_allowed));
    CHECK(Centre::refused(centre.confirm("S1", id), PeopleRefusal::own_role));
    CHECK(Centre::refused(centre.confirm("S3", RoleGrantId{1}), PeopleRefusal::no_such_grant));
    CHECK(Centre::done(centre.confirm("S3", id)) == id);
    CHECK(centre.roles_of("S1") == std::vector{StaffRole::head});
    CHECK(Centre::refused(centre.confirm("S4", id), PeopleRefusal::not_waiting));
    CHECK(Centre::refused(centre.propose("S5", "S1", StaffRole::head), PeopleRefusal::has_it_already));
}

SCENARIO("nobody confirms his own supervision, and who proposes is not made one of those who confirm", "[people]") {
    Centre centre;
    const auto technical = centre.equip();
    (void)Centre::done(centre.confirm("S3", Centre::done(centre.propose("S5", "S6", StaffRole::technical))));
    CHECK(Centre::refused(centre.propose("S6", "S5", StaffRole::supervisor), PeopleRefusal::excluded));
    CHECK(Centre::refused(centre.propose("S5", "S3", StaffRole::technical), PeopleRefusal::excluded));
    CHECK(Centre::refused(centre.propose("S5", "S3", StaffRole::second_signer), PeopleRefusal::excluded));
    THEN("but once the other role has ended") {
        (void)Centre::done(centre.end("S3", technical));
        const auto id = Centre::done(centre.propose("S6", "S5", StaffRole::supervisor));
        CHECK(Centre::refused(centre.confirm("S5", id), PeopleRefusal::own_role));
        (void)Centre::done(centre.confirm("S4", id));
        CHECK(centre.roles_of("S5") == std::vector{StaffRole::supervisor});
    }
}

SCENARIO("who was proposed for a department and works in another now is not confirmed for it", "[people]") {
    Centre centre;
    (void)centre.equip();
    const auto now = centre.clock.now();
    auto lines = Centre::everybody();
    lines[0].post.department_id = "D2";
    lines[0].post.since = now + 24h;
    (void)Centre::done(centre.import(lines));
    const auto head = Centre::done(centre.propose("S5", "S1", StaffRole::head)),
               finance = Centre::done(centre.propose("S5", "S1", StaffRole::finance));
    centre.clock.set(now + 24h);
    CHECK(Centre::refused(centre.confirm("S3", head), PeopleRefusal::unknown_person));
    (void)Centre::done(centre.confirm("S3", finance));
    CHECK(centre.roles_of("S1") == std::vector{StaffRole::finance});
}

SCENARIO("supervision ends a role at once and with a reason, and refuses a proposal; technical withdraws one",
         "[people]") {
    Centre centre;
    (void)centre.equip();
    const auto id = Centre::done(centre.confirm("S3", Centre::done(centre.propose("S5", "S1", StaffRole::head))));
    CHECK(Centre::refused(centre.end("S3", id, ""), PeopleRefusal::no_reason));
    CHECK(Centre::refused(centre.end("S3", id, std::string(201, 'x')), PeopleRefusal::no_reason));
    CHECK(Centre::refused(centre.end("S5", id), PeopleRefusal::not_allowed));
    CHECK(Centre::refused(centre.end("S1", id), PeopleRefusal::own_role));
    CHECK(Centre::refused(centre.end("S9", id), PeopleRefusal::unknown_actor));
    CHECK(Centre::refused(centre.end("S3", RoleGrantId{1}), PeopleRefusal::no_such_grant));
    CHECK(centre.roles_of("S1") == std::vector{StaffRole::head});
    CHECK(Centre::done(centre.end("S3", id, "轮岗")) == id);
    CHECK(centre.roles_of("S1").empty());
    CHECK(Centre::refused(centre.end("S3", id), PeopleRefusal::ended_already));
    const auto row = centre.ask([&](ports::Snapshot& rows) { return rows.role_grants().find(id); });
    const auto why = centre.keys.sealer.open(View{row->sealed_why}, View{row->why_digest});
    REQUIRE(why.has_value());
    CHECK(as_text(View{*why}) == "轮岗");

    const auto withdrawn = Centre::done(centre.propose("S5", "S1", StaffRole::head));
    CHECK(Centre::done(centre.end("S5", withdrawn)) == withdrawn);
    const auto declined = Centre::done(centre.propose("S5", "S1", StaffRole::head));
    CHECK(Centre::done(centre.end("S4", declined)) == declined);
    CHECK(Centre::refused(centre.confirm("S3", declined), PeopleRefusal::not_waiting));
}

SCENARIO("the last supervisor stays", "[people]") {
    Centre centre;
    (void)Centre::done(centre.import(Centre::everybody()));
    const auto ids = Centre::done(centre.found());
    CHECK(Centre::done(centre.end("S4", ids[0])) == ids[0]);
    CHECK(Centre::refused(centre.end("S4", ids[1]), PeopleRefusal::own_role));
    CHECK(Centre::refused(centre.end("S3", ids[1]), PeopleRefusal::not_allowed));
    CHECK(centre.roles_of("S4") == std::vector{StaffRole::supervisor});
}

SCENARIO("where the store does not answer, nothing is said to be done", "[people]") {
    Centre centre;
    (void)centre.equip();
    record::Books stranger{*centre.store, centre.digests, centre.ledger_seal, centre.clock, centre.id_clock};
    const app::PeopleMeans means{stranger, centre.keys, centre.nobody};  // that has no number in the store
    CHECK(app::propose_role(means, "S5", {"S1", StaffRole::head}).error() == ports::store_errc::unavailable);
    CHECK(app::confirm_role(means, "S3", RoleGrantId{1}).error() == ports::store_errc::unavailable);
    CHECK(app::end_role(means, "S3", RoleGrantId{1}, "x").error() == ports::store_errc::unavailable);
    CHECK(app::found_supervision(means, "S5", {"S1", "S2"}).error() == ports::store_errc::unavailable);
    CHECK(app::import_roster(means, "S5", Centre::everybody()).error() == ports::store_errc::unavailable);
}
