#include "plugin/app/desk_sessions/sign_on.hpp"

#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/people.hpp"

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::StaffSessionRow;

namespace {

// Whom a way leads to: asked in the transaction that opens his session.
struct Comer {
    std::string staff_id;
    SignOnWay way = SignOnWay::ticket;
    StaffInviteId invite_id;
};

template <class Whom>
ports::result<std::optional<SignedOnDesk>> sign_on(const DeskMeans& means, SessionLives lives, const Whom& whom) {
    means.writer.assert_here();
    HCP_TRY(const auto token, means.tokens.next());
    const auto digest = token_digest(means.keys, token, for_session);
    if (!digest) return ports::crypto_errc::malformed;
    std::optional<SignedOnDesk> opened;
    HCP_CHECK(means.books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        opened.reset();
        const auto now = pen.now();
        HCP_TRY(const std::optional<Comer> comer, whom(tx, now));
        if (!comer) return {};
        HCP_TRY(const auto person, viewer_at(people_in(tx), comer->staff_id, now));
        if (!person) return {};
        if (comer->way == SignOnWay::invite) {
            HCP_TRY(const auto used, tx.staff_invites().use(comer->invite_id, now));
            if (used == 0) return {};  // another was first
        }
        StaffSessionRow row;
        row.id = pen.id<StaffSessionId>();
        row.token_digest = *digest;
        row.staff_id = comer->staff_id;
        row.way = comer->way;
        row.invite_id = comer->invite_id;
        row.since = row.seen_at = now;
        row.ends_at = now + lives.longest;
        row.idle_ends_at = lives.idle_end(now, row.ends_at);
        pen.enter(open_to_all, fact_of(row));
        HCP_CHECK(tx.staff_sessions().insert(std::span<const StaffSessionRow>{&row, 1}));
        opened = SignedOnDesk{token, row};
        return {};
    }));
    return opened;
}

// For whom somebody else knows already.
ports::result<std::optional<SignedOnDesk>> sign_on_of(const DeskMeans& means, SessionLives lives,
                                                      std::string_view staff_id, SignOnWay way) {
    return sign_on(means, lives, [&](ports::Transaction&, Instant) -> ports::result<std::optional<Comer>> {
        return std::optional{Comer{std::string{staff_id}, way, {}}};
    });
}

}  // namespace

ports::result<std::optional<SignedOnDesk>> sign_on_by_invite(const DeskMeans& means, SessionLives lives,
                                                             std::string_view token) {
    const auto digest = token_digest(means.keys, token, for_sign_on);
    if (!digest) return std::optional<SignedOnDesk>{};
    return sign_on(means, lives, [&](ports::Transaction& tx, Instant now) -> ports::result<std::optional<Comer>> {
        HCP_TRY(const auto invite, tx.staff_invites().by_token(*digest));
        if (!invite || invite->used_at || invite->until <= now) return std::optional<Comer>{};
        return std::optional{Comer{invite->staff_id, SignOnWay::invite, invite->id}};
    });
}

ports::result<std::optional<SignedOnDesk>> sign_on_by_ticket(const DeskMeans& means, SessionLives lives,
                                                             const std::optional<ports::SignedOn>& who) {
    if (!who || !who->staff || who->staff_id.empty()) return std::optional<SignedOnDesk>{};
    return sign_on_of(means, lives, who->staff_id, SignOnWay::ticket);
}

ports::result<std::optional<SignedOnDesk>> sign_on_by_openid(const DeskMeans& means, SessionLives lives,
                                                             std::string_view staff_id) {
    if (staff_id.empty()) return std::optional<SignedOnDesk>{};
    return sign_on_of(means, lives, staff_id, SignOnWay::openid);
}

}  // namespace hcp::app
