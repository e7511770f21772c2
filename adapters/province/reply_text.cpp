#include "adapters/province/reply_text.hpp"

#include "adapters/province/wire_text.hpp"
#include "plugin/domain/outside_text.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>

#include <map>
#include <vector>

namespace hcp::province {
namespace {

namespace json = boost::json;

// json::parse keeps the last of several members of one name and says nothing of the others.
class Members {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1), max_array_size = max_object_size,
                                 max_key_size = max_object_size, max_string_size = max_object_size;
    using error = boost::system::error_code;

    bool contradict = false;

    bool on_document_begin(error&) { return true; }
    bool on_document_end(error&) { return true; }
    bool on_object_begin(error&) { return open(true); }
    bool on_object_end(std::size_t, error&) { return close(); }
    bool on_array_begin(error&) { return open(false); }
    bool on_array_end(std::size_t, error&) { return close(); }
    bool on_key_part(json::string_view part, std::size_t, error&) { return add(part); }
    bool on_key(json::string_view part, std::size_t, error&) {
        add(part);
        levels_.back().key = std::exchange(text_, {});
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, error&) { return add(part); }
    bool on_string(json::string_view part, std::size_t, error&) {
        add(part);
        return value(std::exchange(text_, {}));
    }
    bool on_number_part(json::string_view, error&) { return true; }
    bool on_int64(std::int64_t n, json::string_view, error&) { return value(std::to_string(n)); }
    bool on_uint64(std::uint64_t n, json::string_view, error&) { return value(std::to_string(n)); }
    bool on_double(double n, json::string_view, error&) { return value(std::to_string(n)); }
    bool on_bool(bool b, error&) { return value(b ? "true" : "false"); }
    bool on_null(error&) { return value("null"); }
    bool on_comment_part(json::string_view, error&) { return true; }
    bool on_comment(json::string_view, error&) { return true; }

private:
    struct Level {
        bool is_object = false;
        std::string key;
        std::map<std::string, std::string> seen;
    };
    bool add(json::string_view part) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool open(bool is_object) {
        value("{");
        levels_.push_back({is_object, {}, {}});
        return true;
    }
    bool close() {
        levels_.pop_back();
        return true;
    }
    bool value(std::string_view what) {
        if (levels_.empty() || !levels_.back().is_object) return true;
        auto& level = levels_.back();
        const auto [first, is_new] = level.seen.try_emplace(level.key, what);
        // Two nested values are not compared: a far end that writes such a thing twice is not to be read.
        if (!is_new && (first->second == "{" || first->second != what)) contradict = true;
        return true;
    }
    std::string text_;
    std::vector<Level> levels_;
};

}  // namespace

std::optional<std::string> readable(std::string_view body, std::string_view content_encoding) {
    const auto coding = domain::without_blanks_around(content_encoding);
    if (!coding.empty() && coding != "identity") return std::nullopt;
    if (body.find('\0') != body.npos) return std::nullopt;  // UTF-16, or no text at all
    // GBK must become UTF-8 before it is parsed: its second bytes may be quotes' and braces' neighbours such as '\'.
    const auto whole = to_utf8(body);
    auto text = domain::without_blanks_around(whole);
    if (text.starts_with("\uFEFF")) text.remove_prefix(3);
    return std::string{text};
}

std::optional<ParsedReply> parse_reply(std::string_view text) {
    boost::system::error_code fault;
    ParsedReply reply{json::parse(text, fault)};
    if (fault) return std::nullopt;
    json::basic_parser<Members> parser{json::parse_options{}};
    parser.write_some(false, text.data(), text.size(), fault);
    reply.contradicts_itself = fault.failed() || parser.handler().contradict;
    return reply;
}

std::optional<std::string> scalar_text(const json::value& value) {
    if (const auto* s = value.if_string()) return std::string{domain::without_blanks_around(*s)};
    if (const auto* b = value.if_bool()) return *b ? "true" : "false";
    if (const auto* i = value.if_int64()) return std::to_string(*i);
    if (const auto* u = value.if_uint64()) return std::to_string(*u);
    return std::nullopt;
}

}  // namespace hcp::province
