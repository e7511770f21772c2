#pragma once
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/store/catalogue.hpp"
#include "plugin/ports/store/editions.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hcp::record {

// Every edition of a department, an item or a guide that was ever released, for asking what held when: at an instant
// before the first release of a code its first edition is taken as having held, but for a guide. Immutable.
class ReleasedCatalogue {
public:
    ReleasedCatalogue() = default;
    // All editions, by code and revision; drafts among them are passed over.
    ReleasedCatalogue(std::vector<ports::DepartmentRow> departments, std::vector<ports::ItemEditionRow> items,
                      std::vector<ports::GuideRow> guides = {});

    // As ports::NewestRules counts them.
    [[nodiscard]] std::int64_t editions() const noexcept { return editions_; }
    [[nodiscard]] bool has_departments() const noexcept { return !departments_.empty(); }

    // Nothing: there never was any of that code.
    [[nodiscard]] const domain::Department* department(std::string_view id, domain::Instant at) const;
    [[nodiscard]] const domain::Item* item(std::string_view code, domain::Instant at) const;
    // The one item that this step of a business is. A host's numbers of lines are fewer than the lines of a centre: a
    // step that only one item has is that item, whatever its line is called. Nothing: there is none, or several.
    [[nodiscard]] const domain::Item* item_of_step(domain::Line line, std::string_view node, domain::Instant at) const;

    // M4.4: the guide that was published at that instant. Nothing: there was none.
    [[nodiscard]] const ports::GuideRow* guide(std::string_view item_code, domain::Instant at) const;
    // All of them, by revision; empty where there never was one.
    [[nodiscard]] std::span<const ports::GuideRow> guides(std::string_view item_code) const;
    [[nodiscard]] const domain::Item* newest_item(std::string_view code) const;

    // As messages to the province say them: by their newest editions.
    [[nodiscard]] const std::map<std::string, ports::ItemRow, std::less<>>& items() const noexcept { return rows_; }

private:
    template <class Content>
    using ByCode = std::map<std::string, std::vector<ports::EditionRow<Content>>, std::less<>>;
    template <class Content>
    static ByCode<Content> released(std::vector<ports::EditionRow<Content>> all);
    template <class Content>
    static const Content* at(const ByCode<Content>& editions, std::string_view code, domain::Instant at);

    std::int64_t editions_ = 0;
    ByCode<domain::Department> departments_;
    ByCode<domain::Item> items_;
    ByCode<domain::Guide> guides_;
    std::map<std::string, ports::ItemRow, std::less<>> rows_;
};

// Of a snapshot or a transaction.
template <class Rows>
[[nodiscard]] ports::result<std::shared_ptr<const ReleasedCatalogue>> released_catalogue_in(Rows& rows) {
    HCP_TRY(auto departments, rows.departments().all());
    HCP_TRY(auto items, rows.item_editions().all());
    HCP_TRY(auto guides, rows.guides().all());
    return std::make_shared<const ReleasedCatalogue>(std::move(departments), std::move(items), std::move(guides));
}

}  // namespace hcp::record
