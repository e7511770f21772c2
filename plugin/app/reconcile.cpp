#include "plugin/app/reconcile.hpp"

#include <algorithm>
#include <utility>

namespace hcp::app {

using namespace domain;

namespace {

std::int64_t counted(const std::vector<Completion>& all) {
    std::int64_t n = 0;
    for (const auto& completion : all) n += completion.secrecy.counts();
    return n;
}

}  // namespace

Reconcile::Step Reconcile::step(std::chrono::days lookback) {
    // Taken out, so that whatever ends this page early, the next step begins anew.
    auto scan = std::exchange(scan_, std::nullopt);
    if (!scan && !(scan = begin(lookback))) return Step::broken_off;
    const auto page = host_.list_completed(scan->since, scan->cursor);
    if (!page) return break_off("主机的办结清单不可用，下次再试");
    scan->seen += counted(page->completions);
    scan->malformed |= page->malformed > 0;
    if (!page->completions.empty()) {
        ports::result<std::vector<Completion>> lost = make_error_code(ports::store_errc::unavailable);
        if (!on_database_([&] { lost = missing(page->completions); }) || !lost)
            return break_off("数据库不可用，下次再试");
        std::erase_if(*lost, [&](const Completion& one) { return scan->set_aside.contains(one.key); });
        if (!lost->empty()) {
            const std::vector<Event> events{lost->begin(), lost->end()};
            if (const auto kept = journal_.append(std::span<const Event>{events}, clock_.now()); !kept)
                return break_off(kept.error().message());
            scan->repaired += counted(*lost);
        }
    }
    if (!page->next_cursor.empty()) {
        if (page->next_cursor == scan->cursor) return break_off("宿主违反约定，翻页游标没有前进");
        scan->cursor = page->next_cursor;
        scan_ = std::move(scan);
        return Step::more;
    }
    log_.info("与主机对账完成：核对 " + std::to_string(scan->seen) + " 件，补收 " + std::to_string(scan->repaired) +
              " 件" + (scan->malformed ? "，清单中有不合接口要求的办结，未收" : ""));
    return Step::complete;
}

std::optional<Reconcile::Scan> Reconcile::begin(std::chrono::days lookback) {
    const auto stats = journal_.stats();
    const auto aside = stats ? journal_.list_set_aside(static_cast<std::size_t>(stats->set_aside))
                             : ports::result<std::vector<ports::SetAside>>{stats.error()};
    if (!aside) {
        break_off(aside.error().message());
        return std::nullopt;
    }
    Scan scan;
    scan.since = clock_.now() - lookback;
    for (const auto& one : *aside)
        if (one.event)
            if (const auto* completion = std::get_if<Completion>(&*one.event)) scan.set_aside.insert(completion->key);
    return scan;
}

Reconcile::Step Reconcile::break_off(const std::string& why) {
    log_.warning("与主机对账未完成：" + why);
    return Step::broken_off;
}

ports::result<std::vector<Completion>> Reconcile::missing(const std::vector<Completion>& completions) {
    std::vector<Digest> keys;
    keys.reserve(completions.size());
    for (const auto& completion : completions) keys.push_back(case_key(keys_, completion.key));
    HCP_TRY(const auto known, ports::ask(store_, [&](ports::Snapshot& rows) { return rows.cases().by_key(keys); }));
    std::vector<Completion> lost;
    for (std::size_t i = 0; i < known.size(); ++i)
        if (!known[i]) lost.push_back(completions[i]);
    return lost;
}

}  // namespace hcp::app
