#include "plugin/app/catalogue/release_catalogue.hpp"

#include "plugin/record/editions.hpp"
#include "plugin/record/people.hpp"

#include <algorithm>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::EditionRow;

namespace {

// Which drafts are to be released, and what there is afterwards.
class Releasing {
public:
    Releasing(const Viewer* viewer, const StandingCatalogue& standing, Day today)
        : viewer_{viewer}, standing_{standing}, today_{today} {}

    CatalogueReleased run() {
        gather(after_.departments);
        gather(after_.items);
        gather(after_.guides);
        for (auto& fault : faults_in(after_, today_)) tell(out_.faults, std::move(fault), 0);
        for (const auto& [code, pair] : standing_.guides.by_code) {
            if (pair.draft == nullptr || !releases(pair.draft->content)) continue;
            const auto* const before = pair.active == nullptr ? nullptr : &pair.active->content;
            for (auto& fault : faults_in_succession(pair.draft->content, before, today_))
                tell(out_.faults, std::move(fault), 0);
        }
        return std::move(out_);
    }

    // Without a viewer everything is.
    template <class Content>
    [[nodiscard]] bool releases(const Content& draft) const {
        return viewer_ == nullptr || may_touch(*viewer_, Action::release_catalogue, draft, standing_);
    }

private:
    template <class Content>
    void gather(std::vector<Content>& after) {
        for (const auto& [code, pair] : standing_.part<Content>().by_code) {
            const bool mine = pair.draft != nullptr && releases(pair.draft->content);
            if (pair.draft != nullptr) (mine ? out_.released : out_.left).push_back({part_of<Content>, code});
            if (const auto* const one = mine ? pair.draft : pair.active) after.push_back(one->content);
        }
    }

    const Viewer* viewer_;
    const StandingCatalogue& standing_;
    const Day today_;
    CatalogueTables after_;
    CatalogueReleased out_;
};

template <class Content>
ports::result<void> write(ports::Editions<Content>& editions, const StandingCatalogue& standing,
                          const Releasing& releasing, const Viewer& viewer, const Keys& keys, Pen& pen) {
    for (const auto& [code, pair] : standing.part<Content>().by_code) {
        if (pair.draft == nullptr || !releasing.releases(pair.draft->content)) continue;
        if (pair.active != nullptr) {
            HCP_TRY(const auto moved, editions.supersede(code, pair.active->edition.revision, EditionState::active));
            if (moved == 0) return ports::store_errc::conflict;
        }
        auto row = *pair.draft;
        row.edition.released_by = viewer.staff_id;
        row.edition.released_at = pen.now();
        HCP_TRY(const auto released, editions.release(code, row.edition.revision, viewer.staff_id, pen.now()));
        if (released == 0) return ports::store_errc::conflict;
        pen.enter(open_to_all, release_fact(keys.digests, row));
    }
    return {};
}

template <class Content>
ports::result<std::vector<Content>> active_of(ports::EditionQueries<Content>& editions, Instant at) {
    HCP_TRY(const auto rows, editions.all());
    std::vector<Content> active;
    for (auto first = rows.begin(); first != rows.end();) {
        const auto end = std::find_if(first, rows.end(),
                                      [&](const auto& row) { return code_of(row.content) != code_of(first->content); });
        if (const auto* const row = active_at(std::span<const EditionRow<Content>>{first, end}, at))
            active.push_back(row->content);
        first = end;
    }
    return active;
}

}  // namespace

ports::result<CatalogueReply<CatalogueReleased>> release_catalogue(const CatalogueMeans& means,
                                                                   std::string_view actor) {
    using Reply = CatalogueReply<CatalogueReleased>;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{CatalogueRefusal::unknown_actor};
        HCP_TRY(const auto standing, standing_in(tx));
        Releasing releasing{&*viewer, standing, day_of(pen.now())};
        auto out = releasing.run();
        if (out.released.empty())
            return Reply{out.left.empty() ? CatalogueRefusal::no_drafts : CatalogueRefusal::not_allowed};
        if (!out.faults.empty()) return Reply{std::move(out)};
        HCP_CHECK(write(tx.departments(), standing, releasing, *viewer, means.keys, pen));
        HCP_CHECK(write(tx.item_editions(), standing, releasing, *viewer, means.keys, pen));
        HCP_CHECK(write(tx.guides(), standing, releasing, *viewer, means.keys, pen));
        return Reply{std::move(out)};
    });
}

ports::result<CatalogueReleased> check_catalogue(ports::Store& store, Instant now) {
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<CatalogueReleased> {
        HCP_TRY(const auto standing, standing_in(rows));
        return Releasing{nullptr, standing, day_of(now)}.run();
    });
}

ports::result<CatalogueTables> catalogue_at(ports::Store& store, Instant at) {
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<CatalogueTables> {
        HCP_TRY(auto departments, active_of(rows.departments(), at));
        HCP_TRY(auto items, active_of(rows.item_editions(), at));
        HCP_TRY(auto guides, active_of(rows.guides(), at));
        return CatalogueTables{std::move(departments), std::move(items), std::move(guides)};
    });
}

}  // namespace hcp::app
