#include "adapters/province/envelope.hpp"

#include "adapters/province/wire_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace hcp::province {
namespace {

namespace json = boost::json;

ports::result<std::string> sealed(std::string_view plain, const ports::RecordCipher* cipher) {
    if (!cipher) return std::string{plain};
    auto text = cipher->encrypt(ports::as_bytes(plain));
    // An empty success would go out as a message without a sign.
    if (text && text->empty()) return ports::make_error_code(ports::crypto_errc::unavailable);
    return text;
}

}  // namespace

Envelope enclose(std::string_view records, Caller caller, domain::Instant now, const ports::EnvelopeNames& names,
                 const ports::RecordCipher* cipher) {
    const auto time = stamp(now);
    const auto sign = sealed(time + std::string{caller.app_mark} + std::string{caller.app_word}, cipher);
    if (!sign) return {{}, "签名加密失败，未发送：" + sign.error().message()};
    const auto record = sealed(records, cipher);
    if (!record) return {{}, "业务记录加密失败，未发送：" + record.error().message()};

    json::object params, body, whole;
    params[names.records] = json::array{json::string{*record}};
    body[names.app_mark] = caller.app_mark;
    body[names.time] = time;
    body[names.sign] = *sign;
    body[names.params] = std::move(params);
    whole[names.body] = std::move(body);
    whole[names.common] = json::object{};
    return {json::serialize(whole), {}};
}

}  // namespace hcp::province
