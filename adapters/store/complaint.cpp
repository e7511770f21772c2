#include "adapters/store/complaint.hpp"

#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <soci/error.h>

#include <algorithm>

namespace hcp::store {
namespace {

bool is_digit(char c) {
    return '0' <= c && c <= '9';
}
bool is_letter_or_digit(char c) {
    return is_digit(c) || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}
bool has(std::string_view set, char c) {
    return set.find(c) != std::string_view::npos;
}

// A table, a user, a host, a path; and no number of a person or a case.
bool is_name(std::string_view quoted) {
    std::size_t run = 0, longest = 0;
    for (const char c : quoted) longest = std::max(longest, run = is_digit(c) ? run + 1 : 0);
    return longest < 8 && std::all_of(quoted.begin(), quoted.end(),
                                      [](char c) { return is_letter_or_digit(c) || has("_.@%-/:$", c); });
}

std::string without_values(std::string_view text) {
    std::string out;
    char before = ' ';
    while (!text.empty()) {
        const char c = text.front();
        // An apostrophe stands in a word.
        if (has("'\"`", c) && !is_letter_or_digit(before)) {
            const auto end = text.find(c, 1);
            if (end == std::string_view::npos || !is_name(text.substr(1, end - 1))) return out + "…";
            out.append(text.substr(0, end + 1));
            text.remove_prefix(end + 1);
            before = ' ';
            continue;
        }
        out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
        before = c;
        text.remove_prefix(1);
    }
    return out;
}

}  // namespace

std::string complaint_of(store_errc code, std::string_view number, std::string_view text) {
    std::string out{number};
    text = domain::trimmed(text);
    if (code == store_errc::conflict || code == store_errc::refused || text.empty() || !domain::is_utf8(text))
        return out;
    if (!out.empty()) out += ": ";
    out += without_values(text);
    if (out.size() <= most_complaint_bytes) return out;
    auto end = most_complaint_bytes;
    while ((static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;  // not within a character
    out.resize(end);
    return out + "…";
}

std::string current_complaint() {
    try {
        throw;
    } catch (const StoreError& error) {
        return error.complaint;
    } catch (const soci::soci_error& error) {
        return complaint_of(store_errc::unavailable, {}, error.what());
    } catch (...) {
        return {};
    }
}

void LastComplaint::keep(store_errc code, std::string said) {
    if (code == store_errc::conflict || code == store_errc::refused) return;
    const run::Lock lock{mutex_};
    said_ = std::move(said);
}

std::string LastComplaint::said() const {
    const run::Lock lock{mutex_};
    return said_;
}

}  // namespace hcp::store
