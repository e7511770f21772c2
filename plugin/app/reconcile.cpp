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

Reconciled Reconcile::run(std::chrono::days lookback) {
    Reconciled done;
    const auto since = clock_.now() - lookback;
    std::string cursor;
    for (;;) {
        const auto page = host_.list_completed(since, cursor);
        if (!page) {
            log_.warning("与主机对账未完成：主机的办结清单不可用，下次再试");
            return done;
        }
        done.seen += without_secret(page->completions);
        done.malformed += page->malformed;
        if (!page->completions.empty()) {
            ports::result<std::vector<Completion>> lost = make_error_code(ports::store_errc::unavailable);
            if (!on_database_([&] { lost = missing(page->completions); }) || !lost) {
                log_.warning("与主机对账未完成：数据库不可用，下次再试");
                return done;
            }
            if (!lost->empty()) {
                const std::vector<Event> events{lost->begin(), lost->end()};
                if (const auto kept = journal_.append(std::span<const Event>{events}, clock_.now()); !kept) {
                    log_.warning("与主机对账未完成：" + kept.error().message());
                    return done;
                }
                done.repaired += without_secret(*lost);
            }
        }
        if (page->next_cursor.empty()) break;
        if (page->next_cursor == cursor) {
            log_.warning("与主机对账中止：宿主违反约定，翻页游标没有前进");
            return done;
        }
        cursor = page->next_cursor;
    }
    done.complete = true;
    log_.info("与主机对账完成：核对 " + std::to_string(done.seen) + " 件，补收 " + std::to_string(done.repaired) +
              " 件，不合格 " + std::to_string(done.malformed) + " 件");
    return done;
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
