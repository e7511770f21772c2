#include "adapters/province/envelope.hpp"

#include "tests/province/examples.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace hcp;
namespace json = boost::json;

namespace {

// Shows what was encrypted.
struct Brackets final : ports::RecordCipher {
    [[nodiscard]] ports::result<std::string> encrypt(ports::View plain) const override {
        return "<" + std::string{ports::as_text(plain)} + ">";
    }
    [[nodiscard]] ports::result<ports::Bytes> decrypt(std::string_view) const override {
        return ports::crypto_errc::malformed;
    }
};

// Fails at the n-th encryption, by an error or, worse, by an empty text.
struct FailsAt final : ports::RecordCipher {
    explicit FailsAt(int n, bool silently) : left{n}, empty{silently} {}
    [[nodiscard]] ports::result<std::string> encrypt(ports::View) const override {
        if (--left > 0) return std::string{"cipher"};
        if (empty) return std::string{};
        return ports::crypto_errc::bad_key;
    }
    [[nodiscard]] ports::result<ports::Bytes> decrypt(std::string_view) const override {
        return ports::crypto_errc::malformed;
    }
    mutable int left;
    bool empty;
};

}  // namespace

TEST_CASE("the envelope carries the encrypted record and the encryption of time, mark and word",
          "[province][envelope]") {
    const Brackets brackets;
    const auto envelope = province::enclose("[{}]", {"SDGGZY", "TestWord-0001"}, test::half_past_nine,
                                            test::shandong().envelope, &brackets);
    CHECK(envelope.fault.empty());
    CHECK(json::parse(envelope.body) == json::parse(R"({
        "txnBodyCom": {"appMark": "SDGGZY", "time": "20260115093000", "sign": "<20260115093000SDGGZYTestWord-0001>",
                       "params": {"evaluate": ["<[{}]>"]}},
        "txnCommCom": {}})"));
}

TEST_CASE("nothing is enclosed when encryption fails, the sign's or the record's, loudly or not",
          "[province][envelope]") {
    const auto nth = GENERATE(1, 2);
    const auto silently = GENERATE(true, false);
    const FailsAt cipher{nth, silently};
    const auto envelope = province::enclose("[{}]", {"SDGGZY", "TestWord-0001"}, test::half_past_nine,
                                            test::shandong().envelope, &cipher);
    CHECK(envelope.body.empty());
    CHECK(envelope.fault.find(nth == 1 ? "签名加密失败" : "业务记录加密失败") == 0);
    CHECK(envelope.fault.find("TestWord") == std::string::npos);
}
