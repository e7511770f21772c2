#pragma once
#include "plugin/record/people.hpp"
#include "tests/web/staff_desk.hpp"

#include <boost/json.hpp>

#include <map>
#include <string>
#include <string_view>

namespace hcp::test {

namespace json = boost::json;

// Beside those of StaffDesk: S1 is a contact and S2 a head of a department, S6 signs second.
struct ApiDesk : StaffDesk {
    ApiDesk() {
        grant("S5", "S1", StaffRole::contact, "S3");
        grant("S5", "S2", StaffRole::head, "S3");
        grant("S5", "S6", StaffRole::second_signer, "S3");
        clock.set(clock.now() + 1s);
        start();
        for (const auto* id : {"S1", "S2", "S3", "S4", "S5", "S6"}) {
            give_ticket(id, id);
            cookies[id] = cookie_of(StaffDesk::post("/staff/sign-on", std::string{"ticket="} + id));
        }
    }
    Answered send(const std::string& who, const std::string& method, const std::string& path,
                  const std::string& body = {}) {
        std::string head = own_page;
        if (!who.empty()) head += with_cookie(cookies.at(who));
        if (!body.empty()) head += "Content-Type: application/json\r\n";
        return StaffDesk::ask(method, "/api/v1/staff" + path, head, body);
    }
    Answered read(const std::string& who, const std::string& path) { return send(who, "GET", path); }
    Answered post(const std::string& who, const std::string& path, const json::value& body) {
        return send(who, "POST", path, serialize(body));
    }
    static json::object object_of(const Answered& answer) {
        INFO(answer.body);
        return json::parse(answer.body).as_object();
    }
    static std::string code_of(const Answered& answer) { return std::string{object_of(answer).at("code").as_string()}; }
    static std::string text_at(const json::object& from, std::string_view name) {
        return std::string{from.at(name).as_string()};
    }
    Viewer viewer(std::string_view who) {
        const auto found = Desk::ask([&](ports::Snapshot& snapshot) {
            return record::viewer_at(record::people_in(snapshot), who, clock.now());
        });
        REQUIRE(found);
        return *found;
    }

    std::map<std::string, std::string> cookies;
};

}  // namespace hcp::test
