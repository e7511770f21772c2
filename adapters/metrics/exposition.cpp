#include "adapters/metrics/exposition.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace hcp::metrics {
namespace {

// As in 0.0001 and 2.5, never as in 1e-04.
std::string text_of(double number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::general, 16).ptr;
    return {text.data(), end};
}

// In a help only line breaks and backslashes are special, in a label's value quotes too.
std::string escaped(std::string_view text, bool quoted) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || (quoted && c == '"')) out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

std::string between_braces(Labels labels) {
    std::sort(labels.begin(), labels.end());
    std::string out;
    for (const auto& [name, value] : labels)
        out += (out.empty() ? "" : ",") + name + "=\"" + escaped(value, true) + "\"";
    return out;
}

void write_line(std::string& out, const std::string& name, const std::string& labels, const std::string& value) {
    out += name;
    if (!labels.empty()) out += "{" + labels + "}";
    out += " " + value + "\n";
}

}  // namespace

void Counter::write(std::string& out, const std::string& name, const std::string& labels) const {
    write_line(out, name, labels, std::to_string(count_.load(std::memory_order_relaxed)));
}

void Gauge::write(std::string& out, const std::string& name, const std::string& labels) const {
    write_line(out, name, labels, std::to_string(value_.load(std::memory_order_relaxed)));
}

void Histogram::observe(double value) noexcept {
    const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    counts_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

void Histogram::write(std::string& out, const std::string& name, const std::string& labels) const {
    const auto before_le = labels.empty() ? std::string{} : labels + ",";
    std::int64_t count = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        count += counts_[i].load(std::memory_order_relaxed);
        const auto bound = i < bounds_.size() ? text_of(bounds_[i]) : "+Inf";
        write_line(out, name + "_bucket", before_le + "le=\"" + bound + "\"", std::to_string(count));
    }
    write_line(out, name + "_sum", labels, text_of(sum_.load(std::memory_order_relaxed)));
    write_line(out, name + "_count", labels, std::to_string(count));
}

void Family::keep(const Labels& labels, std::unique_ptr<Series> series) {
    const run::Lock lock{mutex_};
    series_.emplace_back(between_braces(labels), std::move(series));
}

void Family::write(std::string& out) const {
    const run::Lock lock{mutex_};
    if (series_.empty()) return;
    out += "# HELP " + name_ + " " + escaped(help_, false) + "\n# TYPE " + name_ + " ";
    out += type_;
    out += '\n';
    for (const auto& [labels, series] : series_) series->write(out, name_, labels);
}

std::string Exposition::text() const {
    std::string out;
    for (const auto& family : families_) family->write(out);
    return out;
}

}  // namespace hcp::metrics
