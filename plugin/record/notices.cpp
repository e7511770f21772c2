#include "plugin/record/notices.hpp"

#include <algorithm>

namespace hcp::record {

using namespace domain;

ports::result<std::vector<std::string>> those_who_may(const PeopleQueries& people, Action action, Instant at,
                                                      const std::function<bool(const Viewer&)>& may) {
    std::vector<std::string> all;
    for (const auto role : staff_roles) {
        if (reach_of(Viewer{{}, {}, {role}}, action) == Reach::nothing) continue;
        HCP_TRY(const auto holders, holders_at(people, role, at));
        for (const auto& id : holders) {
            if (std::ranges::find(all, id) != all.end()) continue;
            HCP_TRY(const auto viewer, viewer_at(people, id, at));
            if (viewer && may(*viewer)) all.push_back(id);
        }
    }
    return all;
}

ports::result<std::vector<std::string>> those_who_may(const PeopleQueries& people, Action action, Instant at,
                                                      const Matter& on) {
    return those_who_may(people, action, at, [&](const Viewer& viewer) { return may_do(viewer, action, on); });
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
