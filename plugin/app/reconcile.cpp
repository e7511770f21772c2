#include "plugin/app/reconcile.hpp"

#include <algorithm>

namespace hcp::app {

using namespace domain;

namespace {

std::size_t without_secret(const std::vector<Completion>& all) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const auto& c) { return !c.bids_secret; }));
}

}  // namespace

Reconcile::Step Reconcile::step(std::chrono::days lookback) {
    if (!scan_ && !begin(lookback)) return Step::broken_off;
    const auto page = host_.list_completed(scan_->since, scan_->cursor);
    if (!page) return break_off("主机的办结清单不可用，下次再试");
    scan_->seen += without_secret(page->completions);
    scan_->malformed += page->malformed;
    if (!page->completions.empty()) {
        ports::result<std::vector<Completion>> lost = make_error_code(ports::store_errc::unavailable);
        if (!on_database_([&] { lost = missing(page->completions); }) || !lost)
            return break_off("数据库不可用，下次再试");
        std::erase_if(*lost, [&](const Completion& one) { return scan_->set_aside.contains(one.key); });
        if (!lost->empty()) {
            const std::vector<Event> events{lost->begin(), lost->end()};
            if (const auto kept = journal_.append(std::span<const Event>{events}, clock_.now()); !kept)
                return break_off(kept.error().message());
            scan_->repaired += without_secret(*lost);
        }
    }
    if (!page->next_cursor.empty()) {
        if (page->next_cursor == scan_->cursor) return break_off("宿主违反约定，翻页游标没有前进");
        scan_->cursor = page->next_cursor;
        return Step::more;
    }
    log_.info("与主机对账完成：核对 " + std::to_string(scan_->seen) + " 件，补收 " + std::to_string(scan_->repaired) +
              " 件，不合格 " + std::to_string(scan_->malformed) + " 件");
    scan_.reset();
    return Step::complete;
}

bool Reconcile::begin(std::chrono::days lookback) {
    const auto stats = journal_.stats();
    const auto aside = stats ? journal_.list_set_aside(static_cast<std::size_t>(stats->set_aside))
                             : ports::result<std::vector<ports::SetAside>>{stats.error()};
    scan_.emplace();
    if (!aside) return break_off(aside.error().message()), false;
    scan_->since = clock_.now() - lookback;
    for (const auto& one : *aside)
        if (one.event)
            if (const auto* completion = std::get_if<Completion>(&*one.event)) scan_->set_aside.insert(completion->key);
    return true;
}

Reconcile::Step Reconcile::break_off(const std::string& why) {
    scan_.reset();
    log_.warning("与主机对账未完成：" + why);
    return Step::broken_off;
}

ports::result<std::vector<Completion>> Reconcile::missing(const std::vector<Completion>& completions) {
    std::vector<Digest> keys;
    keys.reserve(completions.size());
    for (const auto& completion : completions) keys.push_back(case_key(keys_, completion.key));
    std::vector<Completion> lost;
    HCP_CHECK(store_.read([&](ports::Reading& rows) -> ports::result<void> {
        HCP_TRY(const auto known, rows.cases_by_key(std::span<const Digest>{keys}));
        for (std::size_t i = 0; i < known.size(); ++i)
            if (!known[i]) lost.push_back(completions[i]);
        return {};
    }));
    return lost;
}

}  // namespace hcp::app
