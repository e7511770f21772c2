#include "plugin/app/catalogue/import_catalogue.hpp"

#include "plugin/record/notices.hpp"
#include "plugin/record/people.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::CatalogueFiles, ports::EditionRow, ports::FileLine;

namespace {

struct Superseded {
    std::string code;
    std::int32_t revision = 0;
};
// What is to be written of one part.
template <class Content>
struct Drafts {
    std::vector<Superseded> given_up;
    std::vector<EditionRow<Content>> fresh;
};
using Plan = std::tuple<Drafts<Department>, Drafts<Item>, Drafts<Guide>>;

std::vector<FieldChange> differing(CataloguePart part, const std::vector<std::string>& before,
                                   const std::vector<std::string>& after) {
    std::vector<FieldChange> fields;
    const auto columns = columns_of(part);
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (before[i] != after[i]) fields.push_back({columns[i], before[i], after[i]});
    return fields;
}

// Where each code stands in the files.
class Lines {
public:
    explicit Lines(const CatalogueFiles& files) {
        add(files.departments);
        add(files.items);
        add(files.guides);
    }
    [[nodiscard]] int of(const CatalogueFault& fault) const {
        const auto found = lines_.find({fault.part, fault.code});
        return found == lines_.end() ? 0 : found->second;
    }

private:
    template <class Content>
    void add(const std::vector<FileLine<Content>>& lines) {
        for (const auto& line : lines) lines_.emplace(std::pair{part_of<Content>, code_of(line.content)}, line.line);
    }
    std::map<std::pair<CataloguePart, std::string>, int> lines_;
};

// As it would be: what files say, else the draft, else what is active.
template <class Content>
std::vector<Content> merged(const std::vector<FileLine<Content>>& lines, const Standing<Content>& standing) {
    std::vector<Content> all;
    std::set<std::string_view> named;
    for (const auto& line : lines) {
        all.push_back(line.content);
        named.insert(code_of(line.content));
    }
    for (const auto& [code, pair] : standing.by_code)
        if (!named.contains(code)) all.push_back(pair.newest()->content);
    return all;
}

// Holds files against the catalogue as it stands.
class Planning {
public:
    Planning(const Viewer& viewer, Instant now, const StandingCatalogue& standing)
        : viewer_{viewer}, now_{now}, standing_{standing} {}

    // False: something of it is not his to change.
    [[nodiscard]] bool run(const CatalogueFiles& files) {
        if (!take(files.departments) || !take(files.items) || !take(files.guides)) return false;
        const Lines lines{files};
        const CatalogueTables whole{merged(files.departments, standing_.departments),
                                    merged(files.items, standing_.items), merged(files.guides, standing_.guides)};
        for (auto& fault : faults_in(whole, day_of(now_))) {
            const auto line = lines.of(fault);
            tell(told_.faults, std::move(fault), line);
        }
        for (const auto& line : files.guides) {
            const auto* const active = standing_.guides.of(line.content.item_code).active;
            // It may come before its day; the release may not.
            const auto* const before = active == nullptr ? nullptr : &active->content;
            for (auto& fault : faults_in_succession(line.content, before, line.content.effective))
                tell(told_.faults, std::move(fault), line.line);
        }
        return true;
    }
    [[nodiscard]] const Plan& plan() const { return plan_; }
    [[nodiscard]] CatalogueImported told() && { return std::move(told_); }

private:
    template <class Content>
    bool take(const std::vector<FileLine<Content>>& lines) {
        const auto& standing = standing_.part<Content>();
        return std::ranges::all_of(lines, [&](const auto& line) {
            const auto pair = standing.of(code_of(line.content));
            if (pair.newest() != nullptr && pair.newest()->content == line.content) {
                ++told_.unchanged;
                return true;
            }
            if (!may_touch(viewer_, Action::import_catalogue, line.content, standing_)) return false;
            note(line.content, pair);
            return true;
        });
    }

    template <class Content>
    void note(const Content& content, const typename Standing<Content>::Pair& pair) {
        auto& drafts = std::get<Drafts<Content>>(plan_);
        const auto* const before = pair.newest();
        CatalogueChange change{part_of<Content>, code_of(content), CatalogueChange::Kind::added, {}};
        if (before != nullptr) {
            change.kind = CatalogueChange::Kind::changed;
            change.fields = differing(change.part, cells_of(before->content), cells_of(content));
        }
        if (pair.draft != nullptr) drafts.given_up.push_back({change.code, pair.draft->edition.revision});
        if (pair.active != nullptr && pair.active->content == content) {
            change.kind = CatalogueChange::Kind::withdrawn;
        } else {
            Edition edition;
            edition.drafted_by = viewer_.staff_id;
            edition.drafted_at = now_;
            drafts.fresh.push_back({content, edition});  // its revision follows all there ever were
        }
        told_.changes.push_back(std::move(change));
    }

    const Viewer& viewer_;
    const Instant now_;
    const StandingCatalogue& standing_;
    Plan plan_;
    CatalogueImported told_;
};

template <class Content>
ports::result<void> write(ports::Editions<Content>& editions, Drafts<Content> drafts) {
    for (const auto& [code, revision] : drafts.given_up) {
        HCP_TRY(const auto moved, editions.supersede(code, revision, EditionState::draft));
        if (moved == 0) return ports::store_errc::conflict;
    }
    std::vector<std::string> codes;
    for (const auto& row : drafts.fresh) codes.push_back(code_of(row.content));
    HCP_TRY(const auto known, editions.of(codes));
    std::map<std::string_view, std::int32_t> last;
    for (const auto& row : known) last[code_of(row.content)] = row.edition.revision;
    for (auto& row : drafts.fresh) row.edition.revision = last[code_of(row.content)] + 1;
    return editions.insert(drafts.fresh);
}

// Whoever may release any of what was drafted in this transaction.
ports::result<void> ask_to_release(ports::Transaction& tx, Pen& pen, std::string_view actor) {
    HCP_TRY(const auto standing, standing_in(tx));
    const auto may_any_of = [&](const Viewer& who, const auto& part) {
        return std::ranges::any_of(part.by_code, [&](const auto& one) {
            const auto* const draft = one.second.draft;
            return draft != nullptr && draft->edition.drafted_at == pen.now() &&
                   may_touch(who, Action::release_catalogue, draft->content, standing);
        });
    };
    HCP_TRY(const auto to, those_who(people_in(tx), pen.now(), [&](const Viewer& who) {
                return may_any_of(who, standing.departments) || may_any_of(who, standing.items) ||
                       may_any_of(who, standing.guides);
            }));
    return give_notice(tx, pen, to, {NoticeKind::drafts_to_release, std::to_string(to_us(pen.now())), actor});
}

}  // namespace

ports::result<CatalogueReply<CatalogueImported>> import_catalogue(const CatalogueMeans& means, std::string_view actor,
                                                                  const CatalogueFiles& files) {
    using Reply = CatalogueReply<CatalogueImported>;
    return decided<Reply>(means.books, means.writer, [&](ports::Transaction& tx, Pen& pen) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(tx), actor, pen.now()));
        if (!viewer) return Reply{CatalogueRefusal::unknown_actor};
        HCP_TRY(const auto standing, standing_in(tx));
        Planning planning{*viewer, pen.now(), standing};
        if (!planning.run(files)) return Reply{CatalogueRefusal::not_allowed};
        auto [departments, items, guides] = planning.plan();
        auto told = std::move(planning).told();
        if (!told.faults.empty()) return Reply{std::move(told)};
        HCP_CHECK(write(tx.departments(), std::move(departments)));
        HCP_CHECK(write(tx.item_editions(), std::move(items)));
        HCP_CHECK(write(tx.guides(), std::move(guides)));
        HCP_CHECK(ask_to_release(tx, pen, actor));
        return Reply{std::move(told)};
    });
}

ports::result<CatalogueReply<CatalogueImported>> try_catalogue(ports::Store& store, std::string_view actor,
                                                               const CatalogueFiles& files, Instant now) {
    using Reply = CatalogueReply<CatalogueImported>;
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<Reply> {
        HCP_TRY(const auto viewer, viewer_at(people_in(rows), actor, now));
        if (!viewer) return Reply{CatalogueRefusal::unknown_actor};
        HCP_TRY(const auto standing, standing_in(rows));
        Planning planning{*viewer, now, standing};
        if (!planning.run(files)) return Reply{CatalogueRefusal::not_allowed};
        return Reply{std::move(planning).told()};
    });
}

std::vector<ports::Fault> faults_between(const CatalogueFiles& files, Day today) {
    const Lines lines{files};
    CatalogueTables whole;
    for (const auto& line : files.departments) whole.departments.push_back(line.content);
    for (const auto& line : files.items) whole.items.push_back(line.content);
    for (const auto& line : files.guides) whole.guides.push_back(line.content);
    std::vector<ports::Fault> faults;
    for (auto& fault : faults_in(whole, today)) {
        const auto line = lines.of(fault);
        tell(faults, std::move(fault), line);
    }
    return faults;
}

}  // namespace hcp::app
