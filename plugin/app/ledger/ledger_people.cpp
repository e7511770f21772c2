#include "plugin/app/ledger/ledger_rows.hpp"
#include "plugin/record/people.hpp"

// The account of the centre's people: their roles, and who came to the desk, and whose
// identities they saw.
namespace hcp::app {

ports::result<void> LedgerAccount::compare_role_grants(ports::RoleGrantQueries& grants) {
    for (RoleGrantId after{before_all};;) {
        HCP_CHECK(signs_.go_on());
        HCP_TRY(const auto page, grants.after(after, page_size));
        if (page.empty()) break;
        for (const auto& row : page) {
            after = row.id;
            compare(LedgerSubject::role_proposed, proposed_, row.id, 0, proposal_fact(row));
            if (row.confirmed_at) compare(LedgerSubject::role_confirmed, confirmed_, row.id, 0, confirmation_fact(row));
            if (!row.ended_at) continue;
            compare(LedgerSubject::role_ended, ended_, row.id, 0, ending_fact(row));
            if (row.why_digest != no_digest && row.sealed_why.empty())
                find_taken(LedgerSubject::role_ended, row.id, "原因");
        }
    }
    find_missing(LedgerSubject::role_proposed, proposed_);
    find_missing(LedgerSubject::role_confirmed, confirmed_);
    find_missing(LedgerSubject::role_ended, ended_);
    return {};
}

// When a session was seen last, and what ended it, is in no entry.
ports::result<void> LedgerAccount::compare_sign_ons(ports::StaffInviteQueries& invites,
                                                    ports::StaffSessionQueries& sessions) {
    HCP_CHECK(compare_pages<ports::StaffInviteRow>(
        LedgerSubject::staff_invite, invites_, [&](StaffInviteId after) { return invites.after(after, page_size); }));
    return compare_pages<ports::StaffSessionRow>(LedgerSubject::staff_session, sessions_, [&](StaffSessionId after) {
        return sessions.after(after, page_size);
    });
}

ports::result<void> LedgerAccount::compare_unmaskings(ports::UnmaskingQueries& unmaskings,
                                                      ports::LeakCaseQueries& leak_cases) {
    HCP_CHECK(compare_pages<ports::UnmaskingRow>(
        LedgerSubject::unmasking, unmaskings_, [&](UnmaskingId after) { return unmaskings.after(after, page_size); }));
    for (LeakCaseId after{before_all};;) {
        HCP_CHECK(signs_.go_on());
        HCP_TRY(const auto page, leak_cases.after(after, page_size));
        if (page.empty()) break;
        for (const auto& row : page) {
            after = row.id;
            compare(LedgerSubject::leak_reported, leaks_reported_, row.id, 0, report_fact(row));
            if (row.sealed_occasion.empty()) find_taken(LedgerSubject::leak_reported, row.id, "线索");
            if (!row.decided_at) continue;
            compare(LedgerSubject::leak_decided, leaks_decided_, row.id, 0, decision_fact(row));
            if (row.sealed_outcome.empty()) find_taken(LedgerSubject::leak_decided, row.id, "处理结果");
        }
    }
    find_missing(LedgerSubject::leak_reported, leaks_reported_);
    find_missing(LedgerSubject::leak_decided, leaks_decided_);
    return {};
}

}  // namespace hcp::app
