#include "plugin/record/people.hpp"

#include "plugin/domain/text.hpp"
#include "plugin/ports/store/references.hpp"

#include <algorithm>
#include <utility>

namespace hcp::record {

using namespace domain;

std::vector<std::span<const ports::StaffRow>> by_person(std::span<const ports::StaffRow> rows) {
    std::vector<std::span<const ports::StaffRow>> all;
    while (!rows.empty()) {
        const auto other = std::ranges::find_if(
            rows, [&](const ports::StaffRow& row) { return row.staff_id != rows.front().staff_id; });
        all.push_back(rows.first(static_cast<std::size_t>(other - rows.begin())));
        rows = rows.subspan(all.back().size());
    }
    return all;
}

std::vector<Post> posts_of(std::span<const ports::StaffRow> versions) {
    std::vector<Post> posts;
    for (const auto& row : versions) posts.push_back(row.post());
    return posts;
}

ports::result<std::optional<Viewer>> viewer_at(const PeopleQueries& people, std::string_view staff_id, Instant at) {
    const std::string id{staff_id};
    HCP_TRY(const auto versions, people.staff.of(std::span{&id, 1}));
    const auto posts = posts_of(versions);
    const auto* const post = post_at(posts, at);
    if (post == nullptr) return std::optional<Viewer>{};
    HCP_TRY(auto viewer, viewer_with(people, id, *post));
    return std::optional{std::move(viewer)};
}

ports::result<Viewer> viewer_with(const PeopleQueries& people, std::string_view staff_id, const Post& post) {
    HCP_TRY(const auto grants, people.grants.not_ended_of(staff_id));
    Viewer viewer{std::string{staff_id}, post.department_id, {StaffRole::evaluated}};
    for (const auto& grant : grants)
        if (grant.in_force(&post) && !viewer.is(grant.role)) viewer.roles.push_back(grant.role);
    return viewer;
}

ports::result<std::vector<std::string>> holders_at(const PeopleQueries& people, StaffRole role, Instant at) {
    HCP_TRY(const auto grants, people.grants.not_ended());
    std::vector<std::string> holders;
    for (const auto& grant : grants) {
        if (grant.role != role || !grant.confirmed_at) continue;
        HCP_TRY(const auto versions, people.staff.of(std::span{&grant.staff_id, 1}));
        const auto posts = posts_of(versions);
        const bool known = std::ranges::find(holders, grant.staff_id) != holders.end();
        if (!known && grant.in_force(post_at(posts, at))) holders.push_back(grant.staff_id);
    }
    return holders;
}

Digest staff_name_digest(const Keys& keys, std::string_view staff_id, std::int32_t revision, std::string_view name) {
    return keyed(keys.content, "staff name", {staff_id, std::to_string(revision), name});
}

ports::result<std::string> name_of(const Keys& keys, const ports::StaffRow& row) {
    HCP_TRY(const auto plain, keys.sealer.open(View{row.sealed_name}, View{row.name_digest}));
    return std::string{ports::as_text(View{plain})};
}

entries::ReferenceLoaded roster_fact(const ports::Digests& digests, std::span<const ports::StaffRow> rows) {
    std::vector<const ports::StaffRow*> by_person;
    for (const auto& row : rows) by_person.push_back(&row);
    std::ranges::sort(by_person, {}, [](const auto* row) { return std::pair{row->staff_id, row->revision}; });
    Bytes content;
    const auto number = [&](std::int64_t n) { put_integer(content, static_cast<std::uint64_t>(n), 8); };
    for (const auto* row : by_person) {
        put_field(content, as_bytes(row->staff_id));
        number(row->revision);
        put_field(content, row->name_digest);
        put_field(content, as_bytes(row->department_id));
        put_field(content, as_bytes(joined(row->windows, "\n")));
        number(to_us(row->since));
        number(row->until ? 1 : 0);
        number(row->until ? to_us(*row->until) : 0);
        number(to_us(row->loaded_at));
    }
    const auto& any = rows.front();
    return {static_cast<std::int32_t>(ports::ReferenceKind::staff), std::to_string(any.roster_no) + '@' + any.loaded_by,
            digests.sm3({View{content}})};
}

}  // namespace hcp::record
