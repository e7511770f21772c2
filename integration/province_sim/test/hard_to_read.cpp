#include "integration/province_sim/hard_to_read.hpp"

#include "integration/province_sim/gzip.hpp"
#include "integration/province_sim/test/province.hpp"

#include <boost/beast/zlib/inflate_stream.hpp>
#include <catch2/catch.hpp>

using namespace province_sim;
using namespace province_sim::test;

namespace {

// What the deflated part of a gzip stream holds.
std::string inflated(const std::string& gzipped) {
    namespace zlib = boost::beast::zlib;
    constexpr std::size_t header = 10;
    constexpr std::size_t trailer = 8;
    std::string out(1'000'000, '\0');
    zlib::inflate_stream stream;
    zlib::z_params step;
    step.next_in = gzipped.data() + header;
    step.avail_in = gzipped.size() - header - trailer;
    step.next_out = out.data();
    step.avail_out = out.size();
    boost::beast::error_code error;
    stream.write(step, zlib::Flush::finish, error);
    CHECK(error == zlib::error::end_of_stream);
    out.resize(step.total_out);
    return out;
}

const std::string honest_text = R"({"C-API-Status":"00","C-Response-Code":"000000000000","C-Response-Desc":"success",)"
                                R"("C-Response-Body":{"success":"true","message":"操作成功"}})";

// A province with one stored service, and what it answers to another M1 that a fault of this kind befalls.
struct Puzzle {
    Answer ask(const json::object& wish) {
        province.fault(wish);
        return province.send(m1, good_service());
    }
    std::size_t stored() { return province.services().size(); }
    Province province;
};

}  // namespace

SCENARIO("a gzip answer is a real gzip stream of the honest one") {
    Puzzle puzzle;
    const auto answer = puzzle.ask({{"kind", "gzip"}});
    CHECK(answer.content_encoding == "gzip");
    CHECK(answer.body.starts_with("\x1F\x8B\x08"));
    CHECK(inflated(answer.body) == honest_text);
    CHECK(puzzle.stored() == 1);

    // The check value of CRC-32 is that of the nine digits.
    const auto digits = gzip("123456789");
    CHECK(digits.substr(digits.size() - 8) == std::string{"\x26\x39\xF4\xCB\x09\0\0\0", 8});
    CHECK(inflated(digits) == "123456789");
    const auto much = repeated("三", 200'000);
    CHECK(gzip(much).size() < 10'000);
    CHECK(inflated(gzip(much)) == much);
}

SCENARIO("UTF-16 comes with its mark and without its name") {
    Puzzle puzzle;
    const auto answer = puzzle.ask({{"kind", "utf16"}});
    CHECK(answer.content_type == "application/json");
    CHECK(answer.body.substr(0, 6) == std::string{"\xFF\xFE{\0\"\0", 6});
    CHECK(puzzle.stored() == 1);
}

SCENARIO("flags come as numbers, in a refusal too, and in the national style") {
    Puzzle puzzle;
    CHECK(puzzle.ask({{"kind", "numeric_flags"}}).body ==
          R"({"C-API-Status":0,"C-Response-Code":0,"C-Response-Desc":"success",)"
          R"("C-Response-Body":{"success":1,"message":"操作成功"}})");
    CHECK(puzzle.stored() == 1);
    puzzle.province.fault({{"kind", "numeric_flags"}});
    const auto refused = puzzle.province.reply(puzzle.province.send(m2, with(good_rating(), {{"pf", "9"}})));
    CHECK(refused.at("C-API-Status") == 1);
    CHECK(refused.at("C-Response-Code") == 999'999'999'999);
    CHECK(refused.at("C-Response-Body").at("success") == 0);
    puzzle.province.fault({{"kind", "numeric_flags"}});
    const auto list = puzzle.province.reply(puzzle.province.send(m4, good_query()));
    CHECK(list.at("C-Response-Body").as_object().contains("serviceList"));
}

SCENARIO("an answer contradicts itself, repeats its key, says little or only what the gateway has to say") {
    Puzzle puzzle;
    CHECK(puzzle.ask({{"kind", "contradiction"}}).body == R"({"success":true,"code":200,"message":"操作成功"})");
    CHECK(puzzle.ask({{"kind", "repeated_keys"}}).body ==
          R"({"C-API-Status":"00","C-Response-Code":"000000000000","C-Response-Desc":"success",)"
          R"("C-Response-Body":{"success":"true","success":"false","message":"操作成功"}})");
    CHECK(puzzle.ask({{"kind", "vague"}}).body == R"({"C-Response-Desc":"接收成功"})");
    CHECK(puzzle.ask({{"kind", "vague"}, {"message", "已受理"}}).body == R"({"C-Response-Desc":"已受理"})");
    CHECK(puzzle.ask({{"kind", "gateway_words"}}).body ==
          R"({"C-API-Status":"00","C-Response-Code":"000000000000","C-Response-Desc":"验签成功，数据已接收"})");
    CHECK(puzzle.ask({{"kind", "truncated"}}).body == honest_text.substr(0, honest_text.size() / 2));
    CHECK(puzzle.stored() == 6);
}

SCENARIO("a complaint echoes the caller's words and nothing is processed") {
    Puzzle puzzle;
    const auto echoed = [&](const char* path, const json::object& record) {
        puzzle.province.fault({{"kind", "echo"}});
        return puzzle.province.outcome(path, record);
    };
    CHECK(echoed(m1, with(good_service(), {{"projectName", "操作成功"}})) == "参数projectName不合要求：操作成功");
    CHECK(echoed(m1, with(good_service(), {{"projectName", nullptr}})) == "参数projectName不合要求：");
    CHECK(puzzle.stored() == 0);
    CHECK(puzzle.province.outcome(m1, good_service()) == "success");
    CHECK(echoed(m2, with(good_rating(), {{"writingEvaluation", "评价数据不可重复"}})) ==
          "参数writingEvaluation不合要求：评价数据不可重复");
    CHECK(puzzle.province.services({{"commented", "1"}}).empty());
}

SCENARIO("who reads it after all finds no success in what was not processed") {
    Puzzle puzzle;
    CHECK(inflated(puzzle.ask({{"kind", "gzip"}, {"processed", false}}).body).find("系统繁忙") != std::string::npos);
    CHECK(puzzle.ask({{"kind", "numeric_flags"}, {"processed", false}}).body.find(R"("success":0)") !=
          std::string::npos);
    CHECK(puzzle.ask({{"kind", "repeated_keys"}, {"processed", false}})
              .body.find(R"("success":"false","success":"true")") != std::string::npos);
    CHECK(puzzle.stored() == 0);
}

SCENARIO("indicators can be hard to read as well") {
    Province province;
    const Request form{"POST", m5, "application/x-www-form-urlencoded", "",
                       "appMark=SDGGZY&time=20260115120000&sign=20260115120000SDGGZYTestWord%2D0001"};
    for (const auto kind : kinds_hard_to_read()) {
        province.faults.add(plain_fault(kind));
        CHECK_FALSE(province.platform->handle(form).body.empty());
    }
    CHECK(kinds_hard_to_read().size() == 8);
}
