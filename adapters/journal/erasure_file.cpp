#include "adapters/journal/erasure_file.hpp"

#include "adapters/journal/line_file.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/text.hpp"

#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

namespace hcp::journal {
namespace {

constexpr std::string_view erasure_mark = "hcp-erasure/1";

}  // namespace

std::string erasure_line(const ports::Erasure& erasure) {
    return std::string{erasure_mark} + ' ' + std::to_string(domain::to_us(erasure.at)) + ' ' +
           domain::hex_text(erasure.lookup);
}

std::optional<ports::Erasure> erasure_from_line(std::string_view line) {
    const auto words = domain::split(line, ' ');
    if (words.size() != 3 || words[0] != erasure_mark) return std::nullopt;
    const auto at = domain::whole_number<std::int64_t>(words[1]);
    const auto lookup = domain::bytes_from_hex(words[2]);
    ports::Erasure erasure;
    if (!at || !lookup || lookup->size() != erasure.lookup.size()) return std::nullopt;
    std::copy(lookup->begin(), lookup->end(), erasure.lookup.begin());
    erasure.at = domain::instant_from_us(*at);
    if (erasure_line(erasure) != line) return std::nullopt;
    return erasure;
}

ports::result<void> ErasureFile::append(const ports::Erasure& erasure) {
    HCP_TRY(const auto file, LineFile::open(path_));
    if (::flock(file.get(), LOCK_EX) != 0) return line_file_failure();
    // A line end first where a power cut has left half a line: that one is reported when it is read, this one counts.
    const auto size = ::lseek(file.get(), 0, SEEK_END);
    char last = '\n';
    if (size < 0 || (size > 0 && ::pread(file.get(), &last, 1, size - 1) != 1)) return line_file_failure();
    return file.append(size, (last == '\n' ? "" : "\n") + erasure_line(erasure) + '\n');
}

ports::result<ports::Erasures::Content> ErasureFile::read() {
    Content content;
    const auto take = [&](std::string_view line) {
        const auto erasure = erasure_from_line(line);
        if (erasure) content.erasures.push_back(*erasure);
        return erasure.has_value();
    };
    HCP_TRY(content.unreadable_lines, refused_lines(path_, take));
    return content;
}

}  // namespace hcp::journal
