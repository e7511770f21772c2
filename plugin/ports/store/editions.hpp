#pragma once
#include "plugin/domain/catalogue.hpp"
#include "plugin/domain/edition.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

using namespace domain;

// One edition of a department, an item or a guide. What it says is immutable, and none is ever deleted: what was active
// at an instant is domain::active_at() of all editions of its code. Unique: (code, revision); (code, state,
// superseded_no), so that there is one draft and one active edition at most (M4.2).
template <class Content>
struct EditionRow {
    Content content;
    Edition edition;

    friend bool operator==(const EditionRow&, const EditionRow&) = default;
};
using DepartmentRow = EditionRow<Department>;
using ItemEditionRow = EditionRow<Item>;
using GuideRow = EditionRow<Guide>;

template <class Content>
class EditionQueries {
public:
    virtual ~EditionQueries() = default;
    using Rows = std::vector<EditionRow<Content>>;
    virtual result<Rows> all() = 0;                             // by code and revision
    virtual result<Rows> standing() = 0;                        // those that are a draft or active, likewise
    virtual result<Rows> of(std::span<const std::string>) = 0;  // all of these codes, likewise
};

template <class Content>
class Editions : public EditionQueries<Content> {
public:
    virtual result<void> insert(std::span<const EditionRow<Content>>) = 0;
    // Each answers how many, 0 or 1: 0 is not in that state any more. What is active has to be superseded before its
    // successor is released.
    virtual result<std::int64_t> supersede(std::string_view code, std::int32_t revision, EditionState from) = 0;
    virtual result<std::int64_t> release(std::string_view code, std::int32_t revision, std::string_view by,
                                         Instant at) = 0;
};

}  // namespace hcp::ports
