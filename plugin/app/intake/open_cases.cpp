#include "plugin/app/intake/open_cases.hpp"

#include "plugin/app/intake/opened_rows.hpp"
#include "plugin/domain/event_codec.hpp"

#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

// What was reported first under a key.
struct First {
    Digest content;
    Secrecy secrecy;
};

NewCompletion looked_up_by(const Keys& keys, const ports::Journaled& journaled, const Digest& key,
                           const Digest& content) {
    const auto& completion = std::get<Completion>(journaled.event);
    NewCompletion one{&completion, journaled.accepted_at, key, content, {}, {}};
    for (const auto& subject : completion.subjects) {
        one.subjects.push_back(subject_lookup(keys, subject.type, subject.certificate_no));
        one.dossiers.push_back(dossier_key(keys, completion.project_no, completion.section, one.subjects.back()));
    }
    return one;
}

void note_repeat(Batch& batch, const Completion& completion, const Digest& key, const First& first,
                 const Digest& content) {
    ++batch.applied.repeats;
    if (first.content == content) return;
    ++batch.applied.conflicts;
    const auto secrecy = first.secrecy.and_of(completion.secrecy);
    batch.pen.enter(secrecy, entries::CaseConflict{key, first.content, content});
    if (secrecy.may_be_told())
        batch.log.often(ports::LogLevel::warning, "同一办结编号再次上报且内容不同，以首次为准",
                        "主机 " + completion.key.host_id + " 办件 " + completion.key.case_no + " 办结 " +
                            completion.key.completion_no);
}

// Leaves out what the store, or an earlier one of them, already has.
ports::result<std::vector<NewCompletion>> new_ones(Batch& batch, std::span<const ports::Journaled* const> events) {
    std::vector<Digest> keys;
    keys.reserve(events.size());
    for (const auto* journaled : events)
        keys.push_back(case_key(batch.keys, std::get<Completion>(journaled->event).key));
    HCP_TRY(const auto known, batch.tx.cases().by_key(keys));

    std::vector<NewCompletion> fresh;
    std::unordered_map<Digest, First, ports::DigestHash> met;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto& completion = std::get<Completion>(events[i]->event);
        const auto encoded = encode_events(std::span{&events[i]->event, 1});
        const auto content = batch.keys.content.of({View{encoded}});
        if (known[i]) met.emplace(keys[i], First{known[i]->content_digest, known[i]->secrecy()});
        const auto [first, is_new] = met.emplace(keys[i], First{content, completion.secrecy});
        if (is_new)
            fresh.push_back(looked_up_by(batch.keys, *events[i], keys[i], content));
        else
            note_repeat(batch, completion, keys[i], first->second, content);
    }
    return fresh;
}

std::vector<Digest> each_once(std::span<const NewCompletion> completions,
                              const std::vector<Digest> NewCompletion::*digests) {
    std::set<Digest> all;
    for (const auto& one : completions) all.insert((one.*digests).begin(), (one.*digests).end());
    return {all.begin(), all.end()};
}

template <class Row>
FactsFound::ByDigest<Row> by_digest(const std::vector<Digest>& asked, std::vector<std::optional<Row>> answers) {
    FactsFound::ByDigest<Row> found;
    for (std::size_t i = 0; i < asked.size(); ++i)
        if (answers[i]) found.emplace(asked[i], *std::move(answers[i]));
    return found;
}

ports::result<FactsFound> find_facts(ports::Transaction& tx, std::span<const NewCompletion> completions) {
    std::vector<Digest> keys;
    std::vector<std::string> projects;
    for (const auto& one : completions) {
        keys.push_back(one.key);
        projects.push_back(one.completion->project_no);
    }
    const auto lookups = each_once(completions, &NewCompletion::subjects);
    const auto dossier_keys = each_once(completions, &NewCompletion::dossiers);
    HCP_TRY(auto subjects, tx.subjects().by_lookup(lookups));
    HCP_TRY(auto dossiers, tx.dossiers().by_key(dossier_keys));
    HCP_TRY(auto withdrawals, tx.cases().withdrawals(keys));
    HCP_TRY(auto openings, tx.openings().of_projects(projects));
    return FactsFound{by_digest(lookups, std::move(subjects)), by_digest(dossier_keys, std::move(dossiers)),
                      by_digest(keys, std::move(withdrawals)), std::move(openings)};
}

ports::result<void> put(ports::Transaction& tx, const OpenedRows& rows) {
    HCP_CHECK(tx.subjects().insert(rows.subjects));
    HCP_CHECK(tx.catalogue().put(rows.items));
    HCP_CHECK(tx.cases().insert(rows.cases));
    HCP_CHECK(tx.dossiers().insert(rows.new_dossiers));
    HCP_CHECK(tx.evaluations().insert(rows.evaluations));
    HCP_CHECK(tx.doubts().insert(rows.doubts));
    HCP_CHECK(tx.deliveries().insert(rows.deliveries));
    return tx.dossiers().update(rows.grown_dossiers, rows.services_found);
}

}  // namespace

ports::result<void> open_cases(Batch& batch, std::span<const ports::Journaled* const> completions) {
    HCP_TRY(const auto fresh, new_ones(batch, completions));
    if (fresh.empty()) return {};
    HCP_TRY(auto found, find_facts(batch.tx, fresh));
    HCP_TRY(const auto rows, opened_rows(fresh, std::move(found), batch.keys, batch.rules, batch.terms, batch.pen));
    HCP_CHECK(put(batch.tx, rows));
    batch.counts.add(rows.counts);
    batch.applied.cases += rows.cases_told;
    batch.applied.evaluations += rows.evaluations_told;
    return {};
}

}  // namespace hcp::app
