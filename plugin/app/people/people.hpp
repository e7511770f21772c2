#pragma once
#include "plugin/record/books.hpp"
#include "plugin/record/decide.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/run/workers.hpp"

#include <string_view>
#include <variant>

// What the use cases of this room share. Whoever acts is named by his staff id; what he may is what the table of access
// says of him as the store has him in that transaction. The writer's thread.
namespace hcp::app {

struct PeopleMeans {
    record::Books& books;
    const record::Keys& keys;
    const run::Workers& writer;
};

// Why nothing was done.
enum class PeopleRefusal {
    unknown_actor,   // who acts is not on the roster
    not_allowed,     // by the table of access
    own_role,        // who acts is whose role it is
    signed_already,  // who confirms is who proposed
    unknown_person,  // whose role it is: not on the roster, or not in that department any more
    never_granted,   // everybody on the roster has it
    has_it_already,  // or waits for it
    excluded,        // a role that he holds or waits for excludes it
    no_such_grant,
    not_waiting,  // confirmed or ended before
    ended_already,
    no_reason,        // empty, or longer than 200 characters
    founded_already,  // there are supervisors
    not_three,        // of the two who are to be supervisors and who records it, two are one
};
[[nodiscard]] std::string_view text_of(PeopleRefusal) noexcept;  // what and the remedy, Chinese

template <class Done>
using PeopleReply = std::variant<Done, PeopleRefusal>;

// One transaction, in which `decide(tx, pen)` answers what it has done, or why it has done nothing.
template <class Done, class Decide>
[[nodiscard]] ports::result<PeopleReply<Done>> decided(const PeopleMeans& means, const Decide& decide) {
    return record::decided<PeopleReply<Done>>(means.books, means.writer, decide);
}

}  // namespace hcp::app
