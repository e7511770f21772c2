#pragma once
#include "adapters/calendar/parsed.hpp"
#include "plugin/domain/calendar.hpp"
#include "plugin/ports/ini_entry.hpp"

#include <span>
#include <string>
#include <vector>

namespace hcp::calendar {

// A file that a reader has cut into entries.
struct IniFile {
    std::string file;  // as faults name it
    std::vector<ports::IniEntry> entries;
};

// The calendar that all files of config/calendar make together. A section is one notice, named by whose it is and when
// it came out:
//
//   [notice 2019-11-21]                 the State Council's; [province …] and [centre …] are laid over it (E21)
//   year = 2020                         national only: the year arranged
//   title = …                           optional, as is `document`, its number
//   2020-01-24..2020-01-30 = 放假 春节   or one day; 放假 or 上班, then the holiday's name, or several: 国庆节、中秋节
//
// Besides what cannot be read, these are faults, as they have always been slips of the pen: a day outside the year
// arranged (its own days and the last ten of the December before are inside), a national make-up day that is no
// weekend, a day both off and worked in one notice, a year's first notice without the days fixed by regulation, a year
// left out between two others, the same notice twice.
[[nodiscard]] Parsed<domain::Calendar> calendar_from(std::span<const IniFile> files);

// The same content always gives the same text, and calendar_from gives it back: what the store keeps and compares.
[[nodiscard]] std::string ini_text(const domain::Calendar& calendar);

}  // namespace hcp::calendar
