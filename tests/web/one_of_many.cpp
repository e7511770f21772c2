#include "tests/web/live_desk.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <latch>
#include <thread>

using namespace hcp;
using namespace hcp::test;
namespace json = boost::json;

namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string post_json(const std::string& path, const std::string& body) {
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string answer(unsigned which) {
    const auto number = std::to_string(which);
    return R"({"level":)" + std::to_string(3 + which % 3) + R"(,"tags":[],"text":"第 )" + number +
           R"( 份意见，与别的都不同","request_key":"k)" + number + "\"}";
}

json::value rating_in(const Answered& answered) {
    return json::parse(answered.body).at("rating");
}

}  // namespace

SCENARIO("of fifty different answers sent at one moment one is taken, and all others are told so", "[web][live]") {
    constexpr unsigned count = 50;
    LiveDesk desk{Client::Over::tls};
    desk.settings.max_connections = 10 * count;
    const auto port = desk.start().public_port;
    const auto path = "/api/v1/evaluations/" + desk.token_text(desk.event);
    std::vector<Answered> answered(count);
    std::latch together{count};
    std::vector<std::thread> raters;
    for (unsigned i = 0; i < count; ++i)
        raters.emplace_back([&, i] {
            Client client{port, Client::Over::tls, {.from = 1 + i % 25}};
            together.arrive_and_wait();
            answered[i] = client.ask(post_json(path + "/rating", answer(i)));
        });
    for (auto& rater : raters) rater.join();

    const auto taken =
        std::find_if(answered.begin(), answered.end(), [](const auto& one) { return one.status == 201; });
    REQUIRE(taken != answered.end());
    const auto which = static_cast<unsigned>(taken - answered.begin());
    CHECK(rating_in(*taken).at("text").as_string() == json::parse(answer(which)).at("text").as_string());
    for (const auto& one : answered) {
        if (&one == &*taken) continue;
        INFO(one.body);
        CHECK(one.status == 409);
        CHECK(json::parse(one.body).at("code") == "already_rated");
    }
    // Sent again, each gets what it got, and what is shown is what was taken.
    Client later{port, Client::Over::tls};
    for (unsigned i = 0; i < count; ++i) {
        const auto again = later.ask(post_json(path + "/rating", answer(i)));
        CHECK(again.status == (i == which ? 200 : 409));
    }
    CHECK(rating_in(later.ask(LiveDesk::get_text(path))) == rating_in(*taken));
    CHECK(desk.view(desk.event).evaluation.state == domain::EvaluationState::rated);
}

SCENARIO("a token forged, cut, grown or of another spelling opens nothing, and all of them the same nothing", "[web]") {
    WebDesk desk;
    const auto event = desk.completion("C1");
    desk.apply({event});
    const auto right = desk.token_text(event);
    REQUIRE(desk.get("/e/" + right).status == 200);
    std::vector<std::string> wrong{right + "A", right + "=", right + right, "A" + right};
    for (std::size_t i = 0; i < right.size(); ++i) {
        wrong.push_back(right.substr(0, i));
        for (const char letter : letters) {
            auto one = right;
            one[i] = letter;
            if (one != right) wrong.push_back(std::move(one));
        }
    }
    auto swapped = right;
    std::reverse(swapped.begin(), swapped.end());
    wrong.push_back(swapped);
    const auto of_nobody = desk.get("/e/" + std::string(right.size(), 'A')).body;
    for (const auto& token : wrong) {
        if (token.empty()) continue;  // another address
        INFO(token);
        const auto page = desk.get("/e/" + token);
        CHECK(page.status == 404);
        CHECK(page.body == of_nobody);
        CHECK(desk.send_json(web::Method::post, "/api/v1/evaluations/" + token + "/rating", answer(1)).status == 404);
    }
    CHECK(desk.view(event).evaluation.state == domain::EvaluationState::open);
}
