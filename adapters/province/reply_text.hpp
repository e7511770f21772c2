#pragma once
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

// What the far end's bytes are as text and as JSON. Pure; takes any bytes.
namespace hcp::province {

// As UTF-8, without what stands around it. Nothing when it is coded, or in no charset that we know.
[[nodiscard]] std::optional<std::string> readable(std::string_view body, std::string_view content_encoding);

struct ParsedReply {
    boost::json::value value;
    bool contradicts_itself = false;  // a member of one object stands twice, with two values
};
// Nothing when it is no JSON.
[[nodiscard]] std::optional<ParsedReply> parse_reply(std::string_view text);

// Far ends write booleans and numbers as strings, or not. Nothing when it is neither of them.
[[nodiscard]] std::optional<std::string> scalar_text(const boost::json::value&);

}  // namespace hcp::province
