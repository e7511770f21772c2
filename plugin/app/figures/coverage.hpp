#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/signs.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/keys.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

// M1.3: what can be rated at the centre, and what of it was. Every gap has a name.
namespace hcp::app {

struct CoverageGap {
    std::string code, name;
};
struct Covered {
    std::int64_t all = 0, covered = 0;
    std::vector<CoverageGap> gaps;  // the others, by code
};

struct Coverage {
    Covered items;                             // in force: an evaluation was opened
    Covered departments;                       // that have an item in force: the same
    Covered people;                            // on the roster now, in such a department: handled what was opened
    Covered windows;                           // of those people: somebody has come to it
    Covered channels;                          // that are configured: somebody has rated by it
    std::vector<std::string> strange_windows;  // that somebody has come to, and nobody on the roster has
    std::int64_t unreadable = 0;               // cases whose handlers no key of this instance opens
};

// By which somebody may rate, where pages are served and where not.
[[nodiscard]] std::vector<domain::Channel> configured_channels(bool serves_pages);

// Of what was completed in [from, to), by the catalogue and the roster as they are at `now`; without what is under bid
// secrecy (E14). Names of persons are opened with the instance's own keys. Cases are told of.
[[nodiscard]] ports::result<Coverage> coverage(ports::Store& store, const record::Keys& keys, domain::Day from,
                                               domain::Day to, std::span<const domain::Channel> configured,
                                               domain::Instant now, const ports::Signs& signs);

// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const Coverage&);

}  // namespace hcp::app
