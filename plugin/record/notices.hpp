#pragma once
#include "plugin/domain/access.hpp"
#include "plugin/domain/notice.hpp"
#include "plugin/ports/store/transaction.hpp"
#include "plugin/record/pen.hpp"
#include "plugin/record/people.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What somebody of the centre is told in the transaction that gives him something to know or to do.
namespace hcp::record {

// Everybody with a role of whom `may` says so, as he is at that instant.
[[nodiscard]] ports::result<std::vector<std::string>> those_who(const PeopleQueries&, domain::Instant at,
                                                                const std::function<bool(const domain::Viewer&)>& may);
// The same, by the table of access.
[[nodiscard]] ports::result<std::vector<std::string>> those_who_may(const PeopleQueries&, domain::Action,
                                                                    domain::Instant at, const domain::Matter& on);

struct NewNotice {
    domain::NoticeKind kind = domain::NoticeKind::role_to_confirm;
    std::string about;           // at most 100 characters
    std::string_view caused_by;  // a staff id, who needs not be told; empty: nobody
};
// To each once, however often it is given.
[[nodiscard]] ports::result<void> give_notice(ports::Transaction&, Pen&, std::span<const std::string> to,
                                              const NewNotice&);

}  // namespace hcp::record
