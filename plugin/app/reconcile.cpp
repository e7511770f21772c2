#include "plugin/app/reconcile.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace hcp::app {

using namespace domain;

namespace {

std::int64_t counted(std::span<const Completion> all) {
    std::int64_t n = 0;
    for (const auto& completion : all) n += completion.secrecy.counts();
    return n;
}

// A host that lists one twice has one.
std::vector<Completion> once_each(std::vector<Completion> listed) {
    std::set<CompletionKey> keys;
    std::erase_if(listed, [&](const Completion& one) { return !keys.insert(one.key).second; });
    return listed;
}

// How many of them go into the journal together.
std::size_t piece_of(std::span<const Completion> completions) {
    std::size_t count = 0, evaluations = 0;
    for (const auto& one : completions) {
        evaluations += one.subjects.size();
        if (count == most_events_at_once || (count > 0 && evaluations > most_evaluations_at_once)) break;
        ++count;
    }
    return count;
}

}  // namespace

Reconcile::Step Reconcile::step(std::chrono::days lookback) {
    host_thread_.assert_here();
    // Taken out, so that whatever ends this page early, the next step begins anew.
    auto scan = std::exchange(scan_, std::nullopt);
    if (!scan) {
        Scan anew;
        anew.since = clock_.now() - lookback;
        scan = std::move(anew);
    }
    if (!scan->page) {
        auto listed = host_.list_completed(scan->since, scan->cursor);
        if (!listed) return break_off("主机的办结清单不可用，下次再试");
        scan->seen += counted(listed->completions);
        scan->malformed |= listed->malformed > 0;
        scan->page =
            Page{once_each(std::move(listed->completions)), std::move(listed->next_cursor), journal_.extent().end};
    }
    const auto judged = judge(*scan);
    if (!judged)
        return break_off(judged.error().category() == ports::store_category() ? "数据库不可用，下次再试"
                                                                              : judged.error().message());
    if (*judged == Judged::unsettled) {
        scan_ = std::move(scan);
        return Step::waiting;
    }
    if (const auto next = std::exchange(scan->page, std::nullopt)->next_cursor; !next.empty()) {
        if (next == scan->cursor) return break_off("宿主违反约定，翻页游标没有前进");
        scan->cursor = next;
        scan_ = std::move(scan);
        return Step::more;
    }
    log_.info("与主机对账完成：核对 " + std::to_string(scan->seen) + " 件，补收 " + std::to_string(scan->repaired) +
              " 件" + (scan->malformed ? "，清单中有不合接口要求的办结，未收" : ""));
    return Step::complete;
}

ports::result<Reconcile::Judged> Reconcile::judge(Scan& scan) {
    auto& page = *scan.page;
    const auto extent = journal_.extent();  // first: what is accepted later moves its end
    if (extent.forgotten < page.accepted) return Judged::unsettled;
    HCP_CHECK(leave_out_known(page.completions));
    HCP_CHECK(leave_out_set_aside(page.completions));
    if (page.completions.empty()) return Judged::settled;
    if (extent.forgotten < extent.end) {
        page.accepted = extent.end;
        return Judged::unsettled;
    }
    return take_in(scan, extent.end);
}

ports::result<Reconcile::Judged> Reconcile::take_in(Scan& scan, ports::Position end) {
    auto& missing = scan.page->completions;
    while (!missing.empty()) {
        const auto count = static_cast<std::ptrdiff_t>(piece_of(missing));
        const std::vector<Event> piece{missing.begin(), missing.begin() + count};
        const auto kept = journal_.append_at(end, std::span<const Event>{piece}, clock_.now());
        if (!kept && kept.error() == ports::journal_errc::moved) {
            scan.page->accepted = journal_.extent().end;
            return Judged::unsettled;
        }
        HCP_TRY(end, kept);
        scan.repaired += counted(std::span{missing}.first(piece.size()));
        missing.erase(missing.begin(), missing.begin() + count);
    }
    return Judged::settled;
}

ports::result<void> Reconcile::leave_out_known(std::vector<Completion>& completions) {
    if (completions.empty()) return {};
    std::vector<Digest> keys;
    keys.reserve(completions.size());
    for (const auto& one : completions) keys.push_back(case_key(keys_, one.key));
    ports::result<std::vector<std::optional<ports::CaseRow>>> known =
        make_error_code(ports::store_errc::unavailable);  // unless it is asked
    on_database_([&] { known = ports::ask(store_, [&](ports::Snapshot& rows) { return rows.cases().by_key(keys); }); });
    if (!known) return known.error();
    std::vector<Completion> missing;
    for (std::size_t i = 0; i < known->size(); ++i)
        if (!(*known)[i]) missing.push_back(std::move(completions[i]));
    completions = std::move(missing);
    return {};
}

ports::result<void> Reconcile::leave_out_set_aside(std::vector<Completion>& completions) {
    if (completions.empty()) return {};
    HCP_TRY(const auto stats, journal_.stats());
    HCP_TRY(const auto aside, journal_.list_set_aside(static_cast<std::size_t>(stats.set_aside)));
    std::set<CompletionKey> keys;
    for (const auto& one : aside)
        if (one.event)
            if (const auto* completion = std::get_if<Completion>(&*one.event)) keys.insert(completion->key);
    std::erase_if(completions, [&](const Completion& one) { return keys.contains(one.key); });
    return {};
}

Reconcile::Step Reconcile::break_off(const std::string& why) {
    log_.warning("与主机对账未完成：" + why);
    return Step::broken_off;
}

}  // namespace hcp::app
