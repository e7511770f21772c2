#pragma once
#include "plugin/domain/overloaded.hpp"
#include "plugin/ports/province.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <string>
#include <variant>

namespace hcp::test {

// yyyy-MM-dd HH:mm:ss in Shanghai.
[[nodiscard]] inline std::string wire_time(domain::Instant at) {
    const auto local = std::chrono::floor<std::chrono::seconds>(at + domain::shanghai_offset);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{local - day};
    std::array<char, 64> text{};
    const int n = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d", int{date.year()},
                                unsigned{date.month()}, unsigned{date.day()}, static_cast<int>(time.hours().count()),
                                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return {text.data(), static_cast<std::size_t>(n)};
}

// Messages as a province of a test is told them: not for a wire, but another message is another text, and what of it
// depends on when it is said is the clamped time, as in the real one.
[[nodiscard]] inline ports::WireRecord written_plainly(const ports::ProvinceMessage& message, domain::Instant at) {
    ports::WireRecord record;
    std::visit(domain::Overloaded{[&](const ports::ServiceMessage& m) {
                                      record.service_name = m.item.service_name;
                                      record.service_time = wire_time(std::min(m.service_time, at));
                                      record.text = "M1|" + m.project_no + "|" + m.project_name + "|" +
                                                    m.subject.certificate_no + "|" + m.item.task_code + "|" +
                                                    record.service_name + "|" + record.service_time;
                                  },
                                  [&](const ports::ServiceQuery& m) { record.text = "M4|" + m.subject.certificate_no; },
                                  [&](const ports::RatingMessage& m) {
                                      record.text = "M2|" + m.project_no + "|" + std::to_string(m.service_number) +
                                                    "|" + std::to_string(static_cast<int>(m.level)) + "|" + m.text;
                                  }},
               message);
    auto hash = std::hash<std::string>{}(record.text);
    for (auto& byte : record.digest)
        byte = static_cast<std::uint8_t>(hash = hash * 6364136223846793005U + 1442695040888963407U, hash >> 56);
    return record;
}

}  // namespace hcp::test
