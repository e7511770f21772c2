// The province's code tables, under the numbers its interface document gives them.
#pragma once
#include <array>
#include <span>
#include <string_view>

namespace province_sim {

using Codes = std::span<const std::string_view>;

inline constexpr std::array<std::string_view, 7> t3_applicant_kinds{"1", "2", "3", "4", "5", "6", "9"};
inline constexpr std::array<std::string_view, 8> t4_item_kinds{"01", "05", "07", "08", "09", "10", "20", "99"};
inline constexpr std::array<std::string_view, 3> t5_case_states{"1", "2", "3"};
inline constexpr std::array<std::string_view, 2> t6_case_kinds{"1", "2"};
inline constexpr std::array<std::string_view, 4> t6_time_units{"0", "1", "2", "3"};
inline constexpr std::array<std::string_view, 9> t7_certificate_kinds{"001", "111", "114", "118", "414",
                                                                      "511", "516", "821", "999"};
inline constexpr std::array<std::string_view, 2> case_channels{"1", "2"};
inline constexpr std::array<std::string_view, 5> t1_satisfactions{"1", "2", "3", "4", "5"};

// T-8. The first digit of a code is the level it belongs to.
struct Indicator {
    std::string_view code, text;
    bool current;   // usingStatus: only these may be chosen today
    bool expanded;  // expandNorm: shown only after “more”
};
std::span<const Indicator> t8_indicators();

// nullptr when the table lacks the code.
const Indicator* find_indicator(std::string_view code);

}  // namespace province_sim
