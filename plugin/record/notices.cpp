#include "plugin/record/notices.hpp"

#include <set>

namespace hcp::record {

using namespace domain;

ports::result<std::vector<std::string>> those_who(const PeopleQueries& people, Instant at,
                                                  const std::function<bool(const Viewer&)>& may) {
    HCP_TRY(const auto grants, people.grants.not_ended());
    std::vector<std::string> all;
    std::set<std::string_view> seen;
    for (const auto& grant : grants) {
        if (!seen.insert(grant.staff_id).second) continue;
        HCP_TRY(const auto viewer, viewer_at(people, grant.staff_id, at));
        if (viewer && may(*viewer)) all.push_back(grant.staff_id);
    }
    return all;
}

ports::result<std::vector<std::string>> those_who_may(const PeopleQueries& people, Action action, Instant at,
                                                      const Matter& on) {
    return those_who(people, at, [&](const Viewer& viewer) { return may_do(viewer, action, on); });
}

ports::result<void> give_notice(ports::Transaction& tx, Pen& pen, std::span<const std::string> to,
                                const NewNotice& notice) {
    std::vector<ports::NoticeRow> rows;
    for (const auto& staff_id : to) {
        if (staff_id == notice.caused_by) continue;
        HCP_TRY(const auto known, tx.notices().known(staff_id, notice.kind, notice.about));
        if (known > 0) continue;
        rows.push_back({.id = pen.id<NoticeId>(),
                        .staff_id = staff_id,
                        .kind = notice.kind,
                        .about = notice.about,
                        .caused_by = std::string{notice.caused_by},
                        .made_at = pen.now(),
                        .read_at = {},
                        .told_at = {}});
    }
    return tx.notices().insert(rows);
}

}  // namespace hcp::record
