#include "plugin/app/desk_sessions/sign_on.hpp"

#include "plugin/app/desk_sessions/find_session.hpp"
#include "plugin/app/desk_sessions/invite.hpp"
#include "plugin/app/desk_sessions/sign_out.hpp"
#include "tests/app/people/centre.hpp"
#include "tests/support/plain_tokens.hpp"

using namespace hcp;
using namespace hcp::test;
using app::DeskRefusal;
using app::FoundSession;

namespace {

// A centre where people sign on; S3 and S4 supervise, S5 is technical.
struct SignOnDesk : Centre {
    SignOnDesk() { (void)equip(); }

    app::DeskMeans desk() { return {*books, keys, tokens, nobody}; }
    app::DeskReply<app::Invited> invite(std::string_view actor, std::string_view staff_id) {
        return *app::invite(desk(), actor, staff_id);
    }
    std::string link_for(std::string_view staff_id) {
        auto reply = invite(staff_id == "S5" ? "S3" : "S5", staff_id);
        REQUIRE(std::holds_alternative<app::Invited>(reply));
        return std::get<app::Invited>(reply).token;
    }
    std::optional<app::SignedOnDesk> by_invite(std::string_view token) {
        return *app::sign_on_by_invite(desk(), lives, token);
    }
    std::optional<app::SignedOnDesk> by_ticket(const std::optional<ports::SignedOn>& who) {
        return *app::sign_on_by_ticket(desk(), lives, who);
    }
    std::string session_of(const std::string& staff_id) {
        const auto opened = by_ticket(staff(staff_id));
        REQUIRE(opened);
        return opened->token;
    }
    FoundSession find(std::string_view token) { return *app::find_session(*store, keys, clock.now(), token); }
    // As a request does it: what is due is written.
    bool holds(std::string_view token) {
        const auto found = find(token);
        REQUIRE(app::keep_session(desk(), lives, found).has_value());
        return found.session.has_value();
    }
    std::size_t live_of(std::string_view staff_id) {
        return ask([&](ports::Snapshot& all) { return all.staff_sessions().live_of(staff_id, clock.now()); }).size();
    }
    void pass(std::chrono::microseconds time) { clock.set(clock.now() + time); }
    static ports::SignedOn staff(std::string staff_id) {
        ports::SignedOn who;
        who.staff = true;
        who.staff_id = std::move(staff_id);
        return who;
    }
    // The roster once more, changed.
    template <class Change>
    void import_changed(Change change) {
        pass(1us);
        auto lines = everybody();
        change(lines);
        REQUIRE(done(import(lines)).faults.empty());
    }

    PlainTokens tokens;
    SessionLives lives{30min, 10h};
};

bool refused(const auto& reply, DeskRefusal why) {
    const auto* refusal = std::get_if<DeskRefusal>(&reply);
    return refusal != nullptr && *refusal == why && !app::text_of(why).empty();
}

}  // namespace

SCENARIO("a one-time link opens one session for whom it was made, and gives no role", "[desk]") {
    SignOnDesk desk;
    const auto link = desk.link_for("S1");
    const auto opened = desk.by_invite(link);
    REQUIRE(opened);
    CHECK(opened->session.staff_id == "S1");
    CHECK(opened->session.way == SignOnWay::invite);
    CHECK(opened->token != link);
    const auto found = desk.find(opened->token);
    REQUIRE(found.session);
    CHECK(found.session->viewer.staff_id == "S1");
    CHECK(found.session->viewer.department_id == "D1");
    CHECK(found.session->viewer.roles == std::vector{StaffRole::evaluated});
    CHECK(found.session->name == "姓名S1");
    const auto entered = desk.entered();
    REQUIRE(entered.size() >= 2);
    CHECK(entered[entered.size() - 2] == LedgerKind::staff_invited);
    CHECK(entered.back() == LedgerKind::staff_signed_on);
    THEN("neither secret is in the store") {
        const auto invites =
            desk.ask([](ports::Snapshot& rows) { return rows.staff_invites().after(StaffInviteId{}, 9); });
        REQUIRE(invites.size() == 1);
        CHECK(invites[0].token_digest == record::token_digest(desk.keys, link, record::for_sign_on));
        CHECK(opened->session.token_digest == record::token_digest(desk.keys, opened->token, record::for_session));
    }
    THEN("nor is one good for the other, and a used link opens nothing") {
        CHECK_FALSE(desk.find(link).session);
        CHECK_FALSE(desk.by_invite(opened->token));
        CHECK_FALSE(desk.by_invite(link));
        CHECK(desk.live_of("S1") == 1);
    }
}

SCENARIO("a link that is over, forged, or of somebody who has left opens nothing", "[desk]") {
    SignOnDesk desk;
    const auto link = desk.link_for("S1");
    WHEN("its ten minutes are over") {
        desk.pass(10min);
        CHECK_FALSE(desk.by_invite(link));
        desk.pass(-1us);
        CHECK(desk.by_invite(link));
    }
    WHEN("it is not ours") {
        for (const std::string forged : {"", "x", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAA\n1"})
            CHECK_FALSE(desk.by_invite(forged));
        CHECK_FALSE(desk.by_invite(link + "A"));
    }
    WHEN("he has left meanwhile") {
        desk.import_changed([&](auto& lines) { lines[0].post.until = desk.clock.now() + 5min; });
        desk.pass(5min);
        CHECK_FALSE(desk.by_invite(link));
    }
}

SCENARIO("a link is made by another who may, for somebody on the roster", "[desk]") {
    SignOnDesk desk;
    CHECK(refused(desk.invite("S1", "S2"), DeskRefusal::not_allowed));
    CHECK(refused(desk.invite("S9", "S2"), DeskRefusal::unknown_actor));
    CHECK(refused(desk.invite("S5", "S9"), DeskRefusal::unknown_person));
    CHECK(refused(desk.invite("S5", "S5"), DeskRefusal::own_link));
    CHECK(desk.ask([](ports::Snapshot& rows) { return rows.staff_invites().after(StaffInviteId{}, 9); }).empty());
    CHECK(std::holds_alternative<app::Invited>(desk.invite("S3", "S5")));
}

SCENARIO("the centre's own sign-on opens a session for whom is on the roster alone", "[desk]") {
    SignOnDesk desk;
    const auto opened = *app::sign_on_by_openid(desk.desk(), desk.lives, "S2");
    REQUIRE(opened);
    CHECK(opened->session.way == SignOnWay::openid);
    CHECK(opened->session.staff_id == "S2");
    for (const auto* nobody : {"S9", "", "s2", "S2 "})
        CHECK_FALSE(*app::sign_on_by_openid(desk.desk(), desk.lives, nobody));
}

SCENARIO("the host's ticket opens a session for its staff on the roster alone", "[desk]") {
    SignOnDesk desk;
    const auto opened = desk.by_ticket(SignOnDesk::staff("S2"));
    REQUIRE(opened);
    CHECK(opened->session.way == SignOnWay::ticket);
    CHECK(opened->session.invite_id == StaffInviteId{});
    CHECK_FALSE(desk.by_ticket(std::nullopt));
    CHECK_FALSE(desk.by_ticket(SignOnDesk::staff("S9")));
    CHECK_FALSE(desk.by_ticket(SignOnDesk::staff("")));
    ports::SignedOn subject;
    subject.certificate_no = "91370000AAAAAAAA1X";
    subject.staff_id = "S2";
    CHECK_FALSE(desk.by_ticket(subject));
    CHECK(desk.live_of("S2") == 1);
}

SCENARIO("a session ends when it was idle, and at its longest life however much it is used", "[desk]") {
    SignOnDesk desk;
    const auto token = desk.session_of("S1");
    WHEN("nobody uses it") {
        desk.pass(30min - 1us);
        CHECK(desk.find(token).session);
        desk.pass(1us);
        CHECK_FALSE(desk.find(token).session);
    }
    WHEN("it is used all the time") {
        for (int i = 0; i < 29; ++i) {
            desk.pass(20min);
            REQUIRE(desk.holds(token));
        }
        desk.pass(20min - 1us);
        CHECK(desk.holds(token));
        desk.pass(1us);
        CHECK_FALSE(desk.holds(token));
    }
}

SCENARIO("a reading is a write once a minute at most", "[desk]") {
    SignOnDesk desk;
    const auto token = desk.session_of("S1");
    desk.pass(1min - 1us);
    CHECK(desk.find(token).due == FoundSession::Due::nothing);
    desk.pass(1us);
    CHECK(desk.find(token).due == FoundSession::Due::seen);
    CHECK(desk.holds(token));
    CHECK(desk.find(token).due == FoundSession::Due::nothing);
    CHECK(desk.find(token).session->row.seen_at == desk.clock.now());
}

SCENARIO("an ended role is gone at the next request, and a new one is there", "[desk]") {
    SignOnDesk desk;
    const auto token = desk.session_of("S1");
    const auto head = Centre::done(desk.propose("S5", "S1", StaffRole::head));
    CHECK(desk.find(token).session->viewer.roles == std::vector{StaffRole::evaluated});
    (void)Centre::done(desk.confirm("S3", head));
    CHECK(desk.find(token).session->viewer.is(StaffRole::head));
    (void)Centre::done(desk.end("S4", head));
    CHECK_FALSE(desk.find(token).session->viewer.is(StaffRole::head));
}

SCENARIO("a session ends with somebody's place on the roster, and does not come back with it", "[desk]") {
    SignOnDesk desk;
    const auto token = desk.session_of("S1"), other = desk.session_of("S2");
    WHEN("he leaves") {
        desk.import_changed([&](auto& lines) { lines[0].post.until = desk.clock.now() + 5min; });
        CHECK(desk.holds(token));
        desk.pass(5min);
        CHECK_FALSE(desk.holds(token));
        desk.import_changed([&](auto& lines) { lines[0].post.since = desk.clock.now() - 1min; });
        CHECK_FALSE(desk.holds(token));
    }
    WHEN("he goes to another department") {
        desk.import_changed([](auto& lines) { lines[0].post.department_id = "D2"; });
        CHECK_FALSE(desk.holds(token));
    }
    WHEN("he goes to another window, and the roster says so for a day that has passed") {
        desk.import_changed([](auto& lines) { lines[0].post.windows = {"A02"}; });
        CHECK_FALSE(desk.holds(token));
    }
    CHECK(desk.holds(other));
    THEN("and whoever signs on now may stay") {
        CHECK(desk.holds(desk.session_of("S1")));
    }
}

SCENARIO("who signs out is nobody from then on, here or everywhere", "[desk]") {
    SignOnDesk desk;
    const auto first = desk.session_of("S1"), second = desk.session_of("S1"), other = desk.session_of("S2");
    CHECK(desk.live_of("S1") == 2);
    REQUIRE(app::sign_out(desk.desk(), desk.find(first).session->row).has_value());
    CHECK_FALSE(desk.holds(first));
    CHECK(desk.holds(second));
    WHEN("he ends all of his own") {
        CHECK(std::get<std::int64_t>(*app::sign_out_everywhere(desk.desk(), "S1", "S1")) == 1);
        CHECK_FALSE(desk.holds(second));
    }
    WHEN("another ends them who may") {
        CHECK(refused(*app::sign_out_everywhere(desk.desk(), "S2", "S1"), DeskRefusal::not_allowed));
        CHECK(refused(*app::sign_out_everywhere(desk.desk(), "S9", "S1"), DeskRefusal::unknown_actor));
        CHECK(desk.holds(second));
        CHECK(std::get<std::int64_t>(*app::sign_out_everywhere(desk.desk(), "S5", "S1")) == 1);
        CHECK_FALSE(desk.holds(second));
    }
    CHECK(desk.holds(other));
}
