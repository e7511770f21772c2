#pragma once
#include "plugin/domain/access.hpp"
#include "plugin/ports/ini_entry.hpp"
#include "plugin/ports/store/editions.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/decide.hpp"
#include "plugin/record/keys.hpp"

#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

// What the use cases of the catalogue's editions share. Whoever acts is named by his staff id; what he may is what the
// table of access says of him as the store has him in that transaction. The writer's thread.
namespace hcp::app {

struct CatalogueMeans {
    record::Books& books;
    const record::Keys& keys;
    const run::Workers& writer;
};

// Why nothing was done.
enum class CatalogueRefusal {
    unknown_actor,  // who acts is not on the roster
    not_allowed,    // by the table of access
    no_drafts,
};
[[nodiscard]] std::string_view text_of(CatalogueRefusal) noexcept;  // what and the remedy, Chinese

template <class Done>
using CatalogueReply = std::variant<Done, CatalogueRefusal>;

// Of one part the draft and the active edition of each code.
template <class Content>
struct Standing {
    struct Pair {
        const ports::EditionRow<Content>* draft = nullptr;
        const ports::EditionRow<Content>* active = nullptr;
        [[nodiscard]] const ports::EditionRow<Content>* newest() const { return draft != nullptr ? draft : active; }
    };

    explicit Standing(std::vector<ports::EditionRow<Content>> standing) : rows{std::move(standing)} {
        for (const auto& row : rows) {
            auto& pair = by_code[domain::code_of(row.content)];
            (row.edition.state == domain::EditionState::draft ? pair.draft : pair.active) = &row;
        }
    }
    Standing(Standing&&) noexcept = default;
    Standing(const Standing&) = delete;
    Standing& operator=(Standing&&) = delete;
    Standing& operator=(const Standing&) = delete;
    ~Standing() = default;

    [[nodiscard]] Pair of(std::string_view code) const {
        const auto found = by_code.find(code);
        return found == by_code.end() ? Pair{} : found->second;
    }

    std::vector<ports::EditionRow<Content>> rows;  // the pairs point into it
    std::map<std::string, Pair, std::less<>> by_code;
};

struct StandingCatalogue {
    Standing<domain::Department> departments;
    Standing<domain::Item> items;
    Standing<domain::Guide> guides;

    template <class Content>
    [[nodiscard]] const Standing<Content>& part() const {
        if constexpr (std::is_same_v<Content, domain::Department>) return departments;
        if constexpr (std::is_same_v<Content, domain::Item>) return items;
        if constexpr (std::is_same_v<Content, domain::Guide>) return guides;
    }
};
template <class Rows>  // of a snapshot or a transaction
[[nodiscard]] ports::result<StandingCatalogue> standing_in(Rows& rows) {
    HCP_TRY(auto departments, rows.departments().standing());
    HCP_TRY(auto items, rows.item_editions().standing());
    HCP_TRY(auto guides, rows.guides().standing());
    return StandingCatalogue{Standing{std::move(departments)}, Standing{std::move(items)}, Standing{std::move(guides)}};
}

// Whose a row is: the items of a department and their guides are its own (M20.1), the list of departments nobody's. An
// item that moves is of both.
[[nodiscard]] bool may_touch(const domain::Viewer&, domain::Action, const domain::Department&,
                             const StandingCatalogue&);
[[nodiscard]] bool may_touch(const domain::Viewer&, domain::Action, const domain::Item&, const StandingCatalogue&);
[[nodiscard]] bool may_touch(const domain::Viewer&, domain::Action, const domain::Guide&, const StandingCatalogue&);

// For an operator: of a row that stands in a file at `line`, or in none (0). At most 100 of them.
void tell(std::vector<ports::Fault>& all, domain::CatalogueFault, int line);

}  // namespace hcp::app
