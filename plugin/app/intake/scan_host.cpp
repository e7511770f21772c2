#include "plugin/app/intake/scan_host.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <span>
#include <utility>

namespace hcp::app {

using namespace record;

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

// A thread's hold on the scan. However it lets go, the scan goes on from what it said, or, where it said nothing, anew.
class ScanHost::Step {
public:
    Step(ScanHost& host, std::initializer_list<Next> when) : host_{host} {
        const run::Lock lock{host_.mutex_};
        if (host_.at_work_ || std::find(when.begin(), when.end(), host_.next_) == when.end()) return;
        mine_ = host_.at_work_ = true;
        if (auto scan = std::exchange(host_.scan_, std::nullopt)) {
            scan_ = *std::move(scan);
            return;
        }
        host_.asked_for_ = false;
        scan_.since = host_.means_.clock.now() - host_.lookback_;
    }
    ~Step() {
        if (mine_) (void)end(Next::again_later);
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

    [[nodiscard]] bool is_mine() const noexcept { return mine_; }
    [[nodiscard]] Scan& scan() noexcept { return scan_; }
    // With `nothing` and `again_later` this scan is over.
    Next end(Next next) noexcept {
        const run::Lock lock{host_.mutex_};
        mine_ = host_.at_work_ = false;
        const bool over = next == Next::nothing || next == Next::again_later;
        if (!over) host_.scan_ = std::move(scan_);
        return host_.next_ = next == Next::nothing && host_.asked_for_ ? Next::fetch : next;
    }

private:
    ScanHost& host_;
    bool mine_ = false;
    Scan scan_;
};

void ScanHost::ask_for_scan() {
    const run::Lock lock{mutex_};
    asked_for_ = true;
    if (!at_work_ && !scan_) next_ = Next::fetch;
}

ScanHost::Next ScanHost::next() const {
    const run::Lock lock{mutex_};
    return at_work_ ? Next::nothing : next_;
}

ScanHost::Next ScanHost::fetch() {
    means_.host_thread.assert_here();
    Step step{*this, {Next::fetch, Next::again_later}};
    if (!step.is_mine()) return Next::nothing;
    auto& scan = step.scan();
    auto listed = means_.host.list_completed(scan.since, scan.cursor);
    if (!listed) return step.end(broken_off("主机的办结清单不可用，下次再试"));
    const auto begins = means_.rules.current()->policies.begins();
    const auto too_early =
        std::erase_if(listed->completions, [&](const Completion& one) { return one.completed_at < begins; });
    scan.seen += counted(listed->completions);
    scan.malformed |= listed->malformed + too_early > 0;
    scan.page =
        Page{once_each(std::move(listed->completions)), std::move(listed->next_cursor), means_.journal.extent().end};
    return step.end(Next::judge);
}

ScanHost::Next ScanHost::judge() {
    means_.readers.assert_here();
    Step step{*this, {Next::judge, Next::wait}};
    if (!step.is_mine()) return Next::nothing;
    auto& scan = step.scan();
    const auto judged = judge(scan);
    if (!judged)
        return step.end(broken_off(judged.error().category() == ports::store_category() ? "数据库不可用，下次再试"
                                                                                        : judged.error().message()));
    if (*judged == Judged::unsettled) return step.end(Next::wait);
    const auto cursor = std::exchange(scan.page, std::nullopt)->next_cursor;
    if (!cursor.empty()) {
        if (cursor == scan.cursor) return step.end(broken_off("宿主违反约定，翻页游标没有前进"));
        scan.cursor = cursor;
        return step.end(Next::fetch);
    }
    means_.log.info("与主机对账完成：核对 " + std::to_string(scan.seen) + " 件，补收 " + std::to_string(scan.repaired) +
                    " 件" + (scan.malformed ? "，清单中有不合接口要求的办结，未收" : ""));
    return step.end(Next::nothing);
}

ScanHost::Next ScanHost::broken_off(const std::string& why) const {
    means_.log.often(ports::LogLevel::warning, "与主机对账未完成", why);
    return Next::again_later;
}

ports::result<ScanHost::Judged> ScanHost::judge(Scan& scan) {
    auto& page = *scan.page;
    const auto extent = means_.journal.extent();  // first: what is accepted later moves its end
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

ports::result<ScanHost::Judged> ScanHost::take_in(Scan& scan, ports::Position end) {
    auto& missing = scan.page->completions;
    while (!missing.empty()) {
        const auto count = static_cast<std::ptrdiff_t>(piece_of(missing));
        const std::vector<Event> piece{missing.begin(), missing.begin() + count};
        const auto kept = means_.journal.append_at(end, std::span<const Event>{piece}, means_.clock.now());
        if (!kept && kept.error() == ports::journal_errc::moved) {
            scan.page->accepted = means_.journal.extent().end;
            return Judged::unsettled;
        }
        HCP_TRY(end, kept);
        scan.repaired += counted(std::span{missing}.first(piece.size()));
        missing.erase(missing.begin(), missing.begin() + count);
    }
    return Judged::settled;
}

ports::result<void> ScanHost::leave_out_known(std::vector<Completion>& completions) {
    if (completions.empty()) return {};
    std::vector<Digest> keys;
    keys.reserve(completions.size());
    for (const auto& one : completions) keys.push_back(case_key(means_.keys, one.key));
    HCP_TRY(const auto known,
            ports::ask(means_.store, [&](ports::Snapshot& rows) { return rows.cases().by_key(keys); }));
    std::vector<Completion> missing;
    for (std::size_t i = 0; i < known.size(); ++i)
        if (!known[i]) missing.push_back(std::move(completions[i]));
    completions = std::move(missing);
    return {};
}

ports::result<void> ScanHost::leave_out_set_aside(std::vector<Completion>& completions) {
    if (completions.empty()) return {};
    HCP_TRY(const auto stats, means_.journal.stats());
    HCP_TRY(const auto aside, means_.journal.set_asides().list(static_cast<std::size_t>(stats.set_aside)));
    std::set<CompletionKey> keys;
    for (const auto& one : aside)
        if (one.event)
            if (const auto* completion = std::get_if<Completion>(&*one.event)) keys.insert(completion->key);
    std::erase_if(completions, [&](const Completion& one) { return keys.contains(one.key); });
    return {};
}

}  // namespace hcp::app
