#pragma once
#include "plugin/ports/tokens.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/decide.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/run/workers.hpp"

#include <string_view>
#include <variant>

// What the use cases of this room share: they open and end sessions of the centre's people. The writer's thread, but
// for find_session.
namespace hcp::app {

struct DeskMeans {
    record::Books& books;
    const record::Keys& keys;
    const ports::Tokens& tokens;
    const run::Workers& writer;
};

// Why somebody who acts for another did nothing. Whoever signs on is told no reason at all.
enum class DeskRefusal {
    unknown_actor,   // who acts is not on the roster
    not_allowed,     // by the table of access
    own_link,        // who makes it is whom it is for
    unknown_person,  // whom it is for is not on the roster
};
[[nodiscard]] std::string_view text_of(DeskRefusal) noexcept;  // what and the remedy, Chinese

template <class Done>
using DeskReply = std::variant<Done, DeskRefusal>;

}  // namespace hcp::app
