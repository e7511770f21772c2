#pragma once
#include "tests/ctl/working_desk.hpp"

namespace hcp::test {

inline const std::string roster_header = "staff_id,name,department_id,windows,since,until\n";

inline std::string roster_line(const std::string& staff_id, const std::string& more = "D1,A01,2020-01-02,") {
    return staff_id + ",某" + staff_id + "," + more + "\n";
}
inline const std::string roster_of_five =
    roster_header + roster_line("S1") + roster_line("S2") + roster_line("S3") + roster_line("S4") + roster_line("S5");

// hcpctl at a centre with a roster of five.
struct PeopleDesk : WorkingDesk {
    [[nodiscard]] Said import(const std::string& text, std::vector<std::string> more = {"--as", "S5"}) const {
        const auto file = dir.path() / "roster.csv";
        std::ofstream{file, std::ios::binary} << text;
        std::vector<std::string> arguments{"staff", "import", file.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return ctl(arguments);
    }
    [[nodiscard]] std::string waiting() const {
        const auto listed = ctl({"staff", "list", "--json"}).json();
        for (const auto& grant : listed.at("grants").as_array())
            if (grant.at("confirmed_at_us").is_null()) return std::string{grant.at("id").as_string()};
        return {};
    }
    [[nodiscard]] std::string roles_of(std::string_view staff_id) const {
        const auto listed = ctl({"staff", "list", "--json"}).json();
        std::string roles;
        for (const auto& person : listed.at("people").as_array())
            if (person.at("staff_id").as_string() == staff_id)
                for (const auto& role : person.at("roles").as_array()) roles += std::string{role.as_string()} + " ";
        return roles;
    }
    // S3 and S4 supervise, S5 is technical.
    void equip() const {
        REQUIRE(import(roster_of_five).code == 0);
        REQUIRE(ctl({"staff", "ceremony", "S3", "S4", "--as", "S5"}).code == 0);
        REQUIRE(ctl({"staff", "propose", "S5", "technical", "--as", "S3"}).code == 0);
        REQUIRE(ctl({"staff", "confirm", waiting(), "--as", "S4"}).code == 0);
    }
};

}  // namespace hcp::test
