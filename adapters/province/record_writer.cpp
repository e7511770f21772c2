#include "adapters/province/record_writer.hpp"

#include "adapters/province/wire_text.hpp"
#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace hcp::province {
namespace {

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

std::string without_controls(std::string_view text) {
    std::string out{text};
    std::replace_if(out.begin(), out.end(), is_control, ' ');
    return std::string{domain::without_blanks_around(out)};
}

// Empty when a code may be sent as it is.
std::string wrong_with(std::string_view code, std::size_t limit) {
    if (!domain::is_utf8(code) || std::any_of(code.begin(), code.end(), is_control)) return "含有非法字符";
    if (domain::characters(code) > limit) return "超过" + std::to_string(limit) + "个字符";
    return {};
}

}  // namespace

std::string named(std::string_view label, const ports::WireNames& names) {
    std::string out{label};
    if (!names.empty()) out += "(" + names.front() + ")";
    return out;
}

void RecordWriter::put(const Names& names, std::string_view value) {
    if (value.empty()) return;
    for (const auto& name : names) fields_[name] = value;
}

void RecordWriter::put(const Names& names, std::int64_t value) {
    for (const auto& name : names) fields_[name] = value;
}

void RecordWriter::need(const Names& names, std::string_view label, std::string_view value, std::size_t limit) {
    if (names.empty()) return;
    if (value.empty()) return fault("缺少" + named(label, names));
    if (const auto wrong = wrong_with(value, limit); !wrong.empty()) return fault(named(label, names) + wrong);
    put(names, value);
}

bool RecordWriter::may(const Names& names, std::string_view label, std::string_view value, std::size_t limit) {
    if (names.empty() || value.empty()) return false;
    const auto wrong = wrong_with(value, limit);
    if (wrong.empty())
        put(names, value);
    else
        note(named(label, names) + wrong + "，未发送这一项");
    return wrong.empty();
}

std::string RecordWriter::words(const Names& names, std::string_view label, std::string_view value, std::size_t limit) {
    if (names.empty()) return {};
    if (!domain::is_utf8(value)) {
        fault(named(label, names) + "含有非法字符");
        return {};
    }
    const auto clean = without_controls(value);
    if (domain::characters(clean) > limit)
        note(named(label, names) + "超过" + std::to_string(limit) + "个字符，已截断");
    auto written = cut(clean, limit);
    put(names, written);
    return written;
}

std::string RecordWriter::need_words(const Names& names, std::string_view label, std::string_view value,
                                     std::size_t limit) {
    if (!names.empty() && domain::without_blanks_around(value).empty()) {
        fault("缺少" + named(label, names));
        return {};
    }
    return words(names, label, value, limit);
}

std::string RecordWriter::time(const Names& names, std::string_view label, domain::Instant t, domain::Instant latest) {
    auto sent = wire_time(std::min(t, latest));
    if (t > latest && !names.empty()) moved(named(label, names) + "按 " + sent + " 发送，原为 " + wire_time(t));
    put(names, sent);
    return sent;
}

ports::WireRecord RecordWriter::finish() && {
    if (out_.faults.empty()) {
        boost::json::array records;
        records.emplace_back(std::move(fields_));
        out_.text = boost::json::serialize(records);
    }
    return std::move(out_);
}

}  // namespace hcp::province
