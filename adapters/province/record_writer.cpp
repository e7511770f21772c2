#include "adapters/province/record_writer.hpp"

#include "adapters/province/wire_text.hpp"
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
    return std::string{domain::trimmed_wide(out)};
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
    if (!domain::is_utf8(value) || std::any_of(value.begin(), value.end(), is_control))
        return fault(named(label, names) + "含有非法字符");
    if (domain::characters(value) > limit)
        return fault(named(label, names) + "超过" + std::to_string(limit) + "个字符");
    put(names, value);
}

void RecordWriter::words(const Names& names, std::string_view label, std::string_view value, std::size_t limit) {
    if (names.empty()) return;
    if (!domain::is_utf8(value)) return fault(named(label, names) + "含有非法字符");
    const auto clean = without_controls(value);
    if (domain::characters(clean) > limit)
        note(named(label, names) + "超过" + std::to_string(limit) + "个字符，已截断");
    put(names, cut(clean, limit));
}

void RecordWriter::need_words(const Names& names, std::string_view label, std::string_view value, std::size_t limit) {
    if (!names.empty() && domain::trimmed_wide(value).empty()) return fault("缺少" + named(label, names));
    words(names, label, value, limit);
}

std::string RecordWriter::time(const Names& names, std::string_view label, domain::Instant t, domain::Instant latest) {
    auto sent = wire_time(std::min(t, latest));
    if (t > latest && !names.empty()) moved(named(label, names) + "按 " + sent + " 发送，原为 " + wire_time(t));
    put(names, sent);
    return sent;
}

Record RecordWriter::finish() && {
    if (out_.faults.empty()) {
        boost::json::array records;
        records.emplace_back(std::move(fields_));
        out_.json = boost::json::serialize(records);
    }
    return std::move(out_);
}

}  // namespace hcp::province
