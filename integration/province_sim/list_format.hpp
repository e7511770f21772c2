// How the list of a subject (M4) is written: provinces agree neither on times, numbers and names nor on how soon it
// shows what they have stored.
#pragma once
#include "integration/province_sim/store.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>

namespace province_sim {

struct ListFormat {
    enum class Time : std::uint8_t { second, fraction, with_t, minute, epoch_s, epoch_ms, absent };
    enum class Name : std::uint8_t { exact, padded, absent };
    enum class ProjectNo : std::uint8_t { exact, bare };  // bare: without the leading 37
    enum class Number : std::uint8_t { text, integer, real, from_zero };

    std::chrono::milliseconds lag{0};  // shown only when stored at least so long ago
    Time time = Time::second;          // of serviceTime and assessTime
    Name name = Name::exact;
    ProjectNo project_no = ProjectNo::exact;
    Number number = Number::text;
    bool level = true;  // satisfaction is shown
};

// {"lag_ms", "time", "name", "project_no", "number", "level"}, any of them; the others are as in `format`.
// Throws std::invalid_argument saying which is wrong.
ListFormat parse_list_format(const boost::json::object& wish, ListFormat format = {});
boost::json::object describe(const ListFormat& format);

// One service of the list.
boost::json::object write_entry(const KnownService& service, const ListFormat& format);

}  // namespace province_sim
