#include "plugin/app/intake/look_again.hpp"

#include "plugin/app/intake/open_bids.hpp"
#include "plugin/app/intake/withdraw_case.hpp"
#include "plugin/domain/overloaded.hpp"

#include <set>
#include <string>
#include <variant>
#include <vector>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

ports::result<void> withdraw_missed(Batch& batch, std::span<const Digest> keys) {
    HCP_TRY(const auto withdrawals, batch.tx.cases().withdrawals(keys));
    std::vector<Digest> told;
    std::vector<Instant> withdrawn_at;
    for (const auto& withdrawal : withdrawals)
        if (withdrawal) {
            told.push_back(withdrawal->key_digest);
            withdrawn_at.push_back(withdrawal->withdrawn_at);
        }
    if (told.empty()) return {};
    HCP_TRY(const auto cases, batch.tx.cases().by_key(told));
    for (std::size_t i = 0; i < told.size(); ++i)
        if (cases[i] && !cases[i]->withdrawn) HCP_CHECK(void_case(batch, *cases[i], withdrawn_at[i]));
    return {};
}

ports::result<void> lift_missed(Batch& batch, std::span<const std::string> projects) {
    HCP_TRY(const auto openings, batch.tx.openings().of_projects(projects));
    for (const auto& opening : openings) HCP_CHECK(lift_secrecy(batch, opening));
    return {};
}

}  // namespace

ports::result<void> look_again(Batch& batch, std::span<const ports::Journaled> stored) {
    std::set<Digest> keys;
    std::set<std::string> projects;
    const auto note_case = [&](const CompletionKey& key) { keys.insert(case_key(batch.keys, key)); };
    for (const auto& journaled : stored)
        std::visit(
            Overloaded{[&](const Completion& completion) {
                           note_case(completion.key);
                           if (completion.secrecy != open_to_all) projects.insert(completion.project_no);
                       },
                       [&](const Withdrawal& withdrawal) { note_case(withdrawal.key); },
                       [&](const BidsOpened& opened) { projects.insert(opened.project_no); }, [](const Visit&) {}},
            journaled.event);
    if (!keys.empty()) HCP_CHECK(withdraw_missed(batch, std::vector(keys.begin(), keys.end())));
    if (!projects.empty()) HCP_CHECK(lift_missed(batch, std::vector(projects.begin(), projects.end())));
    return {};
}

}  // namespace hcp::app
